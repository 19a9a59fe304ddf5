import DossierSyntax

/// Valid time, as loaders see it.
extension GraphBuilder {
  /// The properties that hold when an element begins and ends to be valid.
  public var validTimeKeys: (from: String, to: String) {
    (graph.validTimeKeys.from, graph.validTimeKeys.to)
  }

  /// Declares which properties hold the valid time of all elements of the graph.
  public mutating func declareValidTime(from: String, to: String) {
    loader.graph.validTimeKeys = ValidTimeKeys(from: from, to: to)
  }

  /// The elements whose end is before their start, in the order of their ids. O(elements) where any
  /// has both bounds, else O(1).
  public var elementsEndingBeforeStart: (nodes: [NodeID], relationships: [RelationshipID]) {
    let periods = GraphPeriods(graph)
    let nodes = periods.nodes?.reversedRows(below: graph.nodeIDBound) ?? []
    let relationships = periods.relationships?.reversedRows(below: graph.relationshipIDBound) ?? []
    return (
      nodes.map { NodeID(rawValue: UInt32(truncatingIfNeeded: $0)) },
      relationships.map { RelationshipID(rawValue: UInt32(truncatingIfNeeded: $0)) }
    )
  }
}

extension GraphView {
  /// The properties that hold when an element begins and ends to be valid.
  public var validTimeKeys: (from: String, to: String) {
    (graph.validTimeKeys.from, graph.validTimeKeys.to)
  }
}
