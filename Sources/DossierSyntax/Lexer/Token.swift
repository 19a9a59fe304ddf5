/// A token: what it is and where it stands; no text is copied.
public struct Token: Hashable, Sendable {
  public var kind: TokenKind
  /// Byte offset of the first byte.
  public var start: Int
  /// Byte offset behind the last byte.
  public var end: Int

  public init(kind: TokenKind, start: Int, end: Int) {
    self.kind = kind
    self.start = start
    self.end = end
  }

  /// The bytes of the token.
  public var range: SourceRange { SourceRange(start: start, end: end) }
}
