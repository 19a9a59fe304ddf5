import DossierSyntax

/// The number of matches of a pattern that hangs off a node, without finding them one by one.
final class PatternCountKernel: ExpressionKernel {
  private let root: ExpressionKernel
  private let terms: [CountTerm]
  private let builder: CountTermBuilder
  private var counted: [CountedTerm]?
  /// The terms where degrees are all that is asked, for rows of one page of nodes.
  private var swept: [SweptTerm]?
  private var sweep: CountSweep?
  private let worker = SweepWorker()

  /// Fewer rows are looked at one by one.
  private static let pageRows = 256

  init(_ root: ExpressionKernel, _ terms: [CountTerm], _ builder: CountTermBuilder) {
    self.root = root
    self.terms = terms
    self.builder = builder
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let nodes = try root.evaluate(batch, state).nodeIDs()
    // What was counted holds for one version of the graph.
    if counted == nil || !state.isReadOnly {
      counted = try builder.build(terms, state)
      swept = try builder.degrees(terms, state)
      sweep = CountSweep(state)
    }
    var ids: [UInt32] = []
    ids.reserveCapacity(batch.count)
    for row in 0..<batch.count where nodes.isValid(row) { ids.append(nodes.ids[row]) }
    let totals =
      if let totals = try pageTotals(ids) { totals } else {
        try CountedTerm.total(counted ?? [], ids, state)
      }
    let result = Column(.integer, count: batch.count)
    var next = 0
    for row in 0..<batch.count {
      result.integers[row] = nodes.isValid(row) ? totals[next] : 0
      next += nodes.isValid(row) ? 1 : 0
    }
    return result
  }

  /// The totals of nodes that are many of one page; nil for others, and when a number is too large.
  private func pageTotals(_ ids: [UInt32]) throws(QueryError) -> [Int64]? {
    guard let swept, let sweep, ids.count >= Self.pageRows, let first = ids.first else {
      return nil
    }
    let page = Int(first) >> Page.shift
    guard page < sweep.pageCount, ids.allSatisfy({ Int($0) >> Page.shift == page }) else {
      return nil
    }
    var totals = [Int64](repeating: 0, count: ids.count)
    let numbers = worker.take()
    defer { worker.give(numbers) }
    do throws(QueryError) {
      for term in swept {
        try term.root.fill(page, numbers, worker, sweep)
        if numbers.isZero { continue }
        for i in ids.indices {
          let part = try product(numbers.base[Int(ids[i]) & Page.mask], term.coefficient)
          totals[i] = try sum(totals[i], part)
        }
      }
    } catch {
      if error.code == .integerOverflowAtRuntime { return nil }
      throw error
    }
    return totals
  }
}
