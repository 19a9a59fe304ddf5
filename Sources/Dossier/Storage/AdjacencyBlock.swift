/// The CSR of one page: immutable once it is filled, shared by versions.
///
///     base ─► [ offsets × 2,049 ][ unused ][ address of relationships ][ neighbours × count ]
///             [ relationships × count ]                                            all UInt32
///
/// The neighbours of row r are at `offsets[r] ..< offsets[r + 1]`, sorted by (neighbour,
/// relationship). Relationships lie apart, so that walks which do not read them stay in less memory.
final class AdjacencyBlock: @unchecked Sendable {
  /// Where the address of the relationships is, in bytes.
  static let relationshipsOffset = 4 * (Page.rows + 2)
  /// Where neighbours begin, in words.
  static let neighboursOffset = Page.rows + 4

  let count: Int
  let base: UnsafeMutablePointer<UInt32>
  let relationships: UnsafeMutablePointer<UInt32>

  /// Offsets are all 0, neighbours and relationships uninitialised.
  init(count: Int) {
    self.count = count
    base = .allocate(capacity: Self.neighboursOffset + count)
    base.initialize(repeating: 0, count: Self.neighboursOffset)
    relationships = .allocate(capacity: count)
    UnsafeMutableRawPointer(base).storeBytes(
      of: relationships, toByteOffset: Self.relationshipsOffset,
      as: UnsafeMutablePointer<UInt32>.self)
  }

  deinit {
    base.deallocate()
    relationships.deallocate()
  }

  @inline(__always) var offsets: UnsafeMutablePointer<UInt32> { base }
  @inline(__always) var neighbours: UnsafeMutablePointer<UInt32> { base + Self.neighboursOffset }
}
