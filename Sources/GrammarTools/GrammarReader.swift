/// Reads a grammar file in the notation of `Grammar/README.md`.
public struct GrammarReader {
  private enum Piece: Hashable {
    case name(String)
    case defines
    case bar
    case openBracket
    case closeBracket
    case openBrace
    case closeBrace
    case ellipsis
    case word(String)
    /// The first word of a comment behind `::=`.
    case origin(String)
  }

  private var pieces: [Piece] = []
  private var index = 0

  /// The rules of a text in the order in which they stand.
  public static func read(_ text: String) throws(GrammarError) -> [GrammarRule] {
    var reader = GrammarReader()
    try reader.split(text)
    var rules: [GrammarRule] = []
    while reader.index < reader.pieces.count { rules.append(try reader.readRule()) }
    return rules
  }

  private mutating func split(_ text: String) throws(GrammarError) {
    for line in text.split(separator: "\n") {
      var rest = line[...]
      while let first = rest.first {
        if first == " " {
          rest.removeFirst()
        } else if rest.hasPrefix("!!") {
          if pieces.last == .defines, let word = rest.dropFirst(2).split(separator: " ").first {
            pieces.append(.origin(String(word)))
          }
          break
        } else if first == "<" {
          guard let end = rest.firstIndex(of: ">") else {
            throw GrammarError("unclosed rule name in line: \(line)")
          }
          pieces.append(.name(String(rest[rest.index(after: rest.startIndex)..<end])))
          rest = rest[rest.index(after: end)...]
        } else {
          let end = rest.firstIndex(of: " ") ?? rest.endIndex
          splitWord(rest[..<end])
          rest = rest[end...]
        }
      }
    }
  }

  /// A piece without spaces; `...` may be attached to its end.
  private mutating func splitWord(_ word: Substring) {
    if word.hasSuffix("..."), word.count > 3 {
      splitWord(word.dropLast(3))
      pieces.append(.ellipsis)
      return
    }
    switch word {
    case "::=": pieces.append(.defines)
    case "|": pieces.append(.bar)
    case "[": pieces.append(.openBracket)
    case "]": pieces.append(.closeBracket)
    case "{": pieces.append(.openBrace)
    case "}": pieces.append(.closeBrace)
    case "...": pieces.append(.ellipsis)
    default: pieces.append(.word(String(word)))
    }
  }

  private func peek(_ distance: Int = 0) -> Piece? {
    index + distance < pieces.count ? pieces[index + distance] : nil
  }

  private mutating func readRule() throws(GrammarError) -> GrammarRule {
    guard case .name(let name)? = peek(), peek(1) == .defines else {
      throw GrammarError("expected `<name> ::=`")
    }
    index += 2
    var origin = ""
    if case .origin(let word)? = peek() {
      origin = word
      index += 1
    }
    return GrammarRule(name: name, origin: origin, definition: try readChoice(of: name))
  }

  private mutating func readChoice(of rule: String) throws(GrammarError) -> GrammarElement {
    var alternatives = [try readSequence(of: rule)]
    while peek() == .bar {
      index += 1
      alternatives.append(try readSequence(of: rule))
    }
    return alternatives.count == 1 ? alternatives[0] : .choice(alternatives)
  }

  private mutating func readSequence(of rule: String) throws(GrammarError) -> GrammarElement {
    var elements: [GrammarElement] = []
    while let element = try readElement(of: rule) {
      if peek() == .ellipsis {
        index += 1
        elements.append(.repeated(element))
      } else {
        elements.append(element)
      }
    }
    guard !elements.isEmpty else { throw GrammarError("empty alternative in <\(rule)>") }
    return elements.count == 1 ? elements[0] : .sequence(elements)
  }

  private mutating func readElement(of rule: String) throws(GrammarError) -> GrammarElement? {
    switch peek() {
    case .name(let name)? where peek(1) != .defines:
      index += 1
      return .rule(name)
    case .word(let word)?:
      index += 1
      return try readWord(word, of: rule)
    case .openBracket?:
      index += 1
      let inner = try readChoice(of: rule)
      try expect(.closeBracket, in: rule)
      return .optional(inner)
    case .openBrace?:
      index += 1
      let inner = try readChoice(of: rule)
      try expect(.closeBrace, in: rule)
      return inner
    default: return nil
    }
  }

  private mutating func expect(_ piece: Piece, in rule: String) throws(GrammarError) {
    guard peek() == piece else { throw GrammarError("unclosed bracket in <\(rule)>") }
    index += 1
  }

  private mutating func readWord(
    _ word: String, of rule: String
  ) throws(GrammarError) -> GrammarElement {
    if word == "ANY_BUT" {
      var excluded: [ClosedRange<UInt32>] = []
      while case .word(let next)? = peek(), let range = Self.characters(next) {
        excluded.append(range)
        index += 1
      }
      guard !excluded.isEmpty else { throw GrammarError("ANY_BUT without characters in <\(rule)>") }
      return .anyBut(excluded)
    }
    if let range = Self.characters(word) { return .characters(range) }
    return .word(word)
  }

  private static func characters(_ word: String) -> ClosedRange<UInt32>? {
    let bounds = word.split(separator: "-").map { part in
      part.hasPrefix("U+") ? UInt32(part.dropFirst(2), radix: 16) : nil
    }
    guard let first = bounds.first, let low = first else { return nil }
    guard bounds.count == 2 else { return bounds.count == 1 ? low...low : nil }
    guard let high = bounds[1], high >= low else { return nil }
    return low...high
  }
}
