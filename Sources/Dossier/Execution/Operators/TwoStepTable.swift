import DossierSyntax
import Glibc

/// All ways of two steps from one node, grouped by where they end: a hash table whose hash is the node.
///
/// Building it costs as much as walking the ways once. It pays where many rows share the first node
/// and ask for the ways to many nodes.
final class TwoStepTable {
  /// By end node: 1 + the first entry; 0 where no way ends.
  private let heads: UnsafeMutablePointer<UInt32>
  private let middles = IDBuffer()
  private let firstRelationships = IDBuffer()
  private let secondRelationships = IDBuffer()
  private let ends = IDBuffer()
  /// By entry: 1 + the next entry with the same end; 0 at the last.
  private let nexts = IDBuffer()
  private var start: UInt32?

  /// Tables with more entries are not built.
  static let limit = 1 << 22

  /// Charged to an arena. Errors: `memoryLimit`.
  init(_ state: ExecutionState) throws(QueryError) {
    let count = max(state.graph.nodeIDBound, 1)
    try state.arena.charge(count * MemoryLayout<UInt32>.stride)
    guard let memory = calloc(count, MemoryLayout<UInt32>.stride) else {
      throw QueryError(.memoryLimit, "no memory for ways to \(count) nodes")
    }
    heads = memory.assumingMemoryBound(to: UInt32.self)
  }

  deinit { free(heads) }

  func isOf(_ node: UInt32) -> Bool { start == node }

  /// Finds the ways from a node over nodes with the labels.
  func set(
    _ node: UInt32, _ first: StepAdjacency, _ second: StepAdjacency, _ labels: LabelReader
  ) {
    clear()
    start = node
    first.forEach(node) { middle, a in
      guard labels.accepts(middle) else { return }
      second.forEach(middle) { end, b in
        nexts.append(heads[Int(end)])
        middles.append(middle)
        firstRelationships.append(a)
        secondRelationships.append(b)
        ends.append(end)
        heads[Int(end)] = UInt32(truncatingIfNeeded: nexts.count)
      }
    }
  }

  func clear() {
    for i in 0..<ends.count { heads[Int(ends.base[i])] = 0 }
    for buffer in [middles, firstRelationships, secondRelationships, ends, nexts] {
      buffer.removeAll()
    }
    start = nil
  }

  /// Calls `body` with each way to a node: the node in the middle and both relationships.
  @inline(__always)
  func forEach(to node: UInt32, _ body: (UInt32, UInt32, UInt32) -> Void) {
    var entry = Int(heads[Int(node)])
    while entry != 0 {
      let i = entry &- 1
      body(middles.base[i], firstRelationships.base[i], secondRelationships.base[i])
      entry = Int(nexts.base[i])
    }
  }
}
