import DossierSyntax

/// How many relationships a step can go along from the node of each row to nodes of which a property
/// compares with a value of the row. Rows that follow each other at one node share its neighbours, which
/// are put in the order of the property where the rows are many.
final class StepCountKernel: ExpressionKernel {
  private let step: ExpandStep
  private let comparison: NodeComparison
  private let value: ExpressionKernel
  private let bound: [CountedEnd.BoundRelationship]
  private let accepted = IDBuffer(capacity: 16)
  private let single = IDBuffer(capacity: 1)

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
    let (ids, totals) = (near.ids, result.integers)
    let none = (nodes: UnsafePointer(accepted.base), count: 0)
    var work = Self.workPerCheck
    var row = 0
    while row < batch.count {
      if work >= Self.workPerCheck {
        try state.control.check()
        work = 0
      }
      let node = ids[row]
      let isCounted = isPossible && near.isValid(row)
      var end = row + 1
      while end < batch.count, isCounted, ids[end] == node, near.isValid(end) { end += 1 }
      let list = isCounted ? neighbours(of: node, adjacency, labels) : none
      work &+= (end &- row) &* (list.count &+ 16)
      var isRanked = false
      if end - row > 1 {
        isRanked = try comparison.rank(list.nodes, list.count, rows: end - row, state)
      }
      for row in row..<end {
        let value = values.cell(row)
        totals[row] = 0
        guard isCounted, !value.isNull else { continue }
        if isRanked, let total = comparison.rankedCount(value) {
          totals[row] = Int64(total)
        } else {
          totals[row] = Int64(try comparison.count(list.nodes, list.count, value, state))
        }
      }
      if isCounted, !directions.isEmpty {
        for row in row..<end where !values.cell(row).isNull {
          let value = values.cell(row)
          totals[row] &-= Int64(
            try excess(row, node, value, directions, excluded, adjacency, labels, state))
        }
      }
      row = end
    }
    return result
  }

  /// Nodes that are compared between two checks of the time limit, roughly.
  private static let workPerCheck = 1 << 16

  /// The nodes with the labels that the step leads to, valid until they are asked for again.
  private func neighbours(
    of node: UInt32, _ adjacency: StepAdjacency, _ labels: LabelReader
  ) -> (nodes: UnsafePointer<UInt32>, count: Int) {
    if labels.isTrivial, let lists = adjacency.plainLists {
      let list = lists.neighbours(of: node)
      return (list.neighbours, list.count)
    }
    accepted.removeAll()
    adjacency.forEach(node) { neighbour, _ in
      if labels.accepts(neighbour) { accepted.append(neighbour) }
    }
    return (UnsafePointer(accepted.base), accepted.count)
  }

  /// How many times the step was counted along relationships that the row has already.
  private func excess(
    _ row: Int, _ node: UInt32, _ value: Cell, _ directions: [BoundEnds],
    _ excluded: [BoundColumns], _ adjacency: StepAdjacency, _ labels: LabelReader,
    _ state: ExecutionState
  ) throws(QueryError) -> Int {
    var total = 0
    for i in 0..<directions.count where directions[i].touches(node, row) {
      let own = excluded[i].relationship(row)
      if excluded[..<i].contains(where: { $0.relationship(row) == own }) { continue }
      total &+= try count(
        of: own, directions[i].ends(beyond: node, row), node, value, adjacency, labels, state)
    }
    return total
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
      single.removeAll()
      single.append(end)
      return try comparison.count(single.base, 1, value, state)
    }
    return 0
  }
}
