/// Rows that are grouped by both ends of two steps, and only counted, are counted where they are found:
///
///     Aggregation a, c, count(*)         Projection n AS count(*)
///       Expand (b)-->(c)           →       ExpandGrouped (a)<--(b), (b)-->(c), n ways
///         Expand (b)-->(a)                   NodeScan a
///           NodeScan b
///
/// Conditions on the ends alone are tested afterwards. Holds when each first node comes once, and for
/// steps of whose relationships and nodes in the middle nothing is asked but labels.
struct ExpandGroupedRule {
  let slots: SlotTable

  func apply(to plan: LogicalOperator) -> LogicalOperator {
    let plan = plan.mapChildren(apply)
    guard case .aggregation(let input, let keys, let aggregates) = plan, keys.count == 2,
      aggregates.allSatisfy({ Self.countsRows($0.aggregate) }),
      case .slot(let a) = keys[0].expression, case .slot(let b) = keys[1].expression, a != b
    else { return plan }
    guard let (grouped, ways) = grouped(input, by: [a, b]) else { return plan }
    let items =
      keys.filter { $0.expression.slot != $0.slot }
      + aggregates.map { (slot: $0.slot, expression: BoundExpression.slot(ways)) }
    return .projection(grouped, items)
  }

  private static func countsRows(_ aggregate: BoundAggregate) -> Bool {
    aggregate.function.name == "count" && !aggregate.distinct && aggregate.arguments.isEmpty
  }

  private func grouped(
    _ plan: LogicalOperator, by ends: SlotSet
  ) -> (plan: LogicalOperator, ways: Slot)? {
    switch plan {
    case .filter(let input, let predicate):
      guard SlotSets.read(by: [predicate]).isSubset(of: ends), predicate.isPlain else { return nil }
      return grouped(input, by: ends).map { (.filter($0.plan, predicate), $0.ways) }
    case .expand(.expand(let base, let first), let second):
      guard ends.contains(second.to), isFree(first), isFree(second),
        first.different.isEmpty, Set(second.different).isSubset(of: [first.relationship])
      else { return nil }
      if second.from == first.to, ends == [first.from, second.to], givesOnce(first.from, base) {
        let ways = slots.add(.integer)
        return (.expandGrouped(base, first, second, ways: ways), ways)
      }
      guard case .nodeScan(let middle, let labels) = base, first.from == middle,
        second.from == middle, ends == [first.to, second.to]
      else { return nil }
      let ways = slots.add(.integer)
      let scan = LogicalOperator.nodeScan(node: first.to, labels: first.toLabels)
      return (
        .expandGrouped(scan, first.reversed(toLabels: labels), second, ways: ways), ways
      )
    default: return nil
    }
  }

  private func isFree(_ step: ExpandStep) -> Bool { !step.toIsBound && !step.relationshipIsBound }

  /// Whether a plan has each node in a slot once.
  private func givesOnce(_ slot: Slot, _ plan: LogicalOperator) -> Bool {
    switch plan {
    case .nodeScan(let node, _): node == slot
    case .nodeIndexSeek(.unit, let node, _, _, _): node == slot
    case .filter(let input, _): givesOnce(slot, input)
    default: false
    }
  }
}

extension ExpandStep {
  /// The step from its far node to its near one, which has the labels.
  func reversed(toLabels labels: [String]) -> ExpandStep {
    var step = self
    (step.from, step.to) = (to, from)
    step.direction = direction.opposite
    step.toLabels = labels
    return step
  }
}

extension BoundExpression {
  var slot: Slot? {
    if case .slot(let slot) = self { slot } else { nil }
  }

  /// A comparison of properties and values, which may be tested for fewer rows than there were.
  fileprivate var isPlain: Bool {
    switch self {
    case .comparison(_, let a, let b): a.isPlain && b.isPlain
    case .property(.slot, _, _), .slot, .constant, .parameter: true
    case .isNull(let e), .isNotNull(let e), .not(let e, _): e.isPlain
    case .and(let all, _), .or(let all, _): all.allSatisfy(\.isPlain)
    default: false
    }
  }
}
