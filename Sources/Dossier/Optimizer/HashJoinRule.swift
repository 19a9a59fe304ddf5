/// Equalities between the two sides of a product become the keys of a join:
///
///     Filter f(a) = g(b)                 HashJoin f(a) = g(b)
///       CartesianProduct         →         (a)
///         (a)                              (b)
///         (b)
///
/// Holds when each operand reads slots of one side only and cannot fail. The operand of the left side
/// may fail when the filter stands right above the product: it is computed for each left row either
/// way, unless the right side is empty.
struct HashJoinRule {
  let errorFreedom: ErrorFreedom

  func apply(to plan: LogicalOperator, argument: SlotSet) -> LogicalOperator {
    let plan = rewriteChildren(of: plan, argument)
    guard case .filter(let input, .comparison(.equal, let a, let b)) = plan,
      errorFreedom.isSafe(a) || errorFreedom.isSafe(b),
      let joined = absorb(a, b, into: input, argument)
    else { return plan }
    return joined
  }

  private func rewriteChildren(
    of plan: LogicalOperator, _ argument: SlotSet
  ) -> LogicalOperator {
    switch plan {
    case .apply(let input, let right):
      let outer = SlotSets.visible(input, argument: argument)
      return .apply(
        apply(to: input, argument: argument), right: apply(to: right, argument: outer))
    case .optionalApply(let input, let right, let nullable):
      let outer = SlotSets.visible(input, argument: argument)
      return .optionalApply(
        apply(to: input, argument: argument), right: apply(to: right, argument: outer),
        nullable: nullable)
    case .semiApply(let input, let right, let negated):
      let outer = SlotSets.visible(input, argument: argument)
      return .semiApply(
        apply(to: input, argument: argument), right: apply(to: right, argument: outer),
        negated: negated)
    case .merge(let input, let match, let create, let onCreate, let onMatch, let range):
      let outer = SlotSets.visible(input, argument: argument)
      return .merge(
        apply(to: input, argument: argument), match: apply(to: match, argument: outer),
        create: create, onCreate: onCreate, onMatch: onMatch, range)
    default: return plan.mapChildren { apply(to: $0, argument: argument) }
    }
  }

  private func absorb(
    _ a: BoundExpression, _ b: BoundExpression, into plan: LogicalOperator,
    _ argument: SlotSet
  ) -> LogicalOperator? {
    switch plan {
    case .filter(let input, let predicate):
      guard errorFreedom.isSafe(a), errorFreedom.isSafe(b) else { return nil }
      return absorb(a, b, into: input, argument).map { .filter($0, predicate) }
    case .cartesianProduct(let left, let right):
      return join(left, right, [], [], a, b, argument)
    case .hashJoin(let left, let right, let leftKeys, let rightKeys):
      guard errorFreedom.isSafe(a), errorFreedom.isSafe(b) else { return nil }
      return join(left, right, leftKeys, rightKeys, a, b, argument)
    default: return nil
    }
  }

  private func join(
    _ left: LogicalOperator, _ right: LogicalOperator, _ leftKeys: [BoundExpression],
    _ rightKeys: [BoundExpression], _ a: BoundExpression, _ b: BoundExpression,
    _ argument: SlotSet
  ) -> LogicalOperator? {
    let leftSlots = SlotSets.visible(left, argument: argument)
    let rightSlots = SlotSets.visible(right, argument: []).subtracting(leftSlots)
    for (x, y) in [(a, b), (b, a)] {
      let (readX, readY) = (SlotSets.read(by: [x]), SlotSets.read(by: [y]))
      if !readX.isEmpty, !readY.isEmpty, readX.isSubset(of: leftSlots),
        readY.isSubset(of: rightSlots), errorFreedom.isSafe(y)
      {
        return .hashJoin(
          left, right, leftKeys: leftKeys + [x], rightKeys: rightKeys + [y])
      }
    }
    return nil
  }
}
