import DossierSyntax

/// A date and a time of day without a time zone, in nanoseconds.
public struct LocalDateTimeValue: Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01T00:00, counted as if the local time were UTC.
  public let secondsSinceEpoch: Int64
  /// The part below a second, 0 to 999,999,999.
  public let nanosecond: Int32

  /// A local time; values outside of the calendar or of a second are clamped.
  public init(secondsSinceEpoch: Int64, nanosecond: Int32) {
    self.secondsSinceEpoch = secondsSinceEpoch.clamped(
      to: TemporalLimits.minSecond...TemporalLimits.maxSecond)
    self.nanosecond = nanosecond.clamped(to: 0...999_999_999)
  }

  /// A local time; throws `integerOverflowAtRuntime` beyond the calendar.
  init(checkedSeconds seconds: Int64, nanosecond: Int32) throws(QueryError) {
    guard seconds >= TemporalLimits.minSecond && seconds <= TemporalLimits.maxSecond else {
      throw .temporalOutOfRange
    }
    self.init(secondsSinceEpoch: seconds, nanosecond: nanosecond)
  }

  /// A time on a day.
  init(date: DateValue, nanosecondOfDay: Int64) {
    let (seconds, nanosecond) = nanosecondOfDay.flooredQuotientAndRemainder(
      dividingBy: TemporalLimits.nanosecondsPerSecond)
    self.init(
      secondsSinceEpoch: date.daysSinceEpoch * TemporalLimits.secondsPerDay + seconds,
      nanosecond: Int32(truncatingIfNeeded: nanosecond))
  }

  /// The day.
  var date: DateValue {
    DateValue(
      daysSinceEpoch: secondsSinceEpoch.flooredQuotientAndRemainder(
        dividingBy: TemporalLimits.secondsPerDay
      ).quotient)
  }

  /// Nanoseconds since midnight.
  var nanosecondOfDay: Int64 {
    let second = secondsSinceEpoch.flooredQuotientAndRemainder(
      dividingBy: TemporalLimits.secondsPerDay
    ).remainder
    return second * TemporalLimits.nanosecondsPerSecond + Int64(nanosecond)
  }

  public static func < (a: LocalDateTimeValue, b: LocalDateTimeValue) -> Bool {
    (a.secondsSinceEpoch, a.nanosecond) < (b.secondsSinceEpoch, b.nanosecond)
  }
}
