/// `WITH` and `RETURN`.
extension Planner {
  /// `imports` are slots around a subquery that later clauses may still read: aggregation and
  /// `DISTINCT` would drop them.
  func project(
    _ projection: BoundProjection, _ rows: inout PartialPlan, keeping imports: SlotSet
  ) {
    var root = rows.root
    if let aggregation = projection.aggregation {
      root = .aggregation(root, keys: aggregation.keys, aggregates: aggregation.aggregates)
    }
    if !projection.items.isEmpty { root = .projection(root, projection.items) }
    if projection.distinct { root = .distinct(root, distinctSlots(of: projection)) }
    if !projection.orderBy.isEmpty { root = .sort(root, projection.orderBy) }
    if let skip = projection.skip { root = .skip(root, skip.expression, skip.range) }
    if let limit = projection.limit { root = .limit(root, limit.expression, limit.range) }
    if !imports.isEmpty, projection.aggregation != nil || projection.distinct {
      root = .apply(.argument, right: root)
    }
    rows.root = root
    rows.isUnit = false
    rows.bound = imports.union(projection.columns.map(\.slot))
    for predicate in projection.predicates { rows.filter(predicate) }
  }

  /// Each column once: two columns may show one slot.
  private func distinctSlots(of projection: BoundProjection) -> [Slot] {
    var seen: SlotSet = []
    return projection.columns.map(\.slot).filter { seen.insert($0).inserted }
  }
}
