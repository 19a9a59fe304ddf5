extension Parser {
  /// `<name>`, `<property name>`: any word, keywords included, or a name in
  /// backticks.
  mutating func expectName(_ what: String) throws(QueryError) -> Name {
    guard kind.isName else { throw unexpected(what) }
    return takeName()
  }

  /// `<binding variable>`, `<identifier>`: any word that is not reserved, or a name in backticks.
  mutating func expectVariable(_ what: String = "a variable") throws(QueryError) -> Name {
    guard kind.isVariable else {
      if case .keyword(let keyword) = kind {
        throw unexpected(
          what,
          help: "`\(keyword.rawValue)` is a reserved word; write `` `\(tokenText)` `` in"
            + " backticks to use it as a name")
      }
      throw unexpected(what)
    }
    return takeName()
  }

  /// The name that the token to be read next spells.
  mutating func takeName() -> Name {
    let token = token
    advance()
    return Name(nameText(of: token), token.range)
  }

  /// A name without its backticks.
  func nameText(of token: Token) -> String {
    guard token.kind == .quotedName else { return text.string(in: token.range) }
    return unquoted(SourceRange(start: token.start + 1, end: token.end - 1))
  }

  /// What stands between backticks, two of them read as one.
  func unquoted(_ range: SourceRange) -> String {
    let backtick = UInt8(ascii: "`")
    var bytes: [UInt8] = []
    var skipsNext = false
    for byte in text.bytes[range.start..<range.end] {
      if byte == backtick, skipsNext {
        skipsNext = false
        continue
      }
      skipsNext = byte == backtick
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `<hyphenated identifier>`, a `<contextual token>`: the length in tokens of the one that starts
  /// at a token: words joined by hyphens without spaces. 0 where there is no name.
  func hyphenatedLength(at start: Int) -> Int {
    guard start < tokens.count, tokens[start].kind.isName else { return 0 }
    guard tokens[start].kind != .quotedName else { return 1 }
    var end = start
    while end + 2 < tokens.count, tokens[end + 1].kind == .minus, isWord(tokens[end + 2]),
      tokens[end].end == tokens[end + 1].start, tokens[end + 1].end == tokens[end + 2].start
    {
      end += 2
    }
    return end - start + 1
  }

  /// A token that consists of letters, digits and underscores only.
  private func isWord(_ token: Token) -> Bool {
    switch token.kind {
    case .identifier, .keyword, .decimalInteger, .octalInteger, .hexadecimalInteger: true
    case .malformedNumber, .float:
      text.bytes[token.start..<token.end].allSatisfy {
        $0 >= 0x80 || CharacterClass.isASCIIIdentifierExtend($0)
      }
    default: false
    }
  }

  /// `<label name>`: the name of a label or type in a pattern, hyphens allowed.
  mutating func expectHyphenatedName(_ what: String) throws(QueryError) -> Name {
    let length = hyphenatedLength(at: index)
    guard length > 0 else { throw unexpected(what) }
    guard length > 1 else { return takeName() }
    let start = token.start
    for _ in 0..<length { advance() }
    let range = range(from: start)
    return Name(text.string(in: range), range)
  }

  /// `<label set>`: `:A:B`, hyphens allowed.
  mutating func parseLabelSet() throws(QueryError) -> [Name] {
    var labels: [Name] = []
    while consume(if: .colon) {
      labels.append(try expectHyphenatedName("a label"))
    }
    return labels
  }

  /// `<qualified name>`, `<procedure reference>`, `<function reference>`: words joined by periods,
  /// held as one name.
  mutating func parseQualifiedName(_ what: String) throws(QueryError) -> Name {
    var name = try expectVariable(what)
    while kind == .period {
      advance()
      let part = try expectName("a name")
      name.text += "." + part.text
      name.range.end = part.range.end
    }
    return name
  }
}
