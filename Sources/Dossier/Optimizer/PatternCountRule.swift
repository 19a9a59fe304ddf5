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
struct PatternCountRule {
  let errorFreedom: ErrorFreedom
  let model: CardinalityModel

  func apply(to plan: LogicalOperator, argument: SlotSet) -> LogicalOperator {
    let plan = plan.mapWithArgument(argument) { apply(to: $0, argument: $1) }
    guard case .aggregation(let input, let keys, let aggregates) = plan else { return plan }
    return fold(input, keys, aggregates, argument) ?? plan
  }

  private typealias Key = (slot: Slot, expression: BoundExpression)
  private typealias Aggregate = (slot: Slot, aggregate: BoundAggregate)

  private func fold(
    _ input: LogicalOperator, _ keys: [Key], _ aggregates: [Aggregate], _ argument: SlotSet
  ) -> LogicalOperator? {
    let steps = CountedSteps(peeling: input)
    let peeled = SlotSet(steps.upwards.flatMap(\.bound))
    guard !peeled.isEmpty else { return nil }
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
        ? step.read.isSubset(of: visible) : step.bound.contains(where: needed.contains)
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
    return aggregated(base, builder, keys, aggregates)
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
    _ aggregates: [Aggregate]
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
    var plan = LogicalOperator.projection(base, items)
    let drops = !keys.isEmpty || made.contains { Self.ignoresRepetition($0.aggregate) }
    if drops {
      plan = .filter(plan, .comparison(.greater, .slot(matches), .constant(.integer(0))))
    }
    return .aggregation(plan, keys: keys, aggregates: made)
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
      var pattern = builder.components[node]?.pattern,
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

  private func cost(of pattern: CountedPattern, from root: Int) -> Double {
    var degrees = [Int](repeating: 0, count: pattern.nodes.count)
    for edge in pattern.edges {
      degrees[edge.near] += 1
      degrees[edge.far] += 1
    }
    for branch in pattern.branches { degrees[branch.node] += 1 }
    var cost = model.rows(ofNodesWith: pattern.nodes[root].labels)
    for edge in pattern.edges {
      let isLeaf = [edge.near, edge.far].contains { $0 != root && degrees[$0] == 1 }
      if !isLeaf {
        cost += model.relationships(types: edge.types, direction: edge.direction)
      }
    }
    return cost
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
