/// Lists that are taken apart again are not made, where the order of the rows means nothing:
///
///     Aggregation name, count(*)           Aggregation t.name, count(*)
///       Unwind names AS name                 Filter t.name IS NOT NULL
///         Aggregation p, collect(t.name)  →    Expand (p)-->(t)
///           Expand (p)-->(t)
///
/// Between the two aggregations there may be filters and projections. Holds when nobody but `UNWIND`
/// reads the list, the values and the keys cannot fail, and the aggregates above come to the same in
/// any order of the rows: `count`, `min`, `max`.
struct CollectUnwindRule {
  let errorFreedom: ErrorFreedom

  private typealias Item = (slot: Slot, expression: BoundExpression)

  /// The rows that went into lists.
  private struct Rows {
    var plan: LogicalOperator
    /// What the slots stand for that the lists, and their keys, gave values to.
    var items: [Item]
  }

  func apply(to plan: LogicalOperator) -> LogicalOperator {
    let plan = plan.mapChildren(apply)
    guard case .aggregation(let input, let keys, let aggregates) = plan,
      aggregates.allSatisfy({ Self.ignoresOrder($0.aggregate) })
    else { return plan }
    let read = SlotSets.read(by: plan)
    if let rows = rows(of: input, read: read) {
      var (newKeys, newAggregates) = (keys, aggregates)
      var isInlined = true
      for i in keys.indices {
        isInlined = Self.inline(rows.items, into: &newKeys[i].expression) && isInlined
      }
      for i in aggregates.indices {
        for k in aggregates[i].aggregate.arguments.indices {
          isInlined =
            Self.inline(rows.items, into: &newAggregates[i].aggregate.arguments[k]) && isInlined
        }
      }
      return isInlined
        ? .aggregation(rows.plan, keys: newKeys, aggregates: newAggregates)
        : .aggregation(.projection(rows.plan, rows.items), keys: keys, aggregates: aggregates)
    }
    return opened(input, read: read)
      .map { .aggregation($0, keys: keys, aggregates: aggregates) } ?? plan
  }

  private static func ignoresOrder(_ aggregate: BoundAggregate) -> Bool {
    ["count", "min", "max"].contains(aggregate.function.name)
  }

  /// Puts what a slot stands for in its place; false where a slot stands within an expression.
  private static func inline(_ items: [Item], into expression: inout BoundExpression) -> Bool {
    if case .slot(let slot) = expression {
      if let item = items.first(where: { $0.slot == slot }) { expression = item.expression }
      return true
    }
    let read = SlotSets.read(by: [expression])
    return !items.contains { read.contains($0.slot) }
  }

  /// Filters and projections over rows that were taken from lists, without the lists; nil for others.
  private func opened(_ plan: LogicalOperator, read: SlotSet) -> LogicalOperator? {
    if let rows = rows(of: plan, read: read) { return .projection(rows.plan, rows.items) }
    let all = read.union(SlotSets.read(by: plan))
    switch plan {
    case .filter(let input, let predicate):
      return opened(input, read: all).map { .filter($0, predicate) }
    case .projection(let input, let items):
      return opened(input, read: all).map { .projection($0, items) }
    default: return nil
    }
  }

  /// The rows that went into the lists which the plan takes apart; `read` is what operators above it
  /// read.
  private func rows(of plan: LogicalOperator, read: SlotSet) -> Rows? {
    guard case .unwind(let lists, list: .slot(let list), let element) = plan,
      case .aggregation(let input, let keys, let aggregates) = lists, aggregates.count == 1,
      aggregates[0].slot == list, !read.contains(list),
      let value = collected(aggregates[0].aggregate)
    else { return nil }
    var items: [Item] = [(slot: element, expression: value)]
    for key in keys {
      guard errorFreedom.isSafe(key.expression) else { return nil }
      if case .slot(key.slot) = key.expression { continue }
      if read.contains(key.slot) { items.append(key) }
    }
    return Rows(plan: .filter(input, .isNotNull(value)), items: items)
  }

  /// The value of which an aggregate makes a list.
  private func collected(_ aggregate: BoundAggregate) -> BoundExpression? {
    guard ["collect", "collect_list"].contains(aggregate.function.name), !aggregate.distinct,
      let value = aggregate.arguments.first, errorFreedom.isSafe(value)
    else { return nil }
    return value
  }
}
