import DossierSyntax
import Glibc

/// The neighbours of one node by one step, with an array over all nodes that tells where in them each
/// node stands.
///
/// Laying it out costs as much as walking the neighbours once; looking up a node is one access. It
/// pays where many rows share the node.
final class NeighbourMarks {
  /// 1 + the first position of the node among the neighbours; 0 for other nodes.
  private let positions: UnsafeMutablePointer<UInt32>
  private let neighbours = IDBuffer()
  private let relationships = IDBuffer()
  private var marked: (node: UInt32, side: Int)?

  /// Charged to an arena. Errors: `memoryLimit`.
  init(_ state: ExecutionState) throws(QueryError) {
    let count = max(state.graph.nodeIDBound, 1)
    try state.arena.charge(count * MemoryLayout<UInt32>.stride)
    guard let memory = calloc(count, MemoryLayout<UInt32>.stride) else {
      throw QueryError(.memoryLimit, "no memory for marks of \(count) nodes")
    }
    positions = memory.assumingMemoryBound(to: UInt32.self)
  }

  deinit { free(positions) }

  /// The neighbours, equal ones side by side.
  var list: NeighbourList {
    NeighbourList(
      neighbours: UnsafePointer(neighbours.base),
      relationships: UnsafePointer(relationships.base), count: neighbours.count)
  }

  /// Whether it is laid out for a node; `side` tells apart steps that share it.
  func isOf(_ node: UInt32, side: Int) -> Bool {
    marked?.node == node && marked?.side == side
  }

  /// Lays out the neighbours of a node in place of what there was before.
  func set(_ node: UInt32, side: Int, _ adjacency: StepAdjacency) {
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
    for i in stride(from: neighbours.count - 1, through: 0, by: -1) {
      positions[Int(neighbours.base[i])] = UInt32(truncatingIfNeeded: i + 1)
    }
    marked = (node, side)
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
    for i in 0..<neighbours.count { positions[Int(neighbours.base[i])] = 0 }
    neighbours.removeAll()
    relationships.removeAll()
    marked = nil
  }

  /// Calls `body` with each relationship to a node.
  @inline(__always)
  func forEach(to node: UInt32, _ body: (UInt32) -> Void) {
    var i = Int(positions[Int(node)])
    if i == 0 { return }
    i &-= 1
    while i < neighbours.count, neighbours.base[i] == node {
      body(relationships.base[i])
      i &+= 1
    }
  }
}
