import DossierSyntax

/// `Expand`: from the node of each row to its neighbours, one output row per relationship.
final class PhysicalExpand: PhysicalUnaryOperator {
  private let step: ExpandStep
  /// Somebody reads the relationships.
  private let makesRelationships: Bool
  private var batch: Batch?
  private var nodes: Column?
  private var adjacency: StepAdjacency?
  /// Labels of the far node that its place does not imply.
  private var labels: LabelReader?
  /// What was read ahead of time; of no meaning.
  private var touched = 0
  /// Where the walk stands: row, adjacency part, position in its list.
  private var row = 0
  private var part = 0
  private var offset = 0

  init(_ input: PhysicalOperator, _ step: ExpandStep, makesRelationships: Bool) {
    self.step = step
    self.makesRelationships = makesRelationships || !step.different.isEmpty
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
      if let result = fill(batch, state) { return step.keepingDifferent(result) }
      self.batch = nil
    }
  }

  private func begin(_ next: Batch, _ state: ExecutionState) throws(QueryError) {
    batch = next
    nodes = try next.column(step.from).nodeIDs()
    adjacency = StepAdjacency(step.types, step.direction, state.graph)
    row = 0
    part = 0
    offset = 0
    let found = step.toLabels.compactMap { state.graph.catalog.label($0) }
    let tested = found.filter { !step.implies($0, state.graph) }
    labels = tested.isEmpty ? nil : LabelReader(tested, state.graph)
    if found.count != step.toLabels.count { row = next.count }
  }

  /// Up to a batch of neighbours; nil when the input batch is used up.
  private func fill(_ batch: Batch, _ state: ExecutionState) -> Batch? {
    guard let adjacency, let nodes, row < batch.count else { return nil }
    let capacity = state.batchRows
    let rows = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
    let neighbours = Column(.node, count: capacity)
    let relationships = Column(.relationship, count: makesRelationships ? capacity : 0)
    var n = 0
    if let lists = adjacency.plainLists, nodes.validity == nil {
      n = copyRuns(
        lists, nodes.ids, batch.count, neighbours.ids,
        makesRelationships ? relationships.ids : nil, rows, capacity)
    }
    while row < batch.count, n < capacity {
      guard nodes.isValid(row), part < adjacency.parts.count else {
        row += 1
        part = 0
        offset = 0
        continue
      }
      n += copyRun(
        adjacency.parts[part], node: nodes.ids[row], neighbours.ids + n,
        makesRelationships ? relationships.ids + n : nil, rows + n, capacity - n)
    }
    if let labels {
      n = keep(
        labels, neighbours.ids, makesRelationships ? relationships.ids : nil, rows, n)
    }
    let result = Batch(parent: batch, rows: RowIndices(adopting: rows, count: n))
    result.set(step.to, Column(prefix: n, of: neighbours))
    if makesRelationships {
      result.set(step.relationship, Column(prefix: n, of: relationships))
    }
    return result
  }

  /// Copies the only lists of the next nodes as far as there is room; gives the rows written.
  private func copyRuns(
    _ lists: AdjacencyLists, _ nodes: UnsafeMutablePointer<UInt32>, _ count: Int,
    _ neighbours: UnsafeMutablePointer<UInt32>, _ relationships: UnsafeMutablePointer<UInt32>?,
    _ rows: UnsafeMutablePointer<UInt32>, _ room: Int
  ) -> Int {
    var (row, offset) = (row, offset)
    var n = 0
    var sink = 0
    while row < count, n < room {
      let list = lists.neighbours(of: nodes[row])
      if row &+ Self.lookAhead < count {
        // Where the next lists are is not known to the caches: it is asked for before it is needed.
        sink &+= lists.degree(of: nodes[row &+ Self.lookAhead])
        let next = lists.neighbours(of: nodes[row &+ Self.lookAhead / 2])
        if next.count > 0 { sink &+= Int(next.neighbours[0]) }
      }
      let take = min(list.count &- offset, room &- n)
      if take <= Self.shortRun {
        for i in 0..<max(take, 0) {
          neighbours[n &+ i] = list.neighbours[offset &+ i]
          rows[n &+ i] = UInt32(truncatingIfNeeded: row)
        }
        if let relationships {
          for i in 0..<max(take, 0) { relationships[n &+ i] = list.relationships[offset &+ i] }
        }
      } else {
        (neighbours + n).update(from: list.neighbours + offset, count: take)
        if let relationships {
          (relationships + n).update(from: list.relationships + offset, count: take)
        }
        (rows + n).update(repeating: UInt32(truncatingIfNeeded: row), count: take)
      }
      n &+= take
      offset &+= take
      if offset >= list.count {
        row &+= 1
        offset = 0
      }
    }
    (self.row, self.offset) = (row, offset)
    touched = sink
    return n
  }

  /// How many rows ahead of the copying lists are touched.
  private static let lookAhead = 16
  /// Lists that are copied entry by entry.
  private static let shortRun = 8

  /// Copies what is left of the current list as far as there is room; gives the rows written.
  @inline(__always)
  private func copyRun(
    _ part: StepAdjacency.Part, node: UInt32, _ neighbours: UnsafeMutablePointer<UInt32>,
    _ relationships: UnsafeMutablePointer<UInt32>?, _ rows: UnsafeMutablePointer<UInt32>,
    _ room: Int
  ) -> Int {
    let list = part.reader.neighbours(of: node)
    let take = min(list.count - offset, room)
    var written = take
    if part.skipsLoops {
      written = 0
      for i in offset..<offset + take where list.neighbours[i] != node {
        neighbours[written] = list.neighbours[i]
        relationships?[written] = list.relationships[i]
        written += 1
      }
    } else {
      neighbours.update(from: list.neighbours + offset, count: take)
      relationships?.update(from: list.relationships + offset, count: take)
    }
    rows.update(repeating: UInt32(truncatingIfNeeded: row), count: written)
    offset += take
    if offset >= list.count {
      self.part += 1
      offset = 0
    }
    return written
  }

  private func keep(
    _ labels: LabelReader, _ neighbours: UnsafeMutablePointer<UInt32>,
    _ relationships: UnsafeMutablePointer<UInt32>?, _ rows: UnsafeMutablePointer<UInt32>, _ n: Int
  ) -> Int {
    var kept = 0
    for i in 0..<n where labels.accepts(neighbours[i]) {
      neighbours[kept] = neighbours[i]
      if let relationships { relationships[kept] = relationships[i] }
      rows[kept] = rows[i]
      kept += 1
    }
    return kept
  }
}

/// A step along a relationship that each row has already: checks it and binds the far node.
final class PhysicalBoundExpand: PhysicalUnaryOperator {
  private let step: ExpandStep

  init(_ input: PhysicalOperator, _ step: ExpandStep) {
    self.step = step
    super.init(input)
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    guard let batch = try input.next(state) else { return nil }
    let near = try batch.column(step.from).nodeIDs()
    let relationships = batch.column(step.relationship)
    let far = step.toIsBound ? try batch.column(step.to).nodeIDs() : nil
    let catalog = state.graph.catalog
    let types = step.types.isEmpty ? nil : step.types.map { catalog.relationshipType($0) }
    let labels = step.toLabels.map { state.graph.catalog.label($0) }
    var rows: [UInt32] = []
    var ends: [UInt32] = []
    for row in 0..<batch.count where near.isValid(row) {
      let cell = relationships.cell(row)
      guard cell.tag == .relationship, state.graph.contains(cell.relationshipID) else { continue }
      let edge = state.graph.ends(of: cell.relationshipID)
      guard types?.contains(edge.type) ?? (state.graph.shape(of: edge.type) == .betweenNodes),
        let end = reached(from: NodeID(rawValue: near.ids[row]), edge.start, edge.end),
        labels.allSatisfy({ $0.map { state.graph.hasLabel(end, $0) } ?? false })
      else { continue }
      if let far, !(far.isValid(row) && far.ids[row] == end.rawValue) { continue }
      rows.append(UInt32(truncatingIfNeeded: row))
      ends.append(end.rawValue)
    }
    let result = Batch(parent: batch, rows: RowIndices(rows))
    if !step.toIsBound { result.set(step.to, Column(ids: ends, .node)) }
    return step.keepingDifferent(result)
  }

  private func reached(from near: NodeID, _ start: NodeID, _ end: NodeID) -> NodeID? {
    if step.direction != .incoming, start == near { return end }
    if step.direction != .outgoing, end == near { return start }
    return nil
  }
}

extension ExpandStep {
  /// Whether every node that the step can lead to has the label, by the graph's statistics.
  func implies(_ label: LabelID, _ graph: Graph) -> Bool {
    StepAdjacency(types, direction, graph).implies(label, graph)
  }

  /// The rows whose relationship differs from the relationships in the `different` slots.
  func keepingDifferent(_ batch: Batch) -> Batch {
    var result = batch
    for slot in different {
      let kept = Self.differing(result.column(relationship), result.column(slot), result.count)
      if let kept { result = Batch(parent: result, rows: kept) }
    }
    return result
  }

  /// The rows in which two columns have no relationship in common; nil when these are all.
  private static func differing(_ mine: Column, _ other: Column, _ count: Int) -> RowIndices? {
    if mine.kind == .relationship, other.kind == .relationship, !mine.isConstant,
      !other.isConstant, mine.validity == nil, other.validity == nil
    {
      return differing(mine.ids, other.ids, count)
    }
    var kept: [UInt32] = []
    for row in 0..<count where !overlap(mine.cell(row), other.cell(row)) {
      kept.append(UInt32(truncatingIfNeeded: row))
    }
    return kept.count < count ? RowIndices(kept) : nil
  }

  private static func differing(
    _ a: UnsafeMutablePointer<UInt32>, _ b: UnsafeMutablePointer<UInt32>, _ count: Int
  ) -> RowIndices? {
    var same = 0
    for row in 0..<count { same &+= a[row] == b[row] ? 1 : 0 }
    if same == 0 { return nil }
    let rows = UnsafeMutablePointer<UInt32>.allocate(capacity: count)
    var kept = 0
    for row in 0..<count {
      rows[kept] = UInt32(truncatingIfNeeded: row)
      kept &+= a[row] == b[row] ? 0 : 1
    }
    return RowIndices(adopting: rows, count: kept)
  }

  /// Whether two relationships, or lists of them, have one in common.
  private static func overlap(_ a: Cell, _ b: Cell) -> Bool {
    switch (a.tag, b.tag) {
    case (.relationship, .relationship): a.raw == b.raw
    case (.relationship, .list): b.cells.contains { $0.raw == a.raw }
    case (.list, .relationship): a.cells.contains { $0.raw == b.raw }
    case (.list, .list): a.cells.contains { x in b.cells.contains { $0.raw == x.raw } }
    default: false
    }
  }
}

extension Column {
  /// The first `n` rows of a column that is not constant.
  convenience init(prefix n: Int, of column: Column) {
    self.init(
      borrowing: column.values, validity: column.validity, column.kind, count: n, owner: column,
      dictionary: column.dictionary)
  }

  /// A column of element ids.
  convenience init(ids: [UInt32], _ kind: Kind) {
    self.init(kind, count: ids.count)
    ids.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { self.ids.update(from: base, count: source.count) }
    }
  }

  /// The column as node ids, not constant; anything but nodes and null is an error.
  func nodeIDs() throws(QueryError) -> Column {
    if kind == .node { return flattened() }
    let result = Column(.node, count: count, nullable: true)
    for row in 0..<count {
      let cell = cell(row)
      result.ids[row] = 0
      if cell.isNull { continue }
      guard cell.tag == .node else {
        throw QueryError(
          .invalidArgumentTypeAtRuntime, "expected a node in the pattern, found \(cell.typeName)")
      }
      result.ids[row] = cell.nodeID.rawValue
      result.setValid(row)
    }
    return result
  }
}
