import DossierSyntax

/// What a loader can ask about the graph that it builds.
extension GraphBuilder {
  /// The number of living nodes.
  public var nodeCount: Int { graph.nodeCount }

  /// The number of living relationships.
  public var relationshipCount: Int { graph.relationshipCount }

  /// The graph as it stands, for reading.
  public var view: GraphView { GraphView(loader.finish()) }

  /// The value of a node's property; null when it has none.
  public func property(_ node: NodeID, _ key: String) -> Value {
    guard let id = graph.catalog.propertyKey(key) else { return .null }
    return property(node, KeyName(id: id))
  }

  /// The value of a node's property; null when it has none.
  public func property(_ node: NodeID, _ key: KeyName) -> Value {
    let scratch = Arena()
    guard let cell = try? graph.property(node, key.id, arena: scratch) else { return .null }
    return value(of: cell, in: graph)
  }

  /// The living nodes with a label (any when nil) whose property is a given string or integer, in the
  /// order of their ids. O(nodes).
  public func nodes(label: String?, key: String, value: Value) -> [NodeID] {
    guard let key = graph.catalog.propertyKey(key) else { return [] }
    let scratch = Arena()
    guard let cell = try? scratch.cell(value),
      let target = NodeKeyIndex.Key(cell, in: graph.strings)
    else { return [] }
    var wanted: LabelID?
    if let label {
      guard let id = graph.catalog.label(label) else { return [] }
      wanted = id
    }
    return (0..<UInt32(truncatingIfNeeded: graph.nodeIDBound)).lazy
      .map { NodeID(rawValue: $0) }
      .filter { node in
        guard graph.contains(node), wanted.map({ graph.hasLabel(node, $0) }) ?? true,
          let found = try? graph.property(node, key, arena: scratch)
        else { return false }
        return NodeKeyIndex.Key(found, in: graph.strings) == target
      }
  }

  /// The value of a relationship's property; null when it has none.
  public func property(_ relationship: RelationshipID, _ key: KeyName) -> Value {
    let scratch = Arena()
    guard let cell = try? graph.property(relationship, key.id, arena: scratch) else { return .null }
    return value(of: cell, in: graph)
  }

  /// The relationship of a type between two nodes whose property has a string or integer value, the one
  /// with the smallest id when there are several; nil for other values. Relationships that were added in
  /// runs are not seen before they are settled.
  public func relationship(
    _ type: TypeName, from start: NodeID, to end: NodeID, key: KeyName, _ value: PropertyInput
  ) -> RelationshipID? {
    let wanted: NodeKeyIndex.Key
    switch value {
    case .utf8(let bytes):
      guard let id = graph.strings.find(bytes) else { return nil }
      wanted = .string(id)
    case .integer(let number): wanted = .integer(number)
    default: return nil
    }
    guard let reader = graph.adjacency(type.id, .outgoing) else { return nil }
    let list = reader.neighbours(of: start.rawValue)
    let scratch = Arena()
    for i in 0..<list.count where list.neighbours[i] == end.rawValue {
      let found = RelationshipID(rawValue: list.relationships[i])
      if let cell = try? graph.property(found, key.id, arena: scratch),
        NodeKeyIndex.Key(cell, in: graph.strings) == wanted
      {
        return found
      }
    }
    return nil
  }
}
