import DossierSyntax

/// `CASE`: each branch is evaluated only for the rows that reach it.
final class CaseKernel: ExpressionKernel {
  private let operand: ExpressionKernel?
  private let alternatives: [(when: ExpressionKernel, then: ExpressionKernel)]
  private let otherwise: ExpressionKernel?

  init(
    operand: ExpressionKernel?, alternatives: [(when: ExpressionKernel, then: ExpressionKernel)],
    otherwise: ExpressionKernel?
  ) {
    self.operand = operand
    self.alternatives = alternatives
    self.otherwise = otherwise
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let result = Column(.cell, count: batch.count)
    result.cells.update(repeating: .null, count: batch.count)
    let subject = try operand?.evaluate(batch, state)
    var open = (0..<batch.count).map { UInt32(truncatingIfNeeded: $0) }
    for alternative in alternatives {
      if open.isEmpty { return result }
      let part = Batch(parent: batch, rows: RowIndices(open))
      let condition = try alternative.when.evaluate(part, state)
      let chosen = try matches(condition, subject: subject, rows: open)
      try fill(alternative.then, batch, rows: zip(open, chosen).filter(\.1).map(\.0), result, state)
      open = zip(open, chosen).filter { !$0.1 }.map(\.0)
    }
    if let otherwise { try fill(otherwise, batch, rows: open, result, state) }
    return result
  }

  private func matches(
    _ condition: Column, subject: Column?, rows: [UInt32]
  ) throws(QueryError) -> [Bool] {
    var chosen = [Bool](repeating: false, count: rows.count)
    if let subject {
      for (i, row) in rows.enumerated() {
        chosen[i] = subject.cell(Int(row)).equals(condition.cell(i)) == true
      }
      return chosen
    }
    let truth = try TruthColumn.booleans(condition, range: nil)
    for i in rows.indices {
      let p = truth.isConstant ? 0 : i
      chosen[i] = truth.isValid(p) && truth.booleans[p] != 0
    }
    return chosen
  }

  private func fill(
    _ branch: ExpressionKernel, _ batch: Batch, rows: [UInt32], _ result: Column,
    _ state: ExecutionState
  ) throws(QueryError) {
    if rows.isEmpty { return }
    let values = try branch.evaluate(Batch(parent: batch, rows: RowIndices(rows)), state)
    for (i, row) in rows.enumerated() { result.cells[Int(row)] = values.cell(i) }
  }
}
