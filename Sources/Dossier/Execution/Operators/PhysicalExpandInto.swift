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

  override func rest() {
    marks = nil
    super.rest()
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
    let (starts, ends) = (near.ids, far.ids)
    var (row, startRun, endRun) = (0, 0, 0)
    while row < count {
      // Behind the rows that have the start of this one, and behind those that have its end.
      if startRun <= row { startRun = Self.runEnd(starts, row, count) }
      if endRun <= row { endRun = Self.runEnd(ends, row, count) }
      if startRun - row > Self.run, isMarkable(starts[row], forward) {
        try lookUp(far, row..<startRun, from: starts[row], 0, forward, near, state)
        row = startRun
      } else if endRun - row > Self.run, isMarkable(ends[row], backward) {
        try lookUp(near, row..<endRun, from: ends[row], 1, backward, far, state)
        row = endRun
      } else {
        if near.isValid(row), far.isValid(row) {
          search(row, starts[row], ends[row], forward, backward)
        }
        row += 1
      }
    }
    marks?.clear()
  }

  /// How many neighbouring rows must share a node for its neighbours to be marked.
  private static let run = 4

  /// The first row from `row` on that has another id.
  private static func runEnd(_ ids: UnsafePointer<UInt32>, _ row: Int, _ count: Int) -> Int {
    var end = row + 1
    while end < count, ids[end] == ids[row] { end &+= 1 }
    return end
  }

  private func isMarkable(_ node: UInt32, _ adjacency: StepAdjacency) -> Bool {
    adjacency.degreeBound(of: node) < Batch.capacity
  }

  /// Marks the neighbours of the node that rows share in column `shared`, and looks up the others.
  private func lookUp(
    _ others: Column, _ run: Range<Int>, from node: UInt32, _ side: Int,
    _ adjacency: StepAdjacency, _ shared: Column, _ state: ExecutionState
  ) throws(QueryError) {
    if marks == nil { marks = try NeighbourMarks(state) }
    guard let marks else { return }
    if !marks.isOf(node, side: side) { try marks.set(node, side: side, adjacency) }
    let (rows, found, table, ids) = (rows, found, marks.table, others.ids)
    let areValid = shared.validity == nil && others.validity == nil
    for row in run where areValid || (shared.isValid(row) && others.isValid(row)) {
      table.forEach(to: ids[row]) { relationship in
        rows.append(UInt32(truncatingIfNeeded: row))
        found.append(relationship)
      }
    }
  }

  private func search(
    _ row: Int, _ start: UInt32, _ end: UInt32, _ forward: StepAdjacency, _ backward: StepAdjacency
  ) {
    let isForward = forward.degreeBound(of: start) <= backward.degreeBound(of: end)
    (isForward ? forward : backward).between(isForward ? start : end, isForward ? end : start) {
      rows.append(UInt32(truncatingIfNeeded: row))
      found.append($0)
    }
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
    let ids = far.ids
    let kept = RowIndices(upTo: batch.count) { isPossible && reader.accepts(ids[$0]) }
    return kept.count == batch.count ? batch : Batch(parent: batch, rows: kept)
  }
}
