import DossierSyntax

/// `Unwind`: one row for each element of a list. `range(…)` is never written out as a list.
final class PhysicalUnwind: PhysicalUnaryOperator {
  private let list: ExpressionKernel
  private let element: Slot
  private var batch: Batch?
  private var lists: Column?
  private var row = 0
  private var offset = 0

  init(_ input: PhysicalOperator, list: ExpressionKernel, element: Slot) {
    self.list = list
    self.element = element
    super.init(input)
  }

  override func rewind() {
    batch = nil
    super.rewind()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    while true {
      if batch == nil {
        guard let next = try input.next(state) else { return nil }
        batch = next
        lists = try list.evaluate(next, state)
        row = 0
        offset = 0
      }
      guard let batch, let lists else { return nil }
      if let result = fill(batch, lists, state.batchRows) { return result }
      self.batch = nil
    }
  }

  private func fill(_ batch: Batch, _ lists: Column, _ capacity: Int) -> Batch? {
    guard row < batch.count else { return nil }
    let elements = Column(.cell, count: capacity)
    let rows = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
    let lists = lists.kind == .cell ? lists.flattened() : lists
    let (source, target) = (lists.kind == .cell ? lists.cells : nil, elements.cells)
    var (row, offset, n) = (row, offset, 0)
    while row < batch.count, n < capacity {
      let cell = source?[row] ?? lists.cell(row)
      if cell.tag == .list, let base = cell.cells.baseAddress {
        let size = cell.cells.count
        let take = min(size &- offset, capacity &- n)
        for i in 0..<take { target[n &+ i] = base[offset &+ i] }
        for i in 0..<take { rows[n &+ i] = UInt32(truncatingIfNeeded: row) }
        n &+= take
        offset &+= take
        if offset < size { continue }
      } else if !cell.isNull, cell.tag != .list {
        target[n] = cell
        rows[n] = UInt32(truncatingIfNeeded: row)
        n &+= 1
      }
      row &+= 1
      offset = 0
    }
    self.row = row
    self.offset = offset
    let result = Batch(parent: batch, rows: RowIndices(adopting: rows, count: n))
    result.set(element, Column(prefix: n, of: elements))
    return result
  }
}

/// `Unwind` over `range(start, end, step)` as a generator.
final class PhysicalUnwindRange: PhysicalUnaryOperator {
  private let bounds: [ExpressionKernel]
  private let element: Slot
  private let range: SourceRange
  private var batch: Batch?
  private var columns: [Column] = []
  private var row = 0
  /// The next number of the row; nil before the row is begun.
  private var current: Int64?

  init(
    _ input: PhysicalOperator, bounds: [ExpressionKernel], element: Slot, _ range: SourceRange
  ) {
    self.bounds = bounds
    self.element = element
    self.range = range
    super.init(input)
  }

  override func rewind() {
    batch = nil
    super.rewind()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    while true {
      if batch == nil {
        guard let next = try input.next(state) else { return nil }
        batch = next
        columns = []
        for bound in bounds { columns.append(try bound.evaluate(next, state)) }
        row = 0
        current = nil
      }
      guard let batch else { return nil }
      if let result = try fill(batch, state.batchRows) { return result }
      self.batch = nil
    }
  }

  private func fill(_ batch: Batch, _ capacity: Int) throws(QueryError) -> Batch? {
    guard row < batch.count else { return nil }
    let numbers = Column(.integer, count: capacity)
    let rows = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
    var n = 0
    while row < batch.count, n < capacity {
      guard let (start, end, step) = try numbersOf(row) else {
        row += 1
        continue
      }
      let next = current ?? start
      let taken = Self.count(from: next, to: end, by: step, limit: capacity - n)
      let target = numbers.integers + n
      for i in 0..<taken { target[i] = next &+ Int64(truncatingIfNeeded: i) &* step }
      (rows + n).update(repeating: UInt32(truncatingIfNeeded: row), count: taken)
      n += taken
      // The next number may be past the end, or past what an integer can be.
      let last = next &+ Int64(truncatingIfNeeded: taken &- 1) &* step
      let (sum, overflow) = last.addingReportingOverflow(step)
      if taken == 0 || overflow || (step > 0 ? sum > end : sum < end) {
        row += 1
        current = nil
      } else {
        current = sum
      }
    }
    let result = Batch(parent: batch, rows: RowIndices(adopting: rows, count: n))
    result.set(element, Column(prefix: n, of: numbers))
    return result
  }

  /// How many numbers there are up to `end`, at most `limit`. O(1).
  private static func count(
    from start: Int64, to end: Int64, by step: Int64, limit: Int
  ) -> Int {
    if step > 0 ? start > end : start < end { return 0 }
    let distance = step > 0 ? UInt64(bitPattern: end &- start) : UInt64(bitPattern: start &- end)
    let steps = distance / step.magnitude
    return steps >= UInt64(limit) ? limit : Int(steps) + 1
  }

  /// Start, end and step of a row; nil when one of them is null. Errors: wrong types, step 0.
  private func numbersOf(_ row: Int) throws(QueryError) -> (Int64, Int64, Int64)? {
    var values: [Int64] = []
    for column in columns {
      let cell = column.cell(row)
      if cell.isNull { return nil }
      guard cell.tag == .integer else {
        throw QueryError(
          .invalidArgumentValue, "`range()` expects integers, found \(cell.typeName)", at: range)
      }
      values.append(cell.integer)
    }
    let step = values.count > 2 ? values[2] : 1
    if step == 0 {
      throw QueryError(.numberOutOfRange, "the step of `range()` must not be 0", at: range)
    }
    return (values[0], values[1], step)
  }
}
