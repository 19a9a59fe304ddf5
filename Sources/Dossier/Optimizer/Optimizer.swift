/// Applies the rewriting rules to a plan, in a fixed order.
struct Optimizer {
  let rules: OptimizerRules
  let slots: SlotTable
  let model: CardinalityModel

  /// The rewritten plan; `argument` are the slots of the rows that it runs for.
  func optimize(_ plan: LogicalOperator, argument: SlotSet) -> LogicalOperator {
    var plan = plan
    if rules.contains(.filterPushdown) {
      plan = FilterPushdown(errorFreedom: ErrorFreedom(slots: slots))
        .apply(to: plan, argument: argument)
    }
    if rules.contains(.labelScan) { plan = LabelScan().apply(to: plan) }
    if rules.contains(.hashJoin) {
      plan = HashJoinRule(errorFreedom: ErrorFreedom(slots: slots))
        .apply(to: plan, argument: argument)
    }
    if rules.contains(.nodeIndexSeek) {
      plan = NodeIndexSeekRule(
        errorFreedom: ErrorFreedom(slots: slots), model: model,
        fewestNodes: rules.contains(.seekAlways) ? 0 : NodeIndexSeekRule.worthwhileNodes
      ).apply(to: plan, argument: argument)
    }
    if rules.contains(.semiApply) { plan = SemiApplyRule().apply(to: plan) }
    if rules.contains(.chainPredicate) {
      plan = ChainPredicateRule(errorFreedom: ErrorFreedom(slots: slots)).apply(to: plan)
    }
    if rules.contains(.collectUnwind) {
      plan = CollectUnwindRule(errorFreedom: ErrorFreedom(slots: slots)).apply(to: plan)
    }
    if rules.contains(.patternCount) {
      plan = PatternCountRule(errorFreedom: ErrorFreedom(slots: slots), model: model)
        .apply(to: plan, argument: argument)
    }
    if rules.contains(.distinctEnds) { plan = DistinctEndsRule().apply(to: plan) }
    if rules.contains(.distinctEndCount) {
      plan = DistinctEndCountRule(slots: slots).apply(to: plan)
    }
    if rules.contains(.expandIntersect) {
      plan = ExpandIntersectRule().apply(to: plan, argument: argument)
    }
    if rules.contains(.countedEnd) {
      plan = CountedEndRule(errorFreedom: ErrorFreedom(slots: slots)).apply(to: plan)
    }
    if rules.contains(.groupByNode) {
      plan = GroupByNodeRule(slots: slots, model: model).apply(to: plan)
    }
    if rules.contains(.expandGrouped) { plan = ExpandGroupedRule(slots: slots).apply(to: plan) }
    if rules.contains(.top) { plan = TopRule().apply(to: plan) }
    return plan
  }
}
