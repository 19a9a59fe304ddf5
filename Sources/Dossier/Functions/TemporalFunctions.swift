import DossierSyntax

/// Constructors of temporal values, their clocks, truncation, and durations between values.
enum TemporalFunctions {
  static let definitions: [FunctionDefinition] =
    instant("date", DateValue.self, .date) + instant("localtime", LocalTimeValue.self, .localTime)
    + instant("time", TimeValue.self, .time)
    + instant("localdatetime", LocalDateTimeValue.self, .localDateTime)
    + instant("datetime", DateTimeValue.self, .dateTime) + epochs + durations

  private static let family = "Temporal"
  private static let instants: [StaticType] = [
    .date, .localTime, .time, .localDateTime, .dateTime,
  ]

  // MARK: Instants

  /// `name()`, its three clocks and its truncation.
  private static func instant<T: TemporalInstant>(
    _ name: String, _ type: T.Type, _ result: StaticType
  ) -> [FunctionDefinition] {
    [
      FunctionDefinition(
        name, family,
        [
          FunctionSignature.Parameter(
            name: "input", types: [.string, .map] + instants, optional: true)
        ], result,
        "The `\(name)` of a text, of components in a map or of another value; without argument now.",
        isDeterministic: false
      ) { (arguments, count, call) throws(QueryError) in
        guard let input = arguments.first else {
          return Column(constant: T(clock: call.clock(.statement), zone: .utc).cell, count: count)
        }
        return try call.mapRows(input, count) { (cell) throws(QueryError) in
          try call.located { () throws(QueryError) in try make(type, name, cell, call) }
        }
      },
      clock(name, type, result, .transaction, "when the transaction began"),
      clock(name, type, result, .statement, "when the statement began"),
      clock(name, type, result, .realtime, "at the moment of the call"),
      FunctionDefinition(
        name + ".truncate", family,
        [
          .required("unit", .string),
          FunctionSignature.Parameter(name: "value", types: instants, optional: true),
          .optional("fields", .map),
        ], result, "A value as `\(name)`, set back to the start of a unit such as `'month'`.",
        isDeterministic: false
      ) { (arguments, count, call) throws(QueryError) in
        try call.mapRows(arguments, count) { (row) throws(QueryError) in
          try call.located { () throws(QueryError) in
            try truncate(type, name, row, arguments.count, call)
          }
        }
      },
    ]
  }

  private static func clock<T: TemporalInstant>(
    _ name: String, _ type: T.Type, _ result: StaticType, _ clock: ClockName, _ moment: String
  ) -> FunctionDefinition {
    let name = "\(name).\(clock.rawValue)"
    return FunctionDefinition(
      name, family, [.optional("timezone", .string)], result, "What the clock showed \(moment).",
      isDeterministic: false
    ) { (arguments, count, call) throws(QueryError) in
      let now = call.clock(clock)
      guard let zones = arguments.first else {
        return Column(constant: T(clock: now, zone: .utc).cell, count: count)
      }
      return try call.mapRows(zones, count) { (cell) throws(QueryError) in
        guard cell.tag == .string else {
          throw call.typeError(name, expected: "a string", found: cell)
        }
        return try call.located { () throws(QueryError) in
          T(clock: now, zone: try TimeZoneID(cell.string)).cell
        }
      }
    }
  }

  private static func make<T: TemporalInstant>(
    _ type: T.Type, _ name: String, _ cell: Cell, _ call: FunctionContext
  ) throws(QueryError) -> Cell {
    switch cell.tag {
    case .string: return try T(cell.string).cell
    case .map:
      guard let fields = try fields(cell, name, call) else { return .null }
      return try T(fields: fields, clock: call.clock(.statement)).cell
    default:
      guard let base = cell.temporalBase else {
        throw call.typeError(name, expected: "a string, map or temporal value", found: cell)
      }
      return try T(base).cell
    }
  }

  private static func truncate<T: TemporalInstant>(
    _ type: T.Type, _ name: String, _ row: UnsafeMutablePointer<Cell>, _ count: Int,
    _ call: FunctionContext
  ) throws(QueryError) -> Cell {
    let name = name + ".truncate"
    guard row[0].tag == .string else {
      throw call.typeError(name, expected: "a string as `unit`", found: row[0])
    }
    let clock = call.clock(.statement)
    let value = count > 1 ? row[1] : DateTimeValue(clock: clock).cell
    guard let base = value.temporalBase else {
      throw call.typeError(name, expected: "a temporal value", found: value)
    }
    var extra = TemporalFields()
    if count > 2 {
      guard let given = try fields(row[2], name, call) else { return .null }
      extra = given
    }
    let unit = try TemporalUnit(named: row[0].string)
    return try T.truncated(base, to: unit, extra, clock: clock).cell
  }

  /// The components of a map; nil when one of them is null.
  private static func fields(
    _ cell: Cell, _ function: String, _ call: FunctionContext
  ) throws(QueryError) -> TemporalFields? {
    guard cell.tag == .map else {
      throw call.typeError(function, expected: "a map", found: cell)
    }
    var fields = TemporalFields()
    let pairs = cell.cells
    for i in stride(from: 0, to: pairs.count, by: 2) {
      let (key, value) = (pairs[i].string, pairs[i + 1])
      switch value.tag {
      case .null: return nil
      case .integer: try fields.set(key, to: .integer(value.integer))
      case .string: try fields.set(key, to: .string(value.string))
      default:
        guard let base = value.temporalBase else {
          throw call.typeError(
            function, expected: "integers, strings and temporal values in its map", found: value)
        }
        try fields.set(key, to: .temporal(base))
      }
    }
    return fields
  }

  // MARK: Epochs

  private static let epochs: [FunctionDefinition] = [
    .binary(
      "datetime.fromepoch", family,
      [.required("seconds", .integer), .required("nanoseconds", .integer)], .dateTime,
      "The instant so many seconds and nanoseconds after 1970-01-01T00:00Z."
    ) { (seconds, nanoseconds, call) throws(QueryError) in
      let name = "datetime.fromepoch"
      let (seconds, nanoseconds) = (
        try integer(seconds, name, call), try integer(nanoseconds, name, call)
      )
      return try call.located { () throws(QueryError) in
        Cell(try DateTimeValue(epochSeconds: seconds, nanoseconds: nanoseconds))
      }
    },
    .unary(
      "datetime.fromepochmillis", family, .required("milliseconds", .integer), .dateTime,
      "The instant so many milliseconds after 1970-01-01T00:00Z."
    ) { (milliseconds, call) throws(QueryError) in
      let milliseconds = try integer(milliseconds, "datetime.fromepochmillis", call)
      return try call.located { () throws(QueryError) in
        Cell(try DateTimeValue(epochMilliseconds: milliseconds))
      }
    },
  ]

  private static func integer(
    _ cell: Cell, _ function: String, _ call: FunctionContext
  ) throws(QueryError) -> Int64 {
    guard cell.tag == .integer else {
      throw call.typeError(function, expected: "an integer", found: cell)
    }
    return cell.integer
  }

  // MARK: Durations

  private static let durations: [FunctionDefinition] = [
    .unary(
      "duration", family, .required("input", .string, .map, .duration), .duration,
      "The duration of a text such as `'P1Y2M3DT4H'` or of components in a map."
    ) { (cell, call) throws(QueryError) in
      try call.located { () throws(QueryError) in try duration(cell, call) }
    },
    between("between", "in months, days and time") { (a, b) throws(QueryError) in
      try DurationValue.between(a, b)
    },
    between("inMonths", "in whole months") { (a, b) throws(QueryError) in
      try DurationValue.inMonths(a, b)
    },
    between("inDays", "in whole days") { (a, b) throws(QueryError) in
      try DurationValue.inDays(a, b)
    },
    between("inSeconds", "in time alone") { (a, b) throws(QueryError) in
      try DurationValue.inSeconds(a, b)
    },
  ]

  private static func between(
    _ name: String, _ summary: String,
    _ body: @escaping @Sendable (TemporalBase, TemporalBase) throws(QueryError) -> DurationValue
  ) -> FunctionDefinition {
    let name = "duration.\(name)"
    return .binary(
      name, family,
      [
        FunctionSignature.Parameter(name: "from", types: instants),
        FunctionSignature.Parameter(name: "to", types: instants),
      ], .duration, "The duration from one value to another, \(summary)."
    ) { (a, b, call) throws(QueryError) in
      guard let from = a.temporalBase, let to = b.temporalBase else {
        throw call.typeError(
          name, expected: "temporal values", found: a.temporalBase == nil ? a : b)
      }
      return try call.located { () throws(QueryError) in
        try call.arena.duration(try body(from, to))
      }
    }
  }

  private static func duration(_ cell: Cell, _ call: FunctionContext) throws(QueryError) -> Cell {
    switch cell.tag {
    case .duration: return cell
    case .string: return try call.arena.duration(try DurationValue(cell.string))
    case .map:
      var fields = DurationFields()
      let pairs = cell.cells
      for i in stride(from: 0, to: pairs.count, by: 2) {
        let (key, value) = (pairs[i].string, pairs[i + 1])
        switch value.tag {
        case .null: return .null
        case .integer: try fields.set(key, to: value.integer)
        case .float: try fields.set(key, to: value.float)
        default: throw call.typeError("duration", expected: "numbers in its map", found: value)
        }
      }
      return try call.arena.duration(try DurationValue(fields: fields))
    default:
      throw call.typeError("duration", expected: "a string or map", found: cell)
    }
  }
}

/// Which "now" a function means.
private enum ClockName: String, Sendable { case transaction, statement, realtime }

extension FunctionContext {
  fileprivate func clock(_ name: ClockName) -> TemporalClock {
    switch name {
    case .transaction: TemporalClock(state.clock.transaction)
    case .statement: TemporalClock(state.clock.statement)
    case .realtime: TemporalClock.realtime()
    }
  }
}

extension TemporalClock {
  fileprivate init(_ instant: StatementClock.Instant) {
    self.init(seconds: instant.seconds, nanosecond: instant.nanoseconds)
  }
}

/// What the five types of dates and times have in common.
private protocol TemporalInstant: Sendable {
  init(_ text: String) throws(QueryError)
  init(_ base: TemporalBase) throws(QueryError)
  init(fields: TemporalFields, clock: TemporalClock) throws(QueryError)
  init(clock: TemporalClock, zone: TimeZoneID)
  static func truncated(
    _ base: TemporalBase, to unit: TemporalUnit, _ fields: TemporalFields, clock: TemporalClock
  ) throws(QueryError) -> Self
  var cell: Cell { get }
}

extension DateValue: TemporalInstant {
  fileprivate static func truncated(
    _ base: TemporalBase, to unit: TemporalUnit, _ fields: TemporalFields, clock: TemporalClock
  ) throws(QueryError) -> DateValue { try truncate(base, to: unit, fields) }
  fileprivate var cell: Cell { Cell(self) }
}

extension LocalTimeValue: TemporalInstant {
  fileprivate static func truncated(
    _ base: TemporalBase, to unit: TemporalUnit, _ fields: TemporalFields, clock: TemporalClock
  ) throws(QueryError) -> LocalTimeValue { try truncate(base, to: unit, fields) }
  fileprivate var cell: Cell { Cell(self) }
}

extension TimeValue: TemporalInstant {
  fileprivate static func truncated(
    _ base: TemporalBase, to unit: TemporalUnit, _ fields: TemporalFields, clock: TemporalClock
  ) throws(QueryError) -> TimeValue { try truncate(base, to: unit, fields, clock: clock) }
  fileprivate var cell: Cell { Cell(self) }
}

extension LocalDateTimeValue: TemporalInstant {
  fileprivate static func truncated(
    _ base: TemporalBase, to unit: TemporalUnit, _ fields: TemporalFields, clock: TemporalClock
  ) throws(QueryError) -> LocalDateTimeValue { try truncate(base, to: unit, fields) }
  fileprivate var cell: Cell { Cell(self) }
}

extension DateTimeValue: TemporalInstant {
  fileprivate static func truncated(
    _ base: TemporalBase, to unit: TemporalUnit, _ fields: TemporalFields, clock: TemporalClock
  ) throws(QueryError) -> DateTimeValue { try truncate(base, to: unit, fields) }
  fileprivate var cell: Cell { Cell(self) }
}
