import DossierSyntax

/// An expression ready to run: turns a batch into a column with one value for each row.
///
/// Kernels are made once per execution of a statement and called once per batch.
class ExpressionKernel {
  /// Whether the rows do not matter, neither for the value nor for an error.
  var isSameForAllRows: Bool { false }

  func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    throw QueryError(.internalError, "kernel without an evaluation")
  }

  /// The value that all rows of all batches of the statement have, without a column for it; nil where it
  /// depends on the row or would have to be computed.
  func fixedValue(_ state: ExecutionState) throws(QueryError) -> Cell? { nil }

  /// The rows of the batch for which the expression is true, or nil when it is true for all.
  /// Errors: a value that is neither boolean nor null.
  func select(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> RowIndices? {
    try TruthColumn.selection(try evaluate(batch, state), range: nil)
  }

  /// The value of a kernel that is never null and knows only how to select.
  final func selected(
    _ batch: Batch, _ state: ExecutionState
  ) throws(QueryError) -> Column {
    let result = Column(.boolean, count: batch.count)
    guard let kept = try select(batch, state) else {
      result.booleans.update(repeating: 1, count: batch.count)
      return result
    }
    result.booleans.update(repeating: 0, count: batch.count)
    for i in 0..<kept.count { result.booleans[Int(kept.base[i])] = 1 }
    return result
  }

  /// The rows of the batch, or those of `rows`, for which the expression is true, or nil when it is
  /// true for all rows of the batch. It is not evaluated for other rows where that could tell.
  func narrow(
    _ batch: Batch, _ rows: RowIndices?, _ state: ExecutionState
  ) throws(QueryError) -> RowIndices? {
    guard let rows else { return try select(batch, state) }
    guard rows.count > 0, let chosen = try select(Batch(parent: batch, rows: rows), state) else {
      return rows
    }
    let kept = UnsafeMutablePointer<UInt32>.allocate(capacity: max(chosen.count, 1))
    for i in 0..<chosen.count { kept[i] = rows.base[Int(chosen.base[i])] }
    return RowIndices(adopting: kept, count: chosen.count)
  }
}

/// The same value in every row.
final class ConstantKernel: ExpressionKernel {
  let cell: Cell

  init(_ cell: Cell) { self.cell = cell }

  override func fixedValue(_ state: ExecutionState) throws(QueryError) -> Cell? { cell }

  override var isSameForAllRows: Bool { true }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    Column(constant: cell, count: batch.count)
  }
}

/// The value of a statement parameter.
final class ParameterKernel: ExpressionKernel {
  private let name: String
  private let range: SourceRange

  init(_ name: String, _ range: SourceRange) {
    self.name = name
    self.range = range
  }

  override func fixedValue(_ state: ExecutionState) throws(QueryError) -> Cell? {
    try state.parameter(name, range)
  }

  override var isSameForAllRows: Bool { true }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    Column(constant: try state.parameter(name, range), count: batch.count)
  }
}

/// The value of a variable.
final class SlotKernel: ExpressionKernel {
  let slot: Slot

  init(_ slot: Slot) { self.slot = slot }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    batch.column(slot)
  }
}

/// A call of a registered function.
final class FunctionCallKernel: ExpressionKernel {
  private let definition: FunctionDefinition
  private let arguments: [ExpressionKernel]
  private let range: SourceRange

  init(_ definition: FunctionDefinition, _ arguments: [ExpressionKernel], _ range: SourceRange) {
    self.definition = definition
    self.arguments = arguments
    self.range = range
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    var columns: [Column] = []
    for argument in arguments { columns.append(try argument.evaluate(batch, state)) }
    return try definition.kernel(columns, batch.count, FunctionContext(state: state, range: range))
  }
}

/// `coalesce`: the first argument that is not null; later ones are evaluated for null rows only.
final class CoalesceKernel: ExpressionKernel {
  private let arguments: [ExpressionKernel]

  init(_ arguments: [ExpressionKernel]) { self.arguments = arguments }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    var result: Column?
    for argument in arguments {
      guard let first = result else {
        result = try argument.evaluate(batch, state)
        continue
      }
      let missing = (0..<batch.count).filter { first.cell($0).isNull }.map(UInt32.init)
      if missing.isEmpty { return first }
      let merged = Column(.cell, count: batch.count)
      for row in 0..<batch.count { merged.cells[row] = first.cell(row) }
      let rest = try argument.evaluate(Batch(parent: batch, rows: RowIndices(missing)), state)
      for (i, row) in missing.enumerated() { merged.cells[Int(row)] = rest.cell(i) }
      result = merged
    }
    return result ?? Column(constant: .null, count: batch.count)
  }
}

/// Addition and its siblings.
final class ArithmeticKernel: ExpressionKernel {
  private let op: BinaryOperator
  private let left: ExpressionKernel
  private let right: ExpressionKernel
  private let range: SourceRange

  init(
    _ op: BinaryOperator, _ left: ExpressionKernel, _ right: ExpressionKernel, _ range: SourceRange
  ) {
    self.op = op
    self.left = left
    self.right = right
    self.range = range
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let a = try left.evaluate(batch, state)
    let b = try right.evaluate(batch, state)
    return try Arithmetic.evaluate(
      op, a, b, count: batch.count, context: FunctionContext(state: state, range: range))
  }
}

/// Unary minus.
final class NegationKernel: ExpressionKernel {
  private let operand: ExpressionKernel
  private let range: SourceRange

  init(_ operand: ExpressionKernel, _ range: SourceRange) {
    self.operand = operand
    self.range = range
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    try Arithmetic.negate(
      try operand.evaluate(batch, state), count: batch.count,
      context: FunctionContext(state: state, range: range))
  }
}
