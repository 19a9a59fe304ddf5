import DossierSyntax

/// `VarLengthExpand`: chains of relationships that use no relationship twice (trails), depth first.
final class PhysicalVariableLengthExpand: PhysicalUnaryOperator {
  private let step: ExpandStep
  private let length: VariableLength
  private let predicate: ChainPredicate?
  /// In which instant relationships that share one have it.
  private let window: ExpressionKernel?
  private var windows: Column?
  /// Somebody reads the relationships.
  private let makesLists: Bool
  private var batch: Batch?
  private var near: Column?
  private var far: Column?
  private var others: [Column] = []
  private var walk: TrailWalk?
  /// What ends must have; nil when a label is unknown, so that no node has it.
  private var labels: LabelReader?
  private var row = 0
  /// The walk from the row's node has begun.
  private var begun = false

  init(
    _ input: PhysicalOperator, _ step: ExpandStep, _ length: VariableLength,
    predicate: ChainPredicate?, window: ExpressionKernel?, makesLists: Bool
  ) {
    self.window = window
    self.makesLists = makesLists
    self.step = step
    self.length = length
    self.predicate = predicate
    super.init(input)
  }

  override func rewind() {
    batch = nil
    begun = false
    super.rewind()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    while true {
      if batch == nil {
        guard let next = try input.next(state) else { return nil }
        try begin(next, state)
      }
      guard let batch else { return nil }
      if let result = try fill(batch, state) { return result }
      self.batch = nil
    }
  }

  private func begin(_ next: Batch, _ state: ExecutionState) throws(QueryError) {
    batch = next
    near = try next.column(step.from).nodeIDs()
    far = step.toIsBound ? try next.column(step.to).nodeIDs() : nil
    others = step.different.map { next.column($0) }
    windows = try window?.evaluate(next, state)
    let known = step.toLabels.compactMap { state.graph.catalog.label($0) }
    labels = known.count == step.toLabels.count ? LabelReader(known, state.graph) : nil
    if walk == nil || !state.isReadOnly {
      walk = try TrailWalk(
        StepAdjacency(step.types, step.direction, state.graph), length, predicate,
        backward: step.toIsBound
          ? StepAdjacency(step.types, step.direction, state.graph, reversed: true) : nil, state)
    }
    row = 0
    begun = false
  }

  private func fill(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Batch? {
    guard row < batch.count, let near, let walk else { return nil }
    let rows = IDBuffer()
    let ends = IDBuffer()
    var lists: [Cell] = []
    while row < batch.count, rows.count < state.batchRows {
      guard near.isValid(row), let end = try nextEnd(walk, near.ids[row], batch, state) else {
        row += 1
        begun = false
        continue
      }
      guard accepts(end) else { continue }
      rows.append(UInt32(truncatingIfNeeded: row))
      ends.append(end)
      if makesLists { lists.append(try relationshipList(walk, state.arena)) }
    }
    let result = Batch(parent: batch, rows: rows.indices)
    if !step.toIsBound { result.set(step.to, ends.column(.node)) }
    if makesLists {
      let column = Column(.cell, count: lists.count)
      for (i, list) in lists.enumerated() { column.cells[i] = list }
      result.set(step.relationship, column)
    }
    return result
  }

  /// Moves to the next chain of the row that is long enough and gives its end; nil at the end.
  @inline(__always)
  private func nextEnd(
    _ walk: TrailWalk, _ node: UInt32, _ batch: Batch, _ state: ExecutionState
  ) throws(QueryError) -> UInt32? {
    if begun { return try walk.next(row: row, of: batch, state) }
    begun = true
    try walk.begin(
      at: node, to: far.flatMap { $0.isValid(row) ? $0.ids[row] : nil },
      excluding: excludedRelationships(), row: row, of: batch, in: Period(windows?.cell(row)), state
    )
    return length.minimum == 0 ? node : try walk.next(row: row, of: batch, state)
  }

  private func excludedRelationships() -> [UInt32] {
    var found: [UInt32] = []
    for column in others {
      let cell = column.cell(row)
      if cell.tag == .relationship { found.append(cell.relationshipID.rawValue) }
      if cell.tag == .list { for one in cell.cells { found.append(one.relationshipID.rawValue) } }
    }
    return found
  }

  @inline(__always)
  private func accepts(_ end: UInt32) -> Bool {
    if let far, !(far.isValid(row) && far.ids[row] == end) { return false }
    return labels?.accepts(end) ?? false
  }

  private func relationshipList(_ walk: TrailWalk, _ arena: Arena) throws(QueryError) -> Cell {
    let chain = walk.relationships
    let target = try arena.cells(chain.count)
    for (i, relationship) in chain.enumerated() {
      let position = step.reversed ? chain.count - 1 - i : i
      target[position] = Cell(RelationshipID(rawValue: relationship))
    }
    return try arena.list(at: target, count: chain.count)
  }
}
