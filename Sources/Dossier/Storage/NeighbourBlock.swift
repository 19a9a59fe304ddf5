import Synchronization

/// A neighbour list as readers see it, sorted by (neighbour, relationship).
struct NeighbourList {
  var neighbours: UnsafePointer<UInt32>
  var relationships: UnsafePointer<UInt32>
  var count: Int
}

/// A place in a `NeighbourMemory` for the neighbours of one node, with spare room.
///
///     [ used ][ capacity ][ neighbours × capacity ][ relationships × capacity ]
///
/// Versions of a graph may share a block although one of them appends: a version reads only as many
/// entries as it knows of, and `claim` gives each free place to one writer only.
struct NeighbourBlock {
  private static let headerBytes = 16

  private let base: UnsafeMutableRawPointer

  /// A block without entries in fresh memory of `bytes(capacity:)`.
  init(at base: UnsafeMutableRawPointer, capacity: Int, used: Int) {
    self.base = base
    base.assumingMemoryBound(to: Atomic<Int>.self).initialize(to: Atomic(used))
    base.storeBytes(of: capacity, toByteOffset: 8, as: Int.self)
  }

  /// The block that a list is in.
  init(of list: NeighbourList) {
    base = UnsafeMutableRawPointer(mutating: list.neighbours) - Self.headerBytes
  }

  static func bytes(capacity: Int) -> Int { (headerBytes + capacity * 8 + 15) & ~15 }

  var address: UnsafeRawPointer { UnsafeRawPointer(base) }
  var capacity: Int { base.load(fromByteOffset: 8, as: Int.self) }
  var neighbours: UnsafeMutablePointer<UInt32> {
    (base + Self.headerBytes).assumingMemoryBound(to: UInt32.self)
  }
  var relationships: UnsafeMutablePointer<UInt32> { neighbours + capacity }

  func list(count: Int) -> NeighbourList {
    NeighbourList(
      neighbours: UnsafePointer(neighbours), relationships: UnsafePointer(relationships),
      count: count)
  }

  /// Places that some version reads or is about to fill.
  private var used: UnsafeMutablePointer<Atomic<Int>> {
    base.assumingMemoryBound(to: Atomic<Int>.self)
  }

  /// Reserves the place behind the first `count` entries; false when it does not exist or is taken.
  func claim(_ count: Int) -> Bool {
    guard count < capacity else { return false }
    let (exchanged, _) = used.pointee.compareExchange(
      expected: count, desired: count + 1, ordering: .acquiringAndReleasing)
    return exchanged
  }

  /// Says how many places are taken, by the only owner.
  func setUsed(_ count: Int) {
    used.pointee.store(count, ordering: .releasing)
  }

  /// Takes over entries of a list.
  func copy(_ list: NeighbourList, from: Int, count: Int, to: Int) {
    guard count > 0 else { return }
    (neighbours + to).initialize(from: list.neighbours + from, count: count)
    (relationships + to).initialize(from: list.relationships + from, count: count)
  }

  /// Moves entries inside of the block, by the only owner.
  func move(from: Int, to: Int, count: Int) {
    guard count > 0 else { return }
    (neighbours + to).update(from: neighbours + from, count: count)
    (relationships + to).update(from: relationships + from, count: count)
  }
}
