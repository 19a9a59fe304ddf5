import DossierSyntax

/// `SetProperty` and its siblings: each row's items in order, later rows see earlier changes.
final class PhysicalSet: PhysicalWriteOperator {
  private let assignments: Assignments

  init(_ input: PhysicalOperator, _ assignments: Assignments, kept: [Slot]) {
    self.assignments = assignments
    super.init(input, kept: kept)
  }

  override func write(_ rows: Batch, _ writer: GraphWriter) throws(QueryError) -> Batch {
    try assignments.apply(rows, writer)
    return rows
  }
}

/// A `BoundSetItem` with its expressions ready to be evaluated.
struct SetStep {
  let item: BoundSetItem
  let element: ExpressionKernel
  let value: ExpressionKernel?
}

/// The assignments of a clause.
struct Assignments {
  private let steps: [SetStep]
  private let order: SetOrder

  init(_ steps: [SetStep]) {
    self.steps = steps
    order = SetOrder(steps.map(\.item))
  }

  var isEmpty: Bool { steps.isEmpty }

  /// Makes the assignments for all rows, in order.
  func apply(_ rows: Batch, _ writer: GraphWriter) throws(QueryError) {
    if steps.isEmpty || rows.count == 0 { return }
    if rows.count == 1 { return try applyOne(rows, writer) }
    guard case .batches(let distinct) = order, distinct.allSatisfy({ rows.column($0).isDistinct })
    else { return try applyEach(rows, writer) }
    var slicer = BatchSlicer(rows)
    while let slice = slicer.next(Batch.capacity) {
      let values: [Values]
      do throws(QueryError) {
        values = try evaluate(slice, writer)
      } catch {
        // Rows before the one that fails come first.
        try applyEach(slice, writer)
        continue
      }
      try writer.state.control.check()
      for row in 0..<slice.count {
        for value in values { try value.assign(row, writer) }
      }
    }
  }

  private func applyEach(_ rows: Batch, _ writer: GraphWriter) throws(QueryError) {
    for row in 0..<rows.count {
      if row & 1023 == 0 { try writer.state.control.check() }
      try applyOne(
        Batch(parent: rows, rows: RowIndices([UInt32(truncatingIfNeeded: row)])), writer)
    }
  }

  private func applyOne(_ row: Batch, _ writer: GraphWriter) throws(QueryError) {
    for step in steps { try Values(step, row, writer).assign(0, writer) }
  }

  private func evaluate(
    _ rows: Batch, _ writer: GraphWriter
  ) throws(QueryError) -> [Values] {
    var values: [Values] = []
    for step in steps { values.append(try Values(step, rows, writer)) }
    return values
  }

  /// The values of one assignment for some rows.
  private struct Values {
    private let item: BoundSetItem
    /// The key of a property.
    private let key: PropertyKeyID?
    private let elements: Column
    private let values: RowValues?

    init(_ step: SetStep, _ rows: Batch, _ writer: GraphWriter) throws(QueryError) {
      item = step.item
      elements = try step.element.evaluate(rows, writer.state)
      values = try step.value.map { (value) throws(QueryError) in
        try RowValues(value, rows, writer.state)
      }
      if case .property(_, let name, _, _) = item {
        key = writer.state.graph.catalog.internPropertyKey(name)
      } else {
        key = nil
      }
    }

    func assign(_ row: Int, _ writer: GraphWriter) throws(QueryError) {
      let element = elements.cell(row)
      let value = values?.cell(row) ?? .null
      switch item {
      case .property(_, _, _, let range):
        if let key { try writer.set(element, key, value, range) }
      case .replace(_, _, let range): try writer.replaceAll(element, value, range)
      case .merge(_, _, let range): try writer.setAll(element, value, range)
      case .addLabels(_, let names, let range):
        try writer.changeLabels(element, names, add: true, range)
      case .removeLabels(_, let names, let range):
        try writer.changeLabels(element, names, add: false, range)
      }
    }
  }
}

extension Column {
  /// Whether the column is one of nodes or of relationships, none of them twice; nulls do not count.
  fileprivate var isDistinct: Bool {
    guard kind == .node || kind == .relationship, !isConstant else { return false }
    var found: [UInt32] = []
    found.reserveCapacity(count)
    var ascends = true
    for i in 0..<count where isValid(i) {
      if let last = found.last, last >= ids[i] { ascends = false }
      found.append(ids[i])
    }
    if ascends { return true }
    found.sort()
    for i in 1..<max(found.count, 1) where found[i] == found[i - 1] { return false }
    return true
  }
}
