import DossierSyntax

/// Terms for counting at all nodes at once.
extension CountTermBuilder {
  /// How many relationships that a sweep walks are worth one that is walked from a root.
  private static let patience = 16.0

  /// The terms for all nodes with the labels; nil when these are so few that it is quicker to walk from
  /// each of them.
  func sweep(
    _ terms: [CountTerm], from labels: [String], _ state: ExecutionState
  ) throws(QueryError) -> [SweptTerm]? {
    var made: [SweptTerm] = []
    for term in terms where !isEmpty(term, state.graph) {
      guard let term = term.simplified(state.graph) else { continue }
      guard let shape = CountShape.of(term) else {
        throw QueryError(.internalError, "a counted pattern has an unexpected shape")
      }
      let root = try swept(shape, term, labels: labels, reachedBy: nil, state)
      let nodes =
        labels.compactMap { state.graph.catalog.label($0) }
        .map { state.graph.nodeCount(label: $0) }.min() ?? state.graph.nodeCount
      let walked = reach(shape, term, labels, nodes: Double(nodes), state.graph)
      let isChain = term.edges.contains { $0.length != nil }
      if !isChain, Double(root.totalWork) > Self.patience * walked { return nil }
      made.append(SweptTerm(coefficient: term.coefficient, root: root))
    }
    return made
  }

  /// The terms for rows of a page at a time, where all that is asked of a node is how many relationships
  /// it has to nodes with labels; nil for others.
  func degrees(_ terms: [CountTerm], _ state: ExecutionState) throws(QueryError) -> [SweptTerm]? {
    guard terms.allSatisfy(\.isStar) else { return nil }
    guard let made = try sweep(terms, from: [], state) else { return nil }
    return made.allSatisfy { $0.root.isLocal && !$0.root.isBoundToCaller } ? made : nil
  }

  /// How many relationships are walked from the nodes with the labels, roughly.
  private func reach(
    _ shape: CountShape.Vertex, _ term: CountTerm, _ labels: [String], nodes: Double,
    _ graph: Graph
  ) -> Double {
    let known = (labels + term.nodes[shape.node].labels).compactMap { graph.catalog.label($0) }
    var total = nodes
    for child in shape.children {
      for (indices, next) in child.steps {
        guard let edge = indices.first.map({ term.edges[$0] }) else { continue }
        var walked = 0.0
        let direction = edge.near == shape.node ? edge.direction : edge.direction.opposite
        for part in StepAdjacency(edge.types, direction, graph).parts {
          let end: RelationshipEnd = part.direction == .outgoing ? .start : .end
          let all = graph.relationshipCount(type: part.type)
          let labelled =
            known.map { graph.relationshipCount(type: part.type, at: end, $0) }.min() ?? all
          let starts = min(
            known.map { graph.nodeCount(label: $0) }.min() ?? .max,
            graph.nodeCount(at: end, of: part.type))
          walked += Double(labelled) * min(1, nodes / Double(max(starts, 1)))
        }
        total += walked + reach(next, term, [], nodes: walked, graph)
      }
    }
    for branch in term.branches where branch.node == shape.node {
      for inner in branch.terms {
        guard let root = CountShape.of(inner) else { continue }
        total += reach(root, inner, labels, nodes: nodes, graph)
      }
    }
    return total
  }

  private func swept(
    _ shape: CountShape.Vertex, _ term: CountTerm, labels names: [String],
    reachedBy edges: [CountTerm.Edge]?, _ state: ExecutionState
  ) throws(QueryError) -> SweepVertex {
    let graph = state.graph
    let node = term.nodes[shape.node]
    let wanted = node.labels + names
    var labels = wanted.compactMap { graph.catalog.label($0) }
    let isImpossible = labels.count < wanted.count
    var predicates: [ExpressionKernel] = []
    for predicate in node.predicates {
      predicates.append(try kernel(predicate, SlotSet(node.slots)))
    }
    var implying = shape.children.flatMap(\.nearEdges).map { [term.edges[$0]] }
      .map { EdgeBundle($0, from: shape.node, graph) }
    var factors: [SweepFactor] = []
    if let edges {
      let back = EdgeBundle(edges, from: shape.node, graph)
      implying.append(back)
      if !predicates.isEmpty, let step = back.firstStep { factors.append(ReachedSweepFactor(step)) }
    }
    let reached = edges.flatMap { edges in
      let back = EdgeBundle(edges, from: shape.node, graph)
      return labels.filter { back.impliesNear($0, graph) }
        .min { graph.nodeCount(label: $0) < graph.nodeCount(label: $1) }
    }
    labels = labels.filter { label in !implying.contains { $0.impliesNear(label, graph) } }
    for child in shape.children { factors.append(try swept(child, from: shape.node, term, state)) }
    for branch in term.branches where branch.node == shape.node {
      var terms: [SweptTerm] = []
      for inner in branch.terms where !isEmpty(inner, graph) {
        guard let inner = inner.simplified(graph), let root = CountShape.of(inner) else { continue }
        terms.append(
          SweptTerm(
            coefficient: inner.coefficient,
            root: try swept(root, inner, labels: [], reachedBy: nil, state)))
      }
      factors.append(BranchSweepFactor(terms, branch.mode))
    }
    if !shape.loops.isEmpty {
      let loops = EdgeBundle(shape.loops.map { term.edges[$0] }, from: shape.node, graph)
      factors.append(SingleSweepFactor(LoopFactor(loops), work: loops.relationshipCount(graph)))
    }
    return SweepVertex(
      isImpossible: isImpossible, labels: labels, slots: node.slots, predicates: predicates,
      factors: factors, reached: reached, nodes: graph.nodeIDBound)
  }

  private func swept(
    _ shape: CountShape, from near: Int, _ term: CountTerm, _ state: ExecutionState
  ) throws(QueryError) -> SweepFactor {
    let graph = state.graph
    func edges(_ indices: [Int]) -> [CountTerm.Edge] { indices.map { term.edges[$0] } }
    switch shape {
    case .bundle(let indices, let child):
      let bundle = EdgeBundle(edges(indices), from: near, graph)
      let far = try swept(child, term, labels: [], reachedBy: edges(indices), state)
      if let edge = edges(indices).first, let length = edge.length {
        let step = StepAdjacency(
          edge.types, edge.near == near ? edge.direction : edge.direction.opposite, graph)
        guard let lists = step.plainLists else {
          throw QueryError(.internalError, "a counted chain has several lists")
        }
        return ChainSweepFactor(step, lists, length, try chainPredicate(length), far, graph)
      }
      guard let adjacency = bundle.onlyAdjacency else {
        return BundleSweepFactor(bundle, far, graph)
      }
      if far.isTrivial { return DegreeSweepFactor(adjacency) }
      if let labels = far.onlyLabels { return LabelledDegreeSweepFactor(adjacency, labels, graph) }
      return NeighbourSweepFactor(adjacency, far, graph)
    case .triangle(let first, let a, let second, let b, let between):
      let (toFirst, toSecond) = (
        EdgeBundle(edges(first), from: near, graph), EdgeBundle(edges(second), from: near, graph)
      )
      let marksFirst =
        toFirst.onlyExists
        || !toSecond.onlyExists
          && toFirst.relationshipCount(graph) > toSecond.relationshipCount(graph)
      let walked = marksFirst ? toSecond : toFirst
      let inner = EdgeBundle(edges(between), from: marksFirst ? b.node : a.node, graph)
      guard walked.onlyAdjacency != nil, inner.onlyAdjacency != nil,
        toFirst.isSingle, toSecond.isSingle
      else {
        return SingleSweepFactor(
          try factor(shape, from: near, term, state),
          work: toFirst.relationshipCount(graph) + toSecond.relationshipCount(graph))
      }
      let firstVertex = try swept(a, term, labels: [], reachedBy: edges(first), state)
      let secondVertex = try swept(b, term, labels: [], reachedBy: edges(second), state)
      if let step = walked.onlyAdjacency, step.isEitherWay(graph),
        toFirst.repeats(step), toSecond.repeats(step), inner.repeats(step)
      {
        return OrientedTriangleFactor(step, firstVertex, secondVertex, graph)
      }
      return marksFirst
        ? TriangleSweepFactor(toSecond, secondVertex, toFirst, firstVertex, between: inner, graph)
        : TriangleSweepFactor(toFirst, firstVertex, toSecond, secondVertex, between: inner, graph)
    }
  }
}

extension CountShape {
  /// The edges to each child, and the child.
  fileprivate var steps: [([Int], Vertex)] {
    switch self {
    case .bundle(let edges, let child): [(edges, child)]
    case .triangle(let first, let a, let second, let b, _): [(first, a), (second, b)]
    }
  }

  /// The edges at the node that the shape hangs off.
  fileprivate var nearEdges: [Int] {
    switch self {
    case .bundle(let edges, _): edges
    case .triangle(let first, _, let second, _, _): first + second
    }
  }
}

extension CountTerm {
  /// All edges are single ones at the root, and so are those of its branches.
  var isStar: Bool {
    edges.allSatisfy { edge in
      (edge.near == 0) != (edge.far == 0) && edge.length == nil && !edge.onlyExists
        && nodes[max(edge.near, edge.far)].predicates.isEmpty
    } && Set(edges.map { max($0.near, $0.far) }).count == edges.count
      && branches.allSatisfy { $0.node == 0 && $0.terms.allSatisfy(\.isStar) }
  }
}
