import DossierSyntax

/// Loads many elements at once: columns are filled by runs, adjacency is built at the end by
/// counting sort.
///
///     var loader = BulkLoader(graph)
///     let first = try loader.addNodes(1_000, labels: [person])
///     try loader.setProperties(from: first, age, to: .integers(ages), valid: nil)
///     try loader.addRelationships(knows, starts: starts, ends: ends)
///     let loaded = loader.finish()
///
/// The graph it began with stays as it is. A call that fails changes nothing.
struct BulkLoader {
  /// The graph so far; the adjacency of new relationships is missing until `connect`.
  var graph: Graph
  private var pending = PendingRelationships()

  init(_ graph: Graph) {
    self.graph = graph
  }

  // MARK: Nodes

  /// Makes `count` nodes with the same labels; returns the first, ids follow each other.
  ///
  /// Errors: `memoryLimit` when there are not enough ids.
  mutating func addNodes(_ count: Int, labels: [LabelID]) throws(QueryError) -> NodeID {
    guard count >= 0, count <= Graph.elementLimit - graph.nodeIDBound else {
      throw Graph.exhausted("node")
    }
    let first = graph.nodeIDBound
    let distinct = Self.distinct(labels)
    forEachRun(first: first, count: count) { row, run, _ in
      let page = PageDirectory.writable(row >> Page.shift, in: &graph.nodePages)
      Bitmap.insertRun(page.existence, first: row & Page.mask, count: run)
      for label in distinct {
        Bitmap.insertRun(
          page.writableBitmap(label: label.rawValue), first: row & Page.mask, count: run)
      }
      graph.nodePages.refresh(row >> Page.shift, page)
    }
    for label in distinct { Graph.add(count, at: Int(label.rawValue), to: &graph.labelCounts) }
    graph.nodeIDBound += count
    graph.nodeCount += count
    return NodeID(rawValue: UInt32(truncatingIfNeeded: first))
  }

  private static func distinct(_ labels: [LabelID]) -> [LabelID] {
    switch labels.count {
    case 0, 1: labels
    case 2: labels[0] == labels[1] ? [labels[0]] : labels
    default: Set(labels).sorted()
    }
  }

  // MARK: Relationships

  /// Makes relationships of one type; returns the first, ids follow each other. The shape of the type
  /// says which ends are nodes and which are relationships.
  ///
  /// Errors: `invalidData` when the runs differ in length or an end does not exist, `memoryLimit`
  /// when there are not enough ids.
  @discardableResult
  mutating func addRelationships(
    _ type: RelationshipTypeID, starts: UnsafeBufferPointer<UInt32>,
    ends: UnsafeBufferPointer<UInt32>
  ) throws(QueryError) -> RelationshipID {
    guard starts.count == ends.count else {
      throw QueryError(
        .invalidData, "\(starts.count) starts of relationships, but \(ends.count) ends")
    }
    let count = starts.count
    guard count <= Graph.elementLimit - graph.relationshipIDBound else {
      throw Graph.exhausted("relationship")
    }
    let shape = graph.shape(of: type)
    try check(starts, shape.start)
    try check(ends, shape.end)
    let first = graph.relationshipIDBound
    store(type, starts, ends, first)
    Graph.add(count, at: Int(type.rawValue), to: &graph.typeCounts)
    graph.relationshipIDBound += count
    graph.relationshipCount += count
    pending.append(type, first: first, count: count)
    return RelationshipID(rawValue: UInt32(truncatingIfNeeded: first))
  }

  private func check(
    _ ids: UnsafeBufferPointer<UInt32>, _ kind: ElementKind
  ) throws(QueryError) {
    let isDense = graph.nodeCount == graph.nodeIDBound && kind == .node
    var highest: UInt32 = 0
    for id in ids { highest = max(highest, id) }
    if ids.isEmpty || (isDense && Int(highest) < graph.nodeIDBound) { return }
    for id in ids where !graph.contains(ElementID(kind, rawValue: id)) {
      throw QueryError(
        .invalidData, "a relationship begins or ends at \(kind) \(id), which does not exist")
    }
  }

  private mutating func store(
    _ type: RelationshipTypeID, _ starts: UnsafeBufferPointer<UInt32>,
    _ ends: UnsafeBufferPointer<UInt32>, _ first: Int
  ) {
    guard let startBase = starts.baseAddress, let endBase = ends.baseAddress else { return }
    forEachRun(first: first, count: starts.count) { row, run, done in
      let page = PageDirectory.writable(row >> Page.shift, in: &graph.relationshipPages)
      page.store(
        type.rawValue, startBase + done, endBase + done, at: row & Page.mask, count: run)
      graph.relationshipPages.refresh(row >> Page.shift, page)
    }
  }

  /// Calls `body` with the first row, the number of rows and the rows done before, page by page.
  private func forEachRun(
    first: Int, count: Int, _ body: (_ row: Int, _ run: Int, _ done: Int) -> Void
  ) {
    var done = 0
    while done < count {
      let row = first + done
      let run = min(Page.rows - row & Page.mask, count - done)
      body(row, run, done)
      done += run
    }
  }

  // MARK: Properties

  /// Gives the nodes from `first` on values; `valid` has a bit for every row that has one, nil
  /// when all have.
  ///
  /// Errors: `invalidData` beyond the last node, and for values that can't be stored.
  mutating func setProperties(
    from first: NodeID, _ key: PropertyKeyID, to run: PropertyRun,
    valid: UnsafeBufferPointer<UInt64>?
  ) throws(QueryError) {
    try check(Int(first.rawValue), run, bound: graph.nodeIDBound, valid)
    graph.indexes.drop(key)
    Self.fill(key, Int(first.rawValue), run, valid, &graph.nodeColumns, graph.strings)
  }

  /// The same for relationships.
  mutating func setProperties(
    from first: RelationshipID, _ key: PropertyKeyID, to run: PropertyRun,
    valid: UnsafeBufferPointer<UInt64>?
  ) throws(QueryError) {
    try check(Int(first.rawValue), run, bound: graph.relationshipIDBound, valid)
    Self.fill(key, Int(first.rawValue), run, valid, &graph.relationshipColumns, graph.strings)
  }

  /// Values of any storable type; null leaves a node without the property.
  /// Errors: `invalidPropertyType`, `invalidData`.
  mutating func setProperties(
    from first: NodeID, _ key: PropertyKeyID, cells: [Cell]
  ) throws(QueryError) {
    try Self.check(Int(first.rawValue), cells, bound: graph.nodeIDBound)
    for (i, cell) in cells.enumerated() where !cell.isNull {
      let node = NodeID(rawValue: first.rawValue &+ UInt32(truncatingIfNeeded: i))
      try graph.setProperty(node, key, cell)
    }
  }

  /// The same for relationships.
  mutating func setProperties(
    from first: RelationshipID, _ key: PropertyKeyID, cells: [Cell]
  ) throws(QueryError) {
    try Self.check(Int(first.rawValue), cells, bound: graph.relationshipIDBound)
    for (i, cell) in cells.enumerated() where !cell.isNull {
      let id = RelationshipID(rawValue: first.rawValue &+ UInt32(truncatingIfNeeded: i))
      try graph.setProperty(id, key, cell)
    }
  }

  private func check(
    _ first: Int, _ run: PropertyRun, bound: Int, _ valid: UnsafeBufferPointer<UInt64>?
  ) throws(QueryError) {
    try Self.check(first, run.count, bound: bound)
    guard valid.map({ $0.count * 64 >= run.count }) ?? true else {
      throw QueryError(.invalidData, "a column of \(run.count) values with a shorter bitmap")
    }
    guard run.isStorable(stringCount: graph.strings.count) else {
      throw QueryError(
        .invalidData, "a column holds booleans, strings or dates that the graph can't store")
    }
  }

  private static func check(_ first: Int, _ cells: [Cell], bound: Int) throws(QueryError) {
    try check(first, cells.count, bound: bound)
    for cell in cells { try StoredValue.check(cell) }
  }

  private static func check(_ first: Int, _ count: Int, bound: Int) throws(QueryError) {
    guard first + count <= bound else {
      throw QueryError(.invalidData, "a column of \(count) values for fewer elements")
    }
  }

  private static func fill(
    _ key: PropertyKeyID, _ first: Int, _ run: PropertyRun, _ valid: UnsafeBufferPointer<UInt64>?,
    _ columns: inout ContiguousArray<PropertyColumn?>, _ strings: StringDictionary
  ) {
    guard run.count > 0, let base = run.bytes.baseAddress else { return }
    Graph.writableColumn(key, in: &columns).fill(
      run.kind, first: first, count: run.count, from: base, valid: valid?.baseAddress,
      strings: strings)
  }

  // MARK: The end

  /// Whether relationships wait for their adjacency.
  var isConnected: Bool { pending.isEmpty }

  /// Builds the adjacency of the relationships that were added since the last time.
  mutating func connect() {
    if pending.isEmpty { return }
    pending.connect(&graph)
    graph.checkInvariants()
  }

  /// The loaded graph, adjacency built.
  consuming func finish() -> Graph {
    connect()
    return graph
  }
}
