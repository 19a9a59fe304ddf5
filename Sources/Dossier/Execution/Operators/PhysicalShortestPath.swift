import DossierSyntax

/// `ShortestPath`: one shortest chain between two nodes, or all of them, by breadth-first search
/// from both ends.
final class PhysicalShortestPath: PhysicalUnaryOperator {
  private let step: ExpandStep
  private let length: VariableLength
  private let predicate: ExpressionKernel?
  /// In which instant relationships that share one have it.
  private let window: ExpressionKernel?
  private let all: Bool

  init(
    _ input: PhysicalOperator, _ step: ExpandStep, _ length: VariableLength,
    predicate: ExpressionKernel?, window: ExpressionKernel?, all: Bool
  ) {
    self.window = window
    self.step = step
    self.length = length
    self.predicate = predicate
    self.all = all
    super.init(input)
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    guard let batch = try input.next(state) else { return nil }
    let near = try batch.column(step.from).nodeIDs()
    let far = try batch.column(step.to).nodeIDs()
    let adjacency = StepAdjacency(step.types, step.direction, state.graph)
    let search = BidirectionalSearch(
      forward: adjacency,
      backward: StepAdjacency(step.types, step.direction, state.graph, reversed: true),
      maximum: length.maximum, all: all)
    let windows = try window?.evaluate(batch, state)
    let periods = length.contemporaneous == nil ? nil : GraphPeriods(state.graph)
    var rows: [UInt32] = []
    var lists: [Cell] = []
    for row in 0..<batch.count where near.isValid(row) && far.isValid(row) {
      let chains =
        if let periods, !periods.isEmpty {
          try ContemporaneousSearch(
            periods, length, all: all, within: Period(windows?.cell(row))
          ).chains(from: near.ids[row], to: far.ids[row]) { (node) throws(QueryError) in
            try state.control.check()
            return try steps(node, row: row, batch, adjacency, state)
          }
        } else {
          try chains(search, from: near.ids[row], to: far.ids[row], row: row, batch, state)
        }
      for chain in chains {
        rows.append(UInt32(truncatingIfNeeded: row))
        lists.append(
          try state.arena.list(
            (step.reversed ? chain.reversed() : chain).map {
              Cell(RelationshipID(rawValue: $0))
            }))
      }
    }
    let result = Batch(parent: batch, rows: RowIndices(rows))
    let column = Column(.cell, count: lists.count)
    for (i, list) in lists.enumerated() { column.cells[i] = list }
    result.set(step.relationship, column)
    return result
  }

  private func chains(
    _ search: BidirectionalSearch, from start: UInt32, to end: UInt32, row: Int, _ batch: Batch,
    _ state: ExecutionState
  ) throws(QueryError) -> [[UInt32]] {
    if start == end { return length.minimum == 0 ? [[]] : [] }
    guard let predicate else { return try search.chains(from: start, to: end, nil, state) }
    return try search.chains(
      from: start, to: end,
      { (relationships) throws(QueryError) in
        try self.selected(
          predicate, relationships.column(.relationship), row: row, batch, state)
      }, state)
  }

  /// Of relationships those that satisfy the predicate with the row's values; nil when all do.
  private func selected(
    _ predicate: ExpressionKernel, _ relationships: Column, row: Int, _ batch: Batch,
    _ state: ExecutionState
  ) throws(QueryError) -> RowIndices? {
    let rows = [UInt32](
      repeating: UInt32(truncatingIfNeeded: row), count: relationships.count)
    let candidates = Batch(parent: batch, rows: RowIndices(rows))
    candidates.set(length.element, relationships)
    return try predicate.select(candidates, state)
  }

  private func steps(
    _ node: UInt32, row: Int, _ batch: Batch, _ adjacency: StepAdjacency, _ state: ExecutionState
  ) throws(QueryError) -> [(neighbour: UInt32, relationship: UInt32)] {
    var found: [(neighbour: UInt32, relationship: UInt32)] = []
    adjacency.forEach(node) { found.append(($0, $1)) }
    guard let predicate, !found.isEmpty else { return found }
    let relationships = Column(ids: found.map(\.relationship), .relationship)
    guard let kept = try selected(predicate, relationships, row: row, batch, state) else {
      return found
    }
    return (0..<kept.count).map { found[Int(kept.base[$0])] }
  }
}
