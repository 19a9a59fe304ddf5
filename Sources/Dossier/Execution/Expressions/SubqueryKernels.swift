import DossierSyntax

/// A plan that runs with the rows of a batch as its argument.
///
/// Every row that the plan gives carries the number of the argument row it belongs to. Plans that
/// look across rows (aggregation, ordering, limits) are run for one argument row at a time.
final class Subplan {
  let root: PhysicalOperator
  private let argument: ArgumentRows
  private let isRowByRow: Bool

  init(root: PhysicalOperator, argument: ArgumentRows, isRowByRow: Bool) {
    self.root = root
    self.argument = argument
    self.isRowByRow = isRowByRow
  }

  /// Lets go of the rows of the statement that has ended.
  func rest() {
    argument.batch = nil
    root.rest()
  }

  /// Starts the plan over the rows of `batch`; only for plans that do not go row by row.
  func start(_ batch: Batch) {
    argument.batch = batch
    root.rewind()
  }

  /// Calls `body` with each batch that the plan gives and the argument row of each of its rows.
  func run(
    _ batch: Batch, _ state: ExecutionState,
    _ body: (Batch, Column) throws(QueryError) -> Void
  ) throws(QueryError) {
    guard isRowByRow else {
      start(batch)
      while let result = try root.next(state) {
        try body(result, result.column(argument.rowSlot))
      }
      return
    }
    for row in 0..<batch.count {
      let number = Column(.integer, count: 1, isConstant: true)
      number.integers[0] = Int64(row)
      start(Batch(parent: batch, rows: RowIndices([UInt32(truncatingIfNeeded: row)])))
      while let result = try root.next(state) {
        try body(result, number.gather(zeroRow, count: result.count))
      }
    }
  }

  /// Whether each row of the batch has a match.
  func matches(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> [Bool] {
    var found = [Bool](repeating: false, count: batch.count)
    try run(batch, state) { (result: Batch, rows: Column) throws(QueryError) in
      for i in 0..<result.count { found[rows.row(i)] = true }
    }
    return found
  }
}

/// A row index that never changes, for gathering from constants.
nonisolated(unsafe) private let zeroRow: UnsafePointer<UInt32> = {
  let pointer = UnsafeMutablePointer<UInt32>.allocate(capacity: 1)
  pointer.initialize(to: 0)
  return UnsafePointer(pointer)
}()

extension Column {
  /// An integer column's value as a row number.
  @inline(__always) func row(_ i: Int) -> Int { Int(integers[isConstant ? 0 : i]) }
}

/// `EXISTS { … }` and pattern predicates.
final class ExistsKernel: ExpressionKernel {
  private let plan: Subplan

  init(_ plan: Subplan) { self.plan = plan }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let found = try plan.matches(batch, state)
    let result = Column(.boolean, count: batch.count)
    for (row, truth) in found.enumerated() { result.booleans[row] = truth ? 1 : 0 }
    return result
  }
}

/// `COUNT { … }`.
final class CountKernel: ExpressionKernel {
  private let plan: Subplan

  init(_ plan: Subplan) { self.plan = plan }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let result = Column(.integer, count: batch.count)
    result.integers.update(repeating: 0, count: batch.count)
    try plan.run(batch, state) { (part: Batch, rows: Column) throws(QueryError) in
      for i in 0..<part.count { result.integers[rows.row(i)] &+= 1 }
    }
    return result
  }
}

/// Pattern comprehensions: the list of a projection over the plan's rows.
final class CollectKernel: ExpressionKernel {
  private let plan: Subplan
  private let projection: ExpressionKernel

  init(_ plan: Subplan, _ projection: ExpressionKernel) {
    self.plan = plan
    self.projection = projection
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    var lists = [[Cell]](repeating: [], count: batch.count)
    try plan.run(batch, state) { (part: Batch, rows: Column) throws(QueryError) in
      let values = try projection.evaluate(part, state)
      for i in 0..<part.count { lists[rows.row(i)].append(values.cell(i)) }
    }
    let result = Column(.cell, count: batch.count)
    for (row, list) in lists.enumerated() { result.cells[row] = try state.arena.list(list) }
    return result
  }
}
