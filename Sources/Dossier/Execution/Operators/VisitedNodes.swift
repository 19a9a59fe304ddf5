import DossierSyntax
import Glibc

/// A set of nodes that is emptied in no time: a byte for each node says in which round it was put in.
final class VisitedNodes {
  /// Nodes are below this.
  let count: Int
  private let rounds: UnsafeMutablePointer<UInt8>
  private var round: UInt8 = 0
  /// All nodes that were put in since the bytes were 0.
  private var range: ClosedRange<UInt32>?

  /// Charged to an arena. Errors: `memoryLimit`.
  init(_ state: ExecutionState) throws(QueryError) {
    count = max(state.graph.nodeIDBound, 1)
    try state.arena.charge(count)
    guard let memory = calloc(count, 1) else {
      throw QueryError(.memoryLimit, "no memory for a set of \(count) nodes")
    }
    rounds = memory.assumingMemoryBound(to: UInt8.self)
  }

  deinit { free(rounds) }

  /// Empties the set.
  func begin() {
    if round == .max {
      if let range {
        (rounds + Int(range.lowerBound)).update(repeating: 0, count: range.count)
      }
      range = nil
      round = 0
    }
    round &+= 1
  }

  /// Puts a node in; 1 if it was not in the set, else 0.
  @inline(__always)
  func insert(_ node: UInt32) -> Int {
    extend(node, node)
    let isNew = bit(rounds[Int(node)] != round)
    rounds[Int(node)] = round
    return isNew
  }

  /// Puts the nodes of an ascending list in; gives how many of them were not in the set.
  @inline(__always)
  func insert(_ nodes: UnsafePointer<UInt32>, _ count: Int) -> Int {
    if count == 0 { return 0 }
    extend(nodes[0], nodes[count &- 1])
    let (rounds, round) = (rounds, round)
    var new = 0
    for i in 0..<count {
      let place = rounds + Int(nodes[i])
      new &+= bit(place.pointee != round)
      place.pointee = round
    }
    return new
  }

  @inline(__always)
  private func extend(_ first: UInt32, _ last: UInt32) {
    guard let range else {
      range = first...last
      return
    }
    if first < range.lowerBound || last > range.upperBound {
      self.range = min(first, range.lowerBound)...max(last, range.upperBound)
    }
  }
}
