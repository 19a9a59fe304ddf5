import DossierSyntax

/// What turns the instants of a restriction into a window: a list of its first and last instant.
/// Statements cannot call these by name.
enum ValidTimeFunctions {
  /// `AS OF instant`.
  static let asOf = FunctionDefinition(
    "AS OF", "Period", [.required("instant", .any)], .list(.any), "The window of one instant."
  ) { (arguments, count, call) throws(QueryError) in
    try call.mapRows(arguments[0], count) { (cell) throws(QueryError) in
      if cell.tag == .string, PartialDate(cell.bytes) != nil {
        throw call.error(
          .invalidArgumentValue,
          "`AS OF` takes an instant, and '\(cell.string)' is longer than a day",
          help: "write `BETWEEN '\(cell.string)' AND '\(cell.string)'`")
      }
      let instant = try bound(cell, .from, "AS OF", call)
      return try call.arena.list([instant, instant])
    }
  }

  /// `BETWEEN first AND last`.
  static let between = FunctionDefinition(
    "BETWEEN", "Period", [.required("first", .any), .required("last", .any)], .list(.any),
    "The window between two instants."
  ) { (arguments, count, call) throws(QueryError) in
    try call.mapRows(arguments[0], arguments[1], count) { (first, last) throws(QueryError) in
      try call.arena.list([
        try bound(first, .from, "BETWEEN", call), try lastInstant(last, call),
      ])
    }
  }

  /// A partial date as the last instant means its last day.
  private static func lastInstant(
    _ cell: Cell, _ call: FunctionContext
  ) throws(QueryError) -> Cell {
    guard cell.tag == .string, let partial = PartialDate(cell.bytes) else {
      return try bound(cell, .from, "BETWEEN", call)
    }
    return Cell(
      LocalDateTimeValue(
        secondsSinceEpoch: Instant(day: partial.nextDay).seconds - 1, nanosecond: 999_999_999))
  }

  private static func bound(
    _ cell: Cell, _ side: PeriodBound.Side, _ name: String, _ call: FunctionContext
  ) throws(QueryError) -> Cell {
    guard let bound = PeriodBound(cell, side) else {
      guard cell.tag == .string else {
        throw call.typeError(name, expected: "a date or a time with a date", found: cell)
      }
      throw call.error(
        .invalidArgumentValue, "`\(name)` expects a date, and the string is none",
        help: "dates are written '2021', '2021-01', '2021-01-14' or '2021-01-14T12:00:00Z'")
    }
    return bound.cell
  }
}
