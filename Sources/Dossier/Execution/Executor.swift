import DossierSyntax

/// Runs a plan to its end.
enum Executor {
  /// The answer of a plan over the state's graph; a writing plan changes the state's graph.
  static func run(_ plan: LogicalPlan, _ state: ExecutionState) throws(QueryError) -> QueryResult {
    state.isProfiling = plan.mode == .profile
    let lowering = PlanLowering(state)
    let root = try lowering.lower(statement: plan.root)
    let slots = plan.resultSlots
    var parts: [[Column]] = []
    var counts: [Int] = []
    var resultBytes = 0
    while let batch = try root.next(state) {
      let columns = slots.map { batch.column($0) }
      var bytes = 0
      for column in columns { bytes += column.physicalCount * column.kind.stride }
      try state.arena.charge(bytes)
      resultBytes += bytes
      state.control.add(rows: batch.count)
      if !slots.isEmpty {
        parts.append(columns)
        counts.append(batch.count)
      }
    }
    try state.checkPeriods()
    return QueryResult(
      columns: plan.columns,
      rows: QueryResult.Rows(
        source: ResultRows(parts, counts: counts, arena: state.arena, graph: state.graph)),
      counters: state.counters,
      plan: state.isProfiling ? profile(plan, lowering.profiled, resultBytes) : nil,
      explainedColumns: plan.explainedColumns)
  }

  /// The operator tree with the rows, the time and the memory of each operator, summed over its
  /// workers; the rows of the answer count for the root.
  private static func profile(
    _ plan: LogicalPlan, _ operators: [[PhysicalOperator]], _ resultBytes: Int
  ) -> PlanDescription {
    var lines = plan.explanation.lines
    for (index, workers) in zip(lines.indices, operators) where !workers.isEmpty {
      lines[index].rows = workers.reduce(0) { $0 + $1.givenRows }
      lines[index].seconds = Double(workers.reduce(0) { $0 + $1.nanoseconds }) / 1e9
      lines[index].workers = workers.count
      lines[index].memoryBytes = workers.reduce(0) { $0 + $1.peakBytes }
    }
    if !lines.isEmpty { lines[0].memoryBytes = (lines[0].memoryBytes ?? 0) + resultBytes }
    return PlanDescription(lines: lines)
  }
}
