import DossierSyntax

/// The last steps of a pattern whose rows are only counted become a number per row:
///
///     Aggregation count(*)               Aggregation sum(matches of (b)-->(c) where a.x < c.x)
///       Filter a.x < c.x         →         …a…b…
///         Expand (b)-->(c)
///           …a…b…
///
/// This is for what `PatternCountRule` cannot count: steps that close a cycle over the row's nodes
/// (`ExpandIntersect`), two ways between the same ends, and comparisons of a property of the last node
/// with something of the row. With grouping keys rows with the number 0 are dropped. Holds for `count`
/// alone, and for comparisons that cannot fail.
struct CountedEndRule {
  let errorFreedom: ErrorFreedom

  func apply(to plan: LogicalOperator) -> LogicalOperator {
    let plan = plan.mapChildren(apply)
    guard case .aggregation(let input, let keys, let aggregates) = plan,
      let (end, base) =
        twoWays(input) ?? intersection(input)
        ?? comparingStep(keys.isEmpty ? clustered(input) : input)
    else { return plan }
    let counted = end.counted
    guard SlotSets.read(by: keys.map(\.expression)).isDisjoint(with: counted),
      aggregates.allSatisfy({ isCount($0.aggregate, of: counted) }),
      let sum = AggregateFunctions.definitions.first(where: { $0.name == "sum" })
    else { return plan }
    let matches = errorFreedom.slots.add(.integer)
    var rows = LogicalOperator.projection(base, [(slot: matches, expression: .endCount(end))])
    if !keys.isEmpty {
      rows = .filter(rows, .comparison(.greater, .slot(matches), .constant(.integer(0))))
    }
    return .aggregation(
      rows, keys: keys,
      aggregates: aggregates.map { slot, aggregate in
        (
          slot,
          BoundAggregate(
            function: sum, distinct: false, arguments: [.slot(matches)], range: aggregate.range)
        )
      })
  }

  /// `count(*)`, or `count` of an element that each match has.
  private func isCount(_ aggregate: BoundAggregate, of counted: SlotSet) -> Bool {
    guard aggregate.function.name == "count", !aggregate.distinct else { return false }
    guard let argument = aggregate.arguments.first else { return true }
    guard case .slot(let slot) = argument else { return false }
    return counted.contains(slot)
  }

  // MARK: Shapes

  private typealias Found = (end: CountedEnd, base: LogicalOperator)

  private func comparingStep(_ plan: LogicalOperator) -> Found? {
    guard case .filter(.expand(let base, let step), .comparison(let op, let a, let b)) = plan,
      !step.toIsBound, !step.relationshipIsBound,
      errorFreedom.isSafePredicate(.comparison(op, a, b))
    else { return nil }
    for (property, op, value) in [(a, op, b), (b, op.mirrored, a)] {
      guard case .property(.slot(step.to), let key, _) = property,
        SlotSets.read(by: [value]).isDisjoint(with: [step.to, step.relationship]),
        isPlain(value), let bound = bound(step.different, by: base)
      else { continue }
      return (
        CountedEnd(shape: .step(step, op: op, key: key, value: value), bound: bound), base
      )
    }
    return nil
  }

  /// The same rows in another order, those with one node to count from side by side, where the plan
  /// goes a single step from a scan to that node.
  private func clustered(_ plan: LogicalOperator) -> LogicalOperator {
    guard case .filter(.expand(.expand(let scan, let first), let last), let test) = plan,
      case .nodeScan(let node, let labels) = scan, first.from == node, last.from == first.to,
      !first.toIsBound, !first.relationshipIsBound, first.different.isEmpty
    else { return plan }
    let middles = LogicalOperator.nodeScan(node: first.to, labels: first.toLabels)
    return .filter(.expand(.expand(middles, first.reversed(toLabels: labels)), last), test)
  }

  /// A property or a value that is at hand.
  private func isPlain(_ expression: BoundExpression) -> Bool {
    switch expression {
    case .constant, .parameter, .slot, .property(.slot, _, _): true
    default: false
    }
  }

  private func intersection(_ plan: LogicalOperator) -> Found? {
    guard case .expandIntersect(let input, let first, let second) = plan else { return nil }
    if case .expandIntersect(let base, let a, let b) = input, first.from == a.to,
      second.otherEnd(than: first.to) != a.to,
      first.different.isEmpty, Set(second.different).isSubset(of: [first.relationship]),
      base.isClustered(by: [.slot(second.otherEnd(than: first.to))]),
      let bound = bound(a.different + b.different.filter { $0 != a.relationship }, by: base)
    {
      return (
        CountedEnd(shape: .intersection(a, b, tail: (first, second)), bound: bound), base
      )
    }
    return bound(
      first.different + second.different.filter { $0 != first.relationship }, by: input
    ).map { (CountedEnd(shape: .intersection(first, second, tail: nil), bound: $0), input) }
  }

  private func twoWays(_ plan: LogicalOperator) -> Found? {
    var plan = plan
    var condition: (op: ComparisonOperator, a: BoundExpression, b: BoundExpression)?
    if case .filter(let input, .comparison(let op, let a, let b)) = plan {
      condition = (op, a, b)
      plan = input
    }
    guard case .expandIntersect(.expand(.expand(let base, let a), let b), let c, let d) = plan,
      !a.toIsBound, !a.relationshipIsBound, !b.toIsBound, !b.relationshipIsBound, b.from == a.to,
      c.from == a.from, d.otherEnd(than: c.to) == b.to, b.to != a.from
    else { return nil }
    let second = d.from == c.to ? d : d.reversedBetweenNodes
    let own = Set([a, b, c].map(\.relationship))
    guard [a, b, c, d].allSatisfy({ own.isSuperset(of: $0.different) }) else { return nil }
    var compared: CountedEnd.MiddleCondition?
    if let condition {
      guard case .property(.slot(let x), let xKey, _) = condition.a,
        case .property(.slot(let y), let yKey, _) = condition.b, Set([x, y]) == Set([a.to, c.to])
      else { return nil }
      compared =
        x == a.to
        ? CountedEnd.MiddleCondition(firstKey: xKey, op: condition.op, secondKey: yKey)
        : CountedEnd.MiddleCondition(firstKey: yKey, op: condition.op.mirrored, secondKey: xKey)
    }
    return (
      CountedEnd(shape: .twoWays((a, b), (c, second), condition: compared), bound: []), base
    )
  }

  // MARK: Bound relationships

  /// The relationships in the slots with the steps of the plan that found them; nil where one is not
  /// found by a single step.
  private func bound(
    _ slots: [Slot], by plan: LogicalOperator
  ) -> [CountedEnd.BoundRelationship]? {
    var found: [CountedEnd.BoundRelationship] = []
    for slot in Set(slots).sorted(by: { $0.index < $1.index }) {
      guard let step = step(finding: slot, in: plan) else { return nil }
      found.append(
        CountedEnd.BoundRelationship(
          slot: slot, from: step.from, to: step.to, direction: step.direction))
    }
    return found
  }

  private func step(finding slot: Slot, in plan: LogicalOperator) -> ExpandStep? {
    var plan = plan
    while true {
      switch plan {
      case .expand(let input, let step):
        if step.relationship == slot, !step.relationshipIsBound { return step }
        plan = input
      case .expandIntersect(let input, let first, let second):
        if first.relationship == slot { return first }
        if second.relationship == slot { return second }
        plan = input
      case .filter(let input, _): plan = input
      default: return nil
      }
    }
  }
}

extension ExpandStep {
  /// The same relationship between nodes, seen from its other node.
  fileprivate var reversedBetweenNodes: ExpandStep {
    var step = self
    (step.from, step.to) = (to, from)
    step.direction = direction.opposite
    step.toLabels = []
    return step
  }
}
