/// The language as the files of `Grammar/` describe it.
public struct GrammarFiles: Sendable {
  /// The rules of `Dossier.bnf`.
  public let rules: [GrammarRule]
  /// The rules of `Tokens.bnf`.
  public let tokenRules: [GrammarRule]
  public let keywords: KeywordList
  /// The rule that a whole statement matches.
  public static let startRule = "program"
  /// The names of the two classes of words.
  public static let reservedWord = "reserved word"
  public static let unreservedWord = "unreserved word"

  /// Reads the texts of the three files.
  public init(rules: String, tokens: String, keywords: String) throws(GrammarError) {
    self.rules = try GrammarReader.read(rules)
    tokenRules = try GrammarReader.read(tokens)
    self.keywords = try KeywordList(keywords)
  }

  /// The token rules that `<token>` lists, in its order.
  public var tokenNames: [String] { ruleNames(in: "token") }

  /// The token rules that stand for a token only where a rule asks for them.
  public var contextualTokenNames: [String] { ruleNames(in: "contextual token") }

  private func ruleNames(in name: String) -> [String] {
    tokenRules.first { $0.name == name }?.definition.ruleNames ?? []
  }

  /// Whatever is wrong with the rules: defined twice, not defined, not reachable, without a
  /// sentence, without an origin, keywords that the list lacks. Empty for sound files.
  public func complaints() -> [String] {
    var complaints: [String] = []
    complaints += GrammarSoundness.complaints(
      about: rules, roots: [Self.startRule],
      terminals: Set(tokenNames + contextualTokenNames + [Self.reservedWord, Self.unreservedWord]))
    complaints += GrammarSoundness.complaints(
      about: tokenRules, roots: ["token", "contextual token", "separator"], terminals: [])
    let words = Set(keywords.all)
    for rule in rules {
      for word in rule.definition.words where !words.contains(word) {
        complaints.append("<\(rule.name)> uses the unknown keyword \(word)")
      }
    }
    if words.count != keywords.reserved.count + keywords.unreserved.count {
      complaints.append("a keyword is listed twice")
    }
    return complaints
  }
}
