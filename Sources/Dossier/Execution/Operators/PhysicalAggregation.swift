import DossierSyntax

/// `Aggregation`: one row for each combination of the keys; without keys exactly one row.
final class PhysicalAggregation: PhysicalUnaryOperator {
  struct Aggregate {
    var slot: Slot
    var definition: AggregateDefinition
    var distinct: Bool
    var arguments: [ExpressionKernel]
    var range: SourceRange
  }

  private let keys: [(slot: Slot, kernel: ExpressionKernel)]
  private let aggregates: [Aggregate]
  /// The rows of a group follow each other.
  private let isClustered: Bool
  private var slicer: BatchSlicer?

  init(
    _ input: PhysicalOperator, keys: [(slot: Slot, kernel: ExpressionKernel)],
    aggregates: [Aggregate], isClustered: Bool
  ) {
    self.isClustered = isClustered
    self.keys = keys
    self.aggregates = aggregates
    super.init(input)
  }

  override func rewind() {
    slicer = nil
    super.rewind()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    if slicer == nil { slicer = BatchSlicer(try aggregated(state)) }
    return slicer?.next(state.batchRows)
  }

  private func aggregated(_ state: ExecutionState) throws(QueryError) -> Batch {
    var table = GroupTable(keyCount: keys.count)
    var states = aggregates.map { AggregateState($0, isClustered: isClustered) }
    var groups: [UInt32] = []
    while let batch = try input.next(state) {
      groups = Array(repeating: 0, count: batch.count)
      if !keys.isEmpty {
        var columns: [Column] = []
        for key in keys { columns.append(try key.kernel.evaluate(batch, state)) }
        try groups.withUnsafeMutableBufferPointer { (buffer) throws(QueryError) in
          guard let base = buffer.baseAddress else { return }
          try table.assign(columns, count: batch.count, into: base, state.arena)
        }
      }
      let groupCount = keys.isEmpty ? 1 : table.count
      for i in states.indices { try states[i].add(batch, groups, groupCount, state) }
    }
    let groupCount = keys.isEmpty ? 1 : table.count
    let result = Batch(count: groupCount, slotCount: state.slotCount)
    for (i, key) in keys.enumerated() { result.set(key.slot, table.keyColumn(i)) }
    for aggregate in states {
      result.set(aggregate.plan.slot, try aggregate.finish(groupCount, state))
    }
    return result
  }
}

/// One aggregate while it runs.
private struct AggregateState {
  let plan: PhysicalAggregation.Aggregate
  private let accumulator: any Accumulator
  /// The (group, values) combinations seen, for `DISTINCT`.
  private var seen: GroupTable

  /// The rows of a group follow each other, and all arguments so far were ids of one kind.
  private var isClustered: Bool
  /// By id: the last group that had it, plus 1.
  private var lastGroup: [UInt32] = []
  private var clusteredKind: Column.Kind?

  init(_ plan: PhysicalAggregation.Aggregate, isClustered: Bool) {
    self.plan = plan
    self.isClustered = isClustered
    accumulator = plan.definition.make()
    seen = GroupTable(keyCount: plan.arguments.count + 1)
  }

  mutating func add(
    _ batch: Batch, _ groups: [UInt32], _ groupCount: Int, _ state: ExecutionState
  ) throws(QueryError) {
    accumulator.resize(groups: groupCount)
    let context = FunctionContext(state: state, range: plan.range)
    var columns: [Column] = []
    for argument in plan.arguments { columns.append(try argument.evaluate(batch, state)) }
    var members = groups
    if plan.distinct {
      let fresh = try firstSeen(columns, groups, batch.count, state)
      members = fresh.map { groups[Int($0)] }
      columns = fresh.withUnsafeBufferPointer { rows in
        guard let base = rows.baseAddress else { return columns }
        return columns.map { $0.gather(base, count: rows.count) }
      }
      if fresh.isEmpty { return }
    }
    try members.withUnsafeBufferPointer { (buffer) throws(QueryError) in
      guard let base = buffer.baseAddress else { return }
      try accumulator.add(columns, groups: base, count: buffer.count, context: context)
    }
  }

  /// The rows whose combination of group and values appears for the first time.
  private mutating func firstSeen(
    _ columns: [Column], _ groups: [UInt32], _ n: Int, _ state: ExecutionState
  ) throws(QueryError) -> [UInt32] {
    if isClustered, columns.count == 1, columns[0].kind.stride == 4, columns[0].isDense,
      clusteredKind == nil || clusteredKind == columns[0].kind
    {
      clusteredKind = columns[0].kind
      return firstSeenClustered(columns[0], groups, n)
    }
    if isClustered { try leaveClustered(state) }
    // Group numbers stand in a column of ids, so that two ids make a word.
    let group = Column(ids: Array(groups[0..<n]), .node)
    var known = UInt32(truncatingIfNeeded: seen.count)
    var numbers = [UInt32](repeating: 0, count: n)
    try numbers.withUnsafeMutableBufferPointer { (buffer) throws(QueryError) in
      guard let base = buffer.baseAddress else { return }
      try seen.assign([group] + columns, count: n, into: base, state.arena)
    }
    var fresh: [UInt32] = []
    for row in 0..<n where numbers[row] >= known {
      fresh.append(UInt32(truncatingIfNeeded: row))
      known = numbers[row] + 1
    }
    return fresh
  }

  /// The same where the rows of a group follow each other: each id remembers the last group that had
  /// it.
  private mutating func firstSeenClustered(
    _ column: Column, _ groups: [UInt32], _ n: Int
  ) -> [UInt32] {
    var fresh: [UInt32] = []
    fresh.reserveCapacity(n)
    for row in 0..<n {
      let id = Int(column.ids[row])
      if id >= lastGroup.count {
        lastGroup.append(
          contentsOf: repeatElement(0, count: max(id + 1, 2 * lastGroup.count) - lastGroup.count))
      }
      let mark = groups[row] &+ 1
      if lastGroup[id] != mark {
        lastGroup[id] = mark
        fresh.append(UInt32(truncatingIfNeeded: row))
      }
    }
    return fresh
  }

  /// Goes over to the table: only the last group may still get rows.
  private mutating func leaveClustered(
    _ state: ExecutionState
  ) throws(QueryError) {
    isClustered = false
    guard let kind = clusteredKind, let mark = lastGroup.max(), mark > 0 else { return }
    let ids = lastGroup.indices.filter { lastGroup[$0] == mark }
    let column = Column(
      kind, count: ids.count, dictionary: kind == .string ? state.graph.strings : nil)
    for (row, id) in ids.enumerated() { column.ids[row] = UInt32(truncatingIfNeeded: id) }
    let group = Column(ids: Array(repeating: mark &- 1, count: ids.count), .node)
    var numbers = [UInt32](repeating: 0, count: ids.count)
    try numbers.withUnsafeMutableBufferPointer { (buffer) throws(QueryError) in
      guard let base = buffer.baseAddress else { return }
      try seen.assign([group, column], count: ids.count, into: base, state.arena)
    }
  }

  func finish(_ groupCount: Int, _ state: ExecutionState) throws(QueryError) -> Column {
    accumulator.resize(groups: groupCount)
    return try accumulator.finish(
      groups: groupCount, context: FunctionContext(state: state, range: plan.range))
  }
}

/// `Distinct`: the first row of each combination of the slots.
final class PhysicalDistinct: PhysicalUnaryOperator {
  private let slots: [Slot]
  private var table: GroupTable

  init(_ input: PhysicalOperator, _ slots: [Slot]) {
    self.slots = slots
    table = GroupTable(keyCount: slots.count)
    super.init(input)
  }

  override func rewind() {
    table = GroupTable(keyCount: slots.count)
    super.rewind()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    guard let batch = try input.next(state) else { return nil }
    let columns = slots.map { batch.column($0) }
    var known = UInt32(truncatingIfNeeded: table.count)
    var groups = [UInt32](repeating: 0, count: batch.count)
    try groups.withUnsafeMutableBufferPointer { (buffer) throws(QueryError) in
      guard let base = buffer.baseAddress else { return }
      try table.assign(columns, count: batch.count, into: base, state.arena)
    }
    var rows: [UInt32] = []
    for row in 0..<batch.count where groups[row] >= known {
      rows.append(UInt32(truncatingIfNeeded: row))
      known = groups[row] + 1
    }
    return rows.count == batch.count ? batch : Batch(parent: batch, rows: RowIndices(rows))
  }
}

/// `Union`: the rows of all inputs one after the other, with their slots renamed.
final class PhysicalUnion: PhysicalOperator {
  private let inputs: [(operator: PhysicalOperator, slots: [Slot])]
  private let slots: [Slot]
  private var current = 0

  init(_ inputs: [(operator: PhysicalOperator, slots: [Slot])], slots: [Slot]) {
    self.inputs = inputs
    self.slots = slots
  }

  override func rewind() {
    current = 0
    for input in inputs { input.operator.rewind() }
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    while current < inputs.count {
      let input = inputs[current]
      if let batch = try input.operator.next(state) {
        let result = Batch(extending: batch)
        let columns = input.slots.map { batch.column($0) }
        for (slot, column) in zip(slots, columns) { result.set(slot, column) }
        return result
      }
      current += 1
      // The parts may share the argument's rows, which the part before has used up.
      if current < inputs.count { inputs[current].operator.rewind() }
    }
    return nil
  }
}
