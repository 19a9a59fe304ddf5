import DossierSyntax

/// Adding many elements at once: nodes and relationships get ids that follow each other, their
/// properties come as typed runs.
///
/// A call that fails changes nothing. Runs are copied.
extension GraphBuilder {
  /// New nodes with the same labels; returns the first, ids follow each other. Errors: `memoryLimit`
  /// when the graph is full.
  public mutating func addNodes(
    _ count: Int, labels: [LabelName]
  ) throws(QueryError) -> NodeID {
    let before = loader.graph.labelCounts.reduce(0, +)
    let first = try loader.addNodes(count, labels: labels.map(\.id))
    counters.nodesCreated += count
    counters.labelsAdded += loader.graph.labelCounts.reduce(0, +) - before
    return first
  }

  /// New relationships of one type between nodes of the graph; returns the first, ids follow each
  /// other. Errors: `invalidData` when the runs differ in length or an end does not exist,
  /// `memoryLimit` when the graph is full.
  @discardableResult
  public mutating func addRelationships(
    type: TypeName, starts: UnsafeBufferPointer<UInt32>, ends: UnsafeBufferPointer<UInt32>
  ) throws(QueryError) -> RelationshipID {
    let first = try loader.addRelationships(type.id, starts: starts, ends: ends)
    counters.relationshipsCreated += starts.count
    return first
  }

  /// The same from arrays.
  @discardableResult
  public mutating func addRelationships(
    type: TypeName, starts: [UInt32], ends: [UInt32]
  ) throws(QueryError) -> RelationshipID {
    let added = starts.withUnsafeBufferPointer { starts in
      ends.withUnsafeBufferPointer { ends in
        Result { () throws(QueryError) in
          try addRelationships(type: type, starts: starts, ends: ends)
        }
      }
    }
    return try added.get()
  }

  /// Gives the nodes from `first` on values of one type; `valid` has a bit for every row that has
  /// one, nil when all have. Errors: `invalidData` beyond the last node, when the bitmap is too short,
  /// and for values that no graph has.
  public mutating func setProperties(
    from first: NodeID, _ key: KeyName, to run: PropertyRun,
    valid: UnsafeBufferPointer<UInt64>? = nil
  ) throws(QueryError) {
    try loader.setProperties(from: first, key.id, to: run, valid: valid)
    indexes.removeAll { $0.key == key.id }
    counters.propertiesSet += Self.count(run, valid)
  }

  /// The same for relationships.
  public mutating func setProperties(
    from first: RelationshipID, _ key: KeyName, to run: PropertyRun,
    valid: UnsafeBufferPointer<UInt64>? = nil
  ) throws(QueryError) {
    try loader.setProperties(from: first, key.id, to: run, valid: valid)
    counters.propertiesSet += Self.count(run, valid)
  }

  /// Gives the nodes from `first` on values of any type; null leaves a node without. Errors:
  /// `invalidData` beyond the last node, `invalidPropertyType` for values that can't be stored.
  public mutating func setProperties(
    from first: NodeID, _ key: KeyName, to values: [Value]
  ) throws(QueryError) {
    let cells = try cells(values)
    try loader.setProperties(from: first, key.id, cells: cells)
    indexes.removeAll { $0.key == key.id }
    counters.propertiesSet += cells.count { !$0.isNull }
    releaseArena()
  }

  /// The same for relationships.
  public mutating func setProperties(
    from first: RelationshipID, _ key: KeyName, to values: [Value]
  ) throws(QueryError) {
    let cells = try cells(values)
    try loader.setProperties(from: first, key.id, cells: cells)
    counters.propertiesSet += cells.count { !$0.isNull }
    releaseArena()
  }

  /// The graph's ids of all strings of a batch, by their numbers.
  public func intern(_ strings: StringBatch) -> [UInt32] {
    [UInt32](unsafeUninitializedCapacity: strings.count) { ids, count in
      if let ids = ids.baseAddress { loader.graph.strings.intern(strings, into: ids) }
      count = strings.count
    }
  }

  private static func count(_ run: PropertyRun, _ valid: UnsafeBufferPointer<UInt64>?) -> Int {
    guard let valid else { return run.count }
    var total = 0
    for word in 0..<run.count >> 6 { total += valid[word].nonzeroBitCount }
    let rest = run.count & 63
    if rest > 0 { total += (valid[run.count >> 6] & (1 << UInt64(rest) - 1)).nonzeroBitCount }
    return total
  }
}
