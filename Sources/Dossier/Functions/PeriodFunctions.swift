import DossierSyntax

/// Functions on the periods in which facts hold.
enum PeriodFunctions {
  static let definitions: [FunctionDefinition] = [
    .unary(
      "valid", family, element, .map,
      "When an element holds, as a map `{from, to}`, half-open; of a path, when all of it does."
    ) { (cell, call) throws(QueryError) in
      try map(try read(cell, "valid", call), call)
    },
    .unary(
      "certainly", family, element, .map,
      "The part of `valid(x)` that holds whatever day of a month or year is meant; null if none."
    ) { (cell, call) throws(QueryError) in
      try map(try certain(cell, call), call)
    },
    .binary(
      "overlaps", family, periods, .boolean, "Whether two periods have an instant in common."
    ) { (a, b, call) throws(QueryError) in
      Cell(try read(a, "overlaps", call).period.overlaps(try read(b, "overlaps", call).period))
    },
    .binary(
      "contains", family,
      [
        period("period"),
        .required(
          "other", .map, .node, .relationship, .path, .date, .localDateTime, .dateTime, .string),
      ],
      .boolean, "Whether a period contains another period, or an instant."
    ) { (a, b, call) throws(QueryError) in
      let whole = try read(a, "contains", call).period
      switch b.tag {
      case .date, .localDateTime, .dateTime, .string:
        return Cell(try contains(whole, instant: b, call))
      default: return Cell(whole.contains(try read(b, "contains", call).period))
      }
    },
    relation("precedes", "Whether a period has ended when another one begins.") { a, b in
      a.to <= b.from
    },
    relation("succeeds", "Whether a period begins when another one has ended.") { a, b in
      b.to <= a.from
    },
    relation("meets", "Whether a period ends at the instant at which another one begins.") { a, b in
      a.to == b.from
    },
    .binary(
      "intersection", family, periods, .map,
      "What two periods have in common as a map `{from, to}`; null when that is nothing."
    ) { (a, b, call) throws(QueryError) in
      try map(
        try read(a, "intersection", call).intersection(try read(b, "intersection", call)), call)
    },
    .unary(
      "duration.of", family, period("period"), .duration,
      "How long a period lasts, in months, days and time; null while it is open, and for an empty one."
    ) { (cell, call) throws(QueryError) in
      let bounds = try read(cell, "duration.of", call)
      guard !bounds.period.isEmpty, let from = bounds.from.cell.temporalBase,
        let to = bounds.to.cell.temporalBase
      else { return .null }
      return try call.located { () throws(QueryError) in
        try call.arena.duration(try DurationValue.between(from, to))
      }
    },
  ]

  private static let family = "Period"
  private static let element = FunctionSignature.Parameter.required(
    "element", .node, .relationship, .path, .map)
  private static let periods = [period("period"), period("other")]

  private static func period(_ name: String) -> FunctionSignature.Parameter {
    .required(name, .map, .node, .relationship, .path)
  }

  /// A relation of two periods that are not empty.
  private static func relation(
    _ name: String, _ summary: String, _ holds: @escaping @Sendable (Period, Period) -> Bool
  ) -> FunctionDefinition {
    .binary(name, family, periods, .boolean, summary) { (a, b, call) throws(QueryError) in
      let first = try read(a, name, call).period
      let second = try read(b, name, call).period
      return Cell(!first.isEmpty && !second.isEmpty && holds(first, second))
    }
  }

  // MARK: Reading

  /// The bounds of a period, with the values that they are shown as.
  private struct Bounds {
    var from = PeriodBound.openFrom
    var to = PeriodBound.openTo

    var period: Period { Period(from, to) }

    func intersection(_ other: Bounds) -> Bounds {
      Bounds(
        from: other.from.instant > from.instant ? other.from : from,
        to: other.to.instant < to.instant ? other.to : to)
    }
  }

  /// The period of an element, of a path, or of a map with `from` and `to`.
  private static func read(
    _ cell: Cell, _ function: String, _ call: FunctionContext
  ) throws(QueryError) -> Bounds {
    switch cell.tag {
    case .map: return try bounds(of: cell, function, call)
    case .path:
      var common = Bounds()
      for element in cell.cells {
        common = common.intersection(try stored(element, function, call))
      }
      return common
    case .node, .relationship: return try stored(cell, function, call)
    default:
      throw call.typeError(
        function, expected: "a node, a relationship, a path or a map `{from, to}`", found: cell)
    }
  }

  private static func stored(
    _ element: Cell, _ function: String, _ call: FunctionContext
  ) throws(QueryError) -> Bounds {
    let row = Int(truncatingIfNeeded: element.raw)
    let reader: PeriodReader?
    if element.tag == .node {
      guard call.graph.contains(element.nodeID) else { throw call.deletedError(function, "node") }
      reader = PeriodReader(nodesOf: call.graph)
    } else {
      guard call.graph.contains(element.relationshipID) else {
        throw call.deletedError(function, "relationship")
      }
      reader = PeriodReader(relationshipsOf: call.graph)
    }
    guard let bounds = reader?.bounds(row: row) else { return Bounds() }
    return Bounds(from: bounds.from, to: bounds.to)
  }

  private static func bounds(
    of map: Cell, _ function: String, _ call: FunctionContext
  ) throws(QueryError) -> Bounds {
    Bounds(
      from: try bound(of: map, "from", .from, function, call),
      to: try bound(of: map, "to", .to, function, call))
  }

  private static func bound(
    of map: Cell, _ key: StaticString, _ side: PeriodBound.Side, _ function: String,
    _ call: FunctionContext
  ) throws(QueryError) -> PeriodBound {
    let value = map.mapValue(self.key(key))
    if value.isNull { return .open(side) }
    guard let bound = PeriodBound(value, side) else {
      throw call.typeError(function, expected: "a date as `\(key)` of a period", found: value)
    }
    return bound
  }

  private static func contains(
    _ period: Period, instant cell: Cell, _ call: FunctionContext
  ) throws(QueryError) -> Bool {
    if cell.tag == .string, let partial = PartialDate(cell.bytes) {
      return period.contains(
        Period(from: Instant(day: partial.firstDay), to: Instant(day: partial.nextDay)))
    }
    guard let bound = PeriodBound(cell, .from) else {
      throw call.typeError("contains", expected: "a period or a date", found: cell)
    }
    return period.contains(bound.instant)
  }

  /// `{from, to}`; null for an empty period.
  private static func map(_ bounds: Bounds, _ call: FunctionContext) throws(QueryError) -> Cell {
    if bounds.period.isEmpty { return .null }
    return try call.arena.map(pairs: [
      try call.arena.string("from"), bounds.from.cell, try call.arena.string("to"), bounds.to.cell,
    ])
  }

  // MARK: Certain periods

  private static func certain(
    _ cell: Cell, _ call: FunctionContext
  ) throws(QueryError) -> Bounds {
    switch cell.tag {
    case .path:
      var common = Bounds()
      for element in cell.cells {
        common = common.intersection(try certain(element, call))
      }
      return common
    case .map:
      let bounds = try bounds(of: cell, "certainly", call)
      return narrowed(
        bounds, cell.mapValue(key("from")), cell.mapValue(key("to")),
        precision(of: cell.mapValue(key("precision"))))
    case .node, .relationship:
      let bounds = try stored(cell, "certainly", call)
      let keys = call.graph.validTimeKeys
      return narrowed(
        bounds, try property(cell, keys.from, call), try property(cell, keys.to, call),
        precision(of: try property(cell, "precision", call)))
    default:
      throw call.typeError(
        "certainly", expected: "a node, a relationship, a path or a map `{from, to}`", found: cell)
    }
  }

  /// The period without the days of its bounds' months or years on which it may not hold.
  private static func narrowed(
    _ bounds: Bounds, _ from: Cell, _ to: Cell, _ precision: Precision?
  ) -> Bounds {
    var result = bounds
    if let span = span(of: from, precision, offset: 0) {
      result.from = PeriodBound(day: span.nextDay - 1)
    }
    if let span = span(of: to, precision, offset: -1) {
      result.to = PeriodBound(day: span.firstDay)
    }
    return result
  }

  /// The days that a bound may mean; nil when it is exact.
  private static func span(
    of bound: Cell, _ precision: Precision?, offset: Int64
  ) -> (firstDay: Int64, nextDay: Int64)? {
    if bound.tag == .string {
      return PartialDate(bound.bytes).map { ($0.firstDay, $0.nextDay) }
    }
    guard bound.tag == .date, let precision else { return nil }
    return precision.span(around: bound.integer + offset)
  }

  private static func property(
    _ element: Cell, _ name: String, _ call: FunctionContext
  ) throws(QueryError) -> Cell {
    guard let key = call.graph.catalog.propertyKey(name) else { return .null }
    return element.tag == .node
      ? try call.graph.property(element.nodeID, key, arena: call.arena)
      : try call.graph.property(element.relationshipID, key, arena: call.arena)
  }

  private static func key(_ name: StaticString) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
  }

  private static func precision(of cell: Cell) -> Precision? {
    guard cell.tag == .string else { return nil }
    return Precision.allCases.first { $0.rawValue.utf8.elementsEqual(cell.bytes) }
  }

  /// How exact the bounds of an element are, as its property `precision` says.
  private enum Precision: String, CaseIterable {
    case week, month, year

    /// The week, month or year in which a day lies.
    func span(around day: Int64) -> (firstDay: Int64, nextDay: Int64) {
      let date = CalendarDate(daysSinceEpoch: day)
      switch self {
      case .week:
        let first = day - (WeekDate.dayOfWeek(day) - 1)
        return (first, first + 7)
      case .month:
        let first = day - date.day + 1
        return (first, first + CalendarDate.daysInMonth(year: date.year, month: date.month))
      case .year:
        let first = CalendarDate(year: date.year, month: 1, day: 1).daysSinceEpoch
        return (first, first + CalendarDate.daysInYear(date.year))
      }
    }
  }
}
