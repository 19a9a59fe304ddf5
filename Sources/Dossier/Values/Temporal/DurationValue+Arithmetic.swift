import DossierSyntax

extension DurationValue {
  /// The sum of two durations, part by part; throws `integerOverflowAtRuntime`.
  func adding(_ other: DurationValue) throws(QueryError) -> DurationValue {
    let (months, monthsOver) = self.months.addingReportingOverflow(other.months)
    let (days, daysOver) = self.days.addingReportingOverflow(other.days)
    guard !monthsOver && !daysOver else { throw .durationOverflow }
    return try DurationValue(
      months: months, days: days, totalNanoseconds: totalNanoseconds + other.totalNanoseconds)
  }

  /// The difference of two durations, part by part; throws `integerOverflowAtRuntime`.
  func subtracting(_ other: DurationValue) throws(QueryError) -> DurationValue {
    let (months, monthsOver) = self.months.subtractingReportingOverflow(other.months)
    let (days, daysOver) = self.days.subtractingReportingOverflow(other.days)
    guard !monthsOver && !daysOver else { throw .durationOverflow }
    return try DurationValue(
      months: months, days: days, totalNanoseconds: totalNanoseconds - other.totalNanoseconds)
  }

  /// The duration with all parts negated; throws `integerOverflowAtRuntime`.
  func negated() throws(QueryError) -> DurationValue {
    try DurationValue(months: 0, days: 0, seconds: 0, nanoseconds: 0).subtracting(self)
  }

  /// The duration so many times; throws `integerOverflowAtRuntime`.
  func multiplied(by factor: Int64) throws(QueryError) -> DurationValue {
    try scaled { DecimalDigits(factor).times($0, shiftedBy: 18) }
  }

  /// The duration so many times; fractions of months and days become smaller units. Throws
  /// `integerOverflowAtRuntime`, and `invalidArgumentValue` for numbers that are not finite.
  func multiplied(by factor: Double) throws(QueryError) -> DurationValue {
    let factor = try DecimalDigits(factor)
    return try scaled { factor.times($0, shiftedBy: 18) }
  }

  /// The share of the duration; throws `divisionByZero` and `integerOverflowAtRuntime`.
  func divided(by divisor: Int64) throws(QueryError) -> DurationValue {
    try divided(by: DecimalDigits(divisor))
  }

  /// The share of the duration; throws `divisionByZero`, `integerOverflowAtRuntime`, and
  /// `invalidArgumentValue` for numbers that are not finite.
  func divided(by divisor: Double) throws(QueryError) -> DurationValue {
    try divided(by: DecimalDigits(divisor))
  }

  private func divided(by divisor: DecimalDigits) throws(QueryError) -> DurationValue {
    guard divisor.digits != 0 else {
      throw QueryError(.divisionByZero, "a duration cannot be divided by zero")
    }
    return try scaled { divisor.dividing($0) }
  }

  /// Applies a scaling to each part; it returns its result times 10^18, nil beyond 128 bits.
  private func scaled(_ scaling: (Int64) -> Int128?) throws(QueryError) -> DurationValue {
    guard let months = scaling(months), let days = scaling(days), let seconds = scaling(seconds),
      let nanoseconds = scaling(Int64(nanoseconds))
    else { throw .durationOverflow }
    var sum = DurationSum()
    try sum.add(ScaledDecimal(scaled: months), .months)
    try sum.add(ScaledDecimal(scaled: days), .days)
    try sum.add(ScaledDecimal(scaled: seconds), .seconds)
    try sum.add(ScaledDecimal(scaled: nanoseconds), .nanoseconds)
    return try sum.duration()
  }
}

extension DateValue {
  /// The date moved by months, then by days and the whole days of the time part.
  ///
  /// A day that the month does not have moves back to the month's end. Throws
  /// `integerOverflowAtRuntime`.
  func adding(_ duration: DurationValue) throws(QueryError) -> DateValue {
    let wholeDays = duration.totalNanoseconds / Int128(TemporalLimits.nanosecondsPerDay)
    guard let wholeDays = Int64(exactly: wholeDays) else { throw .temporalOutOfRange }
    return try moved(months: duration.months, days: duration.days).moved(months: 0, days: wholeDays)
  }

  /// The date moved back; see `adding(_:)`.
  func subtracting(_ duration: DurationValue) throws(QueryError) -> DateValue {
    try adding(duration.negated())
  }

  /// The date moved by months and then by days; throws `integerOverflowAtRuntime`.
  func moved(months: Int64, days: Int64) throws(QueryError) -> DateValue {
    var start = daysSinceEpoch
    if months != 0 {
      let date = calendarDate
      let (target, isOver) = date.prolepticMonth.addingReportingOverflow(months)
      let (year, month) = target.flooredQuotientAndRemainder(dividingBy: 12)
      guard !isOver, year.magnitude <= TemporalLimits.maxYear else { throw .temporalOutOfRange }
      let length = CalendarDate.daysInMonth(year: year, month: month + 1)
      start =
        CalendarDate(year: year, month: month + 1, day: min(date.day, length)).daysSinceEpoch
    }
    let (end, isOver) = start.addingReportingOverflow(days)
    guard !isOver else { throw .temporalOutOfRange }
    return try DateValue(checkedDays: end)
  }
}

extension LocalTimeValue {
  /// The time moved by the time part of a duration, around midnight where needed.
  func adding(_ duration: DurationValue) -> LocalTimeValue {
    LocalTimeValue(nanosecondOfDay: moved(nanosecondOfDay, by: duration.totalNanoseconds))
  }

  /// The time moved back; see `adding(_:)`.
  func subtracting(_ duration: DurationValue) -> LocalTimeValue {
    LocalTimeValue(nanosecondOfDay: moved(nanosecondOfDay, by: -duration.totalNanoseconds))
  }
}

extension TimeValue {
  /// The time moved by the time part of a duration, around midnight where needed.
  func adding(_ duration: DurationValue) -> TimeValue {
    TimeValue(
      nanosecondOfDay: moved(nanosecondOfDay, by: duration.totalNanoseconds),
      offsetSeconds: offsetSeconds)
  }

  /// The time moved back; see `adding(_:)`.
  func subtracting(_ duration: DurationValue) -> TimeValue {
    TimeValue(
      nanosecondOfDay: moved(nanosecondOfDay, by: -duration.totalNanoseconds),
      offsetSeconds: offsetSeconds)
  }
}

/// A time of day moved by nanoseconds, around midnight where needed.
private func moved(_ nanosecondOfDay: Int64, by nanoseconds: Int128) -> Int64 {
  let day = Int128(TemporalLimits.nanosecondsPerDay)
  let sum = Int128(nanosecondOfDay) + nanoseconds
  return Int64(truncatingIfNeeded: sum.flooredQuotientAndRemainder(dividingBy: day).remainder)
}

extension LocalDateTimeValue {
  /// The local time moved by months, then days, then time; throws `integerOverflowAtRuntime`.
  func adding(_ duration: DurationValue) throws(QueryError) -> LocalDateTimeValue {
    let moved = try moved(months: duration.months, days: duration.days)
    let (seconds, nanosecond) = try TimeLine.sum(
      moved.secondsSinceEpoch, moved.nanosecond, duration)
    return try LocalDateTimeValue(checkedSeconds: seconds, nanosecond: nanosecond)
  }

  /// The local time moved back; see `adding(_:)`.
  func subtracting(_ duration: DurationValue) throws(QueryError) -> LocalDateTimeValue {
    try adding(duration.negated())
  }

  /// The same time of day on a date moved by months and then by days.
  func moved(months: Int64, days: Int64) throws(QueryError) -> LocalDateTimeValue {
    LocalDateTimeValue(
      date: try date.moved(months: months, days: days), nanosecondOfDay: nanosecondOfDay)
  }
}

extension DateTimeValue {
  /// The instant moved by months and days on the clock of its zone, then by the time part.
  ///
  /// Where the moved local time is skipped or occurs twice, it counts as in `init(local:zone:)`;
  /// of two occurrences the one with the present offset. Throws `integerOverflowAtRuntime`.
  func adding(_ duration: DurationValue) throws(QueryError) -> DateTimeValue {
    var start = self
    if duration.months != 0 || duration.days != 0 {
      start = try DateTimeValue(
        local: local.moved(months: duration.months, days: duration.days), zone: zone,
        preferredOffset: offsetSeconds)
    }
    let (seconds, nanosecond) = try TimeLine.sum(
      start.secondsSinceEpoch, start.nanosecond, duration)
    return try DateTimeValue(checkedSeconds: seconds, nanosecond: nanosecond, zone: zone)
  }

  /// The instant moved back; see `adding(_:)`.
  func subtracting(_ duration: DurationValue) throws(QueryError) -> DateTimeValue {
    try adding(duration.negated())
  }
}

/// Sums of seconds and nanoseconds on a time line.
private enum TimeLine {
  /// A point moved by the time part of a duration; throws `integerOverflowAtRuntime`.
  static func sum(
    _ seconds: Int64, _ nanosecond: Int32, _ duration: DurationValue
  ) throws(QueryError) -> (seconds: Int64, nanosecond: Int32) {
    let (sum, isOver) = seconds.addingReportingOverflow(duration.seconds)
    let fraction = nanosecond + duration.nanoseconds
    let (total, isTotalOver) = sum.addingReportingOverflow(fraction >= 1_000_000_000 ? 1 : 0)
    guard !isOver && !isTotalOver else { throw .temporalOutOfRange }
    return (total, fraction % 1_000_000_000)
  }
}
