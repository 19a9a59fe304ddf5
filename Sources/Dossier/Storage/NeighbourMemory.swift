import Synchronization

/// A piece of memory that neighbour blocks are cut from, shared by versions of a page.
///
/// One reference count stands for all blocks in it, so that copying a page is cheap. Nothing in it
/// is freed before the whole is.
final class NeighbourMemory: @unchecked Sendable {
  let capacity: Int
  private let base: UnsafeMutableRawPointer
  /// Versions that share the memory may both cut from it.
  private let cursor = Atomic(0)

  /// - Parameter capacity: in bytes.
  init(capacity: Int) {
    self.capacity = capacity
    base = .allocate(byteCount: capacity, alignment: 16)
  }

  deinit {
    base.deallocate()
  }

  /// Fresh memory, aligned to 16 bytes; nil when there is not enough left. `bytes` is a multiple
  /// of 16.
  func allocate(_ bytes: Int) -> UnsafeMutableRawPointer? {
    var start = cursor.load(ordering: .relaxed)
    while start + bytes <= capacity {
      let (exchanged, original) = cursor.weakCompareExchange(
        expected: start, desired: start + bytes, ordering: .relaxed)
      if exchanged { return base + start }
      start = original
    }
    return nil
  }

  func contains(_ address: UnsafeRawPointer) -> Bool {
    address >= UnsafeRawPointer(base) && address < UnsafeRawPointer(base + capacity)
  }
}

/// The memories that a page's lists lie in. Versions of the page share them until one needs another one.
final class NeighbourMemories {
  /// The last one that is shared by blocks is cut from.
  var pieces: ContiguousArray<NeighbourMemory>

  init(_ pieces: ContiguousArray<NeighbourMemory>) { self.pieces = pieces }

  /// Adds fresh memory; `isShared` when blocks will be cut from it.
  func add(_ memory: NeighbourMemory, isShared: Bool) {
    pieces.insert(memory, at: isShared ? pieces.count : 0)
  }

  /// Whether nobody else holds the memory that an address is in.
  func owns(_ address: UnsafeRawPointer) -> Bool {
    for i in pieces.indices where pieces[i].contains(address) {
      return isKnownUniquelyReferenced(&pieces[i])
    }
    return false
  }
}
