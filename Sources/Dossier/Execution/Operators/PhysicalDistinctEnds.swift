import DossierSyntax

/// `VarLengthExpand` of which only the distinct end nodes matter: breadth first, each node once.
///
/// For chains of at least 0 or 1 relationships a node is the end of a trail when it is reached at all.
/// A predicate on the relationships is evaluated over all relationships of a level at once.
final class PhysicalDistinctEnds: PhysicalUnaryOperator {
  private let step: ExpandStep
  private let length: VariableLength
  private let predicate: ChainPredicate?
  private var batch: Batch?
  private var near: Column?
  private var row = 0
  private var slicer: BatchSlicer?
  /// The nodes reached for the row at hand.
  private var reached: NodeWeights?
  private var levels: [UInt32] = []
  private let candidates = ChainCandidates()
  /// Relationships that were tested since valid ones were asked for.
  private var tested = 0

  init(
    _ input: PhysicalOperator, _ step: ExpandStep, _ length: VariableLength,
    predicate: ChainPredicate?
  ) {
    self.step = step
    self.length = length
    self.predicate = predicate
    super.init(input)
  }

  override func rewind() {
    batch = nil
    slicer = nil
    super.rewind()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    if let result = slicer?.next(state.batchRows) { return result }
    slicer = nil
    if batch == nil {
      guard let next = try input.next(state) else { return nil }
      batch = next
      near = try next.column(step.from).nodeIDs()
      row = 0
    }
    guard let batch else { return nil }
    slicer = BatchSlicer(try ends(batch, state))
    if row == batch.count { self.batch = nil }
    return slicer?.next(state.batchRows) ?? Batch(count: 0, slotCount: state.slotCount)
  }

  /// The ends of the next rows, until there is a batch of them.
  private func ends(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Batch {
    let adjacency = StepAdjacency(step.types, step.direction, state.graph)
    let labels = step.toLabels.compactMap { state.graph.catalog.label($0) }
    let isPossible = labels.count == step.toLabels.count
    let reader = LabelReader(labels, state.graph)
    var rows: [UInt32] = []
    var found: [UInt32] = []
    while row < batch.count, found.count < state.batchRows {
      defer { row += 1 }
      guard isPossible, let near, near.isValid(row) else { continue }
      try walk(from: near.ids[row], batch, adjacency, state)
      for node in levels where reader.accepts(node) {
        rows.append(UInt32(truncatingIfNeeded: row))
        found.append(node)
      }
    }
    let result = Batch(parent: batch, rows: RowIndices(rows))
    result.set(step.to, Column(ids: found, .node))
    return result
  }

  /// Writes the nodes reached from a node to `levels`, nearest first.
  private func walk(
    from start: UInt32, _ batch: Batch, _ adjacency: StepAdjacency, _ state: ExecutionState
  ) throws(QueryError) {
    if reached == nil {
      try state.arena.charge(state.graph.nodeIDBound * MemoryLayout<Int64>.stride)
      reached = NodeWeights(count: state.graph.nodeIDBound)
    }
    guard let reached else { throw QueryError(.memoryLimit, "no memory for marks of nodes") }
    levels.removeAll(keepingCapacity: true)
    if length.minimum == 0 {
      reached.add(start, 1)
      levels.append(start)
    }
    defer { for node in levels { reached.clear(node) } }
    var frontier = [start]
    var depth = 0
    while !frontier.isEmpty, length.maximum.map({ depth < $0 }) ?? true {
      depth += 1
      try state.control.check()
      let first = levels.count
      if let predicate, let valid = try valid(predicate, state), predicate.others == nil {
        expand(frontier, adjacency, reached, valid)
      } else if let predicate {
        try expand(frontier, predicate, batch, adjacency, reached, state)
      } else {
        expand(frontier, adjacency, reached)
      }
      // The first node has been expanded, whether or not a cycle leads back to it.
      frontier = levels[first...].filter { $0 != start }
    }
  }

  private func expand(_ frontier: [UInt32], _ adjacency: StepAdjacency, _ reached: NodeWeights) {
    for part in adjacency.parts {
      for node in frontier {
        let list = part.reader.neighbours(of: node)
        for i in 0..<list.count where reached.total(list.neighbours[i]) == 0 {
          let neighbour = list.neighbours[i]
          reached.add(neighbour, 1)
          levels.append(neighbour)
        }
      }
    }
  }

  /// Which relationships are valid, as soon as many were walked along.
  private func valid(
    _ predicate: ChainPredicate, _ state: ExecutionState
  ) throws(QueryError) -> ValidElements? {
    guard let validity = predicate.validity else { return nil }
    defer { tested = 0 }
    return try validity.elements(asking: tested, state)
  }

  private func expand(
    _ frontier: [UInt32], _ adjacency: StepAdjacency, _ reached: NodeWeights, _ valid: ValidElements
  ) {
    for part in adjacency.parts {
      for node in frontier {
        let list = part.reader.neighbours(of: node)
        for i in 0..<list.count {
          let neighbour = list.neighbours[i]
          if reached.total(neighbour) != 0 || !valid.contains(list.relationships[i]) { continue }
          reached.add(neighbour, 1)
          levels.append(neighbour)
        }
      }
    }
  }

  private func expand(
    _ frontier: [UInt32], _ predicate: ChainPredicate, _ batch: Batch,
    _ adjacency: StepAdjacency, _ reached: NodeWeights, _ state: ExecutionState
  ) throws(QueryError) {
    let candidates = candidates
    candidates.removeAll()
    for node in frontier {
      adjacency.forEach(node) { neighbour, relationship in
        if reached.total(neighbour) != 0 { return }
        candidates.append(neighbour, relationship)
      }
    }
    tested += candidates.count
    try predicate.keep(in: candidates, row: row, of: batch, adjacency, state)
    for i in 0..<candidates.count {
      let neighbour = candidates.neighbours.base[i]
      if reached.total(neighbour) != 0 { continue }
      reached.add(neighbour, 1)
      levels.append(neighbour)
    }
  }
}
