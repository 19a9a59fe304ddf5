import DossierSyntax

extension CountTerm {
  /// The term without what the relationships of the graph make superfluous: where no two of them run
  /// between the same nodes, several edges between two nodes of the pattern are one. Nil when nothing
  /// can match.
  func simplified(_ graph: Graph) -> CountTerm? {
    var kept: [Edge] = []
    for edge in edges {
      guard edge.near != edge.far, edge.length == nil, let type = edge.onlyType(graph) else {
        kept.append(edge)
        continue
      }
      var edge = edge
      if edge.onlyExists, edge.isUnique(type, graph) { edge.onlyExists = false }
      var isCovered = false
      for i in kept.indices {
        let other = kept[i]
        guard other.length == nil, other.joinsSameNodes(as: edge),
          other.onlyType(graph) == type
        else { continue }
        let direction = other.near == edge.near ? other.direction : other.direction.opposite
        if direction != edge.direction, direction != .both, edge.direction != .both {
          // To and fro: nothing but a loop is both.
          if !graph.hasOpposites(type), !graph.hasLoops(type) { return nil }
          continue
        }
        guard !other.onlyExists, !edge.onlyExists, edge.isUnique(type, graph),
          other.isUnique(type, graph)
        else { continue }
        if direction == .both { kept[i] = edge }
        isCovered = true
        break
      }
      if !isCovered { kept.append(edge) }
    }
    var term = self
    term.edges = kept
    return term
  }
}

extension CountTerm.Edge {
  fileprivate func joinsSameNodes(as other: CountTerm.Edge) -> Bool {
    near == other.near && far == other.far || near == other.far && far == other.near
  }

  /// The type of the relationships, where they have but one.
  fileprivate func onlyType(_ graph: Graph) -> RelationshipTypeID? {
    let parts = StepAdjacency(types, direction, graph).parts
    guard let first = parts.first, parts.allSatisfy({ $0.type == first.type }) else { return nil }
    return first.type
  }

  /// Whether no two nodes have more than one relationship that the edge matches.
  fileprivate func isUnique(_ type: RelationshipTypeID, _ graph: Graph) -> Bool {
    !graph.hasParallels(type) && (direction != .both || !graph.hasOpposites(type))
  }
}

extension StepAdjacency {
  /// The step goes along one type either way, and no two nodes, nor a node and itself, have several
  /// relationships of it.
  func isEitherWay(_ graph: Graph) -> Bool {
    guard parts.count == 2, parts[0].type == parts[1].type,
      parts[0].direction != parts[1].direction
    else { return false }
    let type = parts[0].type
    return !graph.hasLoops(type) && !graph.hasParallels(type) && !graph.hasOpposites(type)
  }
}
