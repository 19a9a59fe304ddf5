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
}

extension Graph: GraphStatistics {
  func nodeCount(label: String) -> Int {
    catalog.label(label).map { nodeCount(label: $0) } ?? 0
  }

  func relationshipCount(type: String) -> Int {
    catalog.relationshipType(type).map { relationshipCount(type: $0) } ?? 0
  }
}
