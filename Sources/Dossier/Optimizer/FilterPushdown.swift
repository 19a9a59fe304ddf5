/// Predicates move down to where all that they read is bound:
///
///     Filter p(a)                        Expand (a)-->(b)
///       Expand (a)-->(b)         →         Filter p(a)
///         NodeScan a                         NodeScan a
///
/// Holds for predicates that cannot fail, and for operators that neither drop rows by looking at
/// other rows nor write, nor fail for some rows as `LoadCSV` does. Predicates that can fail stay
/// where they are, and others may pass them.
struct FilterPushdown {
  let errorFreedom: ErrorFreedom

  /// `argument` are the slots of the rows that the plan runs for.
  func apply(to plan: LogicalOperator, argument: SlotSet) -> LogicalOperator {
    push([], into: plan, argument)
  }

  /// The plan with the predicates applied, each as deep as it can go.
  private func push(
    _ predicates: [BoundExpression], into plan: LogicalOperator, _ argument: SlotSet
  ) -> LogicalOperator {
    switch plan {
    case .filter: return pushFilters(predicates, into: plan, argument)
    case .expand(_, let step), .statementExpand(_, let step), .variableLengthExpand(_, let step, _),
      .shortestPath(_, let step, _, _):
      return pass(predicates, through: plan, binding: step.newSlots, argument)
    case .projection(_, let items):
      return pass(predicates, through: plan, binding: items.map(\.slot), argument)
    case .unwind(_, _, let element):
      return pass(predicates, through: plan, binding: [element], argument)
    case .cartesianProduct(let left, let right):
      let split = split(predicates, left, right, argument)
      return place(
        split.rest,
        over: .cartesianProduct(
          push(split.left, into: left, argument), push(split.right, into: right, argument)))
    case .hashJoin(let left, let right, let leftKeys, let rightKeys):
      let split = split(predicates, left, right, argument)
      return place(
        split.rest,
        over: .hashJoin(
          push(split.left, into: left, argument), push(split.right, into: right, argument),
          leftKeys: leftKeys, rightKeys: rightKeys))
    default: return pushApplies(predicates, into: plan, argument)
    }
  }

  /// A run of filters: those that cannot fail go on, the others stay in their order.
  private func pushFilters(
    _ predicates: [BoundExpression], into plan: LogicalOperator, _ argument: SlotSet
  ) -> LogicalOperator {
    var moving: [BoundExpression] = []
    var staying: [BoundExpression] = []
    var rest = plan
    while case .filter(let input, let predicate) = rest {
      if errorFreedom.isSafePredicate(predicate) {
        moving.append(predicate)
      } else {
        staying.append(predicate)
      }
      rest = input
    }
    return place(
      staying.reversed(), over: push(moving.reversed() + predicates, into: rest, argument))
  }

  private func pushApplies(
    _ predicates: [BoundExpression], into plan: LogicalOperator, _ argument: SlotSet
  ) -> LogicalOperator {
    switch plan {
    case .apply(let input, let right):
      let outer = SlotSets.visible(input, argument: argument)
      let new = SlotSets.visible(right, argument: outer).subtracting(outer)
      let (below, above) = split(predicates, binding: new)
      return place(
        above,
        over: .apply(push(below, into: input, argument), right: apply(to: right, argument: outer)))
    case .optionalApply(let input, let right, let nullable):
      let outer = SlotSets.visible(input, argument: argument)
      let (below, above) = split(predicates, binding: SlotSet(nullable))
      return place(
        above,
        over: .optionalApply(
          push(below, into: input, argument), right: apply(to: right, argument: outer),
          nullable: nullable))
    case .semiApply(let input, let right, let negated):
      let outer = SlotSets.visible(input, argument: argument)
      return .semiApply(
        push(predicates, into: input, argument), right: apply(to: right, argument: outer),
        negated: negated)
    case .merge(let input, let match, let create, let onCreate, let onMatch, let range):
      let outer = SlotSets.visible(input, argument: argument)
      return place(
        predicates,
        over: .merge(
          apply(to: input, argument: argument), match: apply(to: match, argument: outer),
          create: create, onCreate: onCreate, onMatch: onMatch, range))
    default:
      return place(predicates, over: plan.mapChildren { apply(to: $0, argument: argument) })
    }
  }

  /// Through an operator that adds slots to each row, or drops rows one by one.
  private func pass(
    _ predicates: [BoundExpression], through plan: LogicalOperator, binding slots: [Slot],
    _ argument: SlotSet
  ) -> LogicalOperator {
    let (below, above) = split(predicates, binding: SlotSet(slots))
    return place(above, over: plan.mapChildren { push(below, into: $0, argument) })
  }

  private func place(
    _ predicates: [BoundExpression], over plan: LogicalOperator
  ) -> LogicalOperator {
    predicates.reduce(plan) { .filter($0, $1) }
  }

  private func split(
    _ predicates: [BoundExpression], binding slots: SlotSet
  ) -> (below: [BoundExpression], above: [BoundExpression]) {
    var below: [BoundExpression] = []
    var above: [BoundExpression] = []
    for predicate in predicates {
      if SlotSets.read(by: [predicate]).isDisjoint(with: slots) {
        below.append(predicate)
      } else {
        above.append(predicate)
      }
    }
    return (below, above)
  }

  private func split(
    _ predicates: [BoundExpression], _ left: LogicalOperator, _ right: LogicalOperator,
    _ argument: SlotSet
  ) -> (left: [BoundExpression], right: [BoundExpression], rest: [BoundExpression]) {
    if predicates.isEmpty { return ([], [], []) }
    let leftSlots = SlotSets.visible(left, argument: argument)
    let rightSlots = SlotSets.visible(right, argument: argument)
    var result: (left: [BoundExpression], right: [BoundExpression], rest: [BoundExpression])
    result = ([], [], [])
    for predicate in predicates {
      let read = SlotSets.read(by: [predicate])
      if read.isDisjoint(with: rightSlots) {
        result.left.append(predicate)
      } else if read.isDisjoint(with: leftSlots.union(argument)) {
        result.right.append(predicate)
      } else {
        result.rest.append(predicate)
      }
    }
    return result
  }
}

extension ExpandStep {
  /// The slots that get their values by the step.
  var newSlots: [Slot] {
    (relationshipIsBound ? [] : [relationship]) + (toIsBound ? [] : [to])
  }
}
