/// How names and literals are written so that the lexer reads them back.
public enum Spelling {
  /// A label, relationship type or property key where no hyphen may stand: bare or in backticks.
  public static func name(_ text: String) -> String {
    guard let kind = singleTokenKind(of: text), kind.isName, kind != .quotedName else {
      return quoted(text)
    }
    return text
  }

  /// A variable: reserved words are put in backticks, too.
  public static func variable(_ text: String) -> String {
    guard let kind = singleTokenKind(of: text), kind.isVariable, kind != .quotedName else {
      return quoted(text)
    }
    return text
  }

  /// A label or relationship type in a pattern, where hyphens may stand.
  public static func hyphenated(_ text: String) -> String {
    let source = SourceText(text)
    let parser = Parser(source, in: source.range)
    let length = parser.hyphenatedLength(at: 0)
    guard length > 0, length == parser.tokens.count - 1, parser.tokens[0].kind != .quotedName,
      parser.tokens[0].start == 0, parser.tokens[length - 1].end == source.bytes.count
    else { return quoted(text) }
    return text
  }

  /// The name of a procedure; its parts are joined by periods.
  public static func qualified(_ text: String) -> String {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.enumerated()
      .map { $0.offset == 0 ? variable(String($0.element)) : name(String($0.element)) }
      .joined(separator: ".")
  }

  /// The name of a function. A word that also starts a rule of its own is put in backticks.
  public static func function(_ text: String) -> String {
    switch singleTokenKind(of: text) {
    case .keyword(.exists), .keyword(.contains): text
    case .keyword(.count): text
    case .keyword: quoted(text)
    default: qualified(text)
    }
  }

  /// A parameter with its dollar sign.
  public static func parameter(_ text: String) -> String {
    let bare = "$" + text
    return singleTokenKind(of: bare) == .parameter && !text.utf8.contains(UInt8(ascii: "`"))
      ? bare : "$" + quoted(text)
  }

  /// A string literal in single quotes; hidden characters are escaped.
  public static func string(_ text: String) -> String {
    var result = "'"
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "'": result += "\\'"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{8}": result += "\\b"
      case "\u{C}": result += "\\f"
      case _ where DisplayText.isHidden(scalar): result += escape(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "'"
  }

  /// The shortest float literal that reads back as the same value.
  public static func float(_ value: Double) -> String {
    if value.isNaN { return "(0.0 / 0.0)" }
    if value.isInfinite { return value < 0 ? "(-1.0 / 0.0)" : "(1.0 / 0.0)" }
    return value.description
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let length = digits.utf8.count > 4 ? 8 : 4
    let zeros = String(repeating: "0", count: length - digits.utf8.count)
    return (length == 4 ? "\\u" : "\\U") + zeros + digits
  }

  private static func quoted(_ text: String) -> String {
    var result = "`"
    for scalar in text.unicodeScalars {
      if scalar == "`" { result += "`" }
      result.unicodeScalars.append(scalar)
    }
    return result + "`"
  }

  /// The kind of the one token that is the whole text.
  private static func singleTokenKind(of text: String) -> TokenKind? {
    var lexer = Lexer(SourceText(text))
    let token = lexer.next()
    return token.start == 0 && token.end == text.utf8.count ? token.kind : nil
  }
}
