import DossierSyntax

extension DurationValue {
  /// The duration from one value to another in months, days and time.
  ///
  /// A missing date, time of day or zone is that of the other value; a date without a time is
  /// midnight. Two values of which one has no date differ by time only. Months and days are counted
  /// on the clock of the first value's zone, the rest as time that passes. Throws
  /// `integerOverflowAtRuntime`.
  static func between(_ from: TemporalBase, _ to: TemporalBase) throws(QueryError) -> DurationValue
  {
    var span = try TemporalSpan(from, to)
    guard from.date != nil && to.date != nil else {
      return try DurationValue(totalNanoseconds: span.nanoseconds)
    }
    let months = span.months
    try span.advance(months: months, days: 0)
    let days = span.days
    try span.advance(months: 0, days: days)
    return try DurationValue(months: months, days: days, totalNanoseconds: span.nanoseconds)
  }

  /// The whole months from one value to another, rounded toward zero.
  static func inMonths(
    _ from: TemporalBase, _ to: TemporalBase
  ) throws(QueryError) -> DurationValue {
    DurationValue(
      months: try TemporalSpan(from, to).months, days: 0, seconds: 0, nanoseconds: 0)
  }

  /// The whole days from one value to another, rounded toward zero.
  static func inDays(_ from: TemporalBase, _ to: TemporalBase) throws(QueryError) -> DurationValue {
    DurationValue(months: 0, days: try TemporalSpan(from, to).days, seconds: 0, nanoseconds: 0)
  }

  /// The time from one value to another.
  static func inSeconds(
    _ from: TemporalBase, _ to: TemporalBase
  ) throws(QueryError) -> DurationValue {
    try DurationValue(totalNanoseconds: TemporalSpan(from, to).nanoseconds)
  }
}

/// Two points of one time line, completed from each other.
private struct TemporalSpan {
  /// Both on the clock of `zone`.
  private var from: LocalDateTimeValue
  private let to: LocalDateTimeValue
  /// The zone of the first value, else that of the second; nil when neither has one.
  private let zone: TimeZoneID?
  /// Offsets of the two points; 0 without a zone.
  private var fromOffset: Int32
  private let toOffset: Int32

  init(_ first: TemporalBase, _ second: TemporalBase) throws(QueryError) {
    let date = first.date ?? second.date ?? DateValue(daysSinceEpoch: 0)
    from = LocalDateTimeValue(date: date, nanosecondOfDay: first.nanosecondOfDay ?? 0)
    let end = LocalDateTimeValue(
      date: second.date ?? date, nanosecondOfDay: second.nanosecondOfDay ?? 0)
    guard let zone = first.zone ?? second.zone else {
      to = end
      self.zone = nil
      fromOffset = 0
      toOffset = 0
      return
    }
    let start = try DateTimeValue(local: from, zone: zone, preferredOffset: first.offsetSeconds)
    let instant = try DateTimeValue(
      local: end, zone: second.zone ?? zone, preferredOffset: second.offsetSeconds)
    let shown = DateTimeValue(
      secondsSinceEpoch: instant.secondsSinceEpoch, nanosecond: instant.nanosecond, zone: zone)
    self.zone = zone
    from = start.local
    to = shown.local
    fromOffset = start.offsetSeconds
    toOffset = shown.offsetSeconds
  }

  /// Nanoseconds that pass between the points.
  var nanoseconds: Int128 {
    let offsets = Int128(fromOffset) - Int128(toOffset)
    let seconds = Int128(to.secondsSinceEpoch) - Int128(from.secondsSinceEpoch) + offsets
    return seconds * 1_000_000_000 + Int128(to.nanosecond) - Int128(from.nanosecond)
  }

  /// The last day that is reached whole: a day before the second where its time of day falls short.
  private var lastDay: DateValue {
    let (fromDate, toDate) = (from.date, to.date)
    if toDate > fromDate && to.nanosecondOfDay < from.nanosecondOfDay {
      return DateValue(daysSinceEpoch: toDate.daysSinceEpoch - 1)
    }
    if toDate < fromDate && to.nanosecondOfDay > from.nanosecondOfDay {
      return DateValue(daysSinceEpoch: toDate.daysSinceEpoch + 1)
    }
    return toDate
  }

  /// Whole days between the points on the clock of the zone.
  var days: Int64 { lastDay.daysSinceEpoch - from.date.daysSinceEpoch }

  /// Whole months between the points on the clock of the zone.
  var months: Int64 {
    let (start, end) = (from.date.calendarDate, lastDay.calendarDate)
    return (end.prolepticMonth * 32 + end.day - start.prolepticMonth * 32 - start.day) / 32
  }

  /// Moves the first point on the clock of the zone.
  mutating func advance(months: Int64, days: Int64) throws(QueryError) {
    guard months != 0 || days != 0 else { return }
    let moved = try from.moved(months: months, days: days)
    guard let zone else {
      from = moved
      return
    }
    let instant = try DateTimeValue(local: moved, zone: zone, preferredOffset: fromOffset)
    from = instant.local
    fromOffset = instant.offsetSeconds
  }
}
