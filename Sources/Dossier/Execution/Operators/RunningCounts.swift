import DossierSyntax
import Glibc

/// A count for each node that starts at 0 for every node it is laid out from, without being cleared:
/// counts of earlier nodes lie below a base, which rises.
final class RunningCounts {
  private var counts: UnsafeMutablePointer<UInt32>
  private let size: Int
  private var base: UInt32 = 0
  /// What the next base is at least.
  private var limit: UInt32 = 0

  /// Charged to an arena. Errors: `memoryLimit`.
  init(_ state: ExecutionState) throws(QueryError) {
    size = max(state.graph.nodeIDBound, 1)
    try state.arena.charge(size * MemoryLayout<UInt32>.stride)
    guard let memory = calloc(size, MemoryLayout<UInt32>.stride) else {
      throw QueryError(.memoryLimit, "no memory for counts of \(size) nodes")
    }
    counts = memory.assumingMemoryBound(to: UInt32.self)
  }

  deinit { free(counts) }

  /// Starts all counts at 0; none will exceed `most`.
  func begin(_ most: Int) {
    base = limit
    let (next, overflow) = base.addingReportingOverflow(UInt32(clamping: most))
    if overflow {
      counts.update(repeating: 0, count: size)
      base = 0
      limit = UInt32(clamping: most)
    } else {
      limit = next
    }
  }

  @inline(__always)
  func add(_ node: UInt32) { counts[Int(node)] = max(counts[Int(node)], base) &+ 1 }

  @inline(__always)
  func count(_ node: UInt32) -> Int64 { Int64(max(counts[Int(node)], base) &- base) }

  /// The sum of the counts of the nodes of a sorted list, each of which is then one more. A node that
  /// stands there several times has the count from before the list each time.
  @inline(__always)
  func takeAndAdd(_ nodes: UnsafePointer<UInt32>, _ n: Int) -> Int64 {
    let (counts, base) = (counts, base)
    var total: Int64 = 0
    var previous = UInt32.max
    var before = base
    for i in 0..<n {
      let node = nodes[i]
      let count = max(counts[Int(node)], base)
      if node != previous { before = count }
      previous = node
      total &+= Int64(before &- base)
      counts[Int(node)] = count &+ 1
    }
    return total
  }
}
