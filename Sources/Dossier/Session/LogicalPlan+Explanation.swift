extension LogicalPlan {
  /// The operator tree as `EXPLAIN` prints it.
  var explanation: PlanDescription { PlanDescription(lines: []) }
}
