import DossierSyntax

/// `ProcedureCall`: the procedure's rows for each row of the input.
///
/// A procedure without outputs passes its input on.
final class PhysicalProcedureCall: PhysicalUnaryOperator {
  private let procedure: ProcedureDefinition
  private let arguments: [ExpressionKernel]
  private let yields: [(field: Int, slot: Slot)]
  private let range: SourceRange
  private var slicer: BatchSlicer?

  init(
    _ input: PhysicalOperator, _ procedure: ProcedureDefinition, arguments: [ExpressionKernel],
    yields: [(field: Int, slot: Slot)], _ range: SourceRange
  ) {
    self.procedure = procedure
    self.arguments = arguments
    self.yields = yields
    self.range = range
    super.init(input)
  }

  override func rewind() {
    slicer = nil
    super.rewind()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    if let batch = slicer?.next(state.batchRows) { return batch }
    guard let batch = try input.next(state) else { return nil }
    slicer = BatchSlicer(try call(batch, state))
    return slicer?.next(state.batchRows) ?? Batch(count: 0, slotCount: state.slotCount)
  }

  private func call(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Batch {
    var columns: [Column] = []
    for argument in arguments { columns.append(try argument.evaluate(batch, state)) }
    var outer: [UInt32] = []
    var cells = [[Cell]](repeating: [], count: yields.count)
    for row in 0..<batch.count {
      do throws(QueryError) {
        let values = try procedure.arguments(
          columns.map { value(of: $0.cell(row), in: state.graph) })
        let answers =
          if let change = procedure.change {
            try change(values, &state.graph)
          } else {
            try procedure.rows(values, state.graph)
          }
        for answer in answers {
          outer.append(UInt32(truncatingIfNeeded: row))
          for (i, yield) in yields.enumerated() {
            cells[i].append(try state.arena.cell(answer[yield.field]))
          }
        }
      } catch { throw error.located(at: range) }
      if procedure.outputs.isEmpty { outer.append(UInt32(truncatingIfNeeded: row)) }
    }
    let result = Batch(parent: batch, rows: RowIndices(outer))
    for (i, yield) in yields.enumerated() {
      let column = Column(.cell, count: outer.count)
      for (row, cell) in cells[i].enumerated() { column.cells[row] = cell }
      result.set(yield.slot, column)
    }
    return result
  }
}
