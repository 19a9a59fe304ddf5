/// One step of finding a connected pattern.
enum PatternStep {
  /// All nodes that can stand at this place.
  case scan(Slot)
  /// The ends of a relationship that is bound already.
  case ends(Int)
  /// Along a relationship of the graph, from its left or its right node.
  case expand(Int, fromLeft: Bool)
}

/// Finds an order of steps for one connected part of a query graph.
struct PatternSteps {
  let graph: QueryGraph
  /// The part's nodes, and the positions of its relationships in the graph.
  let nodes: [QueryGraph.Node]
  let relationships: [Int]
  /// Slots that have values before the first step.
  let bound: SlotSet
  let model: CardinalityModel
  /// True when bound relationships may be a place to start.
  let canReadEnds: Bool
  private let labels: [Slot: [String]]
  private let shares: [Slot: Double]
  /// Nodes with a property that must equal a known value, so that an index finds them.
  private let sought: SlotSet

  /// Parts with more relationships try only the cheapest node as their start.
  private static let exhaustiveLimit = 8

  init(
    _ graph: QueryGraph, nodes: [QueryGraph.Node], relationships: [Int], bound: SlotSet,
    model: CardinalityModel, canReadEnds: Bool
  ) {
    self.graph = graph
    self.nodes = nodes
    self.relationships = relationships
    self.bound = bound
    self.model = model
    self.canReadEnds = canReadEnds
    labels = Dictionary(nodes.map { ($0.slot, $0.labels) }) { first, _ in first }
    var shares: [Slot: Double] = [:]
    for predicate in graph.predicates {
      let read = SlotSets.read(by: [predicate]).subtracting(bound)
      if read.count == 1, let slot = read.first {
        shares[slot, default: 1] *= model.selectivity(of: predicate, labels: labels[slot] ?? [])
      }
    }
    self.shares = shares
    sought = SlotSet(
      graph.predicates.compactMap { predicate in
        guard case .comparison(.equal, let a, let b) = predicate else { return nil }
        for (property, value) in [(a, b), (b, a)] {
          if case .property(.slot(let node), _, _) = property,
            SlotSets.read(by: [value]).isSubset(of: bound)
          {
            return node
          }
        }
        return nil
      })
  }

  // MARK: As written

  var asWritten: [PatternStep] {
    var known = bound
    var steps: [PatternStep] = []
    if let first = nodes.first(where: { !$0.isRelationship }),
      !nodes.contains(where: { known.contains($0.slot) })
    {
      steps.append(.scan(first.slot))
      known.insert(first.slot)
    }
    var pending = relationships
    while let next = pending.firstIndex(where: { touches($0, known) }) {
      let index = pending.remove(at: next)
      let relationship = graph.relationships[index]
      steps.append(.expand(index, fromLeft: known.contains(relationship.left)))
      known.formUnion([relationship.left, relationship.right])
    }
    return steps
  }

  private func touches(_ index: Int, _ known: SlotSet) -> Bool {
    let relationship = graph.relationships[index]
    return known.contains(relationship.left) || known.contains(relationship.right)
  }

  // MARK: By cost

  /// The cheapest of the orders that greedy search finds from each possible start.
  var cheapest: [PatternStep] {
    if nodes.count <= PatternOrderSearch.nodeLimit, let steps = searched { return steps }
    if nodes.contains(where: { bound.contains($0.slot) }) {
      return greedy(from: nil, rows: 1, known: bound).steps
    }
    if canReadEnds,
      let index = relationships.first(where: {
        bound.contains(graph.relationships[$0].slot) && graph.relationships[$0].length == nil
      })
    {
      let relationship = graph.relationships[index]
      return greedy(
        from: .ends(index), rows: 1, known: bound.union([relationship.left])
      ).steps
    }
    var best: (steps: [PatternStep], cost: Double)?
    for start in starts {
      let rows = model.rows(ofNodesWith: labels[start] ?? [])
      let candidate = greedy(
        from: .scan(start), rows: rows * (shares[start] ?? 1), known: bound.union([start]))
      let cost = candidate.cost + (sought.contains(start) ? 0 : rows)
      if let known = best, known.cost <= cost { continue }
      best = (candidate.steps, cost)
    }
    return best?.steps ?? asWritten
  }

  /// The order that dynamic programming finds; nil when there is none.
  private var searched: [PatternStep]? {
    let positions = Dictionary(
      nodes.enumerated().map { ($1.slot, $0) }, uniquingKeysWith: { first, _ in first })
    var edges: [PatternOrderSearch.Edge] = []
    for index in relationships {
      let relationship = graph.relationships[index]
      guard let left = positions[relationship.left],
        let right = positions[relationship.right]
      else { return nil }
      edges.append(
        PatternOrderSearch.Edge(
          index: index, left: left, right: right,
          toRight: factor(relationship, fromLeft: true, closes: false),
          toLeft: factor(relationship, fromLeft: false, closes: false),
          closing: factor(relationship, fromLeft: true, closes: true)))
    }
    let search = PatternOrderSearch(edges: edges, nodeCount: nodes.count)
    return search.cheapest(from: searchStarts(positions))
  }

  private func searchStarts(_ positions: [Slot: Int]) -> [PatternOrderSearch.Start] {
    let known = nodes.indices.filter { bound.contains(nodes[$0].slot) }.reduce(0) { $0 | 1 << $1 }
    if known != 0 { return [PatternOrderSearch.Start(nodes: known, rows: 1, cost: 0)] }
    if canReadEnds,
      let index = relationships.first(where: {
        bound.contains(graph.relationships[$0].slot) && graph.relationships[$0].length == nil
      })
    {
      let left = positions[graph.relationships[index].left] ?? 0
      return [PatternOrderSearch.Start(nodes: 1 << left, rows: 1, cost: 0, step: .ends(index))]
    }
    return nodes.indices.filter { !nodes[$0].isRelationship }.map { position in
      let node = nodes[position]
      let rows = model.rows(ofNodesWith: node.labels)
      return PatternOrderSearch.Start(
        nodes: 1 << position, rows: rows * (shares[node.slot] ?? 1),
        cost: sought.contains(node.slot) ? 0 : rows, step: .scan(node.slot))
    }
  }

  private var starts: [Slot] {
    let nodes = nodes.filter { !$0.isRelationship }
    if relationships.count <= Self.exhaustiveLimit { return nodes.map(\.slot) }
    let rows = nodes.map { model.rows(ofNodesWith: $0.labels) * (shares[$0.slot] ?? 1) }
    guard let least = rows.indices.min(by: { rows[$0] < rows[$1] }) else { return [] }
    return [nodes[least].slot]
  }

  /// Always the step that leaves the fewest rows; the cost is the sum of all rows in between.
  private func greedy(
    from start: PatternStep?, rows: Double, known: SlotSet
  ) -> (steps: [PatternStep], cost: Double) {
    var steps = start.map { [$0] } ?? []
    var (rows, known, cost) = (rows, known, rows)
    var pending = relationships
    while !pending.isEmpty {
      var best: (position: Int, fromLeft: Bool, factor: Double)?
      for (position, index) in pending.enumerated() where touches(index, known) {
        let relationship = graph.relationships[index]
        let left = known.contains(relationship.left)
        let right = known.contains(relationship.right)
        for fromLeft in [true, false] where fromLeft ? left : right {
          let factor = factor(relationship, fromLeft: fromLeft, closes: left && right)
          if let known = best, known.factor <= factor { continue }
          best = (position, fromLeft, factor)
        }
      }
      guard let step = best else { break }
      let index = pending.remove(at: step.position)
      let relationship = graph.relationships[index]
      rows *= step.factor
      cost += rows
      known.formUnion([relationship.left, relationship.right])
      steps.append(.expand(index, fromLeft: step.fromLeft))
    }
    return (steps, cost)
  }

  /// The rows that one row becomes.
  private func factor(
    _ relationship: QueryGraph.Relationship, fromLeft: Bool, closes: Bool
  ) -> Double {
    if bound.contains(relationship.slot) { return closes ? 0.5 : 1 }
    if relationship.ends != .betweenNodes { return model.statementFactor(closes: closes) }
    let (near, far) =
      fromLeft
      ? (relationship.left, relationship.right) : (relationship.right, relationship.left)
    let direction = relationship.direction(fromLeft: fromLeft)
    let degree = model.degree(
      types: relationship.types, direction: direction, labels: labels[near] ?? [],
      farLabels: labels[far] ?? [])
    let rows = model.fanOut(degree, relationship.length) * (shares[relationship.slot] ?? 1)
    if !closes { return rows * (shares[far] ?? 1) }
    let nodes = model.farNodes(
      types: relationship.types, direction: direction, labels: labels[far] ?? [])
    return min(rows / max(nodes, 1), rows)
  }
}

extension QueryGraph.Relationship {
  /// The direction of a step along it from its left or its right node.
  func direction(fromLeft: Bool) -> ExpandStep.Direction {
    switch direction {
    case .both: .both
    case .right: fromLeft ? .outgoing : .incoming
    case .left: fromLeft ? .incoming : .outgoing
    }
  }
}
