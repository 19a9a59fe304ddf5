import DossierSyntax

/// Query graphs: connected parts are found step by step, then joined.
extension Planner {
  /// Finds the graph for each row.
  func match(_ pattern: QueryGraph, _ rows: inout PartialPlan) {
    let graph = delayingChainPredicates(of: pattern)
    if !graph.computed.isEmpty {
      rows.add(graph.computed.map(\.slot), .projection(rows.root, graph.computed))
    }
    let before = rows.bound
    checkBound(graph, &rows)
    var parts = connectedParts(of: graph)
    let attached = parts.partitioned { part in isAttached(part, graph, before) }
    var placed: [Int] = []
    for part in attached { find(part, graph, &rows, &placed) }
    if order == .cheapest { parts = sortedBySize(parts, graph) }
    while let part = parts.popNext(where: { isAttached($0, graph, rows.bound) }) {
      if isAttached(part, graph, rows.bound) {
        find(part, graph, &rows, &placed)
        continue
      }
      var own = PartialPlan(root: .argument, bound: [], isUnit: true)
      var found: [Int] = []
      find(part, graph, &own, &found)
      rows.multiply(by: own)
      keepApart(placed, found, graph, &rows)
      placed += found
    }
    for relationship in graph.relationships where relationship.search != .all {
      search(relationship, &rows)
    }
    let paths = SlotSet(graph.paths.map(\.slot))
    let needsPath = graph.predicates.map { !SlotSets.read(by: [$0]).isDisjoint(with: paths) }
    for (predicate, late) in zip(graph.predicates, needsPath) where !late {
      rows.filter(predicate)
    }
    name(graph.paths, &rows)
    for (predicate, late) in zip(graph.predicates, needsPath) where late {
      rows.filter(predicate)
    }
  }

  /// The graph with the predicates of chains that read other parts of the pattern made predicates of
  /// the whole.
  private func delayingChainPredicates(of pattern: QueryGraph) -> QueryGraph {
    var graph = pattern
    let introduced = SlotSet(pattern.introduced)
    for (index, relationship) in pattern.relationships.enumerated() {
      guard let length = relationship.length, let predicate = length.predicate,
        !SlotSets.read(by: [predicate]).isDisjoint(with: introduced)
      else { continue }
      graph.relationships[index].length?.predicate = nil
      graph.predicates.append(
        .quantifier(
          .all, variable: length.element, list: .slot(relationship.slot), predicate: predicate,
          SourceRange(start: 0, end: 0)))
    }
    return graph
  }

  /// What the pattern asks of nodes that are bound before.
  private func checkBound(_ graph: QueryGraph, _ rows: inout PartialPlan) {
    for node in graph.nodes where rows.bound.contains(node.slot) {
      let isAlone = !graph.relationships.contains {
        $0.left == node.slot || $0.right == node.slot
      }
      if !node.labels.isEmpty {
        rows.filter(.hasLabels(.slot(node.slot), node.labels, SourceRange(start: 0, end: 0)))
      } else if isAlone {
        rows.filter(.isNotNull(.slot(node.slot)))
      }
    }
  }

  // MARK: Connected parts

  /// The parts of a graph that relationships connect; shortest paths connect nothing, as both their
  /// ends must be found before.
  private func connectedParts(of graph: QueryGraph) -> [PatternPart] {
    var partOf: [Slot: Int] = [:]
    for (index, node) in graph.nodes.enumerated() { partOf[node.slot] = index }
    func root(_ slot: Slot) -> Int {
      var index = partOf[slot] ?? 0
      while let parent = partOf[graph.nodes[index].slot], parent != index { index = parent }
      return index
    }
    for relationship in graph.relationships where relationship.search == .all {
      let (a, b) = (root(relationship.left), root(relationship.right))
      if a != b { partOf[graph.nodes[max(a, b)].slot] = min(a, b) }
    }
    var parts: [PatternPart] = []
    var positions: [Int: Int] = [:]
    for node in graph.nodes {
      let root = root(node.slot)
      if let position = positions[root] {
        parts[position].nodes.append(node)
      } else {
        positions[root] = parts.count
        parts.append(PatternPart(nodes: [node], relationships: []))
      }
    }
    for (index, relationship) in graph.relationships.enumerated()
    where relationship.search == .all {
      if let position = positions[root(relationship.left)] {
        parts[position].relationships.append(index)
      }
    }
    return parts
  }

  private func isAttached(
    _ part: PatternPart, _ graph: QueryGraph, _ bound: SlotSet
  ) -> Bool {
    part.nodes.contains { bound.contains($0.slot) }
      || part.relationships.contains { index in
        let relationship = graph.relationships[index]
        return bound.contains(relationship.slot) || readsBound(relationship.length, bound)
      }
  }

  /// Whether what a chain must satisfy depends on rows that are there already.
  private func readsBound(_ length: VariableLength?, _ bound: SlotSet) -> Bool {
    let read = [length?.predicate, length?.contemporaneous?.window].compactMap { $0 }
    return !SlotSets.read(by: read).isDisjoint(with: bound)
  }

  private func sortedBySize(_ parts: [PatternPart], _ graph: QueryGraph) -> [PatternPart] {
    let sizes = parts.map { part in
      part.nodes.filter { !$0.isRelationship }.map { model.rows(ofNodesWith: $0.labels) }.min()
        ?? .infinity
    }
    return parts.indices.sorted { (sizes[$0], $0) < (sizes[$1], $1) }.map { parts[$0] }
  }

  // MARK: Steps

  private func find(
    _ part: PatternPart, _ graph: QueryGraph, _ rows: inout PartialPlan, _ placed: inout [Int]
  ) {
    let steps = PatternSteps(
      graph, nodes: part.nodes, relationships: part.relationships, bound: rows.bound,
      model: model, canReadEnds: functions.function(named: "startNode") != nil)
    let labels = Dictionary(part.nodes.map { ($0.slot, $0.labels) }) { first, _ in first }
    for step in order == .cheapest ? steps.cheapest : steps.asWritten {
      switch step {
      case .scan(let node): scan(node, labels[node] ?? [], &rows)
      case .ends(let index):
        startAtEnd(of: graph.relationships[index], labels, &rows)
      case .expand(let index, let fromLeft):
        let others = placed.map { graph.relationships[$0] }
        expand(
          graph.relationships[index], fromLeft: fromLeft, labels, different: others, &rows)
        placed.append(index)
      }
    }
  }

  private func scan(_ node: Slot, _ labels: [String], _ rows: inout PartialPlan) {
    rows.multiply(
      by: PartialPlan(root: .nodeScan(node: node, labels: labels), bound: [node]))
  }

  /// Binds the left node of a bound relationship: one of its ends, or for an undirected pattern both
  /// in turn.
  private func startAtEnd(
    of relationship: QueryGraph.Relationship, _ labels: [Slot: [String]],
    _ rows: inout PartialPlan
  ) {
    let startNode = GraphFunctions.end(.start, relationship.ends.start)
    let endNode = GraphFunctions.end(.end, relationship.ends.start)
    let range = SourceRange(start: 0, end: 0)
    let start = BoundExpression.function(startNode, [.slot(relationship.slot)], range)
    let end = BoundExpression.function(endNode, [.slot(relationship.slot)], range)
    let left = relationship.left
    switch relationship.direction {
    case .right: rows.add([left], .projection(rows.root, [(slot: left, expression: start)]))
    case .left: rows.add([left], .projection(rows.root, [(slot: left, expression: end)]))
    case .both:
      let ends = BoundExpression.caseWhen(
        operand: nil,
        alternatives: [(when: .comparison(.equal, start, end), then: .list([start]))],
        otherwise: .list([start, end]))
      rows.add([left], .unwind(rows.root, list: ends, element: left))
    }
    if let wanted = labels[left], !wanted.isEmpty {
      rows.filter(.hasLabels(.slot(left), wanted, range))
    }
  }

  private func expand(
    _ relationship: QueryGraph.Relationship, fromLeft: Bool, _ labels: [Slot: [String]],
    different others: [QueryGraph.Relationship], _ rows: inout PartialPlan
  ) {
    let step = step(
      relationship, fromLeft: fromLeft, labels, rows.bound,
      different: others.filter { relationship.mustDiffer(from: $0) }.map(\.slot))
    if let length = relationship.length {
      rows.add(
        [relationship.slot, step.to], .variableLengthExpand(rows.root, step, length))
    } else {
      rows.add(
        [relationship.slot, step.to],
        step.ends == .betweenNodes ? .expand(rows.root, step) : .statementExpand(rows.root, step))
    }
  }

  private func search(_ relationship: QueryGraph.Relationship, _ rows: inout PartialPlan) {
    guard let length = relationship.length else { return }
    let step = step(relationship, fromLeft: true, [:], rows.bound, different: [])
    rows.add(
      [relationship.slot],
      .shortestPath(
        rows.root, step, length, all: relationship.search == .allShortest))
  }

  private func step(
    _ relationship: QueryGraph.Relationship, fromLeft: Bool, _ labels: [Slot: [String]],
    _ bound: SlotSet, different: [Slot]
  ) -> ExpandStep {
    let (from, to) =
      fromLeft
      ? (relationship.left, relationship.right) : (relationship.right, relationship.left)
    let toIsBound = bound.contains(to)
    return ExpandStep(
      from: from, relationship: relationship.slot, to: to, types: relationship.types,
      direction: relationship.direction(fromLeft: fromLeft), toIsBound: toIsBound,
      relationshipIsBound: bound.contains(relationship.slot), different: different,
      reversed: !fromLeft && relationship.length != nil,
      toLabels: toIsBound ? [] : labels[to] ?? [],
      ends: fromLeft ? relationship.ends : relationship.ends.reversed)
  }

  // MARK: Uniqueness across parts

  /// Relationships of parts that were found apart must differ, too.
  private func keepApart(
    _ first: [Int], _ second: [Int], _ graph: QueryGraph, _ rows: inout PartialPlan
  ) {
    for a in first.map({ graph.relationships[$0] }) {
      for b in second.map({ graph.relationships[$0] }) where a.mustDiffer(from: b) {
        rows.filter(differ(a, b))
      }
    }
  }

  private func differ(
    _ a: QueryGraph.Relationship, _ b: QueryGraph.Relationship
  ) -> BoundExpression {
    let range = SourceRange(start: 0, end: 0)
    switch (a.length, b.length) {
    case (nil, nil): return .comparison(.notEqual, .slot(a.slot), .slot(b.slot))
    case (_?, nil): return .not(.in(.slot(b.slot), .slot(a.slot), range), range)
    case (nil, _?): return .not(.in(.slot(a.slot), .slot(b.slot), range), range)
    case (_?, _?):
      let element = slots.add(.relationship)
      return .quantifier(
        .none, variable: element, list: .slot(a.slot),
        predicate: .in(.slot(element), .slot(b.slot), range), range)
    }
  }
}

/// A connected part of a query graph.
struct PatternPart {
  var nodes: [QueryGraph.Node]
  /// Positions in the graph's relationships.
  var relationships: [Int]

  /// A node is there to begin at, and not only relationships that other parts find.
  var hasNode: Bool { nodes.contains { !$0.isRelationship } }
}

extension [PatternPart] {
  /// Takes out the first part that satisfies the condition, else the first that has a node.
  fileprivate mutating func popNext(where condition: (PatternPart) -> Bool) -> PatternPart? {
    if isEmpty { return nil }
    return remove(at: firstIndex(where: condition) ?? firstIndex(where: \.hasNode) ?? 0)
  }
}

extension QueryGraph.Relationship {
  /// Whether it has to be checked that both do not stand for one relationship: false when they may,
  /// and when their types exclude it.
  func mustDiffer(from other: QueryGraph.Relationship) -> Bool {
    if clause != other.clause || ends.relationshipCount != other.ends.relationshipCount {
      return false
    }
    if types.isEmpty || other.types.isEmpty { return true }
    return types.contains { type in
      other.types.contains { VariableName($0) == VariableName(type) }
    }
  }
}

extension Array {
  /// Takes out the elements that satisfy the condition and returns them; both keep their order.
  fileprivate mutating func partitioned(_ condition: (Element) -> Bool) -> [Element] {
    let taken = filter(condition)
    removeAll(where: condition)
    return taken
  }
}
