import DossierSyntax

/// What `FOR SYSTEM_TIME AS OF` names: an instant, or a commit by its number.
enum SystemTimePoint {
  case instant(Instant)
  case commit(Int64)
}

extension BoundSystemTime {
  /// Computes the point, once, before the statement runs.
  /// Errors: those of the computation; a value that is no point of time.
  func evaluate(_ state: ExecutionState) throws(QueryError) -> SystemTimePoint {
    let kernel = try PlanLowering(state).kernel(instant, [])
    let cell = try kernel.evaluate(Batch(count: 1, slotCount: state.slotCount), state).cell(0)
    if cell.tag == .integer { return .commit(cell.integer) }
    if cell.tag == .string, PartialDate(cell.bytes) != nil {
      throw QueryError(
        .invalidArgumentValue,
        "`FOR SYSTEM_TIME AS OF` takes an instant, and '\(cell.string)' is longer than a day",
        at: range)
    }
    if let bound = PeriodBound(cell, .from) { return .instant(bound.instant) }
    guard cell.tag == .string else {
      throw QueryError(
        .invalidArgumentTypeAtRuntime,
        "`FOR SYSTEM_TIME AS OF` expects a time or the number of a commit, found \(cell.typeName)",
        at: range)
    }
    throw QueryError(
      .invalidArgumentValue,
      "`FOR SYSTEM_TIME AS OF` expects a time, and the string is none", at: range,
      help: "times are written '2026-11-01' or '2026-11-01T12:00:00Z'")
  }
}
