import DossierSyntax

/// `PatternCount`: one row with the numbers of matches of patterns, over all nodes that have the labels.
///
/// The graph is swept page by page. Where the nodes are few, each is looked at by itself; the same
/// happens when a number met on the way is too large, for it may belong to a node that no match reaches.
final class PhysicalPatternCount: PhysicalOperator {
  struct Count {
    let slot: Slot
    let terms: [CountTerm]
    /// Where the pattern is counted; nil for the whole graph.
    let part: ValidPart?
  }

  private let labels: [String]
  private let counts: [Count]
  private let builder: CountTermBuilder
  private var isDone = false

  init(labels: [String], _ counts: [Count], _ builder: CountTermBuilder) {
    self.labels = labels
    self.counts = counts
    self.builder = builder
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    if isDone { return nil }
    isDone = true
    let batch = Batch(count: 1, slotCount: state.slotCount)
    for count in counts {
      let column = Column(.integer, count: 1)
      column.integers[0] = 0
      if let part = count.part {
        if let valid = try part.state(within: state) {
          column.integers[0] = try number(count.terms, valid)
        }
      } else {
        column.integers[0] = try number(count.terms, state)
      }
      batch.set(count.slot, column)
    }
    return batch
  }

  private func number(
    _ terms: [CountTerm], _ state: ExecutionState
  ) throws(QueryError) -> Int64 {
    do throws(QueryError) {
      if let swept = try builder.sweep(terms, from: labels, state) {
        return try CountSweep(state).total(swept)
      }
    } catch {
      guard error.code == .integerOverflowAtRuntime else { throw error }
    }
    return try countOneByOne(terms, state)
  }

  private func countOneByOne(
    _ terms: [CountTerm], _ state: ExecutionState
  ) throws(QueryError) -> Int64 {
    let known = labels.compactMap { state.graph.catalog.label($0) }
    guard known.count == labels.count else { return 0 }
    let counted = try builder.build(terms, state)
    var result: Int64 = 0
    let ids = Column(.node, count: Page.rows)
    for page in 0..<state.graph.nodePageCount {
      let found = state.graph.scanNodes(page: page, labels: known, into: ids.ids)
      if found == 0 { continue }
      try state.control.check()
      let nodes = Array(UnsafeBufferPointer(start: ids.ids, count: found))
      for number in try CountedTerm.total(counted, nodes, state) {
        result = try sum(result, number)
      }
    }
    return result
  }

  override func rewind() { isDone = false }
}
