import DossierSyntax

/// `LoadCSV`: a row for each record of the file that a row of the input names.
///
/// Reads as far as rows are asked for. An error is raised when the rows before it have been given,
/// so a `LIMIT` that stops before the error does not meet it.
final class PhysicalLoadCSV: PhysicalUnaryOperator {
  private let load: BoundLoadCSV
  private let source: ExpressionKernel
  /// Which of the slots somebody reads; others get no values.
  private let makes: (row: Bool, line: Bool, path: Bool)
  private var batch: Batch?
  private var names: Column?
  /// The row of `batch` whose file is read.
  private var row = 0
  private var table: CSVTable?
  private var failure: QueryError?

  init(
    _ input: PhysicalOperator, _ load: BoundLoadCSV, source: ExpressionKernel, needed: SlotSet
  ) {
    self.load = load
    self.source = source
    makes = (needed.contains(load.row), needed.contains(load.line), needed.contains(load.path))
    super.init(input)
  }

  override func rewind() {
    batch = nil
    table = nil
    failure = nil
    super.rewind()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    if let failure { throw failure }
    while true {
      if batch == nil {
        guard let next = try input.next(state) else { return nil }
        batch = next
        names = try source.evaluate(next, state)
        row = 0
      }
      guard let batch, let names else { return nil }
      if let result = try fill(batch, names, state) { return result }
      self.batch = nil
    }
  }

  /// The next rows; nil when the files of the batch are read to their ends.
  private func fill(
    _ batch: Batch, _ names: Column, _ state: ExecutionState
  ) throws(QueryError) -> Batch? {
    let made = CSVColumns(makes, capacity: state.batchRows)
    do throws(QueryError) {
      while row < batch.count, made.count < state.batchRows {
        let table = try opened(names.cell(row), state)
        guard try table.advance() else {
          self.table = nil
          row += 1
          try state.control.check()
          continue
        }
        try made.append(table, outer: row)
      }
    } catch {
      if made.count == 0 { throw located(error) }
      failure = located(error)
    }
    if made.count == 0 { return nil }
    return made.batch(over: batch, load)
  }

  private func opened(_ name: Cell, _ state: ExecutionState) throws(QueryError) -> CSVTable {
    if let table { return table }
    guard name.tag == .string else {
      throw QueryError(
        .invalidArgumentTypeAtRuntime,
        "`LOAD CSV` expects the path of a file, a string, found \(name.typeName)",
        at: load.sourceRange)
    }
    let opened = try CSVTable(name.string, load, state)
    table = opened
    return opened
  }

  /// The error with the place of the clause: its own where it has none yet, else as a second
  /// diagnostic behind the place in the file.
  private func located(_ error: QueryError) -> QueryError {
    var error = error
    switch error.code {
    case .cancelled, .timeLimit, .memoryLimit: return error
    default: break
    }
    if error.diagnostics[0].file != nil {
      for index in error.diagnostics.indices { error.diagnostics[index].range = nil }
      error.diagnostics.append(
        Diagnostic(error.code, "the file is read here", at: load.sourceRange))
    } else if error.diagnostics[0].range == nil {
      error.diagnostics[0].range = load.sourceRange
    }
    return error
  }
}

/// Columns of a batch of records while they are filled.
private final class CSVColumns {
  private(set) var count = 0
  private let outer: UnsafeMutablePointer<UInt32>
  private let rows: Column?
  private let lines: Column?
  private let paths: Column?
  private var isHandedOn = false

  init(_ makes: (row: Bool, line: Bool, path: Bool), capacity: Int) {
    outer = .allocate(capacity: capacity)
    rows = makes.row ? Column(.cell, count: capacity) : nil
    lines = makes.line ? Column(.integer, count: capacity) : nil
    paths = makes.path ? Column(.cell, count: capacity) : nil
  }

  deinit { if !isHandedOn { outer.deallocate() } }

  @inline(__always)
  func append(_ table: CSVTable, outer row: Int) throws(QueryError) {
    if let rows { rows.cells[count] = try table.row() }
    if let lines { lines.integers[count] = Int64(table.line) }
    if let paths { paths.cells[count] = table.path }
    outer[count] = UInt32(truncatingIfNeeded: row)
    count += 1
  }

  func batch(over parent: Batch, _ load: BoundLoadCSV) -> Batch {
    isHandedOn = true
    let result = Batch(parent: parent, rows: RowIndices(adopting: outer, count: count))
    if let rows { result.set(load.row, Column(prefix: count, of: rows)) }
    if let lines { result.set(load.line, Column(prefix: count, of: lines)) }
    if let paths { result.set(load.path, Column(prefix: count, of: paths)) }
    return result
  }
}
