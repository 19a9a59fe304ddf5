import DossierSyntax

/// `Aggregation` over a stretch of a plan that several workers run: each gathers its own groups, which
/// are merged at the end. Groups come in the order in which a single worker would have met them.
final class PhysicalSharedAggregation: PhysicalOperator {
  private let pipeline: ParallelPipeline
  private var slicer: BatchSlicer?

  init(_ pipeline: ParallelPipeline) { self.pipeline = pipeline }

  override func rewind() {
    slicer = nil
    pipeline.rewind()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    if slicer == nil { slicer = BatchSlicer(try aggregated(state)) }
    return slicer?.next(state.batchRows)
  }

  private func aggregated(_ state: ExecutionState) throws(QueryError) -> Batch {
    let tables = try gathered(state, isAlone: pipeline.parallelism.workers == 1)
    if let first = tables.first, tables.count == 1 { return try first.finish(state) }
    if let merged = try AggregationTable.merged(tables, state) { return try merged.finish(state) }
    // Values came whose result depends on the order of the rows.
    pipeline.rewind()
    guard let table = try gathered(state, isAlone: true).first else {
      throw QueryError(.internalError, "an aggregation without a worker")
    }
    return try table.finish(state)
  }

  /// Reads all rows; a table for each worker that took part.
  private func gathered(
    _ state: ExecutionState, isAlone: Bool
  ) throws(QueryError) -> [AggregationTable] {
    let first = pipeline.workers[0]
    for worker in pipeline.workers { worker.table = worker.table.map { AggregationTable($0.plan) } }
    let begun = ExecutionControl.now()
    var (isHelped, refusal): (Bool, QueryError?) = (false, nil)
    gather(first, state) { waited in
      guard !isAlone, !isHelped, refusal == nil,
        pipeline.wantsHelp(
          after: (ExecutionControl.now() - begun - waited) / (hasManyGroups(first) ? 2 : 1))
      else { return }
      do throws(QueryError) {
        try pipeline.hire(state)
        isHelped = true
      } catch { refusal = error }
      if isHelped { pipeline.start { self.gather($0, state) { _ in } } }
    }
    if isHelped { pipeline.join() }
    for worker in pipeline.workers.dropFirst() {
      state.skippedPages += worker.state.skippedPages
      worker.state.skippedPages = 0
    }
    if let error = refusal ?? pipeline.firstError { throw error }
    return pipeline.workers.compactMap(\.table)
  }

  /// Whether most rows bring a group, each of which has to be merged by one thread.
  private func hasManyGroups(_ worker: PipelineWorker) -> Bool {
    (worker.table?.groupCount ?? 0) * 2 > pipeline.source.handedRows
  }

  /// Works on morsels until there are none left. `afterBatch` is called now and then, with the time for
  /// which morsels had to be waited: helpers could not shorten it.
  private func gather(
    _ worker: PipelineWorker, _ state: ExecutionState, _ afterBatch: (Int64) -> Void
  ) {
    guard let table = worker.table else { return }
    var waited: Int64 = 0
    while true {
      let asked = ExecutionControl.now()
      let step = pipeline.source.next(state)
      waited &+= ExecutionControl.now() &- asked
      switch step {
      case .end: return
      case .failed(let index, let error): return pipeline.fail(error, in: index)
      case .morsel(let morsel):
        if pipeline.isInVain(morsel.index) { return }
        worker.begin(morsel)
        do throws(QueryError) {
          while let batch = try worker.root.next(worker.state) {
            try table.add(batch, worker.state)
            if pipeline.isInVain(morsel.index) { return }
            afterBatch(waited)
          }
        } catch { return pipeline.fail(error, in: morsel.index) }
        table.endMorsel(morsel.index)
        afterBatch(waited)
      }
    }
  }
}
