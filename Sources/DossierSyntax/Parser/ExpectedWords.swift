/// The words that may come behind an unfinished statement.
public struct ExpectedWords: Sendable, Equatable {
  /// Keywords, in the order of `Keyword.allCases`. Where a name may stand, too, only reserved ones:
  /// the others would be read as names.
  public var keywords: [Keyword] = []
  /// A variable, a function or another name may come.
  public var includesNames = false

  /// Nothing is expected.
  public init() {}
}

extension Parser {
  /// How many brackets may be open where words are sought.
  private static let expectationDepth = 64
  /// How many words and signs a statement may have where words are sought.
  private static let expectationTokens = 2_000

  /// The words that may come at the end of a text, or of a range of it, that begins a statement. They
  /// are found by trying each of them. O(n · keywords); nothing for very long or deep statements.
  public static func expectedWords(
    after text: SourceText, in range: SourceRange? = nil
  ) -> ExpectedWords {
    let range = range ?? text.range
    let tokens = Lexer.tokens(of: text, in: range).dropLast()
    var expected = ExpectedWords()
    guard let closing = closing(tokens) else { return expected }
    let beginning = text.string(in: range)
    let accepts = { (word: String) in
      let text = SourceText("\(beginning) \(word) \(closing)")
      var parser = Parser(text, in: text.range)
      do throws(QueryError) { _ = try parser.parseProgram() } catch {}
      return parser.index > tokens.count
    }
    expected.includesNames = accepts("name")
    expected.keywords = Keyword.allCases.filter { keyword in
      (keyword.isReserved || !expected.includesNames) && accepts(keyword.rawValue)
    }
    return expected
  }

  /// What closes the brackets that are open; nil where no words are sought.
  private static func closing(_ tokens: ArraySlice<Token>) -> String? {
    guard tokens.count <= expectationTokens else { return nil }
    var open: [OpenConstruct] = []
    var prefixes = 0
    for token in tokens {
      switch token.kind {
      case .unterminated: return nil
      case .leftParen: open.append(.parenthesis)
      case .leftBracket: open.append(.bracket)
      case .leftBrace: open.append(.brace)
      case .rightParen, .rightBracket, .rightBrace: _ = open.popLast()
      case .minus, .plus, .keyword(.not), .keyword(.case): prefixes += 1
      default: break
      }
      guard open.count <= expectationDepth, prefixes <= 4 * expectationDepth else { return nil }
    }
    return open.reversed().map(\.closing).joined(separator: " ")
  }
}
