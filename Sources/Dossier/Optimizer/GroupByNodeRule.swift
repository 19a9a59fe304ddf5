/// Rows that are grouped by properties of nodes are grouped by the nodes first, where there are far fewer
/// of these than rows: properties are then read once a group, and ids are compared instead of values.
///
///     Aggregation x.name, count(*)             Aggregation x.name, sum(n)
///       input                           →        Aggregation x, count(*) AS n
///                                                  input
///
/// Holds for counts and extremes, which can be put together from those of parts of a group; groups come
/// in the same order.
struct GroupByNodeRule {
  let slots: SlotTable
  let model: CardinalityModel

  /// How many rows for each group of nodes make it worth while.
  private static let rowsOfGroup = 8.0

  func apply(to plan: LogicalOperator) -> LogicalOperator {
    let plan = plan.mapChildren(apply)
    guard case .aggregation(let input, let keys, let aggregates) = plan, !input.writes,
      let nodes = nodes(of: keys), isWorthwhile(nodes, input),
      let parts = parts(of: aggregates)
    else { return plan }
    let grouped = LogicalOperator.aggregation(
      input, keys: nodes.map { (slot: $0, expression: .slot($0)) },
      aggregates: parts.map(\.inner))
    return .aggregation(grouped, keys: keys, aggregates: parts.map(\.outer))
  }

  /// The nodes whose properties the keys are, or that are keys themselves; nil for other keys.
  private func nodes(of keys: [(slot: Slot, expression: BoundExpression)]) -> [Slot]? {
    var nodes: [Slot] = []
    var hasProperty = false
    for key in keys {
      switch key.expression {
      case .property(.slot(let node), _, _):
        hasProperty = true
        if !nodes.contains(node) { nodes.append(node) }
      case .slot(let node): if !nodes.contains(node) { nodes.append(node) }
      default: return nil
      }
    }
    return hasProperty && nodes.allSatisfy { slots.type(of: $0) == .node } ? nodes : nil
  }

  private func isWorthwhile(_ nodes: [Slot], _ input: LogicalOperator) -> Bool {
    var groups = 1.0
    for node in nodes { groups *= max(model.rows(ofNodesWith: input.labels(of: node)), 1) }
    return groups * Self.rowsOfGroup <= model.estimates(of: input).first ?? 1
  }

  private typealias Aggregate = (slot: Slot, aggregate: BoundAggregate)

  /// What is computed for groups of nodes, and what becomes of it; nil for aggregates that cannot be
  /// put together.
  private func parts(of aggregates: [Aggregate]) -> [(inner: Aggregate, outer: Aggregate)]? {
    guard let sum = AggregateFunctions.definitions.first(where: { $0.name == "sum" }) else {
      return nil
    }
    var parts: [(inner: Aggregate, outer: Aggregate)] = []
    for (slot, aggregate) in aggregates {
      let whole: AggregateDefinition
      switch aggregate.function.name {
      case "count" where !aggregate.distinct: whole = sum
      case "min", "max": whole = aggregate.function
      default: return nil
      }
      let part = slots.add(whole.name == "sum" ? .integer : .any)
      parts.append(
        (
          inner: (part, aggregate),
          outer: (
            slot,
            BoundAggregate(
              function: whole, distinct: false, arguments: [.slot(part)], range: aggregate.range)
          )
        ))
    }
    return parts
  }
}
