import DossierSyntax

/// When the graph stood as a statement reads it.
struct BoundSystemTime: Sendable {
  /// Gives a date, a time with a date, or the number of a commit; reads no slot.
  var instant: BoundExpression
  var range: SourceRange
}

/// `FOR SYSTEM_TIME`.
extension Binder {
  /// Errors: an instant that depends on rows, or that can be neither a time nor a number.
  func bindSystemTime(_ instant: Expression) throws(QueryError) -> BoundSystemTime {
    let readsGraph = instant.first { part in
      switch part.kind {
      case .variable, .mapProjection, .patternPredicate, .patternComprehension, .exists, .count,
        .shortestPath:
        true
      default: false
      }
    }
    if let readsGraph {
      throw QueryError(
        .nonConstantExpression, "`FOR SYSTEM_TIME` is computed before anything is read",
        at: readsGraph.range, help: "use a date, a parameter or a computation with them")
    }
    let bound = try within(ExpressionContext()) { () throws(QueryError) in try bind(instant) }
    let accepted: [StaticType] = [.date, .localDateTime, .dateTime, .string, .integer]
    guard bound.type != .null, accepted.contains(where: { bound.type.canBe($0) }) else {
      throw QueryError(
        .invalidArgumentType,
        "`FOR SYSTEM_TIME` expects a time or the number of a commit, found \(bound.type.title)",
        at: instant.range, label: bound.type.title,
        help: "write `FOR SYSTEM_TIME AS OF datetime('2026-11-01T12:00Z')`")
    }
    return BoundSystemTime(instant: bound.expression, range: instant.range)
  }

  func writesInThePast(_ clause: Clause) -> QueryError {
    QueryError(
      .invalidClauseComposition,
      "`\(clause.keyword)` cannot stand in a statement that reads an earlier graph",
      at: clause.range, help: "write without `FOR SYSTEM_TIME`")
  }
}
