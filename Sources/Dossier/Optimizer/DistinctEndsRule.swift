/// Chains of which only the distinct end nodes matter are not walked one by one:
///
///     Aggregation count(DISTINCT b)      Aggregation count(DISTINCT b)
///       VarLengthExpand (a)-[*]->(b)  →    VarLengthExpand (a)-[*]->(b), ends once
///
/// Holds when nothing above reads the relationships or how often a row comes, and for chains that may
/// be as short as 0 or 1: then a node is the end of some trail when it is reached at all, as a
/// shortest way uses no relationship twice. Where a chain of at least 1 may be walked in both
/// directions that is not so for the first node, which a trail must not reach over the relationship
/// on which it left.
struct DistinctEndsRule {
  func apply(to plan: LogicalOperator) -> LogicalOperator {
    switch plan {
    case .aggregation(let input, let keys, let aggregates)
    where aggregates.allSatisfy({ PatternCountRule.ignoresRepetition($0.aggregate) }):
      let read = SlotSets.read(
        by: keys.map(\.expression) + aggregates.flatMap(\.aggregate.arguments))
      return .aggregation(mark(input, read), keys: keys, aggregates: aggregates)
    case .distinct(let input, let slots):
      return .distinct(mark(input, SlotSet(slots)), slots)
    case .semiApply(let input, let right, let negated):
      return .semiApply(apply(to: input), right: mark(right, []), negated: negated)
    default: return plan.mapChildren(apply)
    }
  }

  /// Marks chains below operators to which the number of equal rows means nothing; `above` is what
  /// those read.
  private func mark(_ plan: LogicalOperator, _ above: SlotSet) -> LogicalOperator {
    let read = above.union(SlotSets.read(by: plan))
    switch plan {
    case .filter(let input, let predicate): return .filter(mark(input, read), predicate)
    case .projection(let input, let items): return .projection(mark(input, read), items)
    case .expand(let input, let step): return .expand(mark(input, read), step)
    case .expandIntersect(let input, let first, let second):
      return .expandIntersect(mark(input, read), first, second)
    case .variableLengthExpand(let input, let step, var length):
      if !above.contains(step.relationship), length.minimum <= 1, step.different.isEmpty,
        length.contemporaneous == nil,
        !step.toIsBound, !step.relationshipIsBound,
        step.direction != .both || length.minimum == 0
      {
        length.distinctEnds = true
      }
      return .variableLengthExpand(mark(input, read), step, length)
    default: return apply(to: plan)
    }
  }
}
