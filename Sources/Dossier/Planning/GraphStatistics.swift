/// What the planner knows of a graph: sizes that the graph keeps up to date by itself.
struct GraphStatistics: Sendable {
  /// Living nodes.
  let nodeCount: Int
  /// Living relationships.
  let relationshipCount: Int
  private let nodesWithLabel: @Sendable (String) -> Int
  private let relationshipsOfType: @Sendable (String) -> Int

  init(
    nodeCount: Int, relationshipCount: Int, nodesWithLabel: @escaping @Sendable (String) -> Int,
    relationshipsOfType: @escaping @Sendable (String) -> Int
  ) {
    self.nodeCount = nodeCount
    self.relationshipCount = relationshipCount
    self.nodesWithLabel = nodesWithLabel
    self.relationshipsOfType = relationshipsOfType
  }

  /// The sizes of a graph as it stands. O(1).
  init(_ graph: Graph) {
    self.init(
      nodeCount: graph.nodeCount, relationshipCount: graph.relationshipCount,
      nodesWithLabel: { name in
        graph.catalog.label(name).map { graph.nodeCount(label: $0) } ?? 0
      },
      relationshipsOfType: { name in
        graph.catalog.relationshipType(name).map { graph.relationshipCount(type: $0) } ?? 0
      })
  }

  /// Living nodes with a label; 0 for a label that nobody has used.
  func nodeCount(label: String) -> Int { nodesWithLabel(label) }

  /// Living relationships of a type; 0 for a type that nobody has used.
  func relationshipCount(type: String) -> Int { relationshipsOfType(type) }
}
