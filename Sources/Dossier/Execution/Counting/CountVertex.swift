import DossierSyntax

/// A node of a counted pattern with all that hangs off it: gives each graph node the number of
/// matches of that part with the graph node in this place.
///
/// Numbers are computed for many graph nodes at once, the far ends first, and remembered, so that a
/// node reached on many ways is looked at once.
final class CountVertex {
  private let labels: [LabelID]
  /// A label that no node has, or a relationship type without relationships.
  private let isImpossible: Bool
  private let slots: [Slot]
  private let predicates: [ExpressionKernel]
  /// Edges from the node to itself.
  private let loops: EdgeBundle?
  private var factors: [CountFactor]
  private var weights: NodeWeights?
  /// Nodes that `numbers(of:)` was asked for.
  private var asked = 0
  /// Few nodes are fewer than one in so many.
  private static let fewNodes = 8

  init(
    labels: [LabelID], isImpossible: Bool, slots: [Slot], predicates: [ExpressionKernel],
    loops: EdgeBundle?, factors: [CountFactor]
  ) {
    self.labels = labels
    self.isImpossible = isImpossible
    self.slots = slots
    self.predicates = predicates
    self.loops = loops
    self.factors = factors
  }

  /// Every node has the number 1.
  var isTrivial: Bool {
    !isImpossible && labels.isEmpty && predicates.isEmpty && loops == nil && factors.isEmpty
  }

  /// The numbers are products of degrees, quicker computed than remembered.
  var isCheap: Bool {
    !isImpossible && labels.isEmpty && predicates.isEmpty && loops == nil && factors.count <= 2
      && factors.allSatisfy { $0.isDegree }
  }

  /// Tells the nodes whose number is 1, where nothing but labels is asked: all others have 0.
  func labelTest(_ graph: Graph) -> LabelReader? {
    guard !isImpossible, predicates.isEmpty, loops == nil, factors.isEmpty else { return nil }
    return LabelReader(labels, graph)
  }

  /// The number of a node of a cheap vertex; negative when it is too large.
  @inline(__always)
  func cheapWeight(_ node: UInt32) -> Int64 {
    var product: Int64 = 1
    for factor in factors {
      let (next, overflow) = product.multipliedReportingOverflow(by: factor.degree(node))
      if overflow { return -1 }
      product = next
    }
    return product
  }

  /// The numbers of nodes that `prepare` was called for.
  func prepared(_ state: ExecutionState) throws(QueryError) -> NodeWeights {
    if let weights { return weights }
    let size = state.graph.nodeIDBound
    try state.arena.charge(size * MemoryLayout<Int64>.stride)
    guard let made = NodeWeights(count: size) else {
      throw QueryError(.memoryLimit, "no memory for \(size) numbers")
    }
    weights = made
    return made
  }

  /// Computes the numbers of nodes that have none yet; nodes may repeat.
  func prepare(_ nodes: [UInt32], _ state: ExecutionState) throws(QueryError) {
    let weights = try prepared(state)
    var fresh: [UInt32] = []
    for node in nodes where !weights.isKnown(node) {
      weights.set(node, 0)
      fresh.append(node)
    }
    if fresh.isEmpty { return }
    let (active, numbers) = try count(fresh, state)
    for k in active.indices { weights.set(active[k], numbers[k]) }
  }

  /// The numbers of nodes that may repeat, in their order. Few nodes are counted without being
  /// remembered, as an array over all nodes costs more than counting one of them twice.
  func numbers(
    of nodes: [UInt32], _ state: ExecutionState
  ) throws(QueryError) -> [Int64] {
    asked += nodes.count
    if weights == nil, asked < state.graph.nodeIDBound / Self.fewNodes {
      let (active, numbers) = try count(nodes, state)
      if active.count == nodes.count { return numbers }
      var result = [Int64](repeating: 0, count: nodes.count)
      var k = 0
      for i in nodes.indices where k < active.count && active[k] == nodes[i] {
        result[i] = numbers[k]
        k += 1
      }
      return result
    }
    try prepare(nodes, state)
    let weights = try prepared(state)
    return nodes.map { weights[$0] }
  }

  /// Of nodes those with matches, in their order, and the numbers of matches.
  private func count(
    _ nodes: [UInt32], _ state: ExecutionState
  ) throws(QueryError) -> (nodes: [UInt32], numbers: [Int64]) {
    try state.control.check()
    var (active, numbers) = try eligible(nodes, state)
    for i in factors.indices where !active.isEmpty {
      try factors[i].multiply(&numbers, of: active, state)
      var kept = 0
      for k in active.indices where numbers[k] != 0 {
        (active[kept], numbers[kept]) = (active[k], numbers[k])
        kept += 1
      }
      active.removeSubrange(kept...)
      numbers.removeSubrange(kept...)
    }
    return (active, numbers)
  }

  /// The nodes that have the labels and satisfy the predicates, with their numbers of loops.
  private func eligible(
    _ nodes: [UInt32], _ state: ExecutionState
  ) throws(QueryError) -> (nodes: [UInt32], numbers: [Int64]) {
    if isImpossible { return ([], []) }
    var kept = nodes
    if !labels.isEmpty {
      let reader = LabelReader(labels, state.graph)
      kept = nodes.filter { reader.accepts($0) }
    }
    for predicate in predicates where !kept.isEmpty {
      kept = try Self.satisfying(predicate, slots, kept, state)
    }
    var numbers = [Int64](repeating: 1, count: kept.count)
    if let loops {
      for k in kept.indices {
        numbers[k] = try product(numbers[k], Int64(loops.multiplicity(kept[k], kept[k])))
      }
    }
    return (kept, numbers)
  }

  /// Those of the nodes, in their order, for which a predicate on the slots holds.
  static func satisfying(
    _ predicate: ExpressionKernel, _ slots: [Slot], _ nodes: [UInt32], _ state: ExecutionState
  ) throws(QueryError) -> [UInt32] {
    var kept: [UInt32] = []
    var start = 0
    while start < nodes.count {
      let part = Array(nodes[start..<min(start + Batch.capacity, nodes.count)])
      start += part.count
      let batch = Batch(count: part.count, slotCount: state.slotCount)
      let column = Column(ids: part, .node)
      for slot in slots { batch.set(slot, column) }
      guard let rows = try predicate.select(batch, state) else {
        kept += part
        continue
      }
      for i in 0..<rows.count { kept.append(part[Int(rows.base[i])]) }
    }
    return kept
  }
}

/// The product of two counts. Errors: `integerOverflowAtRuntime`.
func product(_ a: Int64, _ b: Int64) throws(QueryError) -> Int64 {
  let (result, overflow) = a.multipliedReportingOverflow(by: b)
  if overflow { throw tooManyMatches }
  return result
}

/// The sum of two counts. Errors: `integerOverflowAtRuntime`.
func sum(_ a: Int64, _ b: Int64) throws(QueryError) -> Int64 {
  let (result, overflow) = a.addingReportingOverflow(b)
  if overflow { throw tooManyMatches }
  return result
}

private var tooManyMatches: QueryError {
  QueryError(
    .integerOverflowAtRuntime, "the number of matches does not fit a 64-bit integer",
    help: "narrow the pattern")
}
