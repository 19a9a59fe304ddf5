import DossierSyntax
import Glibc

/// A number for each node, 0 where none was added, that is laid out for one node at a time and cleared
/// by the nodes that it touched.
final class NodeTotals {
  private let totals: UnsafeMutablePointer<UInt32>
  private let touched = IDBuffer(capacity: 64)
  /// A number did not fit.
  private(set) var isTooLarge = false

  /// Charged to an arena. Errors: `memoryLimit`.
  init(_ state: ExecutionState) throws(QueryError) {
    let count = max(state.graph.nodeIDBound, 1)
    try state.arena.charge(count * MemoryLayout<UInt32>.stride)
    guard let memory = calloc(count, MemoryLayout<UInt32>.stride) else {
      throw QueryError(.memoryLimit, "no memory for numbers of \(count) nodes")
    }
    totals = memory.assumingMemoryBound(to: UInt32.self)
  }

  deinit { free(totals) }

  /// The nodes that numbers were added for, some perhaps several times.
  var nodes: UnsafeBufferPointer<UInt32> {
    UnsafeBufferPointer(start: UnsafePointer(touched.base), count: touched.count)
  }

  /// The numbers by node, for tight loops that only read.
  var base: UnsafePointer<UInt32> { UnsafePointer(totals) }

  @inline(__always)
  func add(_ node: UInt32, _ number: UInt32) {
    let (sum, overflow) = totals[Int(node)].addingReportingOverflow(number)
    if overflow { isTooLarge = true }
    totals[Int(node)] = sum
    touched.append(node)
  }

  @inline(__always)
  subscript(node: UInt32) -> UInt32 { totals[Int(node)] }

  func clear() {
    for i in 0..<touched.count { totals[Int(touched.base[i])] = 0 }
    touched.removeAll()
    isTooLarge = false
  }
}
