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
  private var sums: ChainSums?
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
    if !far.isTrivial { weights = try far.laidOut(sweep) }
    let satisfying = try predicate?.all(adjacency, sweep.state)
    let made = try ChainSums(
      lists, adjacency.parts[0], satisfying, SweepWeights.Reader(weights), sweep.state)
    sums = made
    if made.hasCircles {
      walk = try TrailWalk(adjacency, length, predicate, sweep.state)
    }
  }

  override func multiply(
    _ page: Int, _ numbers: SweepNumbers, _ worker: SweepWorker, _ sweep: CountSweep
  ) throws(QueryError) {
    guard let sums else { return }
    let first = UInt32(truncatingIfNeeded: page << Page.shift)
    let target = numbers.base
    let reader = sums.reader
    var bits: UInt64 = 0
    for row in 0..<Page.rows where target[row] != 0 {
      let node = first &+ UInt32(truncatingIfNeeded: row)
      let known = reader[node]
      let factor = known < 0 ? try sumOfWalks(from: node, sweep.state) : known
      let (result, isTooLarge) = target[row].multipliedReportingOverflow(by: factor)
      if isTooLarge { _ = try product(target[row], factor) }
      target[row] = result
      bits |= UInt64(bitPattern: result)
    }
    numbers.setBound(bits)
  }

  /// Over all chains that have a relationship at least.
  private func sumOfWalks(
    from node: UInt32, _ state: ExecutionState
  ) throws(QueryError) -> Int64 {
    guard let walk else { throw QueryError(.internalError, "a circle without a walk") }
    let reader = SweepWeights.Reader(weights)
    let batch = Batch(count: 1, slotCount: state.slotCount)
    try walk.begin(at: node, excluding: [], row: 0, of: batch, state)
    var total: Int64 = 0
    while let end = try walk.next(row: 0, of: batch, state) { total = try sum(total, reader[end]) }
    return total
  }
}
