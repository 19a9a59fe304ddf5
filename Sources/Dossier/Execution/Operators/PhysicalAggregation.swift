import DossierSyntax

/// `Aggregation`: one row for each combination of the keys; without keys exactly one row.
final class PhysicalAggregation: PhysicalUnaryOperator {
  /// An aggregate of the plan with its arguments ready to run.
  struct Aggregate {
    var slot: Slot
    var definition: AggregateDefinition
    var distinct: Bool
    var arguments: [ExpressionKernel]
    var range: SourceRange
  }

  private let plan: AggregationTable.Plan
  private var slicer: BatchSlicer?

  init(_ input: PhysicalOperator, _ plan: AggregationTable.Plan) {
    self.plan = plan
    super.init(input)
  }

  override func rewind() {
    slicer = nil
    super.rewind()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    if slicer == nil { slicer = BatchSlicer(try aggregated(state)) }
    return slicer?.next(state.batchRows)
  }

  private func aggregated(_ state: ExecutionState) throws(QueryError) -> Batch {
    let table = AggregationTable(plan)
    while let batch = try input.next(state) { try table.add(batch, state) }
    return try table.finish(state)
  }
}

/// `Distinct`: the first row of each combination of the slots.
final class PhysicalDistinct: PhysicalUnaryOperator {
  private let slots: [Slot]
  private var table: GroupTable

  init(_ input: PhysicalOperator, _ slots: [Slot]) {
    self.slots = slots
    table = GroupTable(keyCount: slots.count)
    super.init(input)
  }

  override func rewind() {
    table = GroupTable(keyCount: slots.count)
    super.rewind()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    guard let batch = try input.next(state) else { return nil }
    let columns = slots.map { batch.column($0) }
    var known = UInt32(truncatingIfNeeded: table.count)
    var groups = [UInt32](repeating: 0, count: batch.count)
    try groups.withUnsafeMutableBufferPointer { (buffer) throws(QueryError) in
      guard let base = buffer.baseAddress else { return }
      try table.assign(columns, count: batch.count, into: base, state.arena)
    }
    var rows: [UInt32] = []
    for row in 0..<batch.count where groups[row] >= known {
      rows.append(UInt32(truncatingIfNeeded: row))
      known = groups[row] + 1
    }
    return rows.count == batch.count ? batch : Batch(parent: batch, rows: RowIndices(rows))
  }
}

/// `Union`: the rows of all inputs one after the other, with their slots renamed.
final class PhysicalUnion: PhysicalOperator {
  private let inputs: [(operator: PhysicalOperator, slots: [Slot])]
  private let slots: [Slot]
  private var current = 0

  init(_ inputs: [(operator: PhysicalOperator, slots: [Slot])], slots: [Slot]) {
    self.inputs = inputs
    self.slots = slots
  }

  override func rewind() {
    current = 0
    for input in inputs { input.operator.rewind() }
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    while current < inputs.count {
      let input = inputs[current]
      if let batch = try input.operator.next(state) {
        let result = Batch(extending: batch)
        let columns = input.slots.map { batch.column($0) }
        for (slot, column) in zip(slots, columns) { result.set(slot, column) }
        return result
      }
      current += 1
      // The parts may share the argument's rows, which the part before has used up.
      if current < inputs.count { inputs[current].operator.rewind() }
    }
    return nil
  }
}
