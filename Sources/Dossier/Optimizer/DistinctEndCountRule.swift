import DossierSyntax

/// The distinct nodes at the end of a chain of steps become a number per row when they are only counted
/// for the node at its beginning:
///
///     Aggregation a, count(DISTINCT c)      Filter n > 0
///       Expand (b)-->(c)             →        Projection n = ends((a)-->(b), (b)-->(c))
///         Expand (a)-->(b)                      NodeScan a
///           NodeScan a
///
/// A group has one node to begin at, as that is a key, so that all of its rows have the same number:
/// where rows are more than groups, an aggregation takes the largest. A chain of `OPTIONAL MATCH` keeps
/// rows with the number 0. Holds for steps of whose relationships and nodes in the middle nothing is
/// asked but labels, and where relationships of the first two alone must differ.
struct DistinctEndCountRule {
  let slots: SlotTable

  private typealias Key = (slot: Slot, expression: BoundExpression)

  func apply(to plan: LogicalOperator) -> LogicalOperator {
    let plan = plan.mapChildren(apply)
    guard case .aggregation(let input, let keys, let aggregates) = plan,
      let chain = chain(input, keys: SlotSet(keys.compactMap(\.expression.slot)))
    else { return plan }
    let counted = SlotSet(chain.steps.flatMap { [$0.relationship, $0.to] })
    guard SlotSets.read(by: keys.map(\.expression)).isDisjoint(with: counted),
      aggregates.contains(where: { chain.isCounted(by: $0.aggregate) }),
      aggregates.allSatisfy({
        chain.isCounted(by: $0.aggregate)
          || PatternCountRule.ignoresRepetition($0.aggregate)
            && SlotSets.read(by: $0.aggregate.arguments).isDisjoint(with: counted)
      }),
      let largest = AggregateFunctions.definitions.first(where: { $0.name == "max" })
    else { return plan }
    let ends = slots.add(.integer)
    let number = BoundExpression.endCount(
      CountedEnd(
        shape: .distinctEnds(chain.steps, exceptStart: chain.exceptStart), bound: []))
    var rows = LogicalOperator.projection(chain.base, [(slot: ends, expression: number)])
    if !chain.isOptional {
      rows = .filter(rows, .comparison(.greater, .slot(ends), .constant(.integer(0))))
    }
    if chain.base.scannedNode == chain.start,
      aggregates.allSatisfy({ chain.isCounted(by: $0.aggregate) })
    {
      return .projection(
        rows,
        keys.filter { $0.expression.slot != $0.slot }
          + aggregates.map { (slot: $0.slot, expression: BoundExpression.slot(ends)) })
    }
    return .aggregation(
      rows, keys: keys,
      aggregates: aggregates.map { slot, aggregate in
        guard chain.isCounted(by: aggregate) else { return (slot, aggregate) }
        return (
          slot,
          BoundAggregate(
            function: largest, distinct: false, arguments: [.slot(ends)], range: aggregate.range)
        )
      })
  }

  /// Steps one after the other, and the rows from which they begin.
  private struct Chain {
    var base: LogicalOperator
    var steps: [ExpandStep]
    var exceptStart = false
    var isOptional = false

    var start: Slot? { steps.first?.from }

    /// Whether an aggregate is `count(DISTINCT end)`.
    func isCounted(by aggregate: BoundAggregate) -> Bool {
      guard aggregate.function.name == "count", aggregate.distinct,
        let slot = aggregate.arguments.first?.slot
      else { return false }
      return slot == steps.last?.to
    }
  }

  // MARK: Chains

  private func chain(_ plan: LogicalOperator, keys: SlotSet) -> Chain? {
    guard case .optionalApply(let base, let right, _) = plan else {
      return chain(of: plan, keys: keys)
    }
    guard var chain = chain(of: right, keys: keys), case .argument = chain.base else { return nil }
    chain.base = base
    chain.isOptional = true
    return chain
  }

  /// The steps at the end of a plan; nil where something else is asked of them, or where none begins at
  /// a key.
  private func chain(of plan: LogicalOperator, keys: SlotSet) -> Chain? {
    if case .filter(let input, .comparison(.notEqual, .slot(let a), .slot(let b))) = plan {
      guard var chain = chain(of: input, keys: keys), !chain.exceptStart,
        let start = chain.start, let end = chain.steps.last?.to,
        (a, b) == (start, end) || (a, b) == (end, start)
      else { return nil }
      chain.exceptStart = true
      return chain
    }
    var steps: [ExpandStep] = []
    var base = plan
    while case .expand(let input, let step) = base, step.isFree {
      if let next = steps.first, next.from != step.to { break }
      steps.insert(step, at: 0)
      base = input
      if keys.contains(step.from) {
        return steps.mayCoincideAtFirstOnly ? Chain(base: base, steps: steps) : nil
      }
    }
    return rerooted(plan, keys: keys)
  }

  /// The same for steps from a scan in the middle or at the end of the chain.
  private func rerooted(_ plan: LogicalOperator, keys: SlotSet) -> Chain? {
    var steps: [ExpandStep] = []
    var base = plan
    while case .expand(let input, let step) = base, step.isFree {
      steps.append(step)
      base = input
    }
    guard case .nodeScan(let node, let labels) = base else { return nil }
    var labelsOf: [Slot: [String]] = [node: labels]
    for step in steps { labelsOf[step.to] = step.toLabels }
    let different = steps.flatMap { step in step.different.map { [step.relationship, $0] } }
    let ends = labelsOf.keys.filter { slot in
      steps.count { $0.from == slot || $0.to == slot } == 1
    }
    let starts = ends.filter(keys.contains)
    guard ends.count == 2, starts.count == 1, let start = starts.first else { return nil }
    var ordered: [ExpandStep] = []
    var near = start
    while let place = steps.firstIndex(where: { $0.from == near || $0.to == near }) {
      var step = steps.remove(at: place)
      if step.to == near {
        step = step.reversed(toLabels: labelsOf[step.from] ?? [])
      }
      let before = ordered.map(\.relationship)
      step.different = before.filter {
        different.contains([$0, step.relationship]) || different.contains([step.relationship, $0])
      }
      near = step.to
      ordered.append(step)
    }
    guard steps.isEmpty, ordered.mayCoincideAtFirstOnly else { return nil }
    return Chain(
      base: .nodeScan(node: start, labels: labelsOf[start] ?? []), steps: ordered)
  }
}

extension ExpandStep {
  /// Nothing of what the step finds is bound before.
  fileprivate var isFree: Bool { !toIsBound && !relationshipIsBound }
}

extension [ExpandStep] {
  /// Whether nothing need differ but the relationships of the first and of the second step.
  fileprivate var mayCoincideAtFirstOnly: Bool {
    enumerated().allSatisfy { place, step in
      step.different.isEmpty || place == 1 && step.different == [self[0].relationship]
    }
  }
}
