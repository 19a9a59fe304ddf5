import DossierSyntax

/// A node of a counted pattern with all that hangs off it, counted at all nodes of the graph.
final class SweepVertex {
  /// A label that no node has, or a relationship type without relationships.
  private let isImpossible: Bool
  /// Labels that the relationships of the pattern do not imply.
  private let labels: [LabelID]
  private let slots: [Slot]
  private let predicates: [ExpressionKernel]
  /// Those that cost least first.
  private let factors: [SweepFactor]
  /// A label that all nodes have which the pattern reaches here.
  private let reached: LabelID?
  /// At least what has to be looked at, nodes and relationships.
  let work: Int
  /// The numbers of all nodes, after `prepare`.
  private(set) var weights: SweepWeights?

  init(
    isImpossible: Bool, labels: [LabelID], slots: [Slot], predicates: [ExpressionKernel],
    factors: [SweepFactor], reached: LabelID?, nodes: Int
  ) {
    self.reached = reached
    self.isImpossible = isImpossible
    self.labels = labels
    self.slots = slots
    self.predicates = predicates
    self.factors = factors.sorted { $0.cost < $1.cost }
    work = nodes + factors.reduce(0) { $0 + $1.work }
  }

  /// Every node has the number 1.
  var isTrivial: Bool {
    !isImpossible && labels.isEmpty && predicates.isEmpty && factors.isEmpty
  }

  /// Nodes with this label have the number 1, all others 0.
  var onlyLabel: LabelID? {
    let isLabel = !isImpossible && labels.count == 1 && predicates.isEmpty && factors.isEmpty
    return isLabel ? labels[0] : nil
  }

  /// The labels of which each node with the number 1 has all, where nothing else is asked.
  var onlyLabels: [LabelID]? {
    !isImpossible && !labels.isEmpty && predicates.isEmpty && factors.isEmpty ? labels : nil
  }

  /// Only what hangs off a node itself is read.
  var isLocal: Bool { factors.allSatisfy { $0.isLocal } }

  /// Kernels belong to the thread of the statement.
  var isBoundToCaller: Bool {
    !predicates.isEmpty || factors.contains { $0.isBoundToCaller }
  }

  /// Relationships that are walked for the vertex and all below it.
  var totalWork: Int { factors.reduce(0) { $0 + $1.totalWork } }

  /// The sum over all nodes where statistics tell it.
  func knownTotal(_ graph: Graph) -> Int64? {
    if isImpossible { return 0 }
    guard labels.isEmpty, predicates.isEmpty, factors.count == 1 else { return nil }
    return factors[0].knownTotal(graph)
  }

  /// The lists whose lengths are the numbers of the nodes.
  var onlyDegree: AdjacencyLists? {
    guard !isImpossible, labels.isEmpty, predicates.isEmpty, factors.count == 1 else { return nil }
    return (factors[0] as? DegreeSweepFactor)?.plainLists
  }

  /// Computes what the numbers are made from.
  func prepare(_ sweep: CountSweep) throws(QueryError) {
    for factor in factors { try factor.prepare(sweep) }
  }

  /// The numbers of all nodes, laid out over the graph.
  func laidOut(_ sweep: CountSweep) throws(QueryError) -> SweepWeights {
    if let weights { return weights }
    try prepare(sweep)
    let made = try attempt(isWide: false, sweep)
    let result = if let made { made } else { try attempt(isWide: true, sweep) }
    guard let result else { throw QueryError(.internalError, "numbers of 64 bits do not fit") }
    weights = result
    return result
  }

  private func attempt(
    isWide: Bool, _ sweep: CountSweep
  ) throws(QueryError) -> SweepWeights? {
    let made = try SweepWeights(
      nodes: sweep.state.graph.nodeIDBound, isWide: isWide, sweep.state.arena)
    let workers = try sweep.overPages(work: work, isAlone: isBoundToCaller) {
      (page, worker) throws(QueryError) in
      let numbers = worker.take()
      defer { worker.give(numbers) }
      try self.fill(page, numbers, worker, sweep)
      if !made.store(numbers, page: page) { worker.total = 1 }
      worker.bits |= numbers.bound
      guard let label = self.reached, !worker.common.isBroken,
        let words = sweep.bitmap(label, page: page)
      else { return }
      worker.common.compare(numbers, words)
    }
    if workers.contains(where: { $0.total != 0 }) { return nil }
    made.bound = workers.reduce(0) { $0 | $1.bits }
    if reached != nil {
      var common = CommonNumber()
      for worker in workers { common.merge(worker.common) }
      made.common = common.value
    }
    return made
  }

  /// Writes the numbers of the nodes of a page; where the worker wants some nodes only, those of others
  /// may be anything.
  /// Errors: `integerOverflowAtRuntime`, `memoryLimit`, `cancelled`, `timeLimit`.
  func fill(
    _ page: Int, _ numbers: SweepNumbers, _ worker: SweepWorker, _ sweep: CountSweep
  ) throws(QueryError) {
    if page & 15 == 0 { try sweep.state.control.check() }
    if isImpossible { return numbers.setZero() }
    var rest = factors[...]
    var tests = labels[...]
    if let first = factors.first, first.assign(page, numbers) {
      rest.removeFirst()
    } else if let label = tests.popFirst() {
      guard let words = sweep.bitmap(label, page: page) else { return numbers.setZero() }
      numbers.set(words)
    } else {
      numbers.set(worker.wanted ?? sweep.existence(page: page))
    }
    for label in tests where !numbers.isZero {
      guard let words = sweep.bitmap(label, page: page) else { return numbers.setZero() }
      numbers.keep(words)
    }
    while !predicates.isEmpty, !numbers.isZero, let factor = rest.first, factor.cost < 0 {
      try factor.multiply(page, numbers, worker, sweep)
      rest.removeFirst()
    }
    for predicate in predicates where !numbers.isZero {
      try keep(predicate, page, numbers, sweep.state)
    }
    for factor in rest where !numbers.isZero {
      try factor.multiply(page, numbers, worker, sweep)
    }
  }

  private func keep(
    _ predicate: ExpressionKernel, _ page: Int, _ numbers: SweepNumbers, _ state: ExecutionState
  ) throws(QueryError) {
    let first = UInt32(truncatingIfNeeded: page << Page.shift)
    var nodes: [UInt32] = []
    for i in 0..<Page.rows where numbers.base[i] != 0 {
      nodes.append(first + UInt32(truncatingIfNeeded: i))
    }
    let kept = try CountVertex.satisfying(predicate, slots, nodes, state)
    var next = 0
    for node in nodes {
      if next < kept.count, kept[next] == node {
        next += 1
      } else {
        numbers.base[Int(node &- first)] = 0
      }
    }
    if kept.isEmpty { numbers.setBound(0) }
  }
}
