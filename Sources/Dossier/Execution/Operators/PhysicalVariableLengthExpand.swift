import DossierSyntax

/// `VarLengthExpand`: chains of relationships that use no relationship twice (trails), depth first.
///
/// A predicate on the relationships is evaluated over all relationships of a node at once.
final class PhysicalVariableLengthExpand: PhysicalUnaryOperator {
  private let step: ExpandStep
  private let length: VariableLength
  private let predicate: ExpressionKernel?
  private var batch: Batch?
  private var near: Column?
  private var far: Column?
  private var others: [Column] = []
  private var adjacency: StepAdjacency?
  /// What ends must have; nil when a label is unknown, so that no node has it.
  private var labels: LabelReader?
  private var row = 0
  /// The chain from the row's node to where the walk stands; empty before the row is begun.
  private var frames: [Frame] = []
  private var chain: [UInt32] = []
  private var excluded: Set<UInt32> = []
  private var begun = false

  /// A node on the chain with the relationships that may follow.
  private struct Frame {
    var node: UInt32
    var relationships: [UInt32]
    var neighbours: [UInt32]
    var position = 0
  }

  /// Somebody reads the relationships.
  private let makesLists: Bool

  init(
    _ input: PhysicalOperator, _ step: ExpandStep, _ length: VariableLength,
    predicate: ExpressionKernel?, makesLists: Bool
  ) {
    self.makesLists = makesLists
    self.step = step
    self.length = length
    self.predicate = predicate
    super.init(input)
  }

  override func rewind() {
    batch = nil
    frames = []
    chain = []
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
    adjacency = StepAdjacency(step.types, step.direction, state.graph)
    let known = step.toLabels.compactMap { state.graph.catalog.label($0) }
    labels = known.count == step.toLabels.count ? LabelReader(known, state.graph) : nil
    row = 0
    begun = false
  }

  private func fill(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Batch? {
    guard row < batch.count else { return nil }
    var rows: [UInt32] = []
    var ends: [UInt32] = []
    var lists: [Cell] = []
    var steps = 0
    while row < batch.count, rows.count < state.batchRows {
      steps += 1
      if steps & 4095 == 0 { try state.control.check() }
      guard let end = try nextEnd(batch, state) else {
        row += 1
        begun = false
        continue
      }
      guard accepts(end) else { continue }
      rows.append(UInt32(truncatingIfNeeded: row))
      ends.append(end)
      if makesLists { lists.append(try relationshipList(state.arena)) }
    }
    let result = Batch(parent: batch, rows: RowIndices(rows))
    if !step.toIsBound { result.set(step.to, Column(ids: ends, .node)) }
    if makesLists {
      let column = Column(.cell, count: lists.count)
      for (i, list) in lists.enumerated() { column.cells[i] = list }
      result.set(step.relationship, column)
    }
    return result
  }

  /// Moves to the next chain of the row that is long enough and gives its end; nil at the end.
  private func nextEnd(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> UInt32? {
    guard let near, near.isValid(row) else { return nil }
    if !begun {
      begun = true
      chain = []
      excluded = excludedRelationships()
      frames = [try frame(near.ids[row], batch, state)]
      if length.minimum == 0 { return near.ids[row] }
    }
    while let top = frames.indices.last {
      let position = frames[top].position
      guard position < frames[top].relationships.count else {
        frames.removeLast()
        _ = chain.popLast()
        continue
      }
      frames[top].position += 1
      let relationship = frames[top].relationships[position]
      if chain.contains(relationship) { continue }
      let node = frames[top].neighbours[position]
      chain.append(relationship)
      frames.append(try frame(node, batch, state))
      if chain.count >= length.minimum { return node }
    }
    return nil
  }

  /// The relationships that may follow at a node; none when the chain is as long as it may be.
  private func frame(
    _ node: UInt32, _ batch: Batch, _ state: ExecutionState
  ) throws(QueryError) -> Frame {
    var frame = Frame(node: node, relationships: [], neighbours: [])
    if let maximum = length.maximum, chain.count >= maximum { return frame }
    guard chain.count < 1 << 24 else {
      throw QueryError(.memoryLimit, "a path is longer than 16,777,216 relationships")
    }
    adjacency?.forEach(node) { neighbour, relationship in
      if excluded.contains(relationship) { return }
      frame.relationships.append(relationship)
      frame.neighbours.append(neighbour)
    }
    guard let predicate, !frame.relationships.isEmpty else { return frame }
    let rows = [UInt32](
      repeating: UInt32(truncatingIfNeeded: row), count: frame.relationships.count)
    let candidates = Batch(parent: batch, rows: RowIndices(rows))
    candidates.set(length.element, Column(ids: frame.relationships, .relationship))
    guard let kept = try predicate.select(candidates, state) else { return frame }
    let chosen = (0..<kept.count).map { Int(kept.base[$0]) }
    frame.relationships = chosen.map { frame.relationships[$0] }
    frame.neighbours = chosen.map { frame.neighbours[$0] }
    return frame
  }

  private func excludedRelationships() -> Set<UInt32> {
    var found: Set<UInt32> = []
    for column in others {
      let cell = column.cell(row)
      if cell.tag == .relationship { found.insert(cell.relationshipID.rawValue) }
      if cell.tag == .list { for one in cell.cells { found.insert(one.relationshipID.rawValue) } }
    }
    return found
  }

  private func accepts(_ end: UInt32) -> Bool {
    if let far, !(far.isValid(row) && far.ids[row] == end) { return false }
    return labels?.accepts(end) ?? false
  }

  private func relationshipList(_ arena: Arena) throws(QueryError) -> Cell {
    let target = try arena.cells(chain.count)
    for (i, relationship) in chain.enumerated() {
      let position = step.reversed ? chain.count - 1 - i : i
      target[position] = Cell(RelationshipID(rawValue: relationship))
    }
    return try arena.list(at: target, count: chain.count)
  }
}
