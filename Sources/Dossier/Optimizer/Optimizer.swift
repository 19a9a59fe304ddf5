/// Applies the rewriting rules to a plan, in a fixed order.
struct Optimizer {
  let rules: OptimizerRules
  let slots: SlotTable

  /// The rewritten plan; `argument` are the slots of the rows that it runs for.
  func optimize(_ plan: LogicalOperator, argument: Set<Slot>) -> LogicalOperator {
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
    if rules.contains(.semiApply) { plan = SemiApplyRule().apply(to: plan) }
    if rules.contains(.top) { plan = TopRule().apply(to: plan) }
    return plan
  }
}
