extension LogicalPlan {
  /// The operator tree as `EXPLAIN` prints it.
  var explanation: PlanDescription {
    PlanDescription(
      lines: describe().map {
        PlanDescription.Line(
          depth: $0.depth, name: $0.name, details: $0.details, estimatedRows: $0.estimatedRows)
      })
  }
}
