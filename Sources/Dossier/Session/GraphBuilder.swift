import DossierSyntax

/// Adds nodes and relationships to a copy of a database's graph; for loaders.
///
/// `Database.load` hands one out and publishes the graph when the loader returns without an error.
/// Names of labels, types and keys can be looked up once and used many times; the calls that take
/// strings are for a few elements. Not for use after `load` has returned.
public struct GraphBuilder {
  /// A label of the catalog.
  public struct LabelName: Hashable, Sendable {
    let id: LabelID
  }

  /// A relationship type of the catalog.
  public struct TypeName: Hashable, Sendable {
    let id: RelationshipTypeID
  }

  /// A property key of the catalog.
  public struct KeyName: Hashable, Sendable {
    let id: PropertyKeyID
  }

  /// A property value as loaders have it: scalars without a detour, anything else as a `Value`.
  public enum PropertyInput {
    case boolean(Bool)
    case integer(Int64)
    case float(Double)
    /// Valid UTF-8, copied.
    case utf8(UnsafeBufferPointer<UInt8>)
    case value(Value)
  }

  /// What loads runs of elements; it has the graph as built so far.
  var loader: BulkLoader
  /// What was changed so far.
  public internal(set) var counters = UpdateCounters()
  /// Nodes by the values of a key, for each key that was asked for.
  var indexes: [(key: PropertyKeyID, index: NodeKeyIndex)] = []
  /// Where lists and durations lie on their way into the graph.
  private var arena = GraphBuilder.makeArena()

  /// The ids of the first elements that are added here.
  let firstIDs: (node: UInt32, relationship: UInt32)

  init(_ graph: Graph) {
    loader = BulkLoader(graph)
    firstIDs = (
      UInt32(truncatingIfNeeded: graph.nodeIDBound),
      UInt32(truncatingIfNeeded: graph.relationshipIDBound)
    )
  }

  /// The graph as built so far. Relationships that were added as runs have no adjacency before
  /// `loader.connect`.
  private(set) var graph: Graph {
    _read { yield loader.graph }
    _modify { yield &loader.graph }
  }

  // MARK: Names

  /// The label of a name in valid UTF-8; added to the catalog when it is new.
  public func label(_ name: UnsafeBufferPointer<UInt8>) -> LabelName {
    LabelName(id: graph.catalog.internLabel(String(decoding: name, as: UTF8.self)))
  }

  /// The relationship type of a name in valid UTF-8; added to the catalog when it is new.
  public func type(_ name: UnsafeBufferPointer<UInt8>) -> TypeName {
    TypeName(id: graph.catalog.internRelationshipType(String(decoding: name, as: UTF8.self)))
  }

  /// The property key of a name in valid UTF-8; added to the catalog when it is new.
  public func key(_ name: UnsafeBufferPointer<UInt8>) -> KeyName {
    KeyName(id: graph.catalog.internPropertyKey(String(decoding: name, as: UTF8.self)))
  }

  // MARK: Nodes

  /// A new node. Labels given twice count once. Errors: `invalidPropertyType` for values that can't be
  /// stored, `numberOutOfRange` when the graph is full.
  public mutating func addNode(
    labels: [String], properties: [(key: String, value: Value)]
  ) throws(QueryError) -> NodeID {
    let node = try addNode(labels: [])
    for label in labels { try addLabel(node, label) }
    for (key, value) in properties { try setProperty(node, key, value) }
    return node
  }

  /// A new node without properties; `labels` are distinct. Errors: `numberOutOfRange` when the graph is
  /// full.
  public mutating func addNode(labels: [LabelName]) throws(QueryError) -> NodeID {
    let node = try graph.createNode(labels: labels.map(\.id))
    counters.nodesCreated += 1
    counters.labelsAdded += labels.count
    return node
  }

  /// Adds a label that the node may already have.
  public mutating func addLabel(_ node: NodeID, _ label: String) throws(QueryError) {
    try addLabel(node, LabelName(id: graph.catalog.internLabel(label)))
  }

  /// Adds a label that the node may already have.
  public mutating func addLabel(_ node: NodeID, _ label: LabelName) throws(QueryError) {
    loader.connect()
    if try graph.addLabel(node, label.id) { counters.labelsAdded += 1 }
  }

  /// Sets a property of a node; null removes it. Errors: `invalidPropertyType`.
  public mutating func setProperty(
    _ node: NodeID, _ key: String, _ value: Value
  ) throws(QueryError) {
    let key = KeyName(id: graph.catalog.internPropertyKey(key))
    try setProperty(node, key, .value(value))
  }

  /// Sets a property of a node; a null value removes it. Errors: `invalidPropertyType`.
  public mutating func setProperty(
    _ node: NodeID, _ key: KeyName, _ value: PropertyInput
  ) throws(QueryError) {
    let cell = try cell(value)
    for entry in indexes.indices where indexes[entry].key == key.id {
      let old = try graph.property(node, key.id, arena: arena)
      indexes[entry].index.remove(node, key: NodeKeyIndex.Key(old, in: graph.strings))
    }
    try graph.setProperty(node, key.id, cell)
    counters.propertiesSet += 1
    for entry in indexes.indices where indexes[entry].key == key.id {
      indexes[entry].index.insert(node, key: NodeKeyIndex.Key(cell, in: graph.strings))
    }
    releaseArena()
  }

  // MARK: Relationships

  /// A new relationship. Errors: `invalidPropertyType` for values that can't be stored,
  /// `numberOutOfRange` when the graph is full.
  public mutating func addRelationship(
    type: String, from start: NodeID, to end: NodeID, properties: [(key: String, value: Value)]
  ) throws(QueryError) -> RelationshipID {
    try addRelationship(
      type: type, from: .node(start), to: .node(end), properties: properties)
  }

  /// The same between any elements; a relationship at an end is one that the new one is about.
  public mutating func addRelationship(
    type: String, from start: ElementID, to end: ElementID,
    properties: [(key: String, value: Value)]
  ) throws(QueryError) -> RelationshipID {
    let name = TypeName(id: graph.catalog.internRelationshipType(type))
    let relationship = try addRelationship(type: name, from: start, to: end)
    for (key, value) in properties {
      let key = KeyName(id: graph.catalog.internPropertyKey(key))
      try setProperty(relationship, key, .value(value))
    }
    return relationship
  }

  /// A new relationship without properties. Errors: `numberOutOfRange` when the graph is full.
  public mutating func addRelationship(
    type: TypeName, from start: NodeID, to end: NodeID
  ) throws(QueryError) -> RelationshipID {
    let relationship = try graph.createRelationship(type: type.id, from: start, to: end)
    counters.relationshipsCreated += 1
    return relationship
  }

  /// Sets a property of a relationship; a null value removes it. Errors: `invalidPropertyType`.
  public mutating func setProperty(
    _ relationship: RelationshipID, _ key: KeyName, _ value: PropertyInput
  ) throws(QueryError) {
    try graph.setProperty(relationship, key.id, try cell(value))
    counters.propertiesSet += 1
    releaseArena()
  }

  // MARK: Cells

  private func cell(_ value: PropertyInput) throws(QueryError) -> Cell {
    switch value {
    case .boolean(let value): return Cell(value)
    case .integer(let value): return Cell(value)
    case .float(let value): return Cell(value)
    case .utf8(let bytes): return graph.strings.cell(graph.strings.intern(bytes))
    case .value(let value): return try arena.cell(value)
    }
  }

  /// The cells of values, valid until `releaseArena`.
  func cells(_ values: [Value]) throws(QueryError) -> [Cell] {
    var cells: [Cell] = []
    cells.reserveCapacity(values.count)
    for value in values { cells.append(try arena.cell(value)) }
    return cells
  }

  /// Starts a new arena when values have piled up in the old one.
  mutating func releaseArena() {
    if arena.reservedBytes > 1 << 20 { arena = Self.makeArena() }
  }

  /// An arena that has taken its first chunk, which it needs to give out room for empty values.
  private static func makeArena() -> Arena {
    let arena = Arena()
    _ = try? arena.allocate(bytes: 16)
    return arena
  }

  // MARK: Index

  /// The node whose property has a string or integer value, the one with the smallest id when there
  /// are several. The first call for a key is O(nodes), later ones are O(1).
  public mutating func node(key: String, value: Value) -> NodeID? {
    guard let id = graph.catalog.propertyKey(key) else { return nil }
    switch value {
    case .string(let text):
      var text = text
      return text.withUTF8 { node(key: KeyName(id: id), .utf8($0)) }
    case .integer(let number): return node(key: KeyName(id: id), .integer(number))
    default: return nil
    }
  }

  /// The same for names and values that need no conversion; nil for other values than strings and
  /// integers.
  public mutating func node(key: KeyName, _ value: PropertyInput) -> NodeID? {
    let position = indexPosition(of: key.id)
    switch value {
    case .utf8(let bytes):
      guard let id = graph.strings.find(bytes) else { return nil }
      return indexes[position].index.find(.string(id))
    case .integer(let number): return indexes[position].index.find(.integer(number))
    default: return nil
    }
  }

  /// The place of a key's index in `indexes`; the index is made when there is none.
  private mutating func indexPosition(of key: PropertyKeyID) -> Int {
    if let known = indexes.firstIndex(where: { $0.key == key }) { return known }
    var index = NodeKeyIndex()
    let scratch = Arena()
    for number in 0..<UInt32(truncatingIfNeeded: graph.nodeIDBound) {
      let node = NodeID(rawValue: number)
      guard graph.contains(node), let cell = try? graph.property(node, key, arena: scratch) else {
        continue
      }
      index.insert(node, key: NodeKeyIndex.Key(cell, in: graph.strings))
    }
    indexes.append((key, index))
    return indexes.count - 1
  }
}
