import DossierSyntax

/// What is only counted is not enumerated:
///
///     Aggregation count(*)               Aggregation sum(matches of (b)-->(c) at a)
///       Expand (b)-->(c)         →         NodeScan a
///         Expand (a)-->(b)
///           NodeScan a
///
/// Steps whose variables nobody reads become a number per row: how many matches they have. With
/// grouping keys, the steps that the keys need stay, and rows with the number 0 are dropped. Holds for
/// aggregates that see multiplicities only as a number (`count`) or not at all (`DISTINCT`, `min`,
/// `max`), and for steps that hang off a single node each. The predicates among them cannot fail.
///
/// Without keys, all becomes one operator, `PatternCount`, where the rows that stay are those of a scan;
/// chains of any length and `EXISTS` are counted, too, then. Where the node of a scan is a key, each row
/// is a group, and no aggregation is left.
struct PatternCountRule {
  let errorFreedom: ErrorFreedom
  let model: CardinalityModel

  func apply(to plan: LogicalOperator, argument: SlotSet) -> LogicalOperator {
    let plan = plan.mapWithArgument(argument) { apply(to: $0, argument: $1) }
    guard case .aggregation(let input, let keys, let aggregates) = plan else { return plan }
    if keys.isEmpty,
      let whole = fold(input, keys, aggregates, argument, keepsChecks: false),
      case .patternCount = whole
    {
      return whole
    }
    return fold(input, keys, aggregates, argument, keepsChecks: true) ?? plan
  }

  private typealias Key = (slot: Slot, expression: BoundExpression)
  private typealias Aggregate = (slot: Slot, aggregate: BoundAggregate)

  /// With `keepsChecks`, `EXISTS` on the rows that stay is left to an operator of its own, which ends
  /// at the first match.
  private func fold(
    _ input: LogicalOperator, _ keys: [Key], _ aggregates: [Aggregate], _ argument: SlotSet,
    keepsChecks: Bool
  ) -> LogicalOperator? {
    let steps = CountedSteps(peeling: input, withChains: !keepsChecks)
    let peeled = SlotSet(steps.upwards.flatMap(\.bound))
    guard !peeled.isEmpty || !keepsChecks && !steps.upwards.isEmpty else { return nil }
    var needed = SlotSets.read(by: keys.map(\.expression))
    for (_, aggregate) in aggregates where Self.counted(aggregate, among: peeled) == nil {
      guard Self.ignoresRepetition(aggregate) else { return nil }
      needed.formUnion(SlotSets.read(by: aggregate.arguments))
    }
    // What keys and other aggregates need stays, with all that leads there.
    for step in steps.upwards.reversed() where step.bound.contains(where: needed.contains) {
      needed.formUnion(step.read)
    }
    var visible = SlotSets.visible(steps.base, argument: argument)
    var base = steps.base
    var folded: [CountedSteps.Step] = []
    for step in steps.upwards {
      let stays =
        step.bound.isEmpty
        ? (keepsChecks || !step.isSubplan) && step.read.isSubset(of: visible)
        : step.bound.contains(where: needed.contains)
      guard stays else {
        folded.append(step)
        continue
      }
      if case .expand(let expand) = step, !visible.isSuperset(of: SlotSet(expand.different)) {
        return nil
      }
      base = step.over(base)
      visible.formUnion(step.bound)
    }
    var builder = CountedPatternBuilder(errorFreedom: errorFreedom, kept: visible)
    for step in folded where !builder.add(step) { return nil }
    guard !builder.roots.isEmpty, !builder.isDated || base.scansNodes else { return nil }
    if keys.isEmpty, needed.isEmpty { (base, builder) = rerooted(base, builder, aggregates) }
    return aggregated(base, builder, keys, aggregates, isOutermost: argument.isEmpty)
  }

  // MARK: Aggregates

  /// For aggregates that count rows: the slot that must not be null, or nothing (`.some(nil)`).
  private static func counted(_ aggregate: BoundAggregate, among peeled: SlotSet) -> Slot?? {
    guard aggregate.function.name == "count", !aggregate.distinct else { return nil }
    guard let argument = aggregate.arguments.first else { return .some(nil) }
    guard case .slot(let slot) = argument, peeled.contains(slot) else { return nil }
    return .some(slot)
  }

  /// Whether equal rows mean the same to an aggregate as one of them.
  static func ignoresRepetition(_ aggregate: BoundAggregate) -> Bool {
    aggregate.distinct || aggregate.function.name == "min" || aggregate.function.name == "max"
  }

  private func aggregated(
    _ base: LogicalOperator, _ builder: CountedPatternBuilder, _ keys: [Key],
    _ aggregates: [Aggregate], isOutermost: Bool
  ) -> LogicalOperator? {
    guard let sum = AggregateFunctions.definitions.first(where: { $0.name == "sum" }),
      let all = weight(builder, counting: nil)
    else { return nil }
    let slots = errorFreedom.slots
    let matches = slots.add(.integer)
    var items: [Key] = [(slot: matches, expression: all)]
    var made: [Aggregate] = []
    let peeled = SlotSet(builder.optionals.keys)
    for (slot, aggregate) in aggregates {
      var number = matches
      switch Self.counted(aggregate, among: peeled) {
      case .some(.some(let variable)) where builder.optionals[variable] != nil:
        guard let own = weight(builder, counting: variable) else { return nil }
        number = slots.add(.integer)
        items.append((slot: number, expression: own))
      case .none where Self.ignoresRepetition(aggregate):
        made.append((slot, aggregate))
        continue
      default:
        if case .slot(let variable)? = aggregate.arguments.first, !builder.isFolded(variable) {
          return nil
        }
      }
      made.append(
        (
          slot,
          BoundAggregate(
            function: sum, distinct: false, arguments: [.slot(number)], range: aggregate.range)
        ))
    }
    if let whole = overWholeGraph(base, items, keys, made) { return whole }
    if isOutermost, let rows = rowByRow(base, items, keys, made, builder) { return rows }
    var plan = LogicalOperator.projection(base, items)
    let drops = !keys.isEmpty || made.contains { Self.ignoresRepetition($0.aggregate) }
    if drops {
      plan = .filter(plan, .comparison(.greater, .slot(matches), .constant(.integer(0))))
    }
    return .aggregation(plan, keys: keys, aggregates: made)
  }

  /// Without an aggregation, where the node of a scan is a key, so that each row is a group.
  private func rowByRow(
    _ base: LogicalOperator, _ items: [Key], _ keys: [Key], _ sums: [Aggregate],
    _ builder: CountedPatternBuilder
  ) -> LogicalOperator? {
    guard let node = base.scannedNode,
      keys.contains(where: { if case .slot(node) = $0.expression { true } else { false } }),
      let all = items.first?.slot
    else { return nil }
    var results: [Key] = []
    for key in keys {
      if case .slot(key.slot) = key.expression { continue }
      results.append(key)
    }
    for (slot, sum) in sums {
      guard sum.function.name == "sum", case .slot? = sum.arguments.first else { return nil }
      results.append((slot: slot, expression: sum.arguments[0]))
    }
    if builder.alwaysMatches {
      let read = SlotSets.read(by: results.map(\.expression))
      let used = items.filter { read.contains($0.slot) }
      return .projection(.projection(base, used), results)
    }
    let matched = LogicalOperator.filter(
      .projection(base, items), .comparison(.greater, .slot(all), .constant(.integer(0))))
    return .projection(matched, results)
  }

  /// All in one operator, where numbers at all nodes of a scan are only added up.
  private func overWholeGraph(
    _ base: LogicalOperator, _ items: [Key], _ keys: [Key], _ sums: [Aggregate]
  ) -> LogicalOperator? {
    guard case .nodeScan(let node, let labels) = base, keys.isEmpty else { return nil }
    var counts: [(slot: Slot, number: BoundExpression)] = []
    for (slot, sum) in sums {
      guard sum.function.name == "sum", case .slot(let number)? = sum.arguments.first,
        let item = items.first(where: { $0.slot == number }),
        item.expression.countedNode == node
      else { return nil }
      counts.append((slot, item.expression))
    }
    return .patternCount(node: node, labels: labels, counts: counts)
  }

  /// The number of matches per row; with `variable` those in which this optional variable is not null.
  private func weight(
    _ builder: CountedPatternBuilder, counting variable: Slot?
  ) -> BoundExpression? {
    var product: BoundExpression?
    for root in builder.roots {
      guard var pattern = builder.components[root]?.pattern else { return nil }
      if let variable, let place = builder.optionals[variable], place.root == root {
        pattern.branches[place.branch].mode = .counted
      }
      guard let terms = pattern.terms() else { return nil }
      let window = pattern.window
      guard window.isCommon else { return nil }
      var factor = BoundExpression.patternCount(root, terms)
      if let common = window.common { factor = .validCount(factor, during: common) }
      product =
        product.map {
          .arithmetic(.multiply, $0, factor, SourceRange(start: 0, end: 0))
        } ?? factor
    }
    return product
  }

  // MARK: Where to begin

  /// The same count with the node as its root from which the fewest relationships are looked at.
  private func rerooted(
    _ base: LogicalOperator, _ builder: CountedPatternBuilder, _ aggregates: [Aggregate]
  ) -> (LogicalOperator, CountedPatternBuilder) {
    guard case .nodeScan(let node, let labels) = base, builder.roots == [node],
      aggregates.allSatisfy({ $0.aggregate.arguments.isEmpty }),
      var pattern = builder.components[node]?.pattern, pattern.nodes.count <= Self.largestPattern,
      pattern.nodes.allSatisfy({ $0.predicates.isEmpty })
    else { return (base, builder) }
    pattern.nodes[0].labels = labels
    let costs = pattern.nodes.indices.map { cost(of: pattern, from: $0) }
    guard let best = costs.indices.min(by: { (costs[$0], $0) < (costs[$1], $1) }), best != 0,
      let slot = pattern.nodes[best].slots.first
    else { return (base, builder) }
    let wanted = pattern.nodes[best].labels
    pattern.swapNodes(0, best)
    pattern.nodes[0].labels = []
    var changed = CountedPatternBuilder(errorFreedom: errorFreedom, kept: [slot])
    changed.begin(slot, with: pattern)
    return (.nodeScan(node: slot, labels: wanted), changed)
  }

  /// What a node costs that is met in the order of the pages, as a share of a relationship.
  private static let nodeCost = 0.25
  /// Larger patterns are counted from where the plan begins.
  private static let largestPattern = 48

  /// The relationships and nodes that are looked at one by one when the count begins at a node.
  private func cost(of pattern: CountedPattern, from root: Int) -> Double {
    var cost = Self.nodeCost * model.rows(ofNodesWith: pattern.nodes[root].labels)
    var visited: Set<Int> = [root]
    _ = isUniform(pattern, root, &visited, &cost)
    return cost
  }

  /// Whether all nodes in a place may be expected to have the same number of matches of what hangs off
  /// them; if they do, the relationships that lead to them need not be looked at. Adds the relationships
  /// that have to be.
  private func isUniform(
    _ pattern: CountedPattern, _ node: Int, _ visited: inout Set<Int>, _ cost: inout Double
  ) -> Bool {
    var isUniform = !pattern.branches.contains { $0.node == node }
    for edge in pattern.edges {
      guard edge.near == node || edge.far == node else { continue }
      let far = edge.near == node ? edge.far : edge.near
      guard visited.insert(far).inserted else { continue }
      let direction = edge.near == node ? edge.direction : edge.direction.opposite
      let below = self.isUniform(pattern, far, &visited, &cost)
      if edge.length != nil {
        let walks = isFunction(edge.types, direction, pattern.nodes[node].labels) ? 1.0 : 2
        cost += walks * model.relationships(types: edge.types, direction: direction)
        isUniform = false
      } else if !below || !implies(pattern.nodes[far].labels, edge.types, direction) {
        cost += model.relationships(types: edge.types, direction: direction)
        cost += Self.nodeCost * model.rows(ofNodesWith: pattern.nodes[far].labels)
        isUniform = false
      } else if !isFunction(edge.types, direction, pattern.nodes[node].labels) {
        isUniform = false
      }
    }
    return isUniform && pattern.nodes[node].predicates.isEmpty
  }

  /// Whether all nodes that relationships of a type lead to have the labels.
  private func implies(
    _ labels: [String], _ types: [String], _ direction: ExpandStep.Direction
  ) -> Bool {
    if labels.isEmpty { return true }
    guard types.count == 1 else { return false }
    let all = model.statistics.relationshipCount(type: types[0])
    let ends: [RelationshipEnd] =
      direction == .both ? [.start, .end] : direction == .outgoing ? [.end] : [.start]
    return labels.allSatisfy { label in
      ends.allSatisfy {
        model.statistics.relationshipCount(type: types[0], at: $0, label: label) == all
      }
    }
  }

  /// Whether there seems to be one relationship from each node with the labels.
  private func isFunction(
    _ types: [String], _ direction: ExpandStep.Direction, _ labels: [String]
  ) -> Bool {
    guard types.count == 1, direction != .both, let label = labels.first else { return false }
    let end: RelationshipEnd = direction == .outgoing ? .start : .end
    return model.statistics.relationshipCount(type: types[0], at: end, label: label)
      == model.statistics.nodeCount(label: label)
  }
}

extension LogicalOperator {
  /// The rows come from a scan, so that it is worth while to look at the valid time of all
  /// relationships.
  fileprivate var scansNodes: Bool {
    switch self {
    case .nodeScan: true
    case .filter(let input, _), .expand(let input, _), .semiApply(let input, _, _),
      .optionalApply(let input, _, _):
      input.scansNodes
    default: false
    }
  }
}

extension CountedPattern {
  /// Exchanges the places of two nodes.
  mutating func swapNodes(_ a: Int, _ b: Int) {
    func place(_ node: Int) -> Int { node == a ? b : node == b ? a : node }
    nodes.swapAt(a, b)
    for i in edges.indices {
      (edges[i].near, edges[i].far) = (place(edges[i].near), place(edges[i].far))
    }
    for i in absentEdges.indices {
      (absentEdges[i].near, absentEdges[i].far) =
        (place(absentEdges[i].near), place(absentEdges[i].far))
    }
    for i in branches.indices { branches[i].node = place(branches[i].node) }
    differentNodes = differentNodes.map { (place($0.0), place($0.1)) }
  }
}

extension CountedPatternBuilder {
  /// Starts over with one pattern that hangs off a node.
  mutating func begin(_ root: Slot, with pattern: CountedPattern) {
    open(root)
    replace(root, by: pattern)
  }
}
