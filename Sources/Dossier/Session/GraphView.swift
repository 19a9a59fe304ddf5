/// One version of a graph, for walking over all of it; writers of graph files use it.
///
/// A view keeps the version alive and does not see later changes.
public struct GraphView: Sendable {
  let graph: Graph

  init(_ graph: Graph) {
    self.graph = graph
  }

  /// The number of nodes.
  public var nodeCount: Int { graph.nodeCount }

  /// The number of relationships.
  public var relationshipCount: Int { graph.relationshipCount }

  /// Some relationship begins or ends at a relationship. Such relationships have higher ids than those
  /// that they are about.
  public var hasStatements: Bool { graph.statementCount > 0 }

  /// All nodes in the order of their ids, made while one walks over them.
  public var nodes: some Sequence<Node> {
    let graph = graph
    return (0..<UInt32(truncatingIfNeeded: graph.nodeIDBound)).lazy
      .map { NodeID(rawValue: $0) }
      .filter { graph.contains($0) }
      .map { graph.node($0) }
  }

  /// All relationships in the order of their ids, made while one walks over them.
  public var relationships: some Sequence<Relationship> {
    let graph = graph
    return (0..<UInt32(truncatingIfNeeded: graph.relationshipIDBound)).lazy
      .map { RelationshipID(rawValue: $0) }
      .filter { graph.contains($0) }
      .map { graph.relationship($0) }
  }
}

extension Database {
  /// The graph as it stands now, for walking over all of it. O(1).
  public var view: GraphView { GraphView(snapshot) }
}
