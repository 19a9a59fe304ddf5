import DossierSyntax

/// Loads many elements at once: columns are filled by runs, adjacency is built at the end by
/// counting sort.
///
///     var loader = BulkLoader(graph)
///     let first = try loader.addNodes(1_000, labels: [person])
///     loader.setNodeProperty(age, from: first, integers: ages)
///     try loader.addRelationships(knows, starts: starts, ends: ends)
///     let loaded = loader.finish()
///
/// The graph it began with stays as it is. A call that fails changes nothing.
struct BulkLoader {
  /// The graph so far; the adjacency of new relationships is missing until `finish`.
  private(set) var graph: Graph
  /// New relationships by type.
  private var pending: [RelationshipTypeID: PendingRelationships] = [:]

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
    let distinct = Set(labels).sorted()
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

  // MARK: Relationships

  /// Makes relationships of one type; returns the first, ids follow each other.
  ///
  /// Errors: `invalidData` when the arrays differ in length or an end does not exist,
  /// `memoryLimit` when there are not enough ids.
  @discardableResult
  mutating func addRelationships(
    _ type: RelationshipTypeID, starts: [UInt32], ends: [UInt32]
  ) throws(QueryError) -> RelationshipID {
    guard starts.count == ends.count else {
      throw QueryError(
        .invalidData, "\(starts.count) starts of relationships, but \(ends.count) ends")
    }
    guard starts.count <= Graph.elementLimit - graph.relationshipIDBound else {
      throw Graph.exhausted("relationship")
    }
    try check(starts)
    try check(ends)
    let first = graph.relationshipIDBound
    starts.withUnsafeBufferPointer { starts in
      ends.withUnsafeBufferPointer { ends in store(type, starts, ends, first) }
    }
    Graph.add(starts.count, at: Int(type.rawValue), to: &graph.typeCounts)
    graph.countEnds(type, starts: starts, ends: ends)
    graph.relationshipIDBound += starts.count
    graph.relationshipCount += starts.count
    pending[type, default: PendingRelationships()].append(
      starts: starts, ends: ends, firstID: UInt32(truncatingIfNeeded: first))
    return RelationshipID(rawValue: UInt32(truncatingIfNeeded: first))
  }

  private func check(_ nodes: [UInt32]) throws(QueryError) {
    let isDense = graph.nodeCount == graph.nodeIDBound
    var highest: UInt32 = 0
    for node in nodes { highest = max(highest, node) }
    if nodes.isEmpty || (isDense && Int(highest) < graph.nodeIDBound) { return }
    for node in nodes where !graph.contains(NodeID(rawValue: node)) {
      throw QueryError(
        .invalidData, "a relationship begins or ends at node \(node), which does not exist")
    }
  }

  private mutating func store(
    _ type: RelationshipTypeID, _ starts: UnsafeBufferPointer<UInt32>,
    _ ends: UnsafeBufferPointer<UInt32>, _ first: Int
  ) {
    guard let startBase = starts.baseAddress, let endBase = ends.baseAddress else { return }
    forEachRun(first: first, count: starts.count) { row, run, done in
      let page = PageDirectory.writable(row >> Page.shift, in: &graph.relationshipPages)
      let place = row & Page.mask
      Bitmap.insertRun(page.existence, first: place, count: run)
      (page.types + place).update(repeating: type.rawValue, count: run)
      (page.starts + place).update(from: startBase + done, count: run)
      (page.ends + place).update(from: endBase + done, count: run)
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

  // MARK: Properties; `valid` has a bit for every row that has a value, nil when all have one

  /// Gives the nodes from `first` on integers. Errors: `invalidData` beyond the last node.
  mutating func setNodeProperty(
    _ key: PropertyKeyID, from first: NodeID, integers: [Int64], valid: [UInt64]? = nil
  ) throws(QueryError) {
    try fillNodes(.integer, key, first, integers, valid)
  }

  mutating func setNodeProperty(
    _ key: PropertyKeyID, from first: NodeID, floats: [Double], valid: [UInt64]? = nil
  ) throws(QueryError) {
    try fillNodes(.float, key, first, floats, valid)
  }

  /// Booleans are 0 or 1.
  mutating func setNodeProperty(
    _ key: PropertyKeyID, from first: NodeID, booleans: [UInt8], valid: [UInt64]? = nil
  ) throws(QueryError) {
    try fillNodes(.boolean, key, first, booleans, valid)
  }

  /// Strings are ids in the graph's dictionary.
  mutating func setNodeProperty(
    _ key: PropertyKeyID, from first: NodeID, strings: [UInt32], valid: [UInt64]? = nil
  ) throws(QueryError) {
    try fillNodes(.string, key, first, strings, valid)
  }

  mutating func setNodeProperty(
    _ key: PropertyKeyID, from first: NodeID, days: [Int64], valid: [UInt64]? = nil
  ) throws(QueryError) {
    try fillNodes(.date, key, first, days, valid)
  }

  /// Values of any storable type; null leaves a node without the property.
  /// Errors: `invalidPropertyType`, `invalidData`.
  mutating func setNodeProperty(
    _ key: PropertyKeyID, from first: NodeID, cells: [Cell]
  ) throws(QueryError) {
    try Self.check(Int(first.rawValue), cells.count, bound: graph.nodeIDBound)
    for cell in cells { try StoredValue.check(cell) }
    for (i, cell) in cells.enumerated() {
      let node = NodeID(rawValue: first.rawValue + UInt32(truncatingIfNeeded: i))
      if !cell.isNull { try graph.setProperty(node, key, cell) }
    }
  }

  mutating func setRelationshipProperty(
    _ key: PropertyKeyID, from first: RelationshipID, integers: [Int64], valid: [UInt64]? = nil
  ) throws(QueryError) {
    try fillRelationships(.integer, key, first, integers, valid)
  }

  mutating func setRelationshipProperty(
    _ key: PropertyKeyID, from first: RelationshipID, floats: [Double], valid: [UInt64]? = nil
  ) throws(QueryError) {
    try fillRelationships(.float, key, first, floats, valid)
  }

  mutating func setRelationshipProperty(
    _ key: PropertyKeyID, from first: RelationshipID, booleans: [UInt8], valid: [UInt64]? = nil
  ) throws(QueryError) {
    try fillRelationships(.boolean, key, first, booleans, valid)
  }

  mutating func setRelationshipProperty(
    _ key: PropertyKeyID, from first: RelationshipID, strings: [UInt32], valid: [UInt64]? = nil
  ) throws(QueryError) {
    try fillRelationships(.string, key, first, strings, valid)
  }

  mutating func setRelationshipProperty(
    _ key: PropertyKeyID, from first: RelationshipID, days: [Int64], valid: [UInt64]? = nil
  ) throws(QueryError) {
    try fillRelationships(.date, key, first, days, valid)
  }

  mutating func setRelationshipProperty(
    _ key: PropertyKeyID, from first: RelationshipID, cells: [Cell]
  ) throws(QueryError) {
    try Self.check(Int(first.rawValue), cells.count, bound: graph.relationshipIDBound)
    for cell in cells { try StoredValue.check(cell) }
    for (i, cell) in cells.enumerated() {
      let id = RelationshipID(rawValue: first.rawValue + UInt32(truncatingIfNeeded: i))
      if !cell.isNull { try graph.setProperty(id, key, cell) }
    }
  }

  private mutating func fillNodes<Element: BitwiseCopyable>(
    _ kind: PropertyReader.Kind, _ key: PropertyKeyID, _ first: NodeID, _ values: [Element],
    _ valid: [UInt64]?
  ) throws(QueryError) {
    try Self.check(Int(first.rawValue), values.count, bound: graph.nodeIDBound, valid)
    graph.indexes.drop(key)
    Self.fill(kind, key, Int(first.rawValue), values, valid, &graph.nodeColumns, graph.strings)
  }

  private mutating func fillRelationships<Element: BitwiseCopyable>(
    _ kind: PropertyReader.Kind, _ key: PropertyKeyID, _ first: RelationshipID,
    _ values: [Element], _ valid: [UInt64]?
  ) throws(QueryError) {
    try Self.check(Int(first.rawValue), values.count, bound: graph.relationshipIDBound, valid)
    Self.fill(
      kind, key, Int(first.rawValue), values, valid, &graph.relationshipColumns, graph.strings)
  }

  private static func check(
    _ first: Int, _ count: Int, bound: Int, _ valid: [UInt64]? = nil
  ) throws(QueryError) {
    guard first + count <= bound, valid.map({ $0.count * 64 >= count }) ?? true else {
      throw QueryError(.invalidData, "a column of \(count) values for fewer elements")
    }
  }

  private static func fill<Element: BitwiseCopyable>(
    _ kind: PropertyReader.Kind, _ key: PropertyKeyID, _ first: Int, _ values: [Element],
    _ valid: [UInt64]?, _ columns: inout ContiguousArray<PropertyColumn?>,
    _ strings: StringDictionary
  ) {
    guard !values.isEmpty else { return }
    let column = Graph.writableColumn(key, in: &columns)
    values.withUnsafeBytes { source in
      guard let base = source.baseAddress else { return }
      if let valid {
        valid.withUnsafeBufferPointer { bits in
          column.fill(
            kind, first: first, count: values.count, from: base, valid: bits.baseAddress,
            strings: strings)
        }
      } else {
        column.fill(
          kind, first: first, count: values.count, from: base, valid: nil, strings: strings)
      }
    }
  }

  // MARK: The end

  /// The loaded graph, adjacency built.
  consuming func finish() -> Graph {
    for type in pending.keys.sorted() {
      pending.removeValue(forKey: type)?.merge(type, into: &graph)
    }
    graph.checkInvariants()
    return graph
  }
}
