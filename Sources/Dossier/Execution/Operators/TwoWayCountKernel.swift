import DossierSyntax

/// How many pairs of ways of two steps lead from the node of each row to a common node.
///
/// Where a property of the two nodes in the middle must be less here than there, the middles are taken
/// in its order: each way then meets just the ways that reached its end before. Relationships of such
/// a pair cannot coincide in a graph without loops, where all steps of a way run in one direction.
/// Else the ways to each end are paired one by one.
final class TwoWayCountKernel: ExpressionKernel {
  private typealias Way = (first: ExpandStep, second: ExpandStep)

  private let one: Way
  private let other: Way
  private let condition: CountedEnd.MiddleCondition?
  private var sums: RunningCounts?
  private var table: TwoStepTable?

  init(
    _ one: (ExpandStep, ExpandStep), _ other: (ExpandStep, ExpandStep),
    _ condition: CountedEnd.MiddleCondition?
  ) {
    self.one = (first: one.0, second: one.1)
    self.other = (first: other.0, second: other.1)
    self.condition = condition
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let near = try batch.column(one.first.from).nodeIDs()
    let ways = (
      WayAdjacency(one.first, one.second, state.graph),
      WayAdjacency(other.first, other.second, state.graph)
    )
    let ends = one.second.toLabels.compactMap { state.graph.catalog.label($0) }
    let labels = LabelReader(
      ends.filter { !ways.0.second.implies($0, state.graph) }, state.graph)
    let isPossible =
      ways.0.isPossible && ways.1.isPossible && ends.count == one.second.toLabels.count
    let order = MiddleOrder(condition, ways, isSymmetric: isSymmetric, state.graph)
    if !state.isReadOnly { table?.clear() }
    let result = Column(.integer, count: batch.count)
    for row in 0..<batch.count {
      try state.control.check()
      var total: Int64 = 0
      if isPossible, near.isValid(row) {
        total =
          if let order {
            try count(from: near.ids[row], order, labels, state)
          } else {
            try pair(from: near.ids[row], ways, labels, state)
          }
      }
      result.integers[row] = total
    }
    return result
  }

  /// Both ways go along the same steps and compare the same property.
  private var isSymmetric: Bool {
    guard let condition, condition.firstKey == condition.secondKey else { return false }
    return one.first.isLike(other.first) && one.second.isLike(other.second)
  }

  private func count(
    from node: UInt32, _ order: MiddleOrder, _ labels: LabelReader, _ state: ExecutionState
  ) throws(QueryError) -> Int64 {
    if self.sums == nil { self.sums = try RunningCounts(state) }
    guard let sums = self.sums else { return 0 }
    let lower = order.middles(of: order.lower, from: node, order.lowerKey)
    sums.begin(lower.reduce(0) { $0 + order.lower.second.degreeBound(of: $1.node) })
    if order.isSymmetric {
      guard let lists = order.lower.second.plainLists, labels.isTrivial,
        !zip(lower, lower.dropFirst()).contains(where: { $0.key == $1.key })
      else {
        return count(lower, lower, order, labels, sums)
      }
      var total: Int64 = 0
      for middle in lower {
        let list = lists.neighbours(of: middle.node)
        total &+= sums.takeAndAdd(list.neighbours, list.count)
      }
      return total
    }
    return count(
      lower, order.middles(of: order.upper, from: node, order.upperKey), order, labels, sums)
  }

  /// Each way over `upper` meets the ways over the lower middles that come before it.
  private func count(
    _ lower: [MiddleOrder.Middle], _ upper: [MiddleOrder.Middle], _ order: MiddleOrder,
    _ labels: LabelReader, _ sums: RunningCounts
  ) -> Int64 {
    var total: Int64 = 0
    var next = 0
    for middle in upper {
      while next < lower.count, lower[next].key < middle.key {
        order.lower.second.forEach(lower[next].node) { end, _ in
          if labels.accepts(end) { sums.add(end) }
        }
        next += 1
      }
      order.upper.second.forEach(middle.node) { end, _ in total &+= sums.count(end) }
    }
    return total
  }

  // MARK: Pairs

  private func pair(
    from node: UInt32, _ ways: (WayAdjacency, WayAdjacency), _ labels: LabelReader,
    _ state: ExecutionState
  ) throws(QueryError) -> Int64 {
    let test = PairTest(one, other, condition, state.graph)
    let table = try laidTable(from: node, ways.0, state)
    var middles: [(node: UInt32, relationship: UInt32)] = []
    ways.1.first.forEach(node) { middle, third in
      if ways.1.labels.accepts(middle) { middles.append((middle, third)) }
    }
    var total: Int64 = 0
    for (middle, third) in middles {
      try state.control.check()
      ways.1.second.forEach(middle) { end, fourth in
        guard labels.accepts(end), test.mayFollow(third, fourth) else { return }
        let count = { (other: UInt32, first: UInt32, second: UInt32) in
          if test.holds((other, first, second), (middle, third, fourth)) { total &+= 1 }
        }
        if let table { return table.forEach(to: end, count) }
        ways.0.first.forEach(node) { other, first in
          guard ways.0.labels.accepts(other) else { return }
          ways.0.second.between(other, end) { count(other, first, $0) }
        }
      }
    }
    return total
  }

  /// The table of the ways from a node; nil where there are too many for one.
  private func laidTable(
    from node: UInt32, _ way: WayAdjacency, _ state: ExecutionState
  ) throws(QueryError) -> TwoStepTable? {
    var entries = 0
    way.first.forEach(node) { middle, _ in entries &+= way.second.degreeBound(of: middle) }
    if entries >= TwoStepTable.limit { return nil }
    if table == nil { table = try TwoStepTable(state) }
    table?.set(node, way.first, way.second, way.labels)
    return table
  }
}

/// The steps of a way in one graph.
struct WayAdjacency {
  let first: StepAdjacency
  let second: StepAdjacency
  /// Of the node in the middle, as far as the first step does not imply them.
  let labels: LabelReader
  let isPossible: Bool
  /// No relationship can occur twice in it.
  let isPlain: Bool

  init(_ first: ExpandStep, _ second: ExpandStep, _ graph: Graph) {
    let adjacency = StepAdjacency(first.types, first.direction, graph)
    self.first = adjacency
    self.second = StepAdjacency(second.types, second.direction, graph)
    let known = first.toLabels.compactMap { graph.catalog.label($0) }
    labels = LabelReader(known.filter { !adjacency.implies($0, graph) }, graph)
    isPossible = known.count == first.toLabels.count
    isPlain =
      first.direction == second.direction && first.direction != .both
      && !(adjacency.parts + self.second.parts).contains { graph.hasLoops($0.type) }
  }
}

/// For `less` and `greater` between whole numbers or dates: which way has the lower middle.
private struct MiddleOrder {
  typealias Middle = (key: Int64, node: UInt32)

  let lower: WayAdjacency
  let upper: WayAdjacency
  let lowerKey: PropertyReader
  let upperKey: PropertyReader
  let isSymmetric: Bool

  /// Nil where ways cannot be counted in an order.
  init?(
    _ condition: CountedEnd.MiddleCondition?, _ ways: (WayAdjacency, WayAdjacency),
    isSymmetric: Bool, _ graph: Graph
  ) {
    guard let condition, condition.op == .less || condition.op == .greater, ways.0.isPlain,
      ways.1.isPlain, let first = Self.reader(condition.firstKey, graph),
      let second = Self.reader(condition.secondKey, graph),
      first.uniformKind == second.uniformKind,
      first.uniformKind == .integer || first.uniformKind == .date
    else { return nil }
    let isLess = condition.op == .less
    lower = isLess ? ways.0 : ways.1
    upper = isLess ? ways.1 : ways.0
    lowerKey = isLess ? first : second
    upperKey = isLess ? second : first
    self.isSymmetric = isSymmetric
  }

  private static func reader(_ key: String, _ graph: Graph) -> PropertyReader? {
    graph.catalog.propertyKey(key).flatMap { graph.nodeProperties($0) }
  }

  /// The nodes in the middle that have a key, by their keys.
  func middles(of way: WayAdjacency, from node: UInt32, _ reader: PropertyReader) -> [Middle] {
    var middles: [Middle] = []
    var isAscending = true
    way.first.forEach(node) { middle, _ in
      let row = Int(middle) & Page.mask
      let place = reader.place(Int(middle) >> Page.shift, row)
      guard place.isValid != 0, way.labels.accepts(middle) else { return }
      let key = place.values.assumingMemoryBound(to: Int64.self)[row]
      if let last = middles.last, last.key > key { isAscending = false }
      middles.append((key, middle))
    }
    if !isAscending { middles.sort { ($0.key, $0.node) < ($1.key, $1.node) } }
    return middles
  }
}

/// What is asked of two ways, pair by pair: which of their relationships must differ, and how a
/// property of the nodes in the middle must compare.
private struct PairTest {
  typealias Way = (middle: UInt32, first: UInt32, second: UInt32)

  private let op: ComparisonOperator?
  private let firstKey: PropertyReader?
  private let secondKey: PropertyReader?
  /// Pairs of relationships, by their places: first and second of one way, of the other one.
  private let firstSecond: Bool
  private let firstThird: Bool
  private let secondThird: Bool
  private let firstFourth: Bool
  private let secondFourth: Bool
  private let thirdFourth: Bool

  init(
    _ one: (first: ExpandStep, second: ExpandStep),
    _ other: (first: ExpandStep, second: ExpandStep),
    _ condition: CountedEnd.MiddleCondition?, _ graph: Graph
  ) {
    op = condition?.op
    func reader(_ key: String?) -> PropertyReader? {
      key.flatMap { graph.catalog.propertyKey($0) }.flatMap { graph.nodeProperties($0) }
    }
    firstKey = reader(condition?.firstKey)
    secondKey = reader(condition?.secondKey)
    let (a, b) = (one.first.relationship, one.second.relationship)
    let c = other.first.relationship
    firstSecond = one.second.different.contains(a)
    firstThird = other.first.different.contains(a)
    secondThird = other.first.different.contains(b)
    firstFourth = other.second.different.contains(a)
    secondFourth = other.second.different.contains(b)
    thirdFourth = other.second.different.contains(c)
  }

  func mayFollow(_ third: UInt32, _ fourth: UInt32) -> Bool { !(thirdFourth && third == fourth) }

  func holds(_ one: Way, _ other: Way) -> Bool {
    if firstSecond && one.first == one.second || firstThird && one.first == other.first
      || secondThird && one.second == other.first || firstFourth && one.first == other.second
      || secondFourth && one.second == other.second
    {
      return false
    }
    guard let op else { return true }
    guard let firstKey, let secondKey else { return false }
    return op.truth(
      firstKey.borrowedCell(row: Int(one.middle)), secondKey.borrowedCell(row: Int(other.middle)))
      == true
  }
}

extension ExpandStep {
  /// Whether another step goes the same way to the same labels.
  fileprivate func isLike(_ other: ExpandStep) -> Bool {
    types == other.types && direction == other.direction && toLabels == other.toLabels
  }
}
