import DossierSyntax

/// Chains of relationships of any length: the sum of the numbers of the nodes that they lead to, once
/// for each chain.
///
/// Where no chain comes back to a node, a node's sum is made from those of its neighbours, each
/// computed once. Nodes from which a circle can be reached are walked from one by one, as there a chain
/// must not use a relationship twice.
final class ChainSweepFactor: SweepFactor {
  private let adjacency: StepAdjacency
  private let lists: AdjacencyLists
  private let length: VariableLength
  private let predicate: ChainPredicate?
  private let far: SweepVertex
  private let relationshipCount: Int
  private var weights: SweepWeights?
  /// What the last node of a chain counts.
  private var ends: ChainWeights?
  private var sums: ChainTotals?
  private var walk: TrailWalk?

  /// `lists` are all that the step has, and the predicate reads nothing but the relationship.
  init(
    _ adjacency: StepAdjacency, _ lists: AdjacencyLists, _ length: VariableLength,
    _ predicate: ChainPredicate?,
    _ far: SweepVertex, _ graph: Graph
  ) {
    self.adjacency = adjacency
    self.lists = lists
    self.length = length
    self.predicate = predicate
    self.far = far
    relationshipCount = adjacency.relationshipCount(graph)
  }

  override var cost: Int { 4 }
  override var work: Int { relationshipCount }
  override var totalWork: Int { 2 * relationshipCount + far.totalWork }
  override var isBoundToCaller: Bool { sums?.hasCircles ?? true }

  override func prepare(_ sweep: CountSweep) throws(QueryError) {
    if sums != nil { return }
    if !far.isTrivial, far.onlyLabel == nil { weights = try far.laidOut(sweep) }
    let satisfying = try predicate?.all(adjacency, sweep.state)
    let ends = ChainWeights(weights, label: far.onlyLabel, sweep.state.graph)
    let made = try ChainTotals.over(lists, adjacency.parts[0], satisfying, ends, sweep.state)
    self.ends = ends
    sums = made
    if made.hasCircles {
      walk = try TrailWalk(adjacency, length, predicate, sweep.state)
    }
  }

  override func multiply(
    _ page: Int, _ numbers: SweepNumbers, _ worker: SweepWorker, _ sweep: CountSweep
  ) throws(QueryError) {
    try sums?.multiply(page, numbers) { (node) throws(QueryError) in
      try self.sumOfWalks(from: node, sweep.state)
    }
  }

  /// Over all chains that have a relationship at least.
  private func sumOfWalks(
    from node: UInt32, _ state: ExecutionState
  ) throws(QueryError) -> Int64 {
    guard let walk, let ends else { throw QueryError(.internalError, "a circle without a walk") }
    let batch = Batch(count: 1, slotCount: state.slotCount)
    try walk.begin(at: node, excluding: [], row: 0, of: batch, state)
    var total: Int64 = 0
    while let end = try walk.next(row: 0, of: batch, state) { total = try sum(total, ends[end]) }
    return total
  }
}
