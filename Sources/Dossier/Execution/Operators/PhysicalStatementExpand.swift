import DossierSyntax

/// `StatementExpand`: along relationships that begin or end at a relationship. The near element is
/// bound, the far one and the relationship may be.
final class PhysicalStatementExpand: PhysicalUnaryOperator {
  private let step: ExpandStep
  private var batch: Batch?
  private var slicer: BatchSlicer?
  private let rows = IDBuffer()
  private let found = IDBuffer()
  private let ends = IDBuffer()

  init(_ input: PhysicalOperator, _ step: ExpandStep) {
    self.step = step
    super.init(input)
  }

  override func rewind() {
    slicer = nil
    super.rewind()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    if let result = slicer?.next(state.batchRows) { return result }
    slicer = nil
    guard let batch = try input.next(state) else { return nil }
    for buffer in [rows, found, ends] { buffer.removeAll() }
    if step.relationshipIsBound {
      try follow(batch, state)
    } else {
      try find(batch, state)
    }
    let result = Batch(parent: batch, rows: rows.indices)
    if !step.relationshipIsBound { result.set(step.relationship, found.column(.relationship)) }
    if !step.toIsBound {
      result.set(step.to, ends.column(step.ends.end == .node ? .node : .relationship))
    }
    slicer = BatchSlicer(step.keepingDifferent(result))
    return slicer?.next(state.batchRows) ?? Batch(count: 0, slotCount: state.slotCount)
  }

  /// The relationships at the near element of each row.
  private func find(_ batch: Batch, _ state: ExecutionState) throws(QueryError) {
    let adjacency = StepAdjacency(step.types, step.direction, step.ends, state.graph)
    let test = try FarTest(step, batch, state.graph)
    let near = batch.column(step.from)
    for row in 0..<batch.count {
      if row & 1023 == 0 { try state.control.check() }
      guard let element = try near.cell(row).end(step.ends.start) else { continue }
      adjacency.forEach(element.rawValue) { far, relationship in
        if test.accepts(far, row: row) { append(row, relationship, far) }
      }
    }
  }

  /// The relationship that each row has already.
  private func follow(_ batch: Batch, _ state: ExecutionState) throws(QueryError) {
    let graph = state.graph
    let types = step.types.flatMap { graph.catalog.relationshipTypes(named: $0) }
    let test = try FarTest(step, batch, graph)
    let (near, relationships) = (batch.column(step.from), batch.column(step.relationship))
    for row in 0..<batch.count {
      let cell = relationships.cell(row)
      guard let element = try near.cell(row).end(step.ends.start), cell.tag == .relationship,
        graph.contains(cell.relationshipID),
        step.types.isEmpty || types.contains(graph.ends(of: cell.relationshipID).type),
        let far = step.reached(from: element, graph.endElements(of: cell.relationshipID)),
        test.accepts(far.rawValue, row: row)
      else { continue }
      append(row, cell.relationshipID.rawValue, far.rawValue)
    }
  }

  private func append(_ row: Int, _ relationship: UInt32, _ far: UInt32) {
    rows.append(UInt32(truncatingIfNeeded: row))
    found.append(relationship)
    ends.append(far)
  }
}

/// What the far element of a step must be: the one that its row has, or a node with labels.
private struct FarTest {
  private let bound: Column?
  private let kind: ElementKind
  private let labels: LabelReader?
  private let isPossible: Bool

  init(_ step: ExpandStep, _ batch: Batch, _ graph: Graph) throws(QueryError) {
    bound = step.toIsBound ? batch.column(step.to) : nil
    kind = step.ends.end
    let known = step.toLabels.compactMap { graph.catalog.label($0) }
    labels = known.isEmpty ? nil : LabelReader(known, graph)
    isPossible = known.count == step.toLabels.count
  }

  func accepts(_ far: UInt32, row: Int) -> Bool {
    if let bound, bound.cell(row).element(kind)?.rawValue != far { return false }
    return isPossible && labels?.accepts(far) ?? true
  }
}

extension ExpandStep {
  /// The far element when one goes along a relationship from its near one; nil when that is not
  /// where it begins, or not what the step leads to.
  fileprivate func reached(
    from near: ElementID, _ edge: (start: ElementID, end: ElementID)
  ) -> ElementID? {
    if direction != .incoming, edge.start == near, edge.end.kind == ends.end { return edge.end }
    if direction != .outgoing, edge.end == near, edge.start.kind == ends.end { return edge.start }
    return nil
  }
}

extension Cell {
  /// The element at an end of a pattern; nil for null. Errors: `invalidArgumentTypeAtRuntime`.
  fileprivate func end(_ kind: ElementKind) throws(QueryError) -> ElementID? {
    if isNull { return nil }
    guard let element = element(kind) else {
      throw QueryError(
        .invalidArgumentTypeAtRuntime, "expected a \(kind) in the pattern, found \(typeName)")
    }
    return element
  }
}
