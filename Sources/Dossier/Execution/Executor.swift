import DossierSyntax

/// Runs a plan to its end.
enum Executor {
  /// The answer of a plan over the state's graph; a writing plan changes the state's graph.
  ///
  /// `kept` are the plan's operators from the run before, and afterwards those for the next run where
  /// `keeps` allows it.
  static func run(
    _ plan: LogicalPlan, _ state: ExecutionState, kept: inout LoweredPlan?, keeps: Bool
  ) throws(QueryError) -> QueryResult {
    state.isProfiling = plan.mode == .profile
    if let lowered = kept, lowered.serves(state) {
      // After an error the operators are not used any more.
      kept = nil
      state.slotCount = lowered.slotCount
      let result = try run(plan, lowered, state, nil)
      lowered.root.rest()
      kept = lowered
      return result
    }
    kept = nil
    let lowering = PlanLowering(state, constants: Arena())
    defer { lowering.profiled = [] }
    let lowered = try LoweredPlan(plan, lowering)
    let result = try run(plan, lowered, state, lowering)
    if keeps, !lowered.isParallel {
      lowered.root.rest()
      kept = lowered
    }
    return result
  }

  private static func run(
    _ plan: LogicalPlan, _ lowered: LoweredPlan, _ state: ExecutionState,
    _ lowering: PlanLowering?
  ) throws(QueryError) -> QueryResult {
    state.arena.keep(lowered.constants)
    let root = lowered.root
    let slots = lowered.resultSlots
    var parts: [ResultRows.Part] = []
    var count = 0
    var resultBytes = 0
    while let batch = try root.next(state) {
      let columns = slots.map { batch.column($0) }
      var bytes = 0
      for column in columns { bytes += column.physicalCount * column.kind.stride }
      try state.arena.charge(bytes)
      resultBytes += bytes
      state.control.add(rows: batch.count)
      if !slots.isEmpty {
        parts.append(ResultRows.Part(start: count, columns: columns))
        count += batch.count
      }
    }
    try state.checkPeriods()
    return QueryResult(
      columns: plan.columns,
      rows: QueryResult.Rows(
        source: ResultRows(parts, count: count, state)),
      counters: state.counters,
      plan: state.isProfiling ? profile(plan, lowering?.profiled ?? [], resultBytes) : nil,
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
      lines[index].skippedPages = workers.reduce(0) { $0 + $1.skippedPages }
    }
    if !lines.isEmpty { lines[0].memoryBytes = (lines[0].memoryBytes ?? 0) + resultBytes }
    return PlanDescription(lines: lines)
  }
}
