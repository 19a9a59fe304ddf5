/// Cuts texts into tokens by interpreting `Tokens.bnf`; knows nothing else of the language.
public struct TokenScanner: Sendable {
  /// A token: the name of its rule, or the keyword it spells, and its place in code points.
  public struct Token: Hashable, Sendable {
    public var name: String
    public var isKeyword: Bool
    public var start: Int
    public var end: Int
  }

  private let matcher: CharacterMatcher
  private let tokens: [(name: String, first: CharacterMatcher.FirstSet)]
  private let contextual: [(name: String, first: CharacterMatcher.FirstSet)]
  private let keywords: Set<String>

  public init(_ files: GrammarFiles) {
    let matcher = CharacterMatcher(files.tokenRules)
    self.matcher = matcher
    tokens = files.tokenNames.map { ($0, matcher.firstSet(of: $0)) }
    contextual = files.contextualTokenNames.map { ($0, matcher.firstSet(of: $0)) }
    keywords = Set(files.keywords.all)
  }

  /// The offset behind the separators that start at an offset.
  public func skipSeparators(in text: [Unicode.Scalar], from start: Int) -> Int {
    var offset = start
    while offset < text.count,
      let end = matcher.longestMatch(of: "separator", in: text, at: offset),
      end > offset
    {
      offset = end
    }
    return offset
  }

  /// The longest token at an offset, the first in `<token>` of several; nil where none starts.
  public func token(in text: [Unicode.Scalar], at start: Int) -> Token? {
    var best: Token?
    for (name, first) in tokens where first.contains(text[start]) {
      guard let end = matcher.longestMatch(of: name, in: text, at: start), end > start else {
        continue
      }
      if let known = best, known.end >= end { continue }
      best = Token(name: name, isKeyword: false, start: start, end: end)
    }
    if let found = best, found.name == "regular identifier" {
      let word = String(String.UnicodeScalarView(text[found.start..<found.end])).uppercased()
      if word.utf8.count == found.end - found.start, keywords.contains(word) {
        best = Token(name: word, isKeyword: true, start: found.start, end: found.end)
      }
    }
    return best
  }

  /// The tokens at an offset that stand there only where a rule asks for them.
  public func contextualTokens(in text: [Unicode.Scalar], at start: Int) -> [Token] {
    contextual.compactMap { name, first in
      guard first.contains(text[start]),
        let end = matcher.longestMatch(of: name, in: text, at: start)
      else { return nil }
      return Token(name: name, isKeyword: false, start: start, end: end)
    }
  }

  /// The tokens of a text, contextual ones left out; nil where a character starts no token.
  public func tokens(of text: String) -> [Token]? {
    let scalars = Array(text.unicodeScalars)
    var result: [Token] = []
    var offset = skipSeparators(in: scalars, from: 0)
    while offset < scalars.count {
      guard let token = token(in: scalars, at: offset) else { return nil }
      result.append(token)
      offset = skipSeparators(in: scalars, from: token.end)
    }
    return result
  }
}
