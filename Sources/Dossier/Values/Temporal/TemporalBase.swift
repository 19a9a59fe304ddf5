import DossierSyntax

/// An instance of any temporal type but duration, as the functions between the types take it.
enum TemporalBase: Sendable {
  case date(DateValue)
  case localTime(LocalTimeValue)
  case time(TimeValue)
  case localDateTime(LocalDateTimeValue)
  case dateTime(DateTimeValue)

  /// The date, as local clocks show it; nil for times of day.
  var date: DateValue? {
    switch self {
    case .date(let date): date
    case .localTime, .time: nil
    case .localDateTime(let dateTime): dateTime.date
    case .dateTime(let dateTime): dateTime.local.date
    }
  }

  /// Nanoseconds since local midnight; nil for dates.
  var nanosecondOfDay: Int64? {
    switch self {
    case .date: nil
    case .localTime(let time): time.nanosecondOfDay
    case .time(let time): time.nanosecondOfDay
    case .localDateTime(let dateTime): dateTime.nanosecondOfDay
    case .dateTime(let dateTime): dateTime.local.nanosecondOfDay
    }
  }

  /// The zone, for times a fixed offset; nil for types without a zone.
  var zone: TimeZoneID? {
    switch self {
    case .date, .localTime, .localDateTime: nil
    case .time(let time): TimeZoneID(offsetSeconds: time.offsetSeconds)
    case .dateTime(let dateTime): dateTime.zone
    }
  }

  /// Seconds east of UTC; nil for types without a zone.
  var offsetSeconds: Int32? {
    switch self {
    case .date, .localTime, .localDateTime: nil
    case .time(let time): time.offsetSeconds
    case .dateTime(let dateTime): dateTime.offsetSeconds
    }
  }

  /// The date; throws `invalidArgumentValue` for times of day.
  func requiredDate() throws(QueryError) -> DateValue {
    guard let date else { throw .invalidTemporal("a time of day has no date to take over") }
    return date
  }

  /// Nanoseconds since local midnight; throws `invalidArgumentValue` for dates.
  func requiredNanosecondOfDay() throws(QueryError) -> Int64 {
    guard let nanosecondOfDay else {
      throw .invalidTemporal("a date has no time of day to take over")
    }
    return nanosecondOfDay
  }
}

extension DateValue {
  /// The date of a value; throws `invalidArgumentValue` for times of day.
  init(_ base: TemporalBase) throws(QueryError) {
    self = try base.requiredDate()
  }
}

extension LocalTimeValue {
  /// The local time of a value; throws `invalidArgumentValue` for dates.
  init(_ base: TemporalBase) throws(QueryError) {
    self.init(nanosecondOfDay: try base.requiredNanosecondOfDay())
  }
}

extension TimeValue {
  /// The local time of a value with its offset, by default that of UTC; throws
  /// `invalidArgumentValue` for dates.
  init(_ base: TemporalBase) throws(QueryError) {
    self.init(
      nanosecondOfDay: try base.requiredNanosecondOfDay(), offsetSeconds: base.offsetSeconds ?? 0)
  }
}

extension LocalDateTimeValue {
  /// The local date and time of a value, of dates midnight; throws `invalidArgumentValue` for
  /// times of day.
  init(_ base: TemporalBase) throws(QueryError) {
    if case .localDateTime(let value) = base {
      self = value
    } else {
      self.init(date: try base.requiredDate(), nanosecondOfDay: base.nanosecondOfDay ?? 0)
    }
  }
}

extension DateTimeValue {
  /// The value as an instant, in UTC where it has no zone; throws `invalidArgumentValue` for times
  /// of day.
  init(_ base: TemporalBase) throws(QueryError) {
    if case .dateTime(let value) = base {
      self = value
    } else {
      try self.init(local: LocalDateTimeValue(base), zone: .utc)
    }
  }
}
