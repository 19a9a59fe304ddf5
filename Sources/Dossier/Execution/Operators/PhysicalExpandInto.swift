import DossierSyntax

/// `ExpandInto`: the relationships between two nodes that each row has already.
///
/// The shorter list of the two nodes is searched; where neighbouring rows share one of the nodes, its
/// neighbours are marked and looked up.
final class PhysicalExpandInto: PhysicalUnaryOperator {
  private let step: ExpandStep
  private var marks: NeighbourMarks?
  private let rows = IDBuffer()
  private let found = IDBuffer()

  init(_ input: PhysicalOperator, _ step: ExpandStep) {
    self.step = step
    super.init(input)
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    guard let batch = try input.next(state) else { return nil }
    let near = try batch.column(step.from).nodeIDs()
    let far = try batch.column(step.to).nodeIDs()
    rows.removeAll()
    found.removeAll()
    try find(near, far, batch.count, state)
    let result = Batch(parent: batch, rows: rows.indices)
    result.set(step.relationship, found.column(.relationship))
    return step.keepingDifferent(try step.keepingLabelled(result, state.graph))
  }

  private func find(
    _ near: Column, _ far: Column, _ count: Int, _ state: ExecutionState
  ) throws(QueryError) {
    let forward = StepAdjacency(step.types, step.direction, state.graph)
    let backward = StepAdjacency(step.types, step.direction, state.graph, reversed: true)
    for row in 0..<count where near.isValid(row) && far.isValid(row) {
      let (a, b) = (near.ids[row], far.ids[row])
      let take = { [rows, found] (relationship: UInt32) in
        rows.append(UInt32(truncatingIfNeeded: row))
        found.append(relationship)
      }
      if let marks = try marked(a, in: near, row, count, forward, 0, state) {
        marks.forEach(to: b, take)
      } else if let marks = try marked(b, in: far, row, count, backward, 1, state) {
        marks.forEach(to: a, take)
      } else if forward.degreeBound(of: a) <= backward.degreeBound(of: b) {
        forward.between(a, b, take)
      } else {
        backward.between(b, a, take)
      }
    }
    marks?.clear()
  }

  /// How many neighbouring rows must share a node for its neighbours to be marked.
  private static let run = 4

  /// The marked neighbours of the node of a row, which are marked when the next rows need them, too.
  private func marked(
    _ node: UInt32, in column: Column, _ row: Int, _ count: Int, _ adjacency: StepAdjacency,
    _ side: Int, _ state: ExecutionState
  ) throws(QueryError) -> NeighbourMarks? {
    if let marks, marks.isOf(node, side: side) { return marks }
    let last = row + Self.run
    guard last < count, column.ids[row + 1] == node, column.ids[last] == node,
      adjacency.degreeBound(of: node) < Batch.capacity
    else { return nil }
    if self.marks == nil { self.marks = try NeighbourMarks(state) }
    guard let marks = self.marks else { return nil }
    try marks.set(node, side: side, adjacency)
    return marks
  }
}

extension ExpandStep {
  /// The rows whose far node has the labels of the step.
  fileprivate func keepingLabelled(_ batch: Batch, _ graph: Graph) throws(QueryError) -> Batch {
    if toLabels.isEmpty { return batch }
    let labels = toLabels.compactMap { graph.catalog.label($0) }
    let reader = LabelReader(labels, graph)
    let isPossible = labels.count == toLabels.count
    let far = try batch.column(to).nodeIDs()
    let kept = (0..<batch.count).filter { isPossible && reader.accepts(far.ids[$0]) }
    return kept.count == batch.count
      ? batch
      : Batch(parent: batch, rows: RowIndices(kept.map { UInt32(truncatingIfNeeded: $0) }))
  }
}
