import DossierSyntax

/// Makes terms countable: resolves names against the graph and leaves out what cannot match.
struct CountTermBuilder {
  let kernel: (BoundExpression, SlotSet) throws(QueryError) -> ExpressionKernel

  func build(_ terms: [CountTerm], _ state: ExecutionState) throws(QueryError) -> [CountedTerm] {
    var made: [CountedTerm] = []
    for term in terms where !isEmpty(term, state.graph) {
      guard let shape = CountShape.of(term) else {
        throw QueryError(.internalError, "a counted pattern has an unexpected shape")
      }
      made.append(
        CountedTerm(
          coefficient: term.coefficient, root: try vertex(shape, term, reachedBy: nil, state)))
    }
    return made
  }

  /// Whether statistics exclude any match: no such relationship, or no such loop.
  func isEmpty(_ term: CountTerm, _ graph: Graph) -> Bool {
    term.edges.contains { edge in
      let adjacency = StepAdjacency(edge.types, edge.direction, graph)
      if adjacency.parts.isEmpty { return true }
      return edge.near == edge.far && !adjacency.parts.contains { graph.hasLoops($0.type) }
    }
  }

  private func vertex(
    _ shape: CountShape.Vertex, _ term: CountTerm, reachedBy bundle: EdgeBundle?,
    _ state: ExecutionState
  ) throws(QueryError) -> CountVertex {
    let node = term.nodes[shape.node]
    let found = node.labels.compactMap { state.graph.catalog.label($0) }
    var predicates: [ExpressionKernel] = []
    for predicate in node.predicates {
      predicates.append(try kernel(predicate, SlotSet(node.slots)))
    }
    var factors: [CountFactor] = []
    for child in shape.children {
      factors.append(try factor(child, from: shape.node, term, state))
    }
    for branch in term.branches where branch.node == shape.node {
      factors.append(BranchFactor(try build(branch.terms, state), branch.mode))
    }
    return CountVertex(
      labels: found.filter { label in !(bundle?.implies(label, state.graph) ?? false) },
      isImpossible: found.count < node.labels.count, slots: node.slots, predicates: predicates,
      loops: shape.loops.isEmpty
        ? nil
        : EdgeBundle(shape.loops.map { term.edges[$0] }, from: shape.node, state.graph),
      factors: factors)
  }

  /// What the relationships of a chain must satisfy.
  func chainPredicate(_ length: VariableLength) throws(QueryError) -> ChainPredicate? {
    guard let predicate = length.predicate else { return nil }
    return ChainPredicate(try kernel(predicate, SlotSet([length.element])), length)
  }

  func factor(
    _ shape: CountShape, from near: Int, _ term: CountTerm, _ state: ExecutionState
  ) throws(QueryError) -> CountFactor {
    func bundle(_ indices: [Int], _ node: Int) -> EdgeBundle {
      EdgeBundle(indices.map { term.edges[$0] }, from: node, state.graph)
    }
    switch shape {
    case .bundle(let indices, let child):
      let edges = bundle(indices, near)
      if let edge = indices.first.map({ term.edges[$0] }), let length = edge.length {
        let step = StepAdjacency(
          edge.types, edge.near == near ? edge.direction : edge.direction.opposite, state.graph)
        return ChainFactor(
          try TrailWalk(step, length, try chainPredicate(length), state),
          try vertex(child, term, reachedBy: edges, state))
      }
      return EdgeFactor(edges, try vertex(child, term, reachedBy: edges, state))
    case .triangle(let first, let a, let second, let b, let between):
      let (toFirst, toSecond) = (bundle(first, near), bundle(second, near))
      let firstVertex = try vertex(a, term, reachedBy: toFirst, state)
      let secondVertex = try vertex(b, term, reachedBy: toSecond, state)
      if toFirst.relationshipCount(state.graph) <= toSecond.relationshipCount(state.graph) {
        return TriangleFactor(
          toFirst, firstVertex, toSecond, secondVertex, between: bundle(between, a.node))
      }
      return TriangleFactor(
        toSecond, secondVertex, toFirst, firstVertex, between: bundle(between, b.node))
    }
  }
}
