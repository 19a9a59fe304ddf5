/// A length of time in months, days, seconds and nanoseconds, which do not convert into each other.
///
/// Durations equal when all four parts equal. `<` is the order of `ORDER BY`: by length, with a
/// month of 2,629,746 seconds and a day of 86,400, then by months and days.
public struct DurationValue: Hashable, Comparable, Sendable {
  /// Whole months.
  public var months: Int64
  /// Whole days.
  public var days: Int64
  /// Whole seconds, rounded down, so that `nanoseconds` is never negative.
  public var seconds: Int64
  /// The part below a second, 0 to 999,999,999.
  public var nanoseconds: Int32

  public init(months: Int64, days: Int64, seconds: Int64, nanoseconds: Int32) {
    self.months = months
    self.days = days
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// Seconds of the average length, without `nanoseconds`.
  private var averageSeconds: Int128 {
    Int128(months) * 2_629_746 + Int128(days) * 86_400 + Int128(seconds)
  }

  public static func < (a: DurationValue, b: DurationValue) -> Bool {
    let (left, right) = (a.averageSeconds, b.averageSeconds)
    if left != right { return left < right }
    return (a.nanoseconds, a.months, a.days) < (b.nanoseconds, b.months, b.days)
  }
}
