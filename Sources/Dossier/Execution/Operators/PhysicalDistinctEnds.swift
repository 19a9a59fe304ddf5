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
  private var adjacency: StepAdjacency?
  /// What ends must have; nil when a label is unknown, so that no node has it.
  private var labels: LabelReader?
  private var row = 0
  /// The row's ends, nearest first, and how many of them were passed on.
  private let ends = IDBuffer()
  private var passed = 0
  /// The nodes reached for the row at hand; empty between rows.
  private var reached: IDBitmap?
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
    let adjacency = StepAdjacency(step.types, step.direction, state.graph)
    self.adjacency = adjacency
    let known = step.toLabels.compactMap { state.graph.catalog.label($0) }
    let tested =
      length.minimum == 0 ? known : known.filter { !adjacency.implies($0, state.graph) }
    labels = known.count == step.toLabels.count ? LabelReader(tested, state.graph) : nil
    row = 0
    ends.removeAll()
    passed = 0
  }

  /// The ends of the next rows, up to a batch of them; nil when the input batch is used up.
  private func fill(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Batch? {
    guard let near, let labels else { return nil }
    let rows = IDBuffer(capacity: min(state.batchRows, Batch.capacity))
    let found = IDBuffer(capacity: min(state.batchRows, Batch.capacity))
    while rows.count < state.batchRows {
      if passed == ends.count {
        if row == batch.count { break }
        ends.removeAll()
        passed = 0
        if near.isValid(row) {
          try walk(from: near.ids[row], batch, state)
          keepLabelled(labels)
        }
        row += 1
        continue
      }
      let taken = min(ends.count - passed, state.batchRows - rows.count)
      rows.append(repeating: UInt32(truncatingIfNeeded: row - 1), count: taken)
      found.append(from: ends.base + passed, count: taken)
      passed += taken
    }
    if rows.count == 0 { return nil }
    let result = Batch(parent: batch, rows: rows.indices)
    result.set(step.to, found.column(.node))
    return result
  }

  private func keepLabelled(_ labels: LabelReader) {
    if labels.isTrivial { return }
    let ids = ends.base
    var kept = 0
    for i in 0..<ends.count where labels.accepts(ids[i]) {
      ids[kept] = ids[i]
      kept &+= 1
    }
    ends.keepFirst(kept)
  }

  /// Writes the nodes reached from a node to `ends`.
  private func walk(
    from start: UInt32, _ batch: Batch, _ state: ExecutionState
  ) throws(QueryError) {
    guard let adjacency else { return }
    if reached.map({ $0.count < state.graph.nodeIDBound }) ?? true {
      reached = try IDBitmap(count: state.graph.nodeIDBound, state.arena)
    }
    guard let reached else { return }
    defer { for i in 0..<ends.count { reached.remove(ends.base[i]) } }
    // The first node is gone on from at once, whether or not a cycle leads back to it.
    var level = 0..<0
    if length.minimum == 0 {
      _ = reached.inserted(start)
      ends.append(start)
      level = 0..<1
    }
    var depth = 0
    while depth == 0 || !level.isEmpty, length.maximum.map({ depth < $0 }) ?? true {
      try state.control.check()
      let isFirst = depth == 0
      depth += 1
      let begin = ends.count
      if let predicate, let valid = try valid(predicate, state), predicate.others == nil {
        expand(isFirst ? nil : level, start, adjacency, reached, valid)
      } else if let predicate {
        try expand(isFirst ? nil : level, start, predicate, batch, adjacency, reached, state)
      } else if isFirst {
        for part in adjacency.parts { expand(start, part.reader, reached) }
      } else {
        expand(level, except: start, adjacency, reached)
      }
      level = begin..<ends.count
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

  /// Goes on from the nodes of a level, or from the first node, along valid relationships.
  private func expand(
    _ level: Range<Int>?, _ start: UInt32, _ adjacency: StepAdjacency, _ reached: IDBitmap,
    _ valid: ValidElements
  ) {
    for part in adjacency.parts {
      let lists = part.reader
      guard let level else {
        expand(start, lists, reached, valid)
        continue
      }
      for place in level where ends.base[place] != start {
        expand(ends.base[place], lists, reached, valid)
      }
    }
  }

  private func expand(
    _ node: UInt32, _ lists: AdjacencyLists, _ reached: IDBitmap, _ valid: ValidElements
  ) {
    let list = lists.neighbours(of: node)
    for i in 0..<list.count where valid.contains(list.relationships[i]) {
      if reached.inserted(list.neighbours[i]) != 0 { ends.append(list.neighbours[i]) }
    }
  }

  /// Goes on from the nodes of a level.
  private func expand(
    _ level: Range<Int>, except start: UInt32, _ adjacency: StepAdjacency, _ reached: IDBitmap
  ) {
    for part in adjacency.parts {
      let lists = part.reader
      for place in level where ends.base[place] != start {
        expand(ends.base[place], lists, reached)
      }
    }
  }

  @inline(__always)
  private func expand(_ node: UInt32, _ lists: AdjacencyLists, _ reached: IDBitmap) {
    let list = lists.neighbours(of: node)
    ends.reserve(list.count)
    let target = ends.base + ends.count
    var found = 0
    for i in 0..<list.count {
      let neighbour = list.neighbours[i]
      target[found] = neighbour
      found &+= reached.inserted(neighbour)
    }
    ends.extend(by: found)
  }

  /// Goes on from the nodes of a level, or from the first node, along relationships that satisfy the
  /// predicate.
  private func expand(
    _ level: Range<Int>?, _ start: UInt32, _ predicate: ChainPredicate, _ batch: Batch,
    _ adjacency: StepAdjacency, _ reached: IDBitmap, _ state: ExecutionState
  ) throws(QueryError) {
    let candidates = candidates
    candidates.removeAll()
    let collect = { (node: UInt32) in
      adjacency.forEach(node) { neighbour, relationship in
        if !reached.contains(neighbour) { candidates.append(neighbour, relationship) }
      }
    }
    if let level {
      for place in level where ends.base[place] != start { collect(ends.base[place]) }
    } else {
      collect(start)
    }
    tested += candidates.count
    try predicate.keep(in: candidates, row: row, of: batch, adjacency, state)
    for i in 0..<candidates.count {
      let neighbour = candidates.neighbours.base[i]
      if reached.inserted(neighbour) == 1 { ends.append(neighbour) }
    }
  }
}
