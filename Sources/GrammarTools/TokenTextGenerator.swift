/// Makes the text of tokens from `Tokens.bnf`.
struct TokenTextGenerator: Sendable {
  private let files: GrammarFiles
  private let definitions: [String: GrammarElement]
  private let scanner: TokenScanner
  private let keywords: Set<String>

  init(_ files: GrammarFiles) {
    self.files = files
    var definitions: [String: GrammarElement] = [:]
    for rule in files.tokenRules { definitions[rule.name] = rule.definition }
    self.definitions = definitions
    scanner = TokenScanner(files)
    keywords = Set(files.keywords.all)
  }

  /// A text that the scanner reads as the terminal.
  func text(of terminal: String, _ random: inout SplitMix64) -> String {
    if keywords.contains(terminal) { return terminal }
    if terminal == GrammarFiles.reservedWord {
      return files.keywords.reserved.randomElement(using: &random) ?? ""
    }
    if terminal == GrammarFiles.unreservedWord {
      return files.keywords.unreserved.randomElement(using: &random) ?? ""
    }
    guard let definition = definitions[terminal] else { return terminal }
    var text = ""
    for _ in 0..<20 {
      text = make(definition, &random)
      if files.contextualTokenNames.contains(terminal) { return text }
      let tokens = scanner.tokens(of: text)
      if tokens?.count == 1, tokens?.first?.name == terminal { return text }
    }
    return text
  }

  private func make(_ element: GrammarElement, _ random: inout SplitMix64) -> String {
    switch element {
    case .rule(let name): return definitions[name].map { make($0, &random) } ?? ""
    case .sequence(let parts): return parts.map { make($0, &random) }.joined()
    case .choice(let parts):
      return parts.randomElement(using: &random).map { make($0, &random) } ?? ""
    case .optional(let part): return Bool.random(using: &random) ? make(part, &random) : ""
    case .repeated(let part):
      var text = make(part, &random)
      while Int.random(in: 0..<3, using: &random) == 0 { text += make(part, &random) }
      return text
    case .word, .characters, .anyBut: return character(element, &random)
    }
  }

  private static let samples = Array("abxyzXYZ09_ é变'\"`\\\n\t/*-;😀".unicodeScalars)

  private func character(_ element: GrammarElement, _ random: inout SplitMix64) -> String {
    if case .characters(let range) = element {
      let value = UInt32.random(in: range, using: &random)
      return Unicode.Scalar(value).map { String(Character($0)) } ?? ""
    }
    let fitting = Self.samples.filter { CharacterMatcher.accepts(element, $0) }
    return fitting.randomElement(using: &random).map { String(Character($0)) } ?? ""
  }
}
