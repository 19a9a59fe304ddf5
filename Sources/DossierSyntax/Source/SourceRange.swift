/// A half-open range of UTF-8 byte offsets in a source text.
public struct SourceRange: Hashable, Sendable {
  /// Byte offset of the first byte.
  public var start: Int
  /// Byte offset behind the last byte.
  public var end: Int

  public init(start: Int, end: Int) {
    self.start = start
    self.end = end
  }

  /// The smallest range that covers both ranges.
  public func union(_ other: SourceRange) -> SourceRange {
    SourceRange(start: min(start, other.start), end: max(end, other.end))
  }
}
