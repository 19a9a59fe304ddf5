import Synchronization

/// A neighbour list as readers see it, sorted by (neighbour, relationship).
struct NeighbourList {
  var neighbours: UnsafePointer<UInt32>
  var relationships: UnsafePointer<UInt32>
  var count: Int
}

/// Memory for the neighbours of one node that live outside of its page's CSR, with spare room.
///
///     [ neighbours × capacity ][ relationships × capacity ]
///
/// Versions of a graph may share a block although one of them appends: a version reads only as many
/// entries as it knows of, and `claim` gives each free place to one writer only.
final class NeighbourBlock: @unchecked Sendable {
  let capacity: Int
  private let base: UnsafeMutablePointer<UInt32>
  /// Places that some version reads or is about to fill.
  private let used: Atomic<Int>

  init(capacity: Int, used: Int) {
    self.capacity = capacity
    self.used = Atomic(used)
    base = .allocate(capacity: capacity * 2)
  }

  deinit {
    base.deallocate()
  }

  @inline(__always) var neighbours: UnsafeMutablePointer<UInt32> { base }
  @inline(__always) var relationships: UnsafeMutablePointer<UInt32> { base + capacity }

  func list(count: Int) -> NeighbourList {
    NeighbourList(
      neighbours: UnsafePointer(neighbours), relationships: UnsafePointer(relationships),
      count: count)
  }

  /// Reserves the place behind the first `count` entries; false when it does not exist or is taken.
  func claim(_ count: Int) -> Bool {
    guard count < capacity else { return false }
    let (exchanged, _) = used.compareExchange(
      expected: count, desired: count + 1, ordering: .acquiringAndReleasing)
    return exchanged
  }

  /// Says how many places are taken, by the only owner.
  func setUsed(_ count: Int) {
    used.store(count, ordering: .releasing)
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
