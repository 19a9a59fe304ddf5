import DossierSyntax

/// `Sort` and `Top`: all rows in order, or the first ones of them. Equal rows keep their order.
final class PhysicalSort: PhysicalUnaryOperator {
  fileprivate let keys: [(kernel: ExpressionKernel, descending: Bool)]
  private let limit: RowCount?
  private let slots: [Slot]
  private var slicer: BatchSlicer?

  init(
    _ input: PhysicalOperator, keys: [(kernel: ExpressionKernel, descending: Bool)],
    limit: RowCount?, slots: [Slot]
  ) {
    self.keys = keys
    self.limit = limit
    self.slots = slots
    super.init(input)
  }

  override func rewind() {
    slicer = nil
    super.rewind()
  }

  override func rest() {
    slicer = nil
    super.rest()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    if slicer == nil { slicer = try sorted(state) }
    return slicer?.next(state.batchRows)
  }

  private func sorted(_ state: ExecutionState) throws(QueryError) -> BatchSlicer {
    let bound = try limit?.evaluate(state)
    var buffer = RowBuffer(slots)
    try fill(&buffer, bound, state)
    let batch = buffer.batch(slotCount: state.slotCount)
    var columns: [(column: Column, descending: Bool)] = []
    for key in keys {
      columns.append((try key.kernel.evaluate(batch, state), key.descending))
    }
    try state.arena.charge(batch.count * 4)
    var order = (0..<batch.count).map { UInt32(truncatingIfNeeded: $0) }
    if let bound, bound < order.count / 4 {
      SortOrder.keepCandidates(&order, first: bound, by: columns[0])
    }
    SortOrder.sort(&order, by: columns)
    if let bound, bound < order.count { order.removeSubrange(bound...) }
    return BatchSlicer(batch, order: order)
  }
}

extension PhysicalSort {
  /// Reads the input to its end; where few rows are wanted, the others are left out at once.
  private func fill(
    _ buffer: inout RowBuffer, _ bound: Int?, _ state: ExecutionState
  ) throws(QueryError) {
    guard let bound, bound > 0, bound <= SortKeyBound.limit, isCheap else {
      return try buffer.fill(from: input, state)
    }
    var limit = SortKeyBound(count: bound, descending: keys[0].descending)
    while let batch = try input.next(state) {
      guard let rows = limit.candidates(try keys[0].kernel.evaluate(batch, state), state) else {
        try buffer.append(batch, state)
        continue
      }
      if rows.count > 0 { try buffer.append(Batch(parent: batch, rows: rows), state) }
    }
  }

  /// Whether the first key may be read twice, and the others need not be read for all rows: they
  /// are neither random nor can they fail.
  private var isCheap: Bool {
    guard let first = keys.first?.kernel, first is SlotKernel || first is PropertyKernel else {
      return false
    }
    return keys.dropFirst().allSatisfy { $0.kernel is SlotKernel }
  }
}

/// Sorting of row numbers by key columns.
enum SortOrder {
  /// Orders rows by the keys, ties by row number. O(n log n) comparisons.
  static func sort(_ rows: inout [UInt32], by keys: [(column: Column, descending: Bool)]) {
    if keys.count == 1, let key = keys.first, let words = normalised(key.column, key.descending) {
      sortByWord(&rows, words)
      return
    }
    rows.sort { a, b in
      for (column, descending) in keys {
        let order = column.cell(Int(a)).order(column.cell(Int(b)))
        if order != 0 { return descending ? order > 0 : order < 0 }
      }
      return a < b
    }
  }

  /// Drops rows that cannot be among the first `count` ones because of their first key.
  ///
  /// A heap holds the smallest keys seen so far; rows with a larger key than its top are out.
  static func keepCandidates(
    _ rows: inout [UInt32], first count: Int, by key: (column: Column, descending: Bool)
  ) {
    guard let words = normalised(key.column, key.descending) else { return }
    if count == 0 { return rows.removeAll() }
    var heap: [UInt64] = []
    heap.reserveCapacity(count)
    for row in rows {
      let word = words[Int(row)]
      if heap.count < count {
        heap.append(word)
        if heap.count == count { heap.sort(by: >) }
      } else if word < heap[0] {
        heap[0] = word
        sink(&heap)
      }
    }
    guard heap.count == count else { return }
    let bound = heap[0]
    rows.removeAll { words[Int($0)] > bound }
  }

  /// Moves the top of a heap whose largest word is on top down to its place.
  private static func sink(_ heap: inout [UInt64]) {
    var place = 0
    while true {
      var child = 2 * place + 1
      if child >= heap.count { return }
      if child + 1 < heap.count, heap[child + 1] > heap[child] { child += 1 }
      if heap[child] <= heap[place] { return }
      heap.swapAt(place, child)
      place = child
    }
  }

  /// The key as unsigned words that compare as the values do; nil when the kind has no such form.
  private static func normalised(_ column: Column, _ descending: Bool) -> [UInt64]? {
    let flip: UInt64 = descending ? .max : 0
    if column.kind == .cell, !column.isConstant {
      for row in 0..<column.count where column.cells[row].tag != .integer { return nil }
      return (0..<column.count).map {
        (UInt64(bitPattern: column.cells[$0].integer) ^ 1 << 63) ^ flip
      }
    }
    guard column.kind == .integer || column.kind == .date || column.kind == .float,
      column.isDense
    else { return nil }
    if column.kind != .float {
      return (0..<column.count).map {
        (UInt64(bitPattern: column.integers[$0]) ^ 1 << 63) ^ flip
      }
    }
    return (0..<column.count).map { column.floats[$0].sortWord ^ flip }
  }

  private static func sortByWord(_ rows: inout [UInt32], _ words: [UInt64]) {
    rows.sort { a, b in
      let x = words[Int(a)]
      let y = words[Int(b)]
      return x == y ? a < b : x < y
    }
  }
}

/// The number behind `SKIP` and `LIMIT`, computed once per run.
struct RowCount {
  let kernel: ExpressionKernel
  let keyword: String
  let range: SourceRange

  /// Errors: not an integer, negative.
  func evaluate(_ state: ExecutionState) throws(QueryError) -> Int {
    let row = Batch(count: 1, slotCount: state.slotCount)
    let cell = try kernel.evaluate(row, state).cell(0)
    guard cell.tag == .integer else {
      throw QueryError(
        .limitOfWrongType, "`\(keyword)` expects an integer, found \(cell.typeName)", at: range)
    }
    guard cell.integer >= 0 else {
      throw QueryError(
        .limitNegative, "`\(keyword)` expects a number of rows that is not negative", at: range)
    }
    return Int(cell.integer)
  }
}

/// `Skip`: leaves out the first rows.
final class PhysicalSkip: PhysicalUnaryOperator {
  private let bound: RowCount
  private var left: Int?

  init(_ input: PhysicalOperator, _ bound: RowCount) {
    self.bound = bound
    super.init(input)
  }

  override func rewind() {
    left = nil
    super.rewind()
  }

  override func rest() {
    left = nil
    super.rest()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    let skip: Int
    if let left { skip = left } else { skip = try bound.evaluate(state) }
    left = skip
    guard let batch = try input.next(state) else { return nil }
    if skip == 0 { return batch }
    let dropped = min(skip, batch.count)
    left = skip - dropped
    return Batch(
      parent: batch,
      rows: RowIndices((dropped..<batch.count).map { UInt32(truncatingIfNeeded: $0) }))
  }
}

/// `Limit`: the first rows; the input is not asked for more.
final class PhysicalLimit: PhysicalUnaryOperator {
  private let bound: RowCount
  /// The input writes: it must run to its end even when no more rows are wanted.
  private let exhausts: Bool
  private var left: Int?

  init(_ input: PhysicalOperator, _ bound: RowCount, exhausts: Bool) {
    self.bound = bound
    self.exhausts = exhausts
    super.init(input)
  }

  override func rewind() {
    left = nil
    super.rewind()
  }

  override func rest() {
    left = nil
    super.rest()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    let room: Int
    if let left { room = left } else { room = try bound.evaluate(state) }
    left = room
    if room == 0 {
      while exhausts, try input.next(state) != nil {}
      return nil
    }
    guard let batch = try input.next(state) else { return nil }
    left = max(0, room - batch.count)
    if batch.count <= room { return batch }
    return Batch(
      parent: batch, rows: RowIndices((0..<room).map { UInt32(truncatingIfNeeded: $0) }))
  }
}
