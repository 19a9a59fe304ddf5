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
    comparison.prepare(state)
    let result = Column(.integer, count: batch.count)
    for row in 0..<batch.count {
      let value = values.cell(row)
      var total = 0
      if isPossible, near.isValid(row), !value.isNull {
        let node = near.ids[row]
        total = try count(node, value, adjacency, labels, state)
        for (i, one) in excluded.enumerated()
        where !excluded[..<i].contains(where: { $0.relationship(row) == one.relationship(row) }) {
          total &-= try count(of: one, at: row, node, value, adjacency, labels, state)
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
    of bound: BoundColumns, at row: Int, _ node: UInt32, _ value: Cell, _ adjacency: StepAdjacency,
    _ labels: LabelReader, _ state: ExecutionState
  ) throws(QueryError) -> Int {
    for other in bound.ends(beyond: node, step.direction, row) where labels.accepts(other) {
      var isFound = false
      adjacency.between(node, other) { if $0 == bound.relationship(row) { isFound = true } }
      if isFound { return try withUnsafePointer(to: other) { (p) throws(QueryError) in
        try comparison.count(p, 1, value, state) } }
    }
    return 0
  }
}

/// A relationship of the rows, with its ends, from which counted ones must differ.
struct BoundColumns {
  private let relationships: Column
  private let from: Column
  private let to: Column
  private let direction: ExpandStep.Direction

  init(_ bound: CountedEnd.BoundRelationship, _ batch: Batch) throws(QueryError) {
    relationships = batch.column(bound.slot)
    from = try batch.column(bound.from).nodeIDs()
    to = try batch.column(bound.to).nodeIDs()
    direction = bound.direction
  }

  /// The relationship of a row; nil where it is null.
  func relationship(_ row: Int) -> UInt32? {
    let cell = relationships.cell(row)
    return cell.tag == .relationship ? cell.relationshipID.rawValue : nil
  }

  /// The nodes that a step from `node` in a direction may lead to along the relationship.
  @inline(__always)
  func ends(beyond node: UInt32, _ step: ExpandStep.Direction, _ row: Int) -> [UInt32] {
    guard from.isValid(row), to.isValid(row) else { return [] }
    let (a, b) = (from.ids[row], to.ids[row])
    if a != node && b != node { return [] }
    let runsForward = direction != .incoming && step != .incoming
      || direction != .outgoing && step != .outgoing
    let runsBackward = direction != .incoming && step != .outgoing
      || direction != .outgoing && step != .incoming
    var ends: [UInt32] = []
    if runsForward, a == node { ends.append(b) }
    if runsBackward, b == node, ends.first != a { ends.append(a) }
    return ends
  }
}
