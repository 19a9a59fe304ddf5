import DossierSyntax

/// `Expand`: from the node of each row to its neighbours, one output row per relationship.
final class PhysicalExpand: PhysicalUnaryOperator {
  private let step: ExpandStep
  /// Somebody reads the relationships.
  private let makesRelationships: Bool
  private var batch: Batch?
  private var nodes: Column?
  private var adjacency: StepAdjacency?
  /// The lists, where each has an entry at most.
  private var singles: AdjacencyLists?
  /// Labels of the far node that its place does not imply.
  private var labels: LabelReader?
  /// Rows of the input until now.
  private var rowCount = 0
  /// What was read ahead of time; of no meaning.
  private var touched: UInt32 = 0
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

  override func rest() {
    batch = nil
    nodes = nil
    adjacency = nil
    singles = nil
    labels = nil
    rowCount = 0
    super.rest()
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
    let adjacency = StepAdjacency(step.types, step.direction, state.graph)
    self.adjacency = adjacency
    rowCount += next.count
    singles = adjacency.singleLists(rows: rowCount, state)
    row = 0
    part = 0
    offset = 0
    if let labels, state.isReadOnly, labels.reads(state.graph) {
      self.labels?.layOut(tests: next.count)
      return
    }
    let found = step.toLabels.compactMap { state.graph.catalog.label($0) }
    let tested = found.filter { !step.implies($0, state.graph) }
    labels = tested.isEmpty ? nil : LabelReader(tested, state.graph)
    labels?.layOut(tests: next.count)
    if found.count != step.toLabels.count {
      labels = nil
      row = next.count
    }
  }

  /// Up to a batch of neighbours; nil when the input batch is used up.
  private func fill(_ batch: Batch, _ state: ExecutionState) -> Batch? {
    guard let adjacency, let nodes, row < batch.count else { return nil }
    if let singles, row == 0, nodes.validity == nil, batch.count <= state.batchRows {
      row = batch.count
      return step.followed(singles, batch, nodes, labels, makesRelationships: makesRelationships)
    }
    let capacity = min(state.batchRows, rowsLeft(adjacency, nodes, batch.count))
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

  /// Upper bound of the rows that are still to come, where there are few nodes to ask; any number of rows
  /// for more nodes. So that a look-up does not take memory for a whole batch.
  private func rowsLeft(_ adjacency: StepAdjacency, _ nodes: Column, _ count: Int) -> Int {
    guard count - row <= Self.fewNodes else { return .max }
    var sum = 1
    for row in row..<count where nodes.isValid(row) {
      sum &+= adjacency.degreeBound(of: nodes.ids[row])
    }
    return sum
  }

  /// How many nodes are asked for the lengths of their lists before rows are made.
  private static let fewNodes = 8

  /// Copies the only lists of the next nodes as far as there is room; gives the rows written.
  private func copyRuns(
    _ lists: AdjacencyLists, _ nodes: UnsafeMutablePointer<UInt32>, _ count: Int,
    _ neighbours: UnsafeMutablePointer<UInt32>, _ relationships: UnsafeMutablePointer<UInt32>?,
    _ rows: UnsafeMutablePointer<UInt32>, _ room: Int
  ) -> Int {
    withUnsafeTemporaryAllocation(of: NeighbourList.self, capacity: Self.listsAtATime) { found in
      var (row, offset) = (row, offset)
      var n = 0
      var sink: UInt32 = 0
      while row < count, n < room {
        // Where lists are is not known to the caches: several are looked up before the first is copied.
        let ahead = min(Self.listsAtATime, count &- row)
        for i in 0..<ahead {
          let list = lists.neighbours(of: nodes[row &+ i])
          found[i] = NeighbourList(
            neighbours: list.neighbours, relationships: list.relationships, count: list.count)
        }
        for i in 0..<ahead where found[i].count > 0 { sink &+= found[i].neighbours[0] }
        var next = 0
        while next < ahead, n < room {
          let list = found[next]
          let take = min(list.count &- offset, room &- n)
          Self.copy(
            list, offset, take, row, neighbours + n, relationships.map { $0 + n }, rows + n)
          n &+= take
          offset &+= take
          if offset < list.count { break }
          next &+= 1
          row &+= 1
          offset = 0
        }
      }
      (self.row, self.offset) = (row, offset)
      touched = sink
      return n
    }
  }

  @inline(__always)
  private static func copy(
    _ list: NeighbourList, _ offset: Int, _ take: Int, _ row: Int,
    _ neighbours: UnsafeMutablePointer<UInt32>, _ relationships: UnsafeMutablePointer<UInt32>?,
    _ rows: UnsafeMutablePointer<UInt32>
  ) {
    let row = UInt32(truncatingIfNeeded: row)
    if take <= shortRun {
      for i in 0..<max(take, 0) {
        neighbours[i] = list.neighbours[offset &+ i]
        rows[i] = row
      }
      guard let relationships else { return }
      for i in 0..<max(take, 0) { relationships[i] = list.relationships[offset &+ i] }
    } else {
      neighbours.update(from: list.neighbours + offset, count: take)
      rows.update(repeating: row, count: take)
      relationships?.update(from: list.relationships + offset, count: take)
    }
  }

  /// Lists that are looked up before the first of them is copied.
  private static let listsAtATime = 16
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
