import DossierSyntax

/// Walks over the elements of a list column in batches: one row for each element.
struct ListFlattener {
  private let lists: Column
  private let batch: Batch
  private let variable: Slot
  private let range: SourceRange
  private var row = 0
  private var offset = 0

  init(_ lists: Column, over batch: Batch, variable: Slot, range: SourceRange) {
    self.lists = lists
    self.batch = batch
    self.variable = variable
    self.range = range
  }

  /// The next elements with the rows that they belong to; nil at the end.
  mutating func next(
    _ state: ExecutionState
  ) throws(QueryError) -> (batch: Batch, elements: Column, rows: RowIndices)? {
    let capacity = state.batchRows
    let rows = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
    let elements = Column(.cell, count: capacity)
    var n = 0
    while row < batch.count, n < capacity {
      let cells = try listCells(lists.cell(row))
      let take = min(cells.count - offset, capacity - n)
      if take > 0, let base = cells.baseAddress {
        (elements.cells + n).update(from: base + offset, count: take)
        (rows + n).update(repeating: UInt32(truncatingIfNeeded: row), count: take)
        n += take
        offset += take
      }
      if offset >= cells.count {
        row += 1
        offset = 0
      }
    }
    guard n > 0 else {
      rows.deallocate()
      return nil
    }
    try state.control.check()
    let indices = RowIndices(adopting: rows, count: n)
    let column = Column(
      borrowing: elements.values, validity: nil, .cell, count: n, owner: elements
    ).narrowed()
    let part = Batch(parent: batch, rows: indices)
    part.set(variable, column)
    return (part, column, indices)
  }

  private func listCells(_ cell: Cell) throws(QueryError) -> UnsafeBufferPointer<Cell> {
    switch cell.tag {
    case .null: return UnsafeBufferPointer(start: nil, count: 0)
    case .list: return cell.cells
    default:
      throw QueryError(
        .invalidArgumentTypeAtRuntime, "expected a list behind `IN`, found \(cell.typeName)",
        at: range)
    }
  }
}

/// `[variable IN list WHERE predicate | projection]`.
final class ListComprehensionKernel: ExpressionKernel {
  private let variable: Slot
  private let list: ExpressionKernel
  private let predicate: ExpressionKernel?
  private let projection: ExpressionKernel?
  private let range: SourceRange

  init(
    variable: Slot, list: ExpressionKernel, predicate: ExpressionKernel?,
    projection: ExpressionKernel?, _ range: SourceRange
  ) {
    self.variable = variable
    self.list = list
    self.predicate = predicate
    self.projection = projection
    self.range = range
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let lists = try list.evaluate(batch, state)
    var flattener = ListFlattener(lists, over: batch, variable: variable, range: range)
    var collected = RowLists(rows: batch.count)
    while let (part, elements, rows) = try flattener.next(state) {
      let kept = try predicate?.select(part, state)
      let chosen = kept.map { Batch(parent: part, rows: $0) } ?? part
      let values =
        try projection?.evaluate(chosen, state)
        ?? (kept.map { elements.gather($0.base, count: $0.count) } ?? elements)
      for i in 0..<chosen.count {
        let row = rows.base[kept.map { Int($0.base[i]) } ?? i]
        collected.append(values.cell(i), row: Int(row))
      }
    }
    return try collected.column(state.arena) { lists.cell($0).isNull }
  }
}

/// Cells collected for the rows of a batch, in ascending order of rows.
struct RowLists {
  private var cells: [Cell] = []
  private var counts: [Int]

  init(rows: Int) {
    counts = Array(repeating: 0, count: rows)
  }

  mutating func append(_ cell: Cell, row: Int) {
    cells.append(cell)
    counts[row] += 1
  }

  /// A list for each row, null where `isNull` says so.
  func column(_ arena: Arena, isNull: (Int) -> Bool) throws(QueryError) -> Column {
    let target = try arena.cells(cells.count)
    cells.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { target.update(from: base, count: source.count) }
    }
    let result = Column(.cell, count: counts.count)
    var start = 0
    for (row, count) in counts.enumerated() {
      result.cells[row] = isNull(row) ? .null : try arena.list(at: target + start, count: count)
      start += count
    }
    return result
  }
}

/// `all`, `any`, `none` and `single`, with three-valued logic.
final class QuantifierKernel: ExpressionKernel {
  private let quantifier: Quantifier
  private let variable: Slot
  private let list: ExpressionKernel
  private let predicate: ExpressionKernel
  private let range: SourceRange

  init(
    _ quantifier: Quantifier, variable: Slot, list: ExpressionKernel, predicate: ExpressionKernel,
    _ range: SourceRange
  ) {
    self.quantifier = quantifier
    self.variable = variable
    self.list = list
    self.predicate = predicate
    self.range = range
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let lists = try list.evaluate(batch, state)
    var flattener = ListFlattener(lists, over: batch, variable: variable, range: range)
    var trues = [Int](repeating: 0, count: batch.count)
    var falses = trues
    var nulls = trues
    while let (part, _, rows) = try flattener.next(state) {
      let truth = try TruthColumn.booleans(try predicate.evaluate(part, state), range: range)
      for i in 0..<part.count {
        let row = Int(rows.base[i])
        let p = truth.isConstant ? 0 : i
        if !truth.isValid(p) {
          nulls[row] += 1
        } else if truth.booleans[p] != 0 {
          trues[row] += 1
        } else {
          falses[row] += 1
        }
      }
    }
    let result = Column(.boolean, count: batch.count, nullable: true)
    for row in 0..<batch.count {
      result.booleans[row] = 0
      guard !lists.cell(row).isNull,
        let truth = decide(trues[row], falses[row], nulls[row])
      else { continue }
      result.booleans[row] = truth ? 1 : 0
      result.setValid(row)
    }
    return result
  }

  /// The quantifier's value from the numbers of true, false and null elements.
  private func decide(_ trues: Int, _ falses: Int, _ nulls: Int) -> Bool? {
    switch quantifier {
    case .all: falses > 0 ? false : nulls > 0 ? nil : true
    case .any: trues > 0 ? true : nulls > 0 ? nil : false
    case .none: trues > 0 ? false : nulls > 0 ? nil : true
    case .single: trues > 1 ? false : nulls > 0 ? nil : trues == 1
    }
  }
}

/// `reduce(accumulator = initial, variable IN list | step)`: all rows advance one element at a time.
final class ReduceKernel: ExpressionKernel {
  private let accumulator: Slot
  private let initial: ExpressionKernel
  private let variable: Slot
  private let list: ExpressionKernel
  private let step: ExpressionKernel
  private let range: SourceRange

  init(
    accumulator: Slot, initial: ExpressionKernel, variable: Slot, list: ExpressionKernel,
    step: ExpressionKernel, _ range: SourceRange
  ) {
    self.accumulator = accumulator
    self.initial = initial
    self.variable = variable
    self.list = list
    self.step = step
    self.range = range
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let lists = try list.evaluate(batch, state)
    let start = try initial.evaluate(batch, state)
    let result = Column(.cell, count: batch.count)
    for row in 0..<batch.count {
      let cell = lists.cell(row)
      guard cell.isNull || cell.tag == .list else {
        throw QueryError(
          .invalidArgumentTypeAtRuntime, "expected a list behind `IN`, found \(cell.typeName)",
          at: range)
      }
      result.cells[row] = cell.isNull ? .null : start.cell(row)
    }
    var position = 0
    var open = rows(of: lists, batch.count, longerThan: 0, among: nil)
    while !open.isEmpty {
      if position & 255 == 0 { try state.control.check() }
      try advance(batch, lists, result, open, position, state)
      position += 1
      open = rows(of: lists, batch.count, longerThan: position, among: open)
    }
    return result
  }

  private func rows(
    of lists: Column, _ n: Int, longerThan position: Int, among open: [UInt32]?
  ) -> [UInt32] {
    let candidates = open ?? (0..<n).map { UInt32(truncatingIfNeeded: $0) }
    return candidates.filter { row in
      let cell = lists.cell(Int(row))
      return cell.tag == .list && cell.cells.count > position
    }
  }

  private func advance(
    _ batch: Batch, _ lists: Column, _ result: Column, _ open: [UInt32], _ position: Int,
    _ state: ExecutionState
  ) throws(QueryError) {
    let part = Batch(parent: batch, rows: RowIndices(open))
    let elements = Column(.cell, count: open.count)
    let totals = Column(.cell, count: open.count)
    for (i, row) in open.enumerated() {
      elements.cells[i] = lists.cell(Int(row)).cells[position]
      totals.cells[i] = result.cells[Int(row)]
    }
    part.set(variable, elements.narrowed())
    part.set(accumulator, totals.narrowed())
    let values = try step.evaluate(part, state)
    for (i, row) in open.enumerated() { result.cells[Int(row)] = values.cell(i) }
  }
}
