import DossierSyntax

/// Relationships that begin or end at relationships, for loaders.
extension GraphBuilder {
  /// A new relationship without properties between any elements; a relationship at an end is one that
  /// the new one is about. Errors: `deletedEntityAccess` when an end does not exist, `memoryLimit` when
  /// the graph is full.
  public mutating func addRelationship(
    type: TypeName, from start: ElementID, to end: ElementID
  ) throws(QueryError) -> RelationshipID {
    let relationship = try loader.graph.createRelationship(type: type.id, from: start, to: end)
    counters.relationshipsCreated += 1
    return relationship
  }

  /// The type of the same name for relationships with such ends, for `addRelationships`.
  public func type(_ type: TypeName, from start: ElementKind, to end: ElementKind) -> TypeName {
    let shape = RelationshipShape(start: start, end: end)
    return TypeName(id: graph.catalog.relationshipType(type.id, as: shape))
  }

  /// Puts relationships where nodes stand for them, and gives how many such nodes went.
  ///
  /// A node that was added here stands for a relationship when it has the label, and the relationship,
  /// also added here, has the same integer as its property `key`. The property goes, too.
  public mutating func replaceStandIns(label: String, key: String) throws(QueryError) -> Int {
    guard let label = graph.catalog.label(label), let key = graph.catalog.propertyKey(key),
      graph.nodeCount(label: label) > 0
    else { return 0 }
    loader.connect()
    var work = StandIns(graph: loader.graph, label: label, key: key, first: firstIDs)
    try work.replace(in: &loader.graph)
    counters.nodesCreated -= work.replaced.count
    counters.labelsAdded -= work.replaced.count
    return work.replaced.count
  }
}

/// Nodes that stand for relationships, while they are replaced.
private struct StandIns {
  private let key: PropertyKeyID
  private let arena = Arena()
  /// What each stand-in stands for, with the id that this has now.
  private var targets: [NodeID: RelationshipID] = [:]
  /// The relationships at stand-ins that are not made afresh yet.
  private var pending: [RelationshipID] = []
  /// The stand-ins whose relationships are all made afresh.
  private(set) var replaced: [NodeID] = []

  init(
    graph: Graph, label: LabelID, key: PropertyKeyID,
    first: (node: UInt32, relationship: UInt32)
  ) {
    self.key = key
    var relationships: [Int64: RelationshipID] = [:]
    for id in first.relationship..<UInt32(truncatingIfNeeded: graph.relationshipIDBound) {
      let id = RelationshipID(rawValue: id)
      guard graph.contains(id), let cell = try? graph.property(id, key, arena: arena),
        cell.tag == .integer
      else { continue }
      relationships[cell.integer] = id
    }
    var attached: Set<RelationshipID> = []
    for id in first.node..<UInt32(truncatingIfNeeded: graph.nodeIDBound) {
      let node = NodeID(rawValue: id)
      guard graph.hasLabel(node, label), let cell = try? graph.property(node, key, arena: arena),
        cell.tag == .integer, let target = relationships[cell.integer]
      else { continue }
      targets[node] = target
      attached.formUnion(graph.relationships(of: node))
    }
    pending = attached.sorted()
  }

  /// Makes the relationships afresh, those before that others are about.
  mutating func replace(in graph: inout Graph) throws(QueryError) {
    var moved: [RelationshipID: RelationshipID] = [:]
    while !pending.isEmpty {
      let waiting = Set(pending)
      let ready = pending.filter { id in
        let (start, end) = graph.endElements(of: id)
        return [start, end].allSatisfy { end in
          guard let target = end.node.flatMap({ targets[$0] }) else { return true }
          return !waiting.contains(target)
        }
      }
      if ready.isEmpty { break }
      for id in ready { moved[id] = try move(id, moved, in: &graph) }
      pending.removeAll { moved[$0] != nil }
    }
    for (node, target) in targets.sorted(by: { $0.key < $1.key })
    where graph.degree(of: node) == 0 {
      graph.deleteNode(node)
      try graph.setProperty(moved[target] ?? target, key, .null)
      replaced.append(node)
    }
  }

  /// Makes one relationship afresh, between what its ends stand for.
  private func move(
    _ id: RelationshipID, _ moved: [RelationshipID: RelationshipID], in graph: inout Graph
  ) throws(QueryError) -> RelationshipID {
    func end(_ element: ElementID) -> ElementID {
      guard let target = element.node.flatMap({ targets[$0] }) else { return element }
      return .relationship(moved[target] ?? target)
    }
    let (start, stop) = graph.endElements(of: id)
    let copy = try graph.createRelationship(
      type: graph.ends(of: id).type, from: end(start), to: end(stop))
    for key in graph.propertyKeys(of: id) {
      try graph.setProperty(copy, key, try graph.property(id, key, arena: arena))
    }
    graph.deleteRelationship(id)
    return copy
  }
}
