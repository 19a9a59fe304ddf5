import DossierSyntax

/// A running operator of a plan: gives batches of rows until it has no more.
///
/// Operators pull from their inputs. They are dispatched once per batch.
class PhysicalOperator {
  /// Rows given so far, for `PROFILE`.
  private(set) var givenRows = 0
  /// Time spent in the operator and its inputs, for `PROFILE`; not measured otherwise.
  private(set) var nanoseconds: Int64 = 0
  /// The most memory that the operator itself, without its inputs, held at a time, for `PROFILE`.
  private(set) var peakBytes = 0
  private var heldBytes = 0
  /// Pages that the operator itself did not read thanks to their zones, for `PROFILE`.
  private(set) var skippedPages = 0

  /// The next rows, at least one, or nil at the end.
  final func next(_ state: ExecutionState) throws(QueryError) -> Batch? {
    guard state.isProfiling else { return try nextRows(state) }
    let start = ExecutionControl.now()
    let reservedBefore = state.arena.reservedBytes
    let outerInputBytes = state.inputBytes
    state.inputBytes = 0
    let outerSkippedPages = state.skippedPages
    state.skippedPages = 0
    defer {
      skippedPages += state.skippedPages
      state.skippedPages = outerSkippedPages
      nanoseconds &+= ExecutionControl.now() &- start
      let taken = state.arena.reservedBytes - reservedBefore
      heldBytes += taken - state.inputBytes
      peakBytes = max(peakBytes, heldBytes)
      state.inputBytes = outerInputBytes + taken
    }
    return try nextRows(state)
  }

  private func nextRows(_ state: ExecutionState) throws(QueryError) -> Batch? {
    try state.control.check()
    while let batch = try produce(state) {
      if batch.count == 0 { continue }
      givenRows += batch.count
      return batch
    }
    return nil
  }

  /// The next rows, possibly none, or nil at the end; for subclasses.
  func produce(_ state: ExecutionState) throws(QueryError) -> Batch? { nil }

  /// Starts over; called before the first row of each run but the first.
  func rewind() {}

  /// Lets go of all that belongs to the statement that has ended, and is as new: the next run may be
  /// over another graph. Called for plans that `canBeKept` only.
  func rest() {}
}

/// An operator that reads one input.
class PhysicalUnaryOperator: PhysicalOperator {
  let input: PhysicalOperator

  init(_ input: PhysicalOperator) { self.input = input }

  override func rewind() { input.rewind() }
  override func rest() { input.rest() }
}

/// Where a plan gets its argument rows from; each of its argument leaves reads them.
final class ArgumentRows {
  var batch: Batch?
  /// The batch is the same in all runs, and holds nothing.
  var isLasting = false
  /// Holds the number of the argument row.
  let rowSlot: Slot

  init(rowSlot: Slot) { self.rowSlot = rowSlot }
}

/// The rows handed in from outside, numbered, so that results can be told apart by argument row.
final class ArgumentOperator: PhysicalOperator {
  private let rows: ArgumentRows
  private var done = false
  /// The numbered batch where it is the same in all runs.
  private var lasting: Batch?

  init(_ rows: ArgumentRows) { self.rows = rows }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    guard !done, let argument = rows.batch else { return nil }
    done = true
    if let lasting { return lasting }
    let batch = Batch(extending: argument)
    let numbers = Column(.integer, count: argument.count)
    for row in 0..<argument.count { numbers.integers[row] = Int64(row) }
    batch.set(rows.rowSlot, numbers)
    if rows.isLasting { lasting = batch }
    return batch
  }

  override func rewind() { done = false }
  override func rest() { done = false }
}

/// Keeps the rows for which a predicate is true.
final class PhysicalFilter: PhysicalUnaryOperator {
  private let predicate: ExpressionKernel

  init(_ input: PhysicalOperator, _ predicate: ExpressionKernel) {
    self.predicate = predicate
    super.init(input)
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    guard let batch = try input.next(state) else { return nil }
    guard batch.isSelection, let parent = batch.parent, let before = batch.rows else {
      guard let rows = try predicate.select(batch, state) else { return batch }
      return Batch(parent: batch, rows: rows, isSelection: true)
    }
    // A filter over a filter looks at the same rows: what they hold need not be gathered.
    guard let rows = try predicate.narrow(parent, before, state), rows.count < before.count else {
      return batch
    }
    return Batch(parent: parent, rows: rows, isSelection: true)
  }
}

/// Adds computed columns.
final class PhysicalProjection: PhysicalUnaryOperator {
  private let items: [(slot: Slot, kernel: ExpressionKernel)]

  init(_ input: PhysicalOperator, _ items: [(slot: Slot, kernel: ExpressionKernel)]) {
    self.items = items
    super.init(input)
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    guard let batch = try input.next(state) else { return nil }
    let result = Batch(extending: batch)
    for item in items { result.set(item.slot, try item.kernel.evaluate(batch, state)) }
    return result
  }
}

/// Drops all rows after running its input to the end.
final class PhysicalEmptyResult: PhysicalUnaryOperator {
  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    while try input.next(state) != nil {}
    return nil
  }
}

/// A single row without slots.
final class PhysicalUnit: PhysicalOperator {
  private var done = false
  /// It holds nothing, so it serves all runs.
  private var row: Batch?

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    if done { return nil }
    done = true
    if let row, row.slotCount == state.slotCount { return row }
    let made = Batch(count: 1, slotCount: state.slotCount)
    row = made
    return made
  }

  override func rewind() { done = false }
  override func rest() { done = false }
}
