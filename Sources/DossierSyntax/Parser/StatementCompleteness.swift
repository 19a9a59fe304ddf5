/// Whether typed text can be run, or what it waits for.
public enum StatementCompleteness: Hashable, Sendable {
  /// Nothing but white space and comments.
  case empty
  /// The text ends with a `;` outside of quotes and comments.
  case complete
  /// Something is open; `statement` where only the `;` is missing.
  case open(OpenConstruct)
}

extension Parser {
  /// Tells a prompt whether typed text is complete, and if not, what is open. O(n).
  ///
  /// The innermost open construct counts: `RETURN ['a` waits for a quote.
  public static func isComplete(_ text: SourceText) -> StatementCompleteness {
    var lexer = Lexer(text)
    var open: [OpenConstruct] = []
    var isEmpty = true
    var isTerminated = false
    while true {
      let token = lexer.next()
      switch token.kind {
      case .endOfText:
        if isTerminated { return .complete }
        return isEmpty ? .empty : .open(open.last ?? .statement)
      case .unterminated(let construct):
        return .open(construct)
      case .semicolon:
        isTerminated = !isEmpty
        open.removeAll()
        continue
      case .leftParen: open.append(.parenthesis)
      case .leftBracket: open.append(.bracket)
      case .leftBrace: open.append(.brace)
      case .rightParen: close(.parenthesis, in: &open)
      case .rightBracket: close(.bracket, in: &open)
      case .rightBrace: close(.brace, in: &open)
      default: break
      }
      isEmpty = false
      isTerminated = false
    }
  }

  private static func close(_ construct: OpenConstruct, in open: inout [OpenConstruct]) {
    if open.last == construct { open.removeLast() }
  }
}
