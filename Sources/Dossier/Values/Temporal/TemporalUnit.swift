import DossierSyntax

/// The units to which temporal values are truncated.
enum TemporalUnit: String, TemporalName, CaseIterable, Sendable {
  case millennium, century, decade, year, weekYear, quarter, month, week, day
  case hour, minute, second, millisecond, microsecond

  /// The unit of a name; throws `invalidArgumentValue` for other names.
  init(named name: String) throws(QueryError) {
    guard let unit = TemporalUnit(cypherName: name) else {
      throw .invalidTemporal(
        "unit is not known",
        help: "units are \(TemporalUnit.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self = unit
  }

  /// The length in nanoseconds of the day and what is below; nil for greater units.
  private var nanoseconds: Int64? {
    switch self {
    case .day: TemporalLimits.nanosecondsPerDay
    case .hour: 3_600_000_000_000
    case .minute: 60_000_000_000
    case .second: 1_000_000_000
    case .millisecond: 1_000_000
    case .microsecond: 1_000
    default: nil
    }
  }

  /// Whether the unit is a day or longer.
  var isDateUnit: Bool { (nanoseconds ?? .max) >= TemporalLimits.nanosecondsPerDay }

  /// The first day of the unit's period in which a day lies; throws `integerOverflowAtRuntime`
  /// where that is before the calendar.
  func truncate(_ date: DateValue) throws(QueryError) -> DateValue {
    let calendar = date.calendarDate
    switch self {
    case .millennium: return try Self.newYear(calendar.year, every: 1_000)
    case .century: return try Self.newYear(calendar.year, every: 100)
    case .decade: return try Self.newYear(calendar.year, every: 10)
    case .year: return try Self.newYear(calendar.year, every: 1)
    case .weekYear:
      return try DateValue(checkedDays: WeekDate.firstDay(ofWeekYear: date.weekDate.weekYear))
    case .quarter: return try Self.first(of: calendar.quarter * 3 - 2, calendar.year)
    case .month: return try Self.first(of: calendar.month, calendar.year)
    case .week:
      return try DateValue(checkedDays: date.daysSinceEpoch + 1 - date.weekDate.dayOfWeek)
    default: return date
    }
  }

  private static func newYear(_ year: Int64, every period: Int64) throws(QueryError) -> DateValue {
    try first(of: 1, year.flooredQuotientAndRemainder(dividingBy: period).quotient * period)
  }

  private static func first(of month: Int64, _ year: Int64) throws(QueryError) -> DateValue {
    try DateValue(checkedDays: CalendarDate(year: year, month: month, day: 1).daysSinceEpoch)
  }

  /// The start of the unit's period in which a time of day lies, in nanoseconds; midnight for
  /// units of a day or longer.
  func truncate(nanosecondOfDay: Int64) -> Int64 {
    guard let nanoseconds else { return 0 }
    return nanosecondOfDay - nanosecondOfDay % nanoseconds
  }

  /// The fields, with the parts of a second that truncation keeps where fields replace smaller
  /// parts.
  func keepingFraction(of nanosecondOfDay: Int64, in fields: TemporalFields) -> TemporalFields {
    var fields = fields
    let fraction = nanosecondOfDay % TemporalLimits.nanosecondsPerSecond
    if self == .millisecond, fields.millisecond == nil, fields.hasFraction {
      fields.millisecond = fraction / 1_000_000
    }
    if self == .microsecond, fields.millisecond == nil, fields.microsecond == nil,
      fields.nanosecond != nil
    {
      fields.microsecond = fraction / 1_000
    }
    return fields
  }
}

extension TemporalBase {
  /// The local time, truncated and then changed by fields; a date counts as its midnight.
  fileprivate func truncatedLocal(
    to unit: TemporalUnit, _ fields: TemporalFields
  ) throws(QueryError) -> LocalDateTimeValue {
    let time = unit.truncate(nanosecondOfDay: nanosecondOfDay ?? 0)
    let date = try unit.truncate(requiredDate())
    let fields = unit.keepingFraction(of: time, in: fields)
    return LocalDateTimeValue(
      date: try fields.assembleDate(base: date),
      nanosecondOfDay: try fields.assembleTime(base: time))
  }

  /// The time of day, truncated and then changed by fields.
  fileprivate func truncatedTime(
    to unit: TemporalUnit, _ fields: TemporalFields
  ) throws(QueryError) -> Int64 {
    guard !unit.isDateUnit || unit == .day else {
      throw .invalidTemporal("a time of day cannot be truncated to a unit above a day")
    }
    let time = unit.truncate(nanosecondOfDay: try requiredNanosecondOfDay())
    return try unit.keepingFraction(of: time, in: fields).assembleTime(base: time)
  }
}

extension DateValue {
  /// The date of a value, truncated to a unit of a day or longer and then changed by fields;
  /// throws `invalidArgumentValue`.
  static func truncate(
    _ base: TemporalBase, to unit: TemporalUnit, _ fields: TemporalFields
  ) throws(QueryError) -> DateValue {
    guard unit.isDateUnit else {
      throw .invalidTemporal("a `date` cannot be truncated to a unit below a day")
    }
    try fields.requireNoBase()
    try fields.require(dateAllowed: true, timeAllowed: false, timezoneAllowed: false, of: "date")
    return try fields.assembleDate(base: unit.truncate(base.requiredDate()))
  }
}

extension LocalDateTimeValue {
  /// The local time of a value, truncated and then changed by fields; throws
  /// `invalidArgumentValue`.
  static func truncate(
    _ base: TemporalBase, to unit: TemporalUnit, _ fields: TemporalFields
  ) throws(QueryError) -> LocalDateTimeValue {
    try fields.requireNoBase()
    try fields.require(
      dateAllowed: true, timeAllowed: true, timezoneAllowed: false, of: "localdatetime")
    return try base.truncatedLocal(to: unit, fields)
  }
}

extension DateTimeValue {
  /// A value, truncated on the clock of its zone and then changed by fields, among which
  /// `timezone` replaces the zone but keeps the local time; throws `invalidArgumentValue`.
  static func truncate(
    _ base: TemporalBase, to unit: TemporalUnit, _ fields: TemporalFields
  ) throws(QueryError) -> DateTimeValue {
    try fields.requireNoBase()
    try fields.require(dateAllowed: true, timeAllowed: true, timezoneAllowed: true, of: "datetime")
    return try DateTimeValue(
      local: base.truncatedLocal(to: unit, fields), zone: fields.timezone ?? base.zone ?? .utc,
      preferredOffset: base.offsetSeconds)
  }
}

extension LocalTimeValue {
  /// The local time of day of a value, truncated to a day or less and then changed by fields;
  /// throws `invalidArgumentValue`.
  static func truncate(
    _ base: TemporalBase, to unit: TemporalUnit, _ fields: TemporalFields
  ) throws(QueryError) -> LocalTimeValue {
    try fields.requireNoBase()
    try fields.require(
      dateAllowed: false, timeAllowed: true, timezoneAllowed: false, of: "localtime")
    return LocalTimeValue(nanosecondOfDay: try base.truncatedTime(to: unit, fields))
  }
}

extension TimeValue {
  /// The time of day of a value, truncated to a day or less and then changed by fields, among
  /// which `timezone` replaces the offset but keeps the local time; a region counts with its offset
  /// at the clock's instant. Throws `invalidArgumentValue`.
  static func truncate(
    _ base: TemporalBase, to unit: TemporalUnit, _ fields: TemporalFields, clock: TemporalClock
  ) throws(QueryError) -> TimeValue {
    try fields.requireNoBase()
    try fields.require(dateAllowed: false, timeAllowed: true, timezoneAllowed: true, of: "time")
    let offset = fields.timezone?.offsetSeconds(atUTC: clock.seconds) ?? base.offsetSeconds
    return TimeValue(
      nanosecondOfDay: try base.truncatedTime(to: unit, fields), offsetSeconds: offset ?? 0)
  }
}

extension TemporalFields {
  /// Throws `invalidArgumentValue` where a value to take components from is given.
  fileprivate func requireNoBase() throws(QueryError) {
    if date != nil || time != nil || datetime != nil {
      throw .invalidTemporal("truncation takes components only, no `date`, `time` or `datetime`")
    }
  }
}
