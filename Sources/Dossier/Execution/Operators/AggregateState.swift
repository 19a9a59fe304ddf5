import DossierSyntax

/// One aggregate while it runs.
struct AggregateState {
  let plan: PhysicalAggregation.Aggregate
  private let accumulator: any Accumulator
  /// The (group, values) combinations seen, for `DISTINCT`.
  private let seen: GroupTable

  /// The rows of a group follow each other, and all arguments so far were ids of one kind.
  private var isClustered: Bool
  /// By id: the last group that had it, plus 1.
  private var lastGroup: [UInt32] = []
  private var clusteredKind: Column.Kind?

  /// Workers that gather side by side never meet the same group.
  private let isPartitioned: Bool

  init(_ plan: PhysicalAggregation.Aggregate, isClustered: Bool, isPartitioned: Bool) {
    self.plan = plan
    self.isClustered = isClustered
    self.isPartitioned = isPartitioned
    accumulator = plan.definition.make()
    seen = GroupTable(keyCount: plan.arguments.count + 1)
  }

  mutating func add(
    _ batch: Batch, _ groups: UnsafePointer<UInt32>, _ groupCount: Int, _ state: ExecutionState
  ) throws(QueryError) {
    accumulator.resize(groups: groupCount)
    let context = FunctionContext(state: state, range: plan.range)
    var columns: [Column] = []
    for argument in plan.arguments { columns.append(try argument.evaluate(batch, state)) }
    guard plan.distinct else {
      return try accumulator.add(columns, groups: groups, count: batch.count, context: context)
    }
    let fresh = try firstSeen(columns, groups, batch.count, state)
    if !fresh.isEmpty { try add(columns, fresh, groups, context) }
  }

  /// Adds some of the rows.
  private func add(
    _ columns: [Column], _ rows: [UInt32], _ groups: UnsafePointer<UInt32>,
    _ context: FunctionContext
  ) throws(QueryError) {
    let members = rows.map { groups[Int($0)] }
    let chosen = rows.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { base in columns.map { $0.gather(base, count: buffer.count) } } ?? []
    }
    try members.withUnsafeBufferPointer { (buffer) throws(QueryError) in
      guard let base = buffer.baseAddress else { return }
      try accumulator.add(chosen, groups: base, count: buffer.count, context: context)
    }
  }

  /// The rows whose combination of group and values appears for the first time.
  private mutating func firstSeen(
    _ columns: [Column], _ groups: UnsafePointer<UInt32>, _ n: Int, _ state: ExecutionState
  ) throws(QueryError) -> [UInt32] {
    if isClustered, columns.count == 1, columns[0].kind.stride == 4, columns[0].isDense,
      clusteredKind == nil || clusteredKind == columns[0].kind
    {
      clusteredKind = columns[0].kind
      return firstSeenClustered(columns[0], groups, n)
    }
    if isClustered { try leaveClustered(state) }
    return try firstInTable(columns, groups, n, state)
  }

  private func firstInTable(
    _ columns: [Column], _ groups: UnsafePointer<UInt32>, _ n: Int, _ state: ExecutionState
  ) throws(QueryError) -> [UInt32] {
    // Group numbers stand in a column of ids, so that two ids make a word.
    let group = Column(.node, count: n)
    group.ids.update(from: groups, count: n)
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
    _ column: Column, _ groups: UnsafePointer<UInt32>, _ n: Int
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

  // MARK: Several workers

  /// Takes over what another worker's state has gathered; `map` gives the number here of each of its
  /// groups. False when that would not be exactly what a single state had come to.
  mutating func merge(
    _ other: inout AggregateState, _ map: [UInt32], _ groupCount: Int, _ state: ExecutionState
  ) throws(QueryError) -> Bool {
    accumulator.resize(groups: groupCount)
    other.accumulator.resize(groups: map.count)
    if plan.distinct && !isPartitioned { return try mergeSeen(&other, map, state) }
    return map.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map {
        accumulator.merge(other.accumulator, groups: $0, count: buffer.count)
      } ?? true
    }
  }

  /// Adds the combinations that only the other state has seen.
  private mutating func mergeSeen(
    _ other: inout AggregateState, _ map: [UInt32], _ state: ExecutionState
  ) throws(QueryError) -> Bool {
    if other.isClustered { try other.leaveClustered(state) }
    isClustered = false
    let combinations = other.seen.keyColumns
    guard let group = combinations.first, group.count > 0 else { return true }
    let groups = (0..<group.count).map { map[Int(group.cell($0).nodeID.rawValue)] }
    let columns = Array(combinations.dropFirst())
    let context = FunctionContext(state: state, range: plan.range)
    try groups.withUnsafeBufferPointer { (buffer) throws(QueryError) in
      guard let base = buffer.baseAddress else { return }
      let fresh = try firstInTable(columns, base, buffer.count, state)
      if !fresh.isEmpty { try add(columns, fresh, base, context) }
    }
    return true
  }
}
