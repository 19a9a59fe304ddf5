import DossierSyntax

extension DateValue {
  /// The date of fields, today in the zone when only `timezone` is given; throws
  /// `invalidArgumentValue`.
  init(fields: TemporalFields, clock: TemporalClock) throws(QueryError) {
    if let zone = fields.onlyTimezone {
      self.init(clock: clock, zone: zone)
      return
    }
    try fields.require(
      dateAllowed: true, timeAllowed: false, timezoneAllowed: false, of: "date")
    self = try fields.assembleDate(base: fields.selectedDate())
  }
}

extension LocalTimeValue {
  /// The time of fields, now in the zone when only `timezone` is given; throws
  /// `invalidArgumentValue`.
  init(fields: TemporalFields, clock: TemporalClock) throws(QueryError) {
    if let zone = fields.onlyTimezone {
      self.init(clock: clock, zone: zone)
      return
    }
    try fields.require(
      dateAllowed: false, timeAllowed: true, timezoneAllowed: false, of: "localtime")
    let base = try fields.requiredTimeBase()
    self.init(nanosecondOfDay: try fields.assembleTime(base: base))
  }
}

extension TimeValue {
  /// The time of fields, now in the zone when only `timezone` is given; throws
  /// `invalidArgumentValue`.
  ///
  /// Where the base value has a zone, `timezone` moves the result there at the same instant; else
  /// it only says which offset the result has. A region counts with its offset on the base value's
  /// day or, where that has no date, at the clock's instant.
  init(fields: TemporalFields, clock: TemporalClock) throws(QueryError) {
    if let zone = fields.onlyTimezone {
      self.init(clock: clock, zone: zone)
      return
    }
    try fields.require(dateAllowed: false, timeAllowed: true, timezoneAllowed: true, of: "time")
    let base = try fields.requiredTimeBase()
    let time = try fields.assembleTime(base: base)
    let source = fields.time ?? fields.datetime
    let target = fields.timezone.map { zone in
      if case .dateTime(let instant) = source {
        zone.offsetSeconds(atUTC: instant.secondsSinceEpoch)
      } else {
        zone.offsetSeconds(atUTC: clock.seconds)
      }
    }
    if let offset = source?.offsetSeconds {
      self.init(nanosecondOfDay: time, offsetSeconds: offset)
      if let target { self = sameInstant(atOffset: target) }
    } else {
      self.init(nanosecondOfDay: time, offsetSeconds: target ?? 0)
    }
  }
}

extension LocalDateTimeValue {
  /// The date and time of fields, now in the zone when only `timezone` is given; throws
  /// `invalidArgumentValue`.
  init(fields: TemporalFields, clock: TemporalClock) throws(QueryError) {
    if let zone = fields.onlyTimezone {
      self.init(clock: clock, zone: zone)
      return
    }
    try fields.require(
      dateAllowed: true, timeAllowed: true, timezoneAllowed: false, of: "localdatetime")
    self.init(
      date: try fields.assembleDate(base: fields.selectedDate()),
      nanosecondOfDay: try fields.assembleTime(base: fields.selectedTime()))
  }
}

extension DateTimeValue {
  /// The instant of fields, now when only `timezone` is given; throws `invalidArgumentValue`.
  ///
  /// Where the value that gives the time of day has a zone, `timezone` moves the result there at
  /// the same instant; else it only says which zone the result has.
  init(fields: TemporalFields, clock: TemporalClock) throws(QueryError) {
    if let zone = fields.onlyTimezone {
      self.init(clock: clock, zone: zone)
      return
    }
    if fields.hasEpoch {
      self = try DateTimeValue(epochOf: fields)
      return
    }
    let local = LocalDateTimeValue(
      date: try fields.assembleDate(base: fields.selectedDate()),
      nanosecondOfDay: try fields.assembleTime(base: fields.selectedTime()))
    let source = fields.time ?? fields.datetime
    let zone = source?.zone ?? fields.timezone ?? .utc
    try self.init(local: local, zone: zone, preferredOffset: source?.offsetSeconds)
    if let target = fields.timezone, target != zone { self = try sameInstant(in: target) }
  }

  /// `{epochSeconds, nanosecond}` or `{epochMillis}`, both with an optional `timezone`.
  private init(epochOf fields: TemporalFields) throws(QueryError) {
    var rest = fields
    (rest.epochSeconds, rest.epochMillis, rest.timezone) = (nil, nil, nil)
    (rest.millisecond, rest.microsecond, rest.nanosecond) = (nil, nil, nil)
    guard !rest.hasDate, !rest.hasTime, fields.epochSeconds == nil || fields.epochMillis == nil
    else { throw .invalidTemporal("an epoch does not combine with other components") }
    var fraction = fields
    (fraction.hour, fraction.minute, fraction.second) = (0, 0, 0)
    var nanosecond = try fraction.assembleTime(base: nil)
    var seconds = fields.epochSeconds ?? 0
    if let milliseconds = fields.epochMillis {
      guard fields.millisecond == nil, nanosecond < 1_000_000 else {
        throw .invalidTemporal("`epochMillis` combines with parts of a millisecond only")
      }
      let parts = milliseconds.flooredQuotientAndRemainder(dividingBy: 1_000)
      seconds = parts.quotient
      nanosecond += parts.remainder * 1_000_000
    }
    try self.init(
      checkedSeconds: seconds, nanosecond: Int32(truncatingIfNeeded: nanosecond),
      zone: fields.timezone ?? .utc)
  }

  /// The instant so many seconds and nanoseconds after 1970-01-01T00:00Z, in UTC; throws
  /// `invalidArgumentValue` for nanoseconds outside of a second and `integerOverflowAtRuntime`
  /// beyond the calendar.
  init(epochSeconds: Int64, nanoseconds: Int64) throws(QueryError) {
    let nanosecond = try nanoseconds.checked("nanoseconds", 0, 999_999_999)
    try self.init(
      checkedSeconds: epochSeconds, nanosecond: Int32(truncatingIfNeeded: nanosecond), zone: .utc)
  }

  /// The instant so many milliseconds after 1970-01-01T00:00Z, in UTC; throws
  /// `integerOverflowAtRuntime` beyond the calendar.
  init(epochMilliseconds: Int64) throws(QueryError) {
    let parts = epochMilliseconds.flooredQuotientAndRemainder(dividingBy: 1_000)
    try self.init(
      checkedSeconds: parts.quotient,
      nanosecond: Int32(truncatingIfNeeded: parts.remainder * 1_000_000), zone: .utc)
  }
}

extension TemporalFields {
  /// The date that base values give; nil without one.
  fileprivate func selectedDate() throws(QueryError) -> DateValue? {
    guard datetime == nil || (date == nil && time == nil) else {
      throw .invalidTemporal("`datetime` does not combine with `date` or `time`")
    }
    return try (date ?? datetime)?.requiredDate()
  }

  /// The time of day that base values give; nil without one. A date as `datetime` gives midnight.
  fileprivate func selectedTime() throws(QueryError) -> Int64? {
    if let time { return try time.requiredNanosecondOfDay() }
    return datetime.map { $0.nanosecondOfDay ?? 0 }
  }

  /// As `selectedTime`; without a base value the hour is required.
  fileprivate func requiredTimeBase() throws(QueryError) -> Int64? {
    if let base = try (time ?? datetime)?.requiredNanosecondOfDay() { return base }
    guard hour != nil else { throw .invalidTemporal("`hour` is missing") }
    return nil
  }
}
