import DossierSyntax

/// How many relationships a step can go along from the node of each row to nodes of which a property
/// compares with a value of the row.
final class StepCountKernel: ExpressionKernel {
  private let step: ExpandStep
  private let comparison: NodeComparison
  private let value: ExpressionKernel
  private let bound: [CountedEnd.BoundRelationship]
  private let accepted = IDBuffer(capacity: 16)

  init(
    _ step: ExpandStep, _ comparison: NodeComparison, value: ExpressionKernel,
    bound: [CountedEnd.BoundRelationship]
  ) {
    self.step = step
    self.comparison = comparison
    self.value = value
    self.bound = bound
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let near = try batch.column(step.from).nodeIDs()
    let values = try value.evaluate(batch, state)
    let adjacency = StepAdjacency(step.types, step.direction, state.graph)
    let known = step.toLabels.compactMap { state.graph.catalog.label($0) }
    let labels = LabelReader(known.filter { !adjacency.implies($0, state.graph) }, state.graph)
    let isPossible = known.count == step.toLabels.count
    var excluded: [BoundColumns] = []
    for one in bound { excluded.append(try BoundColumns(one, batch)) }
    let directions = excluded.map { $0.ends(seenBy: step.direction) }
    comparison.prepare(state)
    let result = Column(.integer, count: batch.count)
    for row in 0..<batch.count {
      if row & 255 == 0 { try state.control.check() }
      let value = values.cell(row)
      var total = 0
      if isPossible, near.isValid(row), !value.isNull {
        let node = near.ids[row]
        total = try count(node, value, adjacency, labels, state)
        for i in 0..<directions.count where directions[i].touches(node, row) {
          let own = excluded[i].relationship(row)
          if excluded[..<i].contains(where: { $0.relationship(row) == own }) { continue }
          total &-= try count(
            of: own, directions[i].ends(beyond: node, row), node, value, adjacency, labels, state)
        }
      }
      result.integers[row] = Int64(total)
    }
    return result
  }

  private func count(
    _ node: UInt32, _ value: Cell, _ adjacency: StepAdjacency, _ labels: LabelReader,
    _ state: ExecutionState
  ) throws(QueryError) -> Int {
    if labels.isTrivial, let lists = adjacency.plainLists {
      let list = lists.neighbours(of: node)
      return try comparison.count(list.neighbours, list.count, value, state)
    }
    accepted.removeAll()
    adjacency.forEach(node) { neighbour, _ in
      if labels.accepts(neighbour) { accepted.append(neighbour) }
    }
    return try comparison.count(accepted.base, accepted.count, value, state)
  }

  /// 1 if the step was counted along a relationship that the row has already, else 0.
  private func count(
    of relationship: UInt32?, _ ends: [UInt32], _ node: UInt32, _ value: Cell,
    _ adjacency: StepAdjacency, _ labels: LabelReader, _ state: ExecutionState
  ) throws(QueryError) -> Int {
    for end in ends where labels.accepts(end) {
      var isFound = false
      adjacency.between(node, end) { if $0 == relationship { isFound = true } }
      if !isFound { continue }
      accepted.removeAll()
      accepted.append(end)
      return try comparison.count(accepted.base, 1, value, state)
    }
    return 0
  }
}
