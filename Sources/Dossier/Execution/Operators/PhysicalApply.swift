import DossierSyntax

/// `Apply`: each row of the input with each row that the right side gives for it.
final class PhysicalApply: PhysicalUnaryOperator {
  private let right: Subplan
  private let slots: [Slot]
  private var pending: [Batch] = []

  /// `slots` are those that the right side binds.
  init(_ input: PhysicalOperator, _ right: Subplan, slots: [Slot]) {
    self.right = right
    self.slots = slots
    super.init(input)
  }

  override func rewind() {
    pending = []
    super.rewind()
  }

  override func rest() {
    pending = []
    right.rest()
    super.rest()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    if let batch = pending.popLast() { return batch }
    guard let batch = try input.next(state) else { return nil }
    var made: [Batch] = []
    try right.run(batch, state) { (part: Batch, rows: Column) throws(QueryError) in
      let result = Batch(parent: batch, rows: RowIndices(rows.rowNumbers))
      for slot in slots { result.set(slot, part.column(slot)) }
      made.append(result)
    }
    pending = made.reversed()
    return pending.popLast() ?? Batch(count: 0, slotCount: state.slotCount)
  }
}

extension Column {
  /// An integer column's values as row numbers.
  var rowNumbers: [UInt32] { (0..<count).map { UInt32(truncatingIfNeeded: row($0)) } }
}

/// `OptionalExpand` and other optional matches: as `Apply`, but a row without a match is kept once
/// with nulls. Rows keep the order of the input.
final class PhysicalOptionalApply: PhysicalUnaryOperator {
  private let right: Subplan
  private let slots: [Slot]
  private var slicer: BatchSlicer?

  init(_ input: PhysicalOperator, _ right: Subplan, nullable slots: [Slot]) {
    self.right = right
    self.slots = slots
    super.init(input)
  }

  override func rewind() {
    slicer = nil
    super.rewind()
  }

  override func rest() {
    slicer = nil
    right.rest()
    super.rest()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    if let batch = slicer?.next(state.batchRows) { return batch }
    guard let batch = try input.next(state) else { return nil }
    var matched = RowBuffer(slots)
    var rows: [UInt32] = []
    try right.run(batch, state) { (part: Batch, numbers: Column) throws(QueryError) in
      try matched.append(part, state)
      rows += numbers.rowNumbers
    }
    slicer = BatchSlicer(merge(batch, matched, rows, state))
    matched.release(state)
    return slicer?.next(state.batchRows)
  }

  private func merge(
    _ batch: Batch, _ matched: RowBuffer, _ rows: [UInt32], _ state: ExecutionState
  ) -> Batch {
    var first = [Int](repeating: 0, count: batch.count + 1)
    for row in rows { first[Int(row) + 1] += 1 }
    var outer: [UInt32] = []
    var inner: [UInt32] = []
    var starts = [Int](repeating: 0, count: batch.count)
    for row in 0..<batch.count {
      starts[row] = outer.count
      let matches = first[row + 1]
      outer += repeatElement(UInt32(truncatingIfNeeded: row), count: max(matches, 1))
      inner += repeatElement(Column.nullRow, count: max(matches, 1))
    }
    for (i, row) in rows.enumerated() {
      inner[starts[Int(row)]] = UInt32(truncatingIfNeeded: i)
      starts[Int(row)] += 1
    }
    let result = Batch(parent: batch, rows: RowIndices(outer))
    let all = matched.batch(slotCount: state.slotCount)
    inner.withUnsafeBufferPointer { indices in
      guard let base = indices.baseAddress else { return }
      for slot in slots {
        result.set(slot, all.column(slot).gather(base, count: indices.count, hasNulls: true))
      }
    }
    return result
  }
}

/// `SemiApply` and `AntiSemiApply`: keeps the rows for which the right side gives a row, or none.
final class PhysicalSemiApply: PhysicalUnaryOperator {
  private let right: Subplan
  private let negated: Bool

  init(_ input: PhysicalOperator, _ right: Subplan, negated: Bool) {
    self.right = right
    self.negated = negated
    super.init(input)
  }

  override func rest() {
    right.rest()
    super.rest()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    guard let batch = try input.next(state) else { return nil }
    let found = try right.matches(batch, state)
    return Batch(parent: batch, rows: RowIndices(upTo: found.count) { found[$0] != negated })
  }
}
