/// A point of time in UTC, to the nanosecond.
///
/// All bounds of valid time compare as instants: a date is its first instant, a time without a zone
/// is read as UTC.
struct Instant: Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01T00:00Z.
  var seconds: Int64
  /// The part below a second, 0 to 999,999,999.
  var nanosecond: Int32

  init(seconds: Int64, nanosecond: Int32) {
    self.seconds = seconds
    self.nanosecond = nanosecond
  }

  /// The first instant of a day, given in days since 1970-01-01.
  init(day: Int64) {
    self.init(seconds: day.multipliedReportingOverflow(by: 86_400).partialValue, nanosecond: 0)
  }

  /// Before all others.
  static let distantPast = Instant(seconds: .min, nanosecond: 0)
  /// After all others.
  static let distantFuture = Instant(seconds: .max, nanosecond: 999_999_999)

  /// The last day, in days since 1970-01-01, that has begun at the instant.
  var day: Int64 {
    seconds.flooredQuotientAndRemainder(dividingBy: TemporalLimits.secondsPerDay).quotient
  }

  /// One nanosecond later.
  var next: Instant {
    if nanosecond < 999_999_999 { return Instant(seconds: seconds, nanosecond: nanosecond + 1) }
    return seconds == .max ? self : Instant(seconds: seconds + 1, nanosecond: 0)
  }

  static func < (a: Instant, b: Instant) -> Bool {
    a.seconds == b.seconds ? a.nanosecond < b.nanosecond : a.seconds < b.seconds
  }
}
