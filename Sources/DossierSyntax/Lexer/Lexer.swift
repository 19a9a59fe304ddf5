/// Cuts a text into tokens, one at a time; never fails.
public struct Lexer: Sendable {
  private let bytes: [UInt8]
  private let end: Int
  /// Byte offset at which the next token is looked for.
  private var offset: Int

  /// A lexer for a range of a text, or for the whole text.
  public init(_ text: SourceText, in range: SourceRange? = nil) {
    bytes = text.bytes
    let range = range ?? text.range
    offset = min(max(range.start, 0), bytes.count)
    end = min(max(range.end, offset), bytes.count)
  }

  /// All tokens of a range, `endOfText` last. O(n).
  public static func tokens(of text: SourceText, in range: SourceRange? = nil) -> [Token] {
    var lexer = Lexer(text, in: range)
    var tokens: [Token] = []
    while true {
      let token = lexer.next()
      tokens.append(token)
      if token.kind == .endOfText { return tokens }
    }
  }

  /// The next token; `endOfText` at the end, again and again.
  public mutating func next() -> Token {
    bytes.withUnsafeBufferPointer { buffer in
      var cursor = LexerCursor(
        bytes: UnsafeBufferPointer(rebasing: buffer[..<end]), offset: offset)
      let token = cursor.lexToken()
      offset = token.end
      return token
    }
  }
}
