import DossierSyntax

/// A length of time in months, days, seconds and nanoseconds, which do not convert into each other.
///
/// Durations equal when all four parts equal. `<` is the order of `ORDER BY`: by length, with a
/// month of 2,629,746 seconds and a day of 86,400, then by months and days.
public struct DurationValue: Hashable, Comparable, Sendable {
  /// Whole months.
  public let months: Int64
  /// Whole days.
  public let days: Int64
  /// Whole seconds, rounded down, so that `nanoseconds` is never negative.
  public let seconds: Int64
  /// The part below a second, 0 to 999,999,999.
  public let nanoseconds: Int32

  /// The average length of a month of the Gregorian calendar in seconds.
  static let secondsPerMonth: Int64 = 2_629_746

  /// A duration of these parts; `nanoseconds` outside of a second are clamped.
  public init(months: Int64, days: Int64, seconds: Int64, nanoseconds: Int32) {
    self.months = months
    self.days = days
    self.seconds = seconds
    self.nanoseconds = nanoseconds.clamped(to: 0...999_999_999)
  }

  /// A duration with its time in nanoseconds; throws `integerOverflowAtRuntime` beyond 64 bits of
  /// seconds.
  init(months: Int64 = 0, days: Int64 = 0, totalNanoseconds: Int128) throws(QueryError) {
    let (seconds, nanoseconds) = totalNanoseconds.flooredQuotientAndRemainder(
      dividingBy: Int128(TemporalLimits.nanosecondsPerSecond))
    guard let seconds = Int64(exactly: seconds) else { throw .durationOverflow }
    self.init(
      months: months, days: days, seconds: seconds,
      nanoseconds: Int32(truncatingIfNeeded: nanoseconds))
  }

  /// The time part in nanoseconds.
  var totalNanoseconds: Int128 {
    Int128(seconds) * Int128(TemporalLimits.nanosecondsPerSecond) + Int128(nanoseconds)
  }

  /// Seconds of the average length, without `nanoseconds`.
  private var averageSeconds: Int128 {
    Int128(months) * Int128(Self.secondsPerMonth)
      + Int128(days) * Int128(TemporalLimits.secondsPerDay) + Int128(seconds)
  }

  public static func < (a: DurationValue, b: DurationValue) -> Bool {
    let (left, right) = (a.averageSeconds, b.averageSeconds)
    if left != right { return left < right }
    return (a.nanoseconds, a.months, a.days) < (b.nanoseconds, b.months, b.days)
  }
}
