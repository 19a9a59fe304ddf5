/// What the planner knows of a graph: sizes that the graph keeps up to date by itself.
protocol GraphStatistics: Sendable {
  /// Living nodes.
  var nodeCount: Int { get }
  /// Living relationships.
  var relationshipCount: Int { get }
  /// Living nodes with a label; 0 for a label that nobody has used.
  func nodeCount(label: String) -> Int
  /// Living relationships of a type; 0 for a type that nobody has used.
  func relationshipCount(type: String) -> Int
  /// Living relationships of a type whose node at one end has a label.
  func relationshipCount(type: String, at end: RelationshipEnd, label: String) -> Int
  /// Living nodes that may stand at an end of relationships of a type: those with a label that all
  /// nodes at this end have, or all.
  func nodeCount(at end: RelationshipEnd, ofType type: String) -> Int

  /// Which elements have bounds of valid time.
  var datedElements: DatedElements { get }
}

extension Graph: GraphStatistics {
  func nodeCount(label: String) -> Int {
    catalog.label(label).map { nodeCount(label: $0) } ?? 0
  }

  func relationshipCount(
    type: String, at end: RelationshipEnd, label: String
  ) -> Int {
    guard let type = catalog.relationshipType(type), let label = catalog.label(label) else {
      return 0
    }
    return relationshipCount(type: type, at: end, label)
  }

  func nodeCount(at end: RelationshipEnd, ofType type: String) -> Int {
    guard let type = catalog.relationshipType(type) else { return 0 }
    return nodeCount(at: end, of: type)
  }

  func relationshipCount(type: String) -> Int {
    catalog.relationshipType(type).map { relationshipCount(type: $0) } ?? 0
  }
}

extension GraphStatistics {
  /// Any, unless somebody knows better.
  var datedElements: DatedElements { DatedElements() }
}
