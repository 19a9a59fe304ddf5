/// The CSR of one page: immutable once it is filled, shared by versions.
///
///     [ offsets × 2,049 ][ neighbours × count ][ relationships × count ]      all UInt32
///
/// The neighbours of row r are at `offsets[r] ..< offsets[r + 1]`, sorted by (neighbour,
/// relationship).
final class AdjacencyBlock: @unchecked Sendable {
  static let offsetCount = Page.rows + 1

  let count: Int
  private let base: UnsafeMutablePointer<UInt32>

  /// Offsets are all 0, the rest is uninitialised.
  init(count: Int) {
    self.count = count
    base = .allocate(capacity: Self.offsetCount + 2 * count)
    base.initialize(repeating: 0, count: Self.offsetCount)
  }

  deinit {
    base.deallocate()
  }

  @inline(__always) var offsets: UnsafeMutablePointer<UInt32> { base }
  @inline(__always) var neighbours: UnsafeMutablePointer<UInt32> { base + Self.offsetCount }
  @inline(__always) var relationships: UnsafeMutablePointer<UInt32> {
    base + Self.offsetCount + count
  }
}
