/// The CSR of one page: immutable once it is filled, shared by versions.
///
///     [ offsets × 2,049 ][ 3 unused ][ neighbours × count ][ relationships × count ]   all UInt32
///
/// The neighbours of row r are at `offsets[r] ..< offsets[r + 1]`, sorted by (neighbour,
/// relationship); `offsets[2048]` is the count of all entries.
final class AdjacencyBlock: @unchecked Sendable {
  /// Where neighbours begin, in words.
  static let neighboursOffset = Page.rows + 4

  let count: Int
  let base: UnsafeMutablePointer<UInt32>

  /// Offsets are all 0, the rest is uninitialised.
  init(count: Int) {
    self.count = count
    base = .allocate(capacity: Self.neighboursOffset + 2 * count)
    base.initialize(repeating: 0, count: Self.neighboursOffset)
  }

  deinit {
    base.deallocate()
  }

  @inline(__always) var offsets: UnsafeMutablePointer<UInt32> { base }
  @inline(__always) var neighbours: UnsafeMutablePointer<UInt32> { base + Self.neighboursOffset }
  @inline(__always) var relationships: UnsafeMutablePointer<UInt32> {
    base + Self.neighboursOffset + count
  }
}
