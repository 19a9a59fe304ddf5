import DossierSyntax
import Glibc

/// `ChainTotals` in numbers of one width.
final class ChainSums<Number: FixedWidthInteger & UnsignedInteger> {
  private typealias Stack = [(node: UInt32, position: Int, sum: Int64)]

  /// 0 where nothing is known yet, 1 for nodes that are being looked at, else 2 more than the sum over
  /// the chains from the node and the node itself; the highest number where a circle can be reached.
  private let base: UnsafeMutablePointer<Number>
  private let nodes: Int
  private let chains: ChainLists
  /// Some nodes can reach a circle, or have a sum that fits no number.
  private(set) var hasCircles = false
  /// A sum did not fit that a wider number may hold.
  private var isTooNarrow = false

  private static var unknown: Number { 0 }
  private static var begun: Number { 1 }
  private static var offset: Number { 2 }
  private static var circular: Number { .max }
  /// The largest sum that is kept.
  private static var largest: Int64 { Int64(clamping: Number.max - 3) }
  /// Lists of 2^20 nodes whose numbers are smaller add up to one of 64 bits.
  private static var small: Number { Number(clamping: UInt64(1) << 40) }
  private static var isWidest: Bool { Number.bitWidth == 64 }

  /// Relationships tend to lead from later nodes to earlier ones, and those ends are looked at first.
  /// Nil where a wider number is needed. Errors: `memoryLimit`, `cancelled`, `timeLimit`.
  init?(_ chains: ChainLists, _ state: ExecutionState) throws(QueryError) {
    guard Self.isWidest || chains.weights.bound <= UInt64(Self.largest) else { return nil }
    self.chains = chains
    nodes = state.graph.nodeIDBound
    base = try Self.memory(nodes, state.arena)
    let isBackward = chains.part.direction == .incoming
    setLeaves(state.graph.adjacency(chains.part.type, isBackward ? .outgoing : .incoming))
    var stack: Stack = []
    let lists = chains.lists
    for index in 0..<lists.pageCount {
      let page = isBackward ? lists.pageCount - 1 - index : index
      if AdjacencyPage.longestList(at: lists.page(page)) == 0 { continue }
      try state.control.check()
      let first = page << Page.shift
      let count = min(Page.rows, nodes - first)
      var place = 0
      while place < count {
        place = settle(from: place, count, page, isBackward)
        if place == count { break }
        let row = isBackward ? count - 1 - place : place
        try descend(from: UInt32(truncatingIfNeeded: first + row), &stack, state)
        if isTooNarrow { return nil }
        place += 1
      }
    }
  }

  deinit { free(base) }

  private static func memory(
    _ nodes: Int, _ arena: Arena
  ) throws(QueryError) -> UnsafeMutablePointer<Number> {
    let stride = MemoryLayout<Number>.stride
    try arena.charge(nodes * stride)
    guard let memory = calloc(max(nodes, 1), stride) else {
      throw QueryError(.memoryLimit, "no memory for \(nodes) numbers")
    }
    return memory.assumingMemoryBound(to: Number.self)
  }

  func multiply(
    _ page: Int, _ numbers: SweepNumbers, _ walk: (UInt32) throws(QueryError) -> Int64
  ) throws(QueryError) {
    let first = page << Page.shift
    let count = min(Page.rows, nodes - first)
    let (base, target) = (base + first, numbers.base)
    let weights = chains.weights.page(page)
    var bits: UInt64 = 0
    if Number.bitWidth < 64, !hasCircles, numbers.bound < UInt64(1) << 31 {
      if weights.isZero, numbers.bound == 1 {
        for row in 0..<count {
          let known = Int64(truncatingIfNeeded: max(base[row], Self.offset) &- Self.offset)
          target[row] = known & (0 &- target[row])
          bits |= UInt64(bitPattern: target[row])
        }
        return numbers.setBound(bits)
      }
      for row in 0..<count {
        let known = Int64(truncatingIfNeeded: max(base[row], Self.offset) &- Self.offset)
        let result = target[row] &* max(known &- weights[row], 0)
        target[row] = result
        bits |= UInt64(bitPattern: result)
      }
      return numbers.setBound(bits)
    }
    for row in 0..<count where target[row] != 0 {
      let known = base[row]
      var factor: Int64 = 0
      if known == Self.circular {
        factor = try walk(UInt32(truncatingIfNeeded: first + row))
      } else if known > Self.begun {
        factor = Int64(truncatingIfNeeded: known &- Self.offset) &- weights[row]
      }
      target[row] = try product(target[row], factor)
      bits |= UInt64(bitPattern: target[row])
    }
    numbers.setBound(bits)
  }

  // MARK: Nodes in their order

  /// Pages to which relationships lead, and from which none does.
  private func setLeaves(_ reverse: AdjacencyReader?) {
    guard let reverse else { return }
    for page in 0..<reverse.lists.pageCount
    where AdjacencyPage.longestList(at: chains.lists.page(page)) == 0
      && AdjacencyPage.longestList(at: reverse.lists.page(page)) != 0
    {
      let first = page << Page.shift
      let weights = chains.weights.page(page)
      let count = max(0, min(Page.rows, nodes - first))
      var settled = 0
      if weights.isZero {
        (base + first).update(repeating: Self.offset, count: count)
        settled = count
      } else if let words = weights.bits {
        // Labels mostly go by whole pages.
        while settled + 64 <= count, words[settled >> 6] == .max {
          (base + first + settled).update(repeating: Self.offset &+ 1, count: 64)
          settled += 64
        }
      }
      for row in settled..<count {
        let weight = weights[row]
        if weight > Self.largest { continue }
        base[first + row] = Number(truncatingIfNeeded: weight) &+ Self.offset
      }
    }
  }

  /// Computes the sums of the nodes of a page as long as those of their neighbours are known; gives the
  /// place of the first node where they are not, or `count`.
  private func settle(from start: Int, _ count: Int, _ page: Int, _ isBackward: Bool) -> Int {
    let base = base
    let own = base + page << Page.shift
    let weights = chains.weights.page(page)
    let address = chains.lists.page(page)
    if chains.weights.bound >= 1 << 40 { return start }
    guard chains.satisfying == nil, let offsets = AdjacencyPage.offsets(at: address) else {
      return settleListByList(from: start, count, page, isBackward)
    }
    let neighbours = offsets + AdjacencyBlock.neighboursOffset
    for place in start..<count {
      let row = isBackward ? count &- 1 &- place : place
      if own[row] != Self.unknown { continue }
      let (begin, end) = (Int(offsets[row]), Int(offsets[row &+ 1]))
      if end &- begin >= 1 << 20 { return place }
      var total: Int64 = weights[row]
      for k in begin..<end {
        let known = base[Int(neighbours[k])]
        if known <= Self.begun || known >= Self.small { return place }
        total &+= Int64(truncatingIfNeeded: known &- Self.offset)
      }
      if total > Self.largest { return place }
      own[row] = Number(truncatingIfNeeded: total) &+ Self.offset
    }
    return count
  }

  /// `settle` for pages with overrides, and where relationships have to satisfy something.
  private func settleListByList(
    from start: Int, _ count: Int, _ page: Int, _ isBackward: Bool
  ) -> Int {
    let (base, satisfying) = (base, chains.satisfying)
    let own = base + page << Page.shift
    let weights = chains.weights.page(page)
    let address = chains.lists.page(page)
    for place in start..<count {
      let row = isBackward ? count &- 1 &- place : place
      if own[row] != Self.unknown { continue }
      let list = AdjacencyPage.list(at: address, row)
      if list.count >= 1 << 20 { return place }
      var total: Int64 = weights[row]
      for k in 0..<list.count {
        if let satisfying, !satisfying.contains(list.relationships[k]) { continue }
        let known = base[Int(list.neighbours[k])]
        if known <= Self.begun || known >= Self.small { return place }
        total &+= Int64(truncatingIfNeeded: known &- Self.offset)
      }
      if total > Self.largest { return place }
      own[row] = Number(truncatingIfNeeded: total) &+ Self.offset
    }
    return count
  }

  // MARK: Depth first

  /// Computes the sums of a node and of all that it reaches.
  private func descend(
    from start: UInt32, _ stack: inout Stack, _ state: ExecutionState
  ) throws(QueryError) {
    let (base, lists, satisfying) = (base, chains.lists, chains.satisfying)
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
        if known == Self.circular || known == Self.begun {
          top.sum = -1
        } else if top.sum >= 0 {
          let (next, isTooLarge) = top.sum.addingReportingOverflow(Int64(known &- Self.offset))
          top.sum = isTooLarge ? -1 : next
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
      if isTooNarrow { return }
    }
  }

  /// Notes the sum of a node; one that is too large for any number is left to a walk, if it is asked for
  /// at all.
  private func finish(_ node: UInt32, _ total: Int64) {
    let (sum, isTooLarge) = total.addingReportingOverflow(chains.weights[node])
    if !isTooLarge && sum <= Self.largest {
      base[Int(node)] = Number(truncatingIfNeeded: sum) &+ Self.offset
    } else {
      base[Int(node)] = Self.circular
      hasCircles = true
      isTooNarrow = !Self.isWidest
    }
  }
}
