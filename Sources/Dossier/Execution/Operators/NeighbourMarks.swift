import DossierSyntax

/// The neighbours of one node by one step, with a hash table that tells where in them each node stands.
///
/// Laying it out costs little more than walking the neighbours once; looking up a node is one access to
/// memory that stays in the cache. It pays where many rows share the node.
final class NeighbourMarks {
  /// Open addressing: the node above 1 + its first position among the neighbours; 0 is an empty slot.
  private var slots: UnsafeMutablePointer<UInt64>
  /// The number of slots is a power of two, at least `sparsity` times that of the neighbours, so that
  /// most other nodes meet an empty slot at once.
  private var slotBits = NeighbourMarks.leastBits
  private let neighbours = IDBuffer()
  private let relationships = IDBuffer()
  private var marked: (node: UInt32, side: Int)?
  private let arena: Arena

  private static let leastBits = 6
  private static let sparsity = 8

  /// Charged to an arena. Errors: `memoryLimit`.
  init(_ state: ExecutionState) throws(QueryError) {
    arena = state.arena
    slots = try Self.emptySlots(Self.leastBits, arena)
  }

  deinit { slots.deallocate() }

  private static func emptySlots(
    _ bits: Int, _ arena: Arena
  ) throws(QueryError) -> UnsafeMutablePointer<UInt64> {
    try arena.charge(MemoryLayout<UInt64>.stride << bits)
    let slots = UnsafeMutablePointer<UInt64>.allocate(capacity: 1 << bits)
    slots.initialize(repeating: 0, count: 1 << bits)
    return slots
  }

  /// For look-ups, until the next node is laid out.
  var table: MarkedNeighbours {
    MarkedNeighbours(
      slots: slots, slotBits: slotBits,
      list: NeighbourList(
        neighbours: UnsafePointer(neighbours.base),
        relationships: UnsafePointer(relationships.base), count: neighbours.count))
  }

  /// Whether it is laid out for a node; `side` tells apart steps that share it.
  func isOf(_ node: UInt32, side: Int) -> Bool {
    marked?.node == node && marked?.side == side
  }

  /// Lays out the neighbours of a node in place of what there was before.
  /// Errors: `memoryLimit`.
  func set(_ node: UInt32, side: Int, _ adjacency: StepAdjacency) throws(QueryError) {
    clear()
    if let lists = adjacency.plainLists {
      let list = lists.neighbours(of: node)
      for i in 0..<list.count { append(list.neighbours[i], list.relationships[i]) }
    } else if adjacency.parts.count == 2, !adjacency.parts.contains(where: \.skipsLoops) {
      merge(
        adjacency.parts[0].reader.neighbours(of: node),
        adjacency.parts[1].reader.neighbours(of: node))
    } else {
      var found: [UInt64] = []
      adjacency.forEach(node) { neighbour, relationship in
        found.append(UInt64(neighbour) << 32 | UInt64(relationship))
      }
      found.sort()
      for entry in found {
        append(UInt32(truncatingIfNeeded: entry >> 32), UInt32(truncatingIfNeeded: entry))
      }
    }
    try fillSlots()
    marked = (node, side)
  }

  private func fillSlots() throws(QueryError) {
    while 1 << slotBits < Self.sparsity * neighbours.count {
      let larger = try Self.emptySlots(slotBits + 1, arena)
      slots.deallocate()
      arena.refund(MemoryLayout<UInt64>.stride << slotBits)
      (slots, slotBits) = (larger, slotBits + 1)
    }
    let table = table
    let nodes = table.list.neighbours
    for i in 0..<table.list.count where i == 0 || nodes[i] != nodes[i - 1] {
      slots[table.slot(of: nodes[i])] = UInt64(nodes[i]) << 32 | UInt64(i + 1)
    }
  }

  /// Takes over two sorted lists.
  private func merge(
    _ a: (neighbours: UnsafePointer<UInt32>, relationships: UnsafePointer<UInt32>, count: Int),
    _ b: (neighbours: UnsafePointer<UInt32>, relationships: UnsafePointer<UInt32>, count: Int)
  ) {
    var (i, j) = (0, 0)
    while i < a.count || j < b.count {
      if j == b.count || (i < a.count && a.neighbours[i] <= b.neighbours[j]) {
        append(a.neighbours[i], a.relationships[i])
        i &+= 1
      } else {
        append(b.neighbours[j], b.relationships[j])
        j &+= 1
      }
    }
  }

  private func append(_ neighbour: UInt32, _ relationship: UInt32) {
    neighbours.append(neighbour)
    relationships.append(relationship)
  }

  func clear() {
    if Self.sparsity * 4 * neighbours.count < 1 << slotBits {
      // Backwards, so that no node is looked up past the slot of one that came before it.
      let table = table
      for i in stride(from: table.list.count - 1, through: 0, by: -1) {
        slots[table.slot(of: table.list.neighbours[i])] = 0
      }
    } else {
      slots.update(repeating: 0, count: 1 << slotBits)
    }
    neighbours.removeAll()
    relationships.removeAll()
    marked = nil
  }
}

/// What `NeighbourMarks` has laid out, as plain addresses.
struct MarkedNeighbours {
  fileprivate let slots: UnsafeMutablePointer<UInt64>
  fileprivate let slotBits: Int
  /// The neighbours, equal ones side by side.
  let list: NeighbourList

  /// The slot that a node has, or would take.
  @inline(__always)
  fileprivate func slot(of node: UInt32) -> Int {
    // Fibonacci hashing (Knuth, The Art of Computer Programming, 6.4).
    var slot = Int((node &* 0x9E37_79B1) >> (32 - UInt32(truncatingIfNeeded: slotBits)))
    while slots[slot] != 0, slots[slot] >> 32 != UInt64(node) {
      slot = (slot &+ 1) & ((1 << slotBits) &- 1)
    }
    return slot
  }

  /// Calls `body` with each relationship to a node.
  @inline(__always)
  func forEach(to node: UInt32, _ body: (UInt32) -> Void) {
    var i = Int(slots[slot(of: node)] & 0xFFFF_FFFF) &- 1
    if i < 0 { return }
    while i < list.count, list.neighbours[i] == node {
      body(list.relationships[i])
      i &+= 1
    }
  }
}
