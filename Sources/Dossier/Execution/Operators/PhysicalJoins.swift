import DossierSyntax

/// `CartesianProduct`: every row of the left side with every row of the right side.
final class PhysicalCartesianProduct: PhysicalOperator {
  private let left: PhysicalOperator
  private let right: PhysicalOperator
  private let slots: [Slot]
  private var stored: Batch?
  private var batch: Batch?
  private var position = 0

  /// `slots` are those that the right side binds.
  init(_ left: PhysicalOperator, _ right: PhysicalOperator, slots: [Slot]) {
    self.left = left
    self.right = right
    self.slots = slots
  }

  override func rewind() {
    stored = nil
    batch = nil
    left.rewind()
    right.rewind()
  }

  override func rest() {
    stored = nil
    batch = nil
    left.rest()
    right.rest()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    while true {
      // The left side goes first: what it writes is there when the right side is read.
      if batch == nil {
        batch = try left.next(state)
        position = 0
      }
      guard let batch, let stored = try storedRows(state), stored.count > 0 else { return nil }
      if position < batch.count * stored.count { return combine(batch, stored, state) }
      self.batch = nil
    }
  }

  private func storedRows(_ state: ExecutionState) throws(QueryError) -> Batch? {
    if let stored { return stored }
    let made = try Batch.all(of: right, slots, state)
    stored = made
    return made
  }

  /// The next combinations, right rows running fastest.
  private func combine(_ batch: Batch, _ stored: Batch, _ state: ExecutionState) -> Batch {
    if batch.count == 1, stored.count == 1 {
      position = 1
      let result = Batch(extending: batch)
      for slot in slots { result.set(slot, stored.column(slot)) }
      return result
    }
    let n = min(state.batchRows, batch.count * stored.count - position)
    let outer = UnsafeMutablePointer<UInt32>.allocate(capacity: n)
    let inner = UnsafeMutablePointer<UInt32>.allocate(capacity: n)
    defer { inner.deallocate() }
    for i in 0..<n {
      outer[i] = UInt32(truncatingIfNeeded: (position + i) / stored.count)
      inner[i] = UInt32(truncatingIfNeeded: (position + i) % stored.count)
    }
    position += n
    let result = Batch(parent: batch, rows: RowIndices(adopting: outer, count: n))
    for slot in slots { result.set(slot, stored.column(slot).gather(inner, count: n)) }
    return result
  }
}

/// `HashJoin`: rows of both sides whose keys are equal. The right side is stored in a hash table.
final class PhysicalHashJoin: PhysicalOperator {
  private let left: PhysicalOperator
  private let right: PhysicalOperator
  private let leftKeys: [ExpressionKernel]
  private let rightKeys: [ExpressionKernel]
  private let slots: [Slot]
  private var stored: Batch?
  private var keys: [Column] = []
  private var heads: [Int32] = []
  private var chain: [Int32] = []
  private var slicer: BatchSlicer?

  init(
    _ left: PhysicalOperator, _ right: PhysicalOperator, leftKeys: [ExpressionKernel],
    rightKeys: [ExpressionKernel], slots: [Slot]
  ) {
    self.left = left
    self.right = right
    self.leftKeys = leftKeys
    self.rightKeys = rightKeys
    self.slots = slots
  }

  override func rewind() {
    stored = nil
    slicer = nil
    left.rewind()
    right.rewind()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    if let batch = slicer?.next(state.batchRows) { return batch }
    // The left side goes first: what it writes is there when the right side is read.
    guard let batch = try left.next(state) else { return nil }
    if stored == nil { try build(state) }
    guard let stored, stored.count > 0 else { return nil }
    slicer = BatchSlicer(try probe(batch, stored, state))
    return slicer?.next(state.batchRows) ?? Batch(count: 0, slotCount: state.slotCount)
  }

  private func build(_ state: ExecutionState) throws(QueryError) {
    var buffer = RowBuffer(slots)
    try buffer.fill(from: right, state)
    let batch = buffer.batch(slotCount: state.slotCount)
    stored = batch
    keys = []
    for key in rightKeys { keys.append(try key.evaluate(batch, state)) }
    var size = 16
    while size < batch.count * 2 { size *= 2 }
    heads = Array(repeating: -1, count: size)
    chain = Array(repeating: -1, count: batch.count)
    for row in stride(from: batch.count - 1, through: 0, by: -1) {
      guard let hash = Self.hash(keys, row) else { continue }
      let bucket = Int(truncatingIfNeeded: hash) & (size - 1)
      chain[row] = heads[bucket]
      heads[bucket] = Int32(truncatingIfNeeded: row)
    }
  }

  private func probe(
    _ batch: Batch, _ stored: Batch, _ state: ExecutionState
  ) throws(QueryError) -> Batch {
    var columns: [Column] = []
    for key in leftKeys { columns.append(try key.evaluate(batch, state)) }
    var outer: [UInt32] = []
    var inner: [UInt32] = []
    for row in 0..<batch.count {
      guard let hash = Self.hash(columns, row) else { continue }
      var candidate = heads[Int(truncatingIfNeeded: hash) & (heads.count - 1)]
      while candidate >= 0 {
        if equal(columns, row, Int(candidate)) {
          outer.append(UInt32(truncatingIfNeeded: row))
          inner.append(UInt32(bitPattern: candidate))
        }
        candidate = chain[Int(candidate)]
      }
    }
    let result = Batch(parent: batch, rows: RowIndices(outer))
    inner.withUnsafeBufferPointer { indices in
      guard let base = indices.baseAddress else { return }
      for slot in slots {
        result.set(slot, stored.column(slot).gather(base, count: indices.count))
      }
    }
    return result
  }

  /// The hash of a row's keys; nil when one is null, which equals nothing.
  private static func hash(_ columns: [Column], _ row: Int) -> UInt64? {
    var hash: UInt64 = 0
    for column in columns {
      let cell = column.cell(row)
      if cell.isNull { return nil }
      hash = (hash ^ cell.hash) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    return hash
  }

  private func equal(_ columns: [Column], _ row: Int, _ candidate: Int) -> Bool {
    for (mine, other) in zip(columns, keys)
    where mine.cell(row).equals(other.cell(candidate)) != true {
      return false
    }
    return true
  }
}
