import DossierSyntax

/// A step along a relationship that each row has already: checks it and binds the far node.
final class PhysicalBoundExpand: PhysicalUnaryOperator {
  private let step: ExpandStep

  init(_ input: PhysicalOperator, _ step: ExpandStep) {
    self.step = step
    super.init(input)
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    guard let batch = try input.next(state) else { return nil }
    let near = try batch.column(step.from).nodeIDs()
    let relationships = batch.column(step.relationship)
    let far = step.toIsBound ? try batch.column(step.to).nodeIDs() : nil
    let catalog = state.graph.catalog
    let types = step.types.isEmpty ? nil : step.types.map { catalog.relationshipType($0) }
    let labels = step.toLabels.map { state.graph.catalog.label($0) }
    var rows: [UInt32] = []
    var ends: [UInt32] = []
    for row in 0..<batch.count where near.isValid(row) {
      let cell = relationships.cell(row)
      guard cell.tag == .relationship, state.graph.contains(cell.relationshipID) else { continue }
      let edge = state.graph.ends(of: cell.relationshipID)
      guard types?.contains(edge.type) ?? (state.graph.shape(of: edge.type) == .betweenNodes),
        let end = reached(from: NodeID(rawValue: near.ids[row]), edge.start, edge.end),
        labels.allSatisfy({ $0.map { state.graph.hasLabel(end, $0) } ?? false })
      else { continue }
      if let far, !(far.isValid(row) && far.ids[row] == end.rawValue) { continue }
      rows.append(UInt32(truncatingIfNeeded: row))
      ends.append(end.rawValue)
    }
    let result = Batch(parent: batch, rows: RowIndices(rows))
    if !step.toIsBound { result.set(step.to, Column(ids: ends, .node)) }
    return step.keepingDifferent(result)
  }

  private func reached(from near: NodeID, _ start: NodeID, _ end: NodeID) -> NodeID? {
    if step.direction != .incoming, start == near { return end }
    if step.direction != .outgoing, end == near { return start }
    return nil
  }
}
