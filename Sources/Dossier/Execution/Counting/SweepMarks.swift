import DossierSyntax
import Glibc

/// A set of nodes that is emptied in no time: each round marks with a number of its own.
final class SweepMarks {
  private let base: UnsafeMutablePointer<UInt32>
  private let count: Int
  private var round: UInt32 = 0

  /// Errors: `memoryLimit`.
  init(nodes: Int, _ arena: Arena) throws(QueryError) {
    try arena.charge(nodes * 4)
    guard let memory = calloc(max(nodes, 1), 4) else {
      throw QueryError(.memoryLimit, "no memory for marks of \(nodes) nodes")
    }
    base = memory.assumingMemoryBound(to: UInt32.self)
    count = nodes
  }

  deinit { free(base) }

  /// Empties the set and gives what its nodes are marked with from now on.
  func begin() -> (marks: UnsafeMutablePointer<UInt32>, round: UInt32) {
    if round == .max {
      base.update(repeating: 0, count: count)
      round = 0
    }
    round &+= 1
    return (base, round)
  }
}

/// 1 for true, 0 for false, without a branch.
@inline(__always)
func bit(_ condition: Bool) -> Int { Int(unsafeBitCast(condition, to: UInt8.self)) }
