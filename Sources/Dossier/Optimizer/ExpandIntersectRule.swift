/// A node that must be a neighbour of two known nodes is found in both neighbour lists at once:
///
///     ExpandInto (c)-->(d)               Filter p(c)
///       Filter p(c)              →         ExpandIntersect (a)-->(c), (c)-->(d)
///         Expand (a)-->(c)                   …a…d…
///           …a…d…
///
/// Holds always.
struct ExpandIntersectRule {
  func apply(to plan: LogicalOperator, argument: SlotSet) -> LogicalOperator {
    let plan = plan.mapWithArgument(argument) { apply(to: $0, argument: $1) }
    guard case .expand(let input, let second) = plan, second.toIsBound,
      !second.relationshipIsBound
    else { return plan }
    return fuse(input, second, argument) ?? plan
  }

  private func fuse(
    _ plan: LogicalOperator, _ second: ExpandStep, _ argument: SlotSet
  ) -> LogicalOperator? {
    switch plan {
    case .filter(let input, let predicate):
      return fuse(input, second, argument).map { .filter($0, predicate) }
    case .expand(let input, let first) where !first.toIsBound && !first.relationshipIsBound:
      guard first.to == second.from || first.to == second.to, second.from != second.to else {
        return nil
      }
      return .expandIntersect(input, first, second)
    default: return nil
    }
  }
}
