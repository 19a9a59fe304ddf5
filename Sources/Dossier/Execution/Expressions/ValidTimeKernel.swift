import DossierSyntax

/// Whether an element is valid at some time of a window.
///
/// The window is a list of its first and its last instant, or null, in which nothing is valid.
final class ValidTimeKernel: ExpressionKernel {
  private let element: ExpressionKernel
  private let subject: ValidTimeSubject
  private let window: ExpressionKernel
  /// Where the window is the same for all rows.
  private let lasting: LastingValidity?
  /// In the graph that is read no such element has a bound.
  private var isUndated = false

  init(_ element: ExpressionKernel, _ subject: ValidTimeSubject, window: ExpressionKernel) {
    self.element = element
    self.subject = subject
    self.window = window
    lasting = LastingValidity(subject, window: window)
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    try selected(batch, state)
  }

  override func select(
    _ batch: Batch, _ state: ExecutionState
  ) throws(QueryError) -> RowIndices? {
    if batch.count == 0 || isUndated { return nil }
    let windows = try window.evaluate(batch, state)
    if windows.isConstant {
      guard let window = ValidTimeWindow(windows.cell(0)) else { return RowIndices([]) }
      let nodes = subject == .relationship ? nil : PeriodReader(nodesOf: state.graph)
      let own = subject == .node ? nodes : PeriodReader(relationshipsOf: state.graph)
      // A graph without dates pays no more than this.
      if own == nil, nodes == nil {
        isUndated = lasting != nil && state.isReadOnly
        return nil
      }
      let elements = try element.evaluate(batch, state)
      let isPlain =
        elements.validity == nil && !elements.isConstant
        && (elements.kind == .node || elements.kind == .relationship)
      if isPlain, let valid = try lasting?.elements(asking: batch.count, state) {
        return Self.rows(batch.count) { valid.select(elements.ids, count: batch.count, into: $0) }
      }
      if isPlain, let own, subject != .relationshipWithEnds || nodes == nil {
        return Self.rows(batch.count) {
          own.select(elements.ids, count: batch.count, in: window, into: $0)
        }
      }
      return selectEach(elements, windows, batch.count, GraphPeriods(state.graph))
    }
    return selectEach(
      try element.evaluate(batch, state), windows, batch.count, GraphPeriods(state.graph))
  }

  private func selectEach(
    _ elements: Column, _ windows: Column, _ count: Int, _ periods: GraphPeriods
  ) -> RowIndices? {
    Self.rows(count) { rows in
      var kept = 0
      for i in 0..<count {
        guard let window = ValidTimeWindow(windows.cell(i)),
          let period = period(of: elements.cell(i), periods), window.meets(period)
        else { continue }
        rows[kept] = UInt32(truncatingIfNeeded: i)
        kept += 1
      }
      return kept
    }
  }

  private func period(of cell: Cell, _ periods: GraphPeriods) -> Period? {
    switch cell.tag {
    case .node: periods.period(node: cell.nodeID.rawValue)
    case .relationship:
      subject == .relationshipWithEnds
        ? periods.period(relationshipWithEnds: cell.relationshipID.rawValue)
        : periods.period(relationship: cell.relationshipID.rawValue)
    default: nil
    }
  }

  private static func rows(
    _ count: Int, _ fill: (UnsafeMutablePointer<UInt32>) -> Int
  ) -> RowIndices? {
    let rows = UnsafeMutablePointer<UInt32>.allocate(capacity: max(count, 1))
    let kept = fill(rows)
    if kept == count {
      rows.deallocate()
      return nil
    }
    return RowIndices(adopting: rows, count: kept)
  }
}

extension ValidElements {
  /// Writes the positions of those of `count` elements that are in the set to `rows`; returns how
  /// many.
  fileprivate func select(
    _ ids: UnsafePointer<UInt32>, count: Int, into rows: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let words = words
    var kept = 0
    for i in 0..<count {
      rows[kept] = UInt32(truncatingIfNeeded: i)
      kept &+= Int(words[Int(ids[i] >> 6)] >> UInt64(ids[i] & 63) & 1)
    }
    return kept
  }
}

extension ValidTimeWindow {
  /// The window that a computed restriction stands for; nil for null and for one that is reversed.
  init?(_ cell: Cell) {
    guard cell.tag == .list, cell.aux == 2 else { return nil }
    let bounds = cell.cells
    guard let first = PeriodBound(bounds[0], .from), let last = PeriodBound(bounds[1], .from) else {
      return nil
    }
    guard first.instant <= last.instant else { return nil }
    self.init(first: first.instant, last: last.instant)
  }
}
