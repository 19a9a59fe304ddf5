/// A statement of a script: where it stands, not yet parsed.
public struct ScriptStatement: Hashable, Sendable {
  /// From the first token to the last, without the semicolon.
  public var range: SourceRange
  /// A `;` follows.
  public var isTerminated: Bool

  public init(range: SourceRange, isTerminated: Bool) {
    self.range = range
    self.isTerminated = isTerminated
  }
}

/// Cuts a text into statements at the semicolons that stand outside of quotes and comments.
///
/// Statements come one at a time and in order; empty ones are left out. A statement with an
/// unclosed quote or comment goes to the end of the text. O(n) for all statements together.
public struct ScriptReader: Sequence, IteratorProtocol, Sendable {
  private var lexer: Lexer
  /// Byte offset behind the semicolon that was read last.
  public private(set) var offset = 0

  /// A reader for a whole text.
  public init(_ text: SourceText) {
    lexer = Lexer(text)
  }

  /// The next statement; nil at the end of the text.
  public mutating func next() -> ScriptStatement? {
    var range: SourceRange?
    while true {
      let token = lexer.next()
      switch token.kind {
      case .endOfText:
        offset = token.end
        return range.map { ScriptStatement(range: $0, isTerminated: false) }
      case .semicolon:
        offset = token.end
        if let range { return ScriptStatement(range: range, isTerminated: true) }
      default:
        range = range?.union(token.range) ?? token.range
      }
    }
  }
}
