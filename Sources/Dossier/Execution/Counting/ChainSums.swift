import DossierSyntax
import Glibc

/// For each node the sum over all chains from it, as far as no circle can be reached.
final class ChainSums {
  private typealias Stack = [(node: UInt32, position: Int, sum: Int64)]

  /// 0 where nothing is known yet, 1 for nodes that are being looked at, else 2 more than the sum over
  /// the chains from the node and the node itself; -1 where a circle can be reached, or the sum is too
  /// large.
  private let base: UnsafeMutablePointer<Int64>
  private let nodes: Int
  private let weights: SweepWeights.Reader
  private let lists: AdjacencyLists
  private let satisfying: IDBitmap?
  /// Some nodes can reach a circle.
  private(set) var hasCircles = false

  private static let unknown: Int64 = 0
  fileprivate static let begun: Int64 = 1
  fileprivate static let offset: Int64 = 2
  private static let circular: Int64 = -1
  /// A few numbers below it add up to one of 64 bits.
  private static let small: Int64 = 1 << 40

  /// Relationships tend to lead from later nodes to earlier ones, and those ends are looked at first.
  /// Errors: `memoryLimit`, `cancelled`, `timeLimit`.
  init(
    _ lists: AdjacencyLists, _ part: StepAdjacency.Part, _ satisfying: IDBitmap?,
    _ weights: SweepWeights.Reader, _ state: ExecutionState
  ) throws(QueryError) {
    self.lists = lists
    self.satisfying = satisfying
    self.weights = weights
    nodes = state.graph.nodeIDBound
    base = try Self.memory(nodes, state.arena)
    let isBackward = part.direction == .incoming
    setLeaves(state.graph.adjacency(part.type, isBackward ? .outgoing : .incoming))
    var stack: Stack = []
    for index in 0..<lists.pageCount {
      let page = isBackward ? lists.pageCount - 1 - index : index
      if AdjacencyPage.longestList(at: lists.page(page)) == 0 { continue }
      try state.control.check()
      let first = page << Page.shift
      let count = min(Page.rows, nodes - first)
      var place = 0
      while place < count {
        place = settle(from: place, count, first, lists.page(page), isBackward)
        if place == count { break }
        let row = isBackward ? count - 1 - place : place
        try descend(from: UInt32(truncatingIfNeeded: first + row), &stack, state)
        place += 1
      }
    }
  }

  deinit { free(base) }

  private static func memory(
    _ nodes: Int, _ arena: Arena
  ) throws(QueryError) -> UnsafeMutablePointer<Int64> {
    try arena.charge(nodes * 8)
    guard let memory = calloc(max(nodes, 1), 8) else {
      throw QueryError(.memoryLimit, "no memory for \(nodes) numbers")
    }
    return memory.assumingMemoryBound(to: Int64.self)
  }

  /// Reads the sums in tight loops.
  struct Reader {
    fileprivate let base: UnsafePointer<Int64>
    fileprivate let weights: SweepWeights.Reader

    /// The sum over the chains from a node that have a relationship at least; negative where a circle
    /// can be reached.
    @inline(__always) subscript(node: UInt32) -> Int64 {
      let known = base[Int(node)]
      return known > ChainSums.begun ? known &- ChainSums.offset &- weights[node] : known
    }
  }

  var reader: Reader { Reader(base: base, weights: weights) }

  // MARK: Nodes in their order

  /// Pages to which relationships lead, and from which none does.
  private func setLeaves(_ reverse: AdjacencyReader?) {
    guard let reverse, weights.bound < Self.small else { return }
    for page in 0..<reverse.lists.pageCount
    where AdjacencyPage.longestList(at: lists.page(page)) == 0
      && AdjacencyPage.longestList(at: reverse.lists.page(page)) != 0
    {
      let first = page << Page.shift
      for node in first..<max(first, min(first + Page.rows, nodes)) {
        base[node] = weights[UInt32(truncatingIfNeeded: node)] &+ Self.offset
      }
    }
  }

  /// Computes the sums of the nodes of a page as long as those of their neighbours are known; gives the
  /// place of the first node where they are not, or `count`.
  private func settle(
    from start: Int, _ count: Int, _ first: Int, _ page: UnsafeRawPointer, _ isBackward: Bool
  ) -> Int {
    let (base, weights, satisfying) = (base, weights, satisfying)
    if weights.bound >= Self.small { return start }
    for place in start..<count {
      let row = isBackward ? count &- 1 &- place : place
      let node = first &+ row
      if base[node] != Self.unknown { continue }
      let list = AdjacencyPage.list(at: page, row)
      if list.count >= 1 << 20 { return place }
      var total: Int64 = 0
      for k in 0..<list.count {
        if let satisfying, !satisfying.contains(list.relationships[k]) { continue }
        let known = base[Int(list.neighbours[k])]
        if known <= Self.begun || known >= Self.small { return place }
        total &+= known &- Self.offset
      }
      base[node] = total &+ weights[UInt32(truncatingIfNeeded: node)] &+ Self.offset
    }
    return count
  }

  // MARK: Depth first

  /// Computes the sums of a node and of all that it reaches.
  private func descend(
    from start: UInt32, _ stack: inout Stack, _ state: ExecutionState
  ) throws(QueryError) {
    let (base, lists, satisfying) = (base, lists, satisfying)
    if base[Int(start)] != Self.unknown { return }
    stack.append((start, 0, 0))
    base[Int(start)] = Self.begun
    var steps = 0
    while var top = stack.popLast() {
      steps &+= 1
      if steps & 4095 == 0 { try state.control.check() }
      let list = lists.neighbours(of: top.node)
      var next: UInt32?
      while top.position < list.count {
        if let satisfying, !satisfying.contains(list.relationships[top.position]) {
          top.position += 1
          continue
        }
        let known = base[Int(list.neighbours[top.position])]
        if known == Self.unknown {
          next = list.neighbours[top.position]
          break
        }
        if known < 0 || known == Self.begun {
          top.sum = Self.circular
        } else if top.sum >= 0 {
          let (next, isTooLarge) = top.sum.addingReportingOverflow(known &- Self.offset)
          top.sum = isTooLarge ? Self.circular : next
        }
        top.position += 1
      }
      if let next {
        stack.append(top)
        if lists.degree(of: next) == 0 {
          finish(next, 0)
        } else {
          stack.append((next, 0, 0))
          base[Int(next)] = Self.begun
        }
      } else if top.sum < 0 {
        base[Int(top.node)] = Self.circular
        hasCircles = true
      } else {
        finish(top.node, top.sum)
      }
    }
  }

  /// Notes the sum of a node; one that is too large is left to a walk, if it is asked for at all.
  private func finish(_ node: UInt32, _ total: Int64) {
    let (sum, isTooLarge) = total.addingReportingOverflow(weights[node])
    let isKept = !isTooLarge && sum <= Int64.max - Self.offset
    base[Int(node)] = isKept ? sum + Self.offset : Self.circular
    hasCircles = hasCircles || !isKept
  }
}
