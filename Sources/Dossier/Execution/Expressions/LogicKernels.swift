import DossierSyntax

/// `NOT`.
final class NotKernel: ExpressionKernel {
  private let operand: ExpressionKernel
  private let range: SourceRange

  init(_ operand: ExpressionKernel, _ range: SourceRange) {
    self.operand = operand
    self.range = range
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let truth = try TruthColumn.booleans(try operand.evaluate(batch, state), range: range)
    let n = truth.physicalCount
    let result = Column(
      .boolean, count: truth.count, nullable: truth.validity != nil, isConstant: truth.isConstant)
    for i in 0..<n { result.booleans[i] = 1 &- truth.booleans[i] }
    if let from = truth.validity, let to = result.validity {
      to.update(from: from, count: max((n + 63) >> 6, 1))
    }
    return result
  }
}

/// `AND` and `OR` of any number of operands.
///
/// A row that an operand decides (false for AND, true for OR) is not evaluated further.
final class JunctionKernel: ExpressionKernel {
  private let operands: [ExpressionKernel]
  /// 0 for AND, 1 for OR.
  private let decisive: UInt8
  private let range: SourceRange

  init(_ operands: [ExpressionKernel], isAnd: Bool, _ range: SourceRange) {
    self.operands = operands
    decisive = isAnd ? 0 : 1
    self.range = range
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let n = batch.count
    let result = Column(.boolean, count: n, nullable: true)
    result.booleans.update(repeating: 1 &- decisive, count: n)
    result.validity?.update(repeating: .max, count: max((n + 63) >> 6, 1))
    var open: RowIndices?
    for (index, operand) in operands.enumerated() {
      let part = open.map { Batch(parent: batch, rows: $0) } ?? batch
      if part.count == 0 { break }
      let truth = try TruthColumn.booleans(try operand.evaluate(part, state), range: range)
      let isLast = index == operands.count - 1
      open = absorb(truth, rows: open, count: part.count, into: result, keepsOpen: !isLast)
    }
    return result
  }

  /// Merges one operand's values into the result and gives the rows that stay undecided.
  private func absorb(
    _ truth: Column, rows: RowIndices?, count: Int, into result: Column, keepsOpen: Bool
  ) -> RowIndices? {
    var undecided: [UInt32] = []
    if keepsOpen { undecided.reserveCapacity(count) }
    for i in 0..<count {
      let row = rows.map { Int($0.base[i]) } ?? i
      let p = truth.isConstant ? 0 : i
      if truth.isValid(p) {
        if truth.booleans[p] == decisive {
          result.booleans[row] = decisive
          result.setValid(row)
          continue
        }
      } else {
        clear(result, row)
      }
      if keepsOpen { undecided.append(UInt32(truncatingIfNeeded: row)) }
    }
    return keepsOpen ? RowIndices(undecided) : nil
  }

  @inline(__always) private func clear(_ column: Column, _ row: Int) {
    column.validity?[row >> 6] &= ~(1 << UInt64(row & 63))
  }

  override func select(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> RowIndices? {
    guard decisive == 0 else { return try super.select(batch, state) }
    return try selectAll(batch, state)
  }

  /// A conjunction as a filter: each operand sees the rows that the ones before it kept.
  private func selectAll(
    _ batch: Batch, _ state: ExecutionState
  ) throws(QueryError) -> RowIndices? {
    var kept: RowIndices?
    for operand in operands {
      kept = try operand.narrow(batch, kept, state)
      if kept?.count == 0 { break }
    }
    return kept
  }
}

/// `XOR`.
final class ExclusiveOrKernel: ExpressionKernel {
  private let left: ExpressionKernel
  private let right: ExpressionKernel
  private let range: SourceRange

  init(_ left: ExpressionKernel, _ right: ExpressionKernel, _ range: SourceRange) {
    self.left = left
    self.right = right
    self.range = range
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let a = try TruthColumn.booleans(try left.evaluate(batch, state), range: range).flattened()
    let b = try TruthColumn.booleans(try right.evaluate(batch, state), range: range).flattened()
    let result = Column(.boolean, count: batch.count, nullable: true)
    for i in 0..<batch.count {
      result.booleans[i] = a.booleans[i] ^ b.booleans[i]
      if a.isValid(i) && b.isValid(i) { result.setValid(i) }
    }
    return result
  }
}

/// `IS NULL` and `IS NOT NULL`.
final class NullTestKernel: ExpressionKernel {
  private let operand: ExpressionKernel
  private let isNull: Bool

  init(_ operand: ExpressionKernel, isNull: Bool) {
    self.operand = operand
    self.isNull = isNull
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let column = try operand.evaluate(batch, state)
    let result = Column(.boolean, count: batch.count, isConstant: column.isConstant)
    let whenValid: UInt8 = isNull ? 0 : 1
    for i in 0..<column.physicalCount {
      result.booleans[i] = column.isValid(i) ? whenValid : 1 &- whenValid
    }
    return result
  }
}
