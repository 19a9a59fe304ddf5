/// The CSR of one page: immutable once it is filled, shared by versions.
///
///     base ─► [ offsets × 2,049 ][ unused ][ distance of relationships ][ neighbours × count ]
///     base + distance ─► [ relationships × count ]                              all UInt32
///
/// The neighbours of row r are at `offsets[r] ..< offsets[r + 1]`, sorted by (neighbour,
/// relationship). Relationships lie apart, so that walks which do not read them stay in less memory;
/// where they are is told in bytes from the base, so that a block means the same at any address.
final class AdjacencyBlock: @unchecked Sendable {
  /// Where the distance of the relationships is, in bytes.
  static let relationshipsOffset = 4 * (Page.rows + 2)
  /// Where neighbours begin, in words.
  static let neighboursOffset = Page.rows + 4

  let count: Int
  let base: UnsafeMutablePointer<UInt32>
  let relationships: UnsafeMutablePointer<UInt32>
  /// Whoever owns the memory of a borrowed block.
  private let owner: AnyObject?

  /// Offsets are all 0, neighbours and relationships uninitialised.
  init(count: Int) {
    self.count = count
    base = .allocate(capacity: Self.neighboursOffset + count)
    base.initialize(repeating: 0, count: Self.neighboursOffset)
    relationships = .allocate(capacity: count)
    owner = nil
    UnsafeMutableRawPointer(base).storeBytes(
      of: UnsafeRawPointer(relationships) - UnsafeRawPointer(base),
      toByteOffset: Self.relationshipsOffset, as: Int.self)
  }

  /// A block in memory that `owner` keeps alive, laid out as `writeContiguous` does.
  init(borrowing address: UnsafeMutableRawPointer, owner: AnyObject) {
    base = address.assumingMemoryBound(to: UInt32.self)
    count = Int(base[Page.rows])
    relationships = (address + Self.contiguousDistance(count: count))
      .assumingMemoryBound(to: UInt32.self)
    self.owner = owner
  }

  deinit {
    guard owner == nil else { return }
    base.deallocate()
    relationships.deallocate()
  }

  // MARK: Contiguous blocks

  /// Bytes from the base to the relationships of a block that is in one piece.
  static func contiguousDistance(count: Int) -> Int { ((neighboursOffset + count) * 4 + 15) & ~15 }

  /// The length of a block that is in one piece, in bytes.
  static func contiguousBytes(count: Int) -> Int { contiguousDistance(count: count) + count * 4 }

  /// Writes a page, which may have overrides, as a block in one piece to zeroed memory. `count` is
  /// the number of its entries.
  static func writeContiguous(
    _ page: UnsafeRawPointer, count: Int, to target: UnsafeMutableRawPointer
  ) {
    let distance = contiguousDistance(count: count)
    target.storeBytes(of: distance, toByteOffset: relationshipsOffset, as: Int.self)
    let offsets = target.assumingMemoryBound(to: UInt32.self)
    let neighbours = offsets + neighboursOffset
    let relationships = (target + distance).assumingMemoryBound(to: UInt32.self)
    var end = 0
    for row in 0..<Page.rows {
      let list = AdjacencyPage.list(at: page, row)
      (neighbours + end).update(from: list.neighbours, count: list.count)
      (relationships + end).update(from: list.relationships, count: list.count)
      end += list.count
      offsets[row + 1] = UInt32(truncatingIfNeeded: end)
    }
  }

  @inline(__always) var offsets: UnsafeMutablePointer<UInt32> { base }
  @inline(__always) var neighbours: UnsafeMutablePointer<UInt32> { base + Self.neighboursOffset }
}
