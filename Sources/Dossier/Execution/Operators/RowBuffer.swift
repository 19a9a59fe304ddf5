import DossierSyntax

/// Rows kept as whole columns, for operators that need all of their input before they go on.
struct RowBuffer {
  let slots: [Slot]
  private var parts: [[Column]]
  private(set) var count = 0
  private var chargedBytes = 0

  init(_ slots: [Slot]) {
    self.slots = slots
    parts = []
  }

  /// Takes over the rows of a batch. Errors: `memoryLimit`.
  mutating func append(_ batch: Batch, _ state: ExecutionState) throws(QueryError) {
    var bytes = 0
    if parts.isEmpty { parts = Array(repeating: [], count: slots.count) }
    for (i, slot) in slots.enumerated() {
      let column = batch.column(slot)
      bytes += column.physicalCount * column.kind.stride
      parts[i].append(column)
    }
    count += batch.count
    guard count < Int(UInt32.max) else {
      throw QueryError(.memoryLimit, "the statement holds more than 4,294,967,294 rows at once")
    }
    try state.arena.charge(bytes)
    chargedBytes += bytes
  }

  /// Reads an operator to its end.
  mutating func fill(
    from input: PhysicalOperator, _ state: ExecutionState
  ) throws(QueryError) {
    while let batch = try input.next(state) { try append(batch, state) }
  }

  /// All rows as one batch.
  func batch(slotCount: Int) -> Batch {
    let batch = Batch(count: count, slotCount: slotCount)
    for (i, slot) in slots.enumerated() {
      batch.set(slot, Column(joining: parts.isEmpty ? [] : parts[i], count: count))
    }
    return batch
  }

  /// Gives the charged memory back; the buffer is not used any more.
  func release(_ state: ExecutionState) { state.arena.refund(chargedBytes) }
}

extension Batch {
  /// All rows of an operator, with some slots at least. A single row stays in the batch it came in.
  static func all(
    of input: PhysicalOperator, _ slots: [Slot], _ state: ExecutionState
  ) throws(QueryError) -> Batch {
    var buffer = RowBuffer(slots)
    if let first = try input.next(state) {
      let second = try input.next(state)
      if first.count == 1, second == nil { return first }
      try buffer.append(first, state)
      if let second { try buffer.append(second, state) }
      try buffer.fill(from: input, state)
    }
    return buffer.batch(slotCount: state.slotCount)
  }
}

extension Column {
  /// The columns one behind the other.
  convenience init(joining parts: [Column], count: Int) {
    guard let first = parts.first else {
      self.init(.cell, count: 0)
      return
    }
    if parts.count == 1, first.count == count, !first.isConstant {
      self.init(
        borrowing: first.values, validity: first.validity, first.kind, count: count, owner: first,
        dictionary: first.dictionary)
      return
    }
    let kind = parts.allSatisfy { $0.kind == first.kind } ? first.kind : .cell
    let nullable = kind != .cell && parts.contains { $0.validity != nil }
    self.init(kind, count: count, nullable: nullable, dictionary: first.dictionary)
    var row = 0
    for part in parts {
      part.copy(into: self, at: row)
      row += part.count
    }
  }

  private func copy(into target: Column, at start: Int) {
    if target.kind == .cell {
      for i in 0..<count { target.cells[start + i] = cell(i) }
      return
    }
    let source = flattened()
    let stride = kind.stride
    (target.values + start * stride).copyMemory(from: source.values, byteCount: count * stride)
    guard target.validity != nil else { return }
    for i in 0..<count where source.isValid(i) { target.setValid(start + i) }
  }
}

/// Cuts one big batch into batches of the usual size.
struct BatchSlicer {
  private let batch: Batch
  private let order: [UInt32]?
  private let count: Int
  private var position = 0

  /// The rows of `batch` in the given order; in their own when `order` is nil.
  init(_ batch: Batch, order: [UInt32]? = nil) {
    self.batch = batch
    self.order = order
    count = order?.count ?? batch.count
  }

  mutating func next(_ limit: Int) -> Batch? {
    guard position < count else { return nil }
    let n = min(limit, count - position)
    if position == 0, n == count, order == nil {
      position = count
      return batch
    }
    let rows = UnsafeMutablePointer<UInt32>.allocate(capacity: n)
    for i in 0..<n {
      rows[i] = order?[position + i] ?? UInt32(truncatingIfNeeded: position + i)
    }
    position += n
    return Batch(parent: batch, rows: RowIndices(adopting: rows, count: n))
  }
}
