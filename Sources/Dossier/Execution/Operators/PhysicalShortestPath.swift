import DossierSyntax

/// `ShortestPath`: one shortest chain between two nodes, or all of them, by breadth-first search.
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

  /// How a node was reached: from which node along which relationship.
  private struct Arrival {
    var node: UInt32
    var relationship: UInt32
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    guard let batch = try input.next(state) else { return nil }
    let near = try batch.column(step.from).nodeIDs()
    let far = try batch.column(step.to).nodeIDs()
    let adjacency = StepAdjacency(step.types, step.direction, state.graph)
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
          try shortest(from: near.ids[row], to: far.ids[row], row: row, batch, adjacency, state)
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

  private func shortest(
    from start: UInt32, to end: UInt32, row: Int, _ batch: Batch, _ adjacency: StepAdjacency,
    _ state: ExecutionState
  ) throws(QueryError) -> [[UInt32]] {
    if start == end { return length.minimum == 0 ? [[]] : [] }
    var arrivals: [UInt32: [Arrival]] = [start: []]
    var frontier = [start]
    var depth = 0
    while !frontier.isEmpty, length.maximum.map({ depth < $0 }) ?? true {
      try state.control.check()
      depth += 1
      var level: [UInt32: [Arrival]] = [:]
      var next: [UInt32] = []
      for node in frontier {
        for arrival in try steps(node, row: row, batch, adjacency, state) {
          if arrivals[arrival.neighbour] != nil { continue }
          if level[arrival.neighbour] == nil { next.append(arrival.neighbour) }
          level[arrival.neighbour, default: []].append(
            Arrival(node: node, relationship: arrival.relationship))
        }
      }
      arrivals.merge(level) { old, _ in old }
      if level[end] != nil { return try chains(to: end, from: start, arrivals, state) }
      frontier = next
    }
    return []
  }

  private func steps(
    _ node: UInt32, row: Int, _ batch: Batch, _ adjacency: StepAdjacency, _ state: ExecutionState
  ) throws(QueryError) -> [(neighbour: UInt32, relationship: UInt32)] {
    var found: [(neighbour: UInt32, relationship: UInt32)] = []
    adjacency.forEach(node) { found.append(($0, $1)) }
    guard let predicate, !found.isEmpty else { return found }
    let rows = [UInt32](repeating: UInt32(truncatingIfNeeded: row), count: found.count)
    let candidates = Batch(parent: batch, rows: RowIndices(rows))
    candidates.set(length.element, Column(ids: found.map(\.relationship), .relationship))
    guard let kept = try predicate.select(candidates, state) else { return found }
    return (0..<kept.count).map { found[Int(kept.base[$0])] }
  }

  /// Walks back from the end; all ways, or the first one.
  private func chains(
    to end: UInt32, from start: UInt32, _ arrivals: [UInt32: [Arrival]], _ state: ExecutionState
  ) throws(QueryError) -> [[UInt32]] {
    var complete: [[UInt32]] = []
    var open: [(node: UInt32, chain: [UInt32])] = [(end, [])]
    while let (node, chain) = open.popLast() {
      if node == start {
        complete.append(chain.reversed())
        if !all { return complete }
        if complete.count & 1023 == 0 { try state.control.check() }
        continue
      }
      for arrival in (arrivals[node] ?? []).reversed() {
        open.append((arrival.node, chain + [arrival.relationship]))
      }
    }
    return complete
  }
}
