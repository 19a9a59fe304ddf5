import DossierSyntax

/// The groups of an aggregation with their aggregates, while rows come in.
final class AggregationTable {
  /// What is grouped and computed.
  struct Plan {
    var keys: [(slot: Slot, kernel: ExpressionKernel)]
    var aggregates: [PhysicalAggregation.Aggregate]
    /// The rows of a group follow each other; where several workers gather, they come from one
    /// morsel.
    var isClustered: Bool
  }

  let plan: Plan
  let groups: GroupTable
  private(set) var states: [AggregateState]
  /// How many groups there were after each morsel that brought new ones; morsels ascend.
  private(set) var ends: [(morsel: Int, groups: Int)] = []
  /// The group of each row of a batch; zeros where there are no keys.
  private var numbers: UnsafeMutablePointer<UInt32>
  private var capacity = Batch.capacity

  init(_ plan: Plan) {
    self.plan = plan
    groups = GroupTable(keyCount: plan.keys.count)
    let isPartitioned = plan.isClustered && !plan.keys.isEmpty
    states = plan.aggregates.map {
      AggregateState($0, isClustered: plan.isClustered, isPartitioned: isPartitioned)
    }
    numbers = .allocate(capacity: capacity)
    numbers.initialize(repeating: 0, count: capacity)
  }

  deinit { numbers.deallocate() }

  /// Without keys there is one group, also of no rows.
  var groupCount: Int { plan.keys.isEmpty ? 1 : groups.count }

  /// Adds the rows of a batch.
  func add(_ batch: Batch, _ state: ExecutionState) throws(QueryError) {
    reserve(batch.count)
    if !plan.keys.isEmpty {
      var columns: [Column] = []
      for key in plan.keys { columns.append(try key.kernel.evaluate(batch, state)) }
      try groups.assign(columns, count: batch.count, into: numbers, state.arena)
    }
    let count = groupCount
    for i in states.indices { try states[i].add(batch, numbers, count, state) }
  }

  private func reserve(_ rows: Int) {
    guard rows > capacity else { return }
    numbers.deallocate()
    capacity = rows
    numbers = .allocate(capacity: rows)
    numbers.initialize(repeating: 0, count: rows)
  }

  /// Remembers which groups a morsel brought.
  func endMorsel(_ index: Int) {
    if groups.count > ends.last?.groups ?? 0 { ends.append((index, groups.count)) }
  }

  /// The groups in the order in which they came.
  func finish(_ state: ExecutionState) throws(QueryError) -> Batch {
    let count = groupCount
    let result = Batch(count: count, slotCount: state.slotCount)
    for (key, column) in zip(plan.keys, groups.keyColumns) { result.set(key.slot, column) }
    for aggregate in states {
      result.set(aggregate.plan.slot, try aggregate.finish(count, state))
    }
    return result
  }

  // MARK: Several workers

  /// The groups of several tables, each fed with other morsels, in the order in which a single table
  /// would have met them; nil when the aggregates cannot be merged exactly.
  static func merged(
    _ tables: [AggregationTable], _ state: ExecutionState
  ) throws(QueryError) -> AggregationTable? {
    guard let first = tables.first else { return nil }
    let merged = AggregationTable(first.plan)
    let maps = try merged.takeGroups(of: tables, state)
    for i in merged.states.indices {
      for (table, map) in zip(tables, maps)
      where try !merged.states[i].merge(&table.states[i], map, merged.groupCount, state) {
        return nil
      }
    }
    return merged
  }

  /// Takes over the keys of all tables, and gives for each table the numbers of its groups here.
  private func takeGroups(
    of tables: [AggregationTable], _ state: ExecutionState
  ) throws(QueryError) -> [[UInt32]] {
    if plan.keys.isEmpty { return tables.map { _ in [0] } }
    var maps = tables.map { [UInt32](repeating: 0, count: $0.groups.count) }
    let keys = tables.map(\.groups.keyColumns)
    var next = [Int](repeating: 0, count: tables.count)
    while true {
      var earliest: (table: Int, morsel: Int)?
      for (i, table) in tables.enumerated() where next[i] < table.ends.count {
        let morsel = table.ends[next[i]].morsel
        if earliest.map({ morsel < $0.morsel }) ?? true { earliest = (i, morsel) }
      }
      guard let (i, _) = earliest else { return maps }
      let start = next[i] == 0 ? 0 : tables[i].ends[next[i] - 1].groups
      let count = tables[i].ends[next[i]].groups - start
      next[i] += 1
      let columns = keys[i].map { $0.slice(start, count: count) }
      try maps[i].withUnsafeMutableBufferPointer { (buffer) throws(QueryError) in
        guard let base = buffer.baseAddress else { return }
        try groups.assign(columns, count: count, into: base + start, state.arena)
      }
    }
  }
}
