/// A condition on all relationships of a chain is tested while the chain is walked:
///
///     Filter all(r IN rs WHERE p(r))     VarLengthExpand (a)-[rs* {p}]->(b)
///       VarLengthExpand (a)-[rs*]->(b) →
///
/// Holds when the condition cannot fail and reads nothing that the chain itself finds.
struct ChainPredicateRule {
  let errorFreedom: ErrorFreedom

  func apply(to plan: LogicalOperator) -> LogicalOperator {
    let plan = plan.mapChildren(apply)
    if case .variableLengthExpand(let input, let step, let length) = plan {
      return .variableLengthExpand(input, step, marked(length))
    }
    guard
      case .filter(let input, .quantifier(.all, let variable, .slot(let list), let predicate, _)) =
        plan, errorFreedom.isSafePredicate(predicate)
    else { return plan }
    return absorb(predicate, on: variable, of: list, into: input) ?? plan
  }

  private func absorb(
    _ predicate: BoundExpression, on variable: Slot, of list: Slot, into plan: LogicalOperator
  ) -> LogicalOperator? {
    switch plan {
    case .filter(let input, let other):
      return absorb(predicate, on: variable, of: list, into: input).map { .filter($0, other) }
    case .variableLengthExpand(let input, let step, var length)
    where step.relationship == list && !step.relationshipIsBound && length.predicate == nil:
      let read = SlotSets.read(by: [predicate])
      guard !read.contains(list), !read.contains(step.to) || step.toIsBound else { return nil }
      length.element = variable
      length.predicate = predicate
      return .variableLengthExpand(input, step, marked(length))
    default: return nil
    }
  }

  /// Notes whether the predicate can be computed once for each relationship of the graph.
  private func marked(_ length: VariableLength) -> VariableLength {
    guard let predicate = length.predicate, errorFreedom.isSafePredicate(predicate),
      SlotSets.read(by: [predicate]).isSubset(of: [length.element])
    else { return length }
    var marked = length
    marked.predicateIsLasting = true
    return marked
  }
}
