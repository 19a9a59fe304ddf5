import DossierSyntax

/// `Merge`: for each row what its pattern matches, else what it makes. Rows go one after the other,
/// so a row finds what an earlier row made.
///
/// Where nothing but the identities of elements decides (`MergeIdentity`), rows are looked up batch by
/// batch, and what is missing is made at once.
final class PhysicalMerge: PhysicalWriteOperator {
  private let match: Subplan
  private let create: [CreateStep]
  private let onCreate: Assignments
  private let onMatch: Assignments
  private let identity: MergeIdentity?
  /// The slots that the pattern binds.
  private let slots: [Slot]
  private let range: SourceRange

  init(
    _ input: PhysicalOperator, match: Subplan, create: [CreateStep], onCreate: Assignments,
    onMatch: Assignments, identity: MergeIdentity?, slots: [Slot], kept: [Slot],
    _ range: SourceRange
  ) {
    self.match = match
    self.create = create
    self.onCreate = onCreate
    self.onMatch = onMatch
    self.identity = identity
    self.slots = slots
    self.range = range
    super.init(input, kept: kept)
  }

  override func rest() {
    match.rest()
    super.rest()
  }

  override func write(_ rows: Batch, _ writer: GraphWriter) throws(QueryError) -> Batch {
    var merged = MergedRows(slots)
    if rows.count == 1 {
      try mergeOne(rows, 0, &merged, writer)
      return merged.batch(over: rows, writer.state)
    }
    var slicer = BatchSlicer(rows)
    var first = 0
    while let slice = slicer.next(Batch.capacity) {
      try writer.state.control.check()
      if try !mergeTogether(slice, first, &merged, writer) {
        for row in 0..<slice.count {
          let one = Batch(parent: slice, rows: RowIndices([UInt32(truncatingIfNeeded: row)]))
          try mergeOne(one, first + row, &merged, writer)
        }
      }
      first += slice.count
    }
    return merged.batch(over: rows, writer.state)
  }

  // MARK: Row by row

  private func mergeOne(
    _ one: Batch, _ row: Int, _ merged: inout MergedRows, _ writer: GraphWriter
  ) throws(QueryError) {
    try checkNulls(one, writer.state)
    var found: [Batch] = []
    try match.run(one, writer.state) { (part: Batch, _: Column) throws(QueryError) in
      found.append(part)
    }
    if found.isEmpty {
      let made = try PhysicalCreate.create(create, one, writer)
      try onCreate.apply(made, writer)
      found = [made]
    } else {
      for part in found { try onMatch.apply(part, writer) }
    }
    for part in found {
      let number = UInt32(truncatingIfNeeded: row)
      try merged.append(part, repeatElement(number, count: part.count), writer.state)
    }
  }

  /// A property that is null matches nothing and cannot be stored. Errors: `mergeReadOwnWrites`.
  private func checkNulls(_ row: Batch, _ state: ExecutionState) throws(QueryError) {
    for step in create {
      if let kernel = step.properties as? MapKernel {
        for (key, column) in zip(kernel.keys, try kernel.columns(row, state)) {
          try check(key, column.cell(0))
        }
      } else if let map = try step.properties?.evaluate(row, state).cell(0), map.tag == .map {
        for i in stride(from: 1, to: map.cells.count, by: 2) {
          try check(map.cells[i - 1], map.cells[i])
        }
      }
    }
  }

  private func check(_ key: Cell, _ value: Cell) throws(QueryError) {
    if !value.isNull { return }
    throw QueryError(
      .mergeReadOwnWrites,
      "`MERGE` cannot use the property `\(key.string)`, which is null", at: range)
  }

  // MARK: Together

  /// Merges all rows of a batch, the first of which has the number `first`; false, with nothing
  /// changed, where they have to go one after the other.
  private func mergeTogether(
    _ rows: Batch, _ first: Int, _ merged: inout MergedRows, _ writer: GraphWriter
  ) throws(QueryError) -> Bool {
    let state = writer.state
    guard let identity, state.counters.nodesDeleted == 0,
      state.counters.relationshipsDeleted == 0,
      var keys = identity.keys(rows, create[0], state), let found = matches(rows, identity, state)
    else { return false }
    var missing: [UInt32] = []
    /// For rows without a match the place in `missing` of the row that makes their element.
    var places = [Int](repeating: -1, count: rows.count)
    for row in 0..<rows.count where found[row].isEmpty {
      places[row] = keys.number(of: row, next: missing.count)
      if places[row] == missing.count { missing.append(UInt32(truncatingIfNeeded: row)) }
    }
    let made =
      missing.isEmpty
      ? nil
      : try PhysicalCreate.create(
        create, Batch(parent: rows, rows: RowIndices(missing)), writer
      ).column(identity.element)
    var outer: [UInt32] = []
    var elements: [UInt32] = []
    var isMade: [Bool] = []
    for row in 0..<rows.count {
      let number = UInt32(truncatingIfNeeded: row)
      if let made, places[row] >= 0 {
        elements.append(made.ids[places[row]])
        isMade.append(missing[places[row]] == number)
      } else {
        elements += found[row]
        isMade += repeatElement(false, count: found[row].count)
      }
      outer += repeatElement(number, count: elements.count - outer.count)
    }
    let result = Batch(parent: rows, rows: RowIndices(outer))
    result.set(identity.element, Column(ids: elements, identity.kind))
    try assign(result, isMade, writer)
    try merged.append(
      result, outer.lazy.map { $0 + UInt32(truncatingIfNeeded: first) }, state)
    return true
  }

  /// The elements that each row matches, nil when looking them up fails.
  private func matches(
    _ rows: Batch, _ identity: MergeIdentity, _ state: ExecutionState
  ) -> [[UInt32]]? {
    var found = [[UInt32]](repeating: [], count: rows.count)
    do throws(QueryError) {
      try match.run(rows, state) { (part: Batch, numbers: Column) throws(QueryError) in
        let elements = part.column(identity.element)
        for i in 0..<part.count {
          found[numbers.row(i)].append(UInt32(truncatingIfNeeded: elements.cell(i).raw))
        }
      }
    } catch { return nil }
    return found
  }

  /// Makes the assignments for rows in their order, as many at once as have the same ones.
  private func assign(
    _ rows: Batch, _ isMade: [Bool], _ writer: GraphWriter
  ) throws(QueryError) {
    if onCreate.isEmpty && onMatch.isEmpty { return }
    var start = 0
    while start < isMade.count {
      var end = start + 1
      while end < isMade.count, isMade[end] == isMade[start] { end += 1 }
      let assignments = isMade[start] ? onCreate : onMatch
      if !assignments.isEmpty {
        let run = (start..<end).map { UInt32(truncatingIfNeeded: $0) }
        try assignments.apply(Batch(parent: rows, rows: RowIndices(run)), writer)
      }
      start = end
    }
  }
}

/// The rows of a `MERGE` with what its pattern bound in them.
private struct MergedRows {
  private let slots: [Slot]
  private var buffer: RowBuffer
  /// For each row its row in the input.
  private var outer: [UInt32] = []

  init(_ slots: [Slot]) {
    self.slots = slots
    buffer = RowBuffer(slots)
  }

  mutating func append(
    _ part: Batch, _ rows: some Sequence<UInt32>, _ state: ExecutionState
  ) throws(QueryError) {
    try buffer.append(part, state)
    outer.append(contentsOf: rows)
  }

  func batch(over rows: Batch, _ state: ExecutionState) -> Batch {
    let result = Batch(parent: rows, rows: RowIndices(outer))
    let all = buffer.batch(slotCount: state.slotCount)
    for slot in slots { result.set(slot, all.column(slot)) }
    return result
  }
}
