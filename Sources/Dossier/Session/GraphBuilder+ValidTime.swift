import DossierSyntax

/// Valid time, as loaders see it.
extension GraphBuilder {
  /// The properties that hold when an element begins and ends to be valid.
  public var validTimeKeys: (from: String, to: String) {
    (graph.validTimeKeys.from, graph.validTimeKeys.to)
  }

  /// Declares which properties hold the valid time of all elements of the graph.
  public mutating func declareValidTime(from: String, to: String) {
    graph.validTimeKeys = ValidTimeKeys(from: from, to: to)
  }

  /// Whether a node ends before it begins.
  public func endsBeforeStart(_ node: NodeID) -> Bool {
    GraphPeriods(graph).error(of: Cell(node)) != nil
  }

  /// Whether a relationship ends before it begins.
  public func endsBeforeStart(_ relationship: RelationshipID) -> Bool {
    GraphPeriods(graph).error(of: Cell(relationship)) != nil
  }
}

extension GraphView {
  /// The properties that hold when an element begins and ends to be valid.
  public var validTimeKeys: (from: String, to: String) {
    (graph.validTimeKeys.from, graph.validTimeKeys.to)
  }
}
