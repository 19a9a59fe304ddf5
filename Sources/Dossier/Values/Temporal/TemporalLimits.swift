/// The bounds and unit lengths that all temporal types share.
enum TemporalLimits {
  /// The last year; the first is its negation.
  static let maxYear: Int64 = 999_999_999
  /// −999,999,999-01-01 in days since 1970-01-01.
  static let minDay: Int64 = -365_243_219_162
  /// 999,999,999-12-31 in days since 1970-01-01.
  static let maxDay: Int64 = 365_241_780_471
  /// The first second of `minDay`, as if local time were UTC.
  static let minSecond: Int64 = minDay * secondsPerDay
  /// The last second of `maxDay`, as if local time were UTC.
  static let maxSecond: Int64 = maxDay * secondsPerDay + (secondsPerDay - 1)
  /// The largest offset from UTC in seconds: 18 hours.
  static let maxOffset: Int32 = 64_800

  static let secondsPerDay: Int64 = 86_400
  static let nanosecondsPerSecond: Int64 = 1_000_000_000
  static let nanosecondsPerDay: Int64 = 86_400_000_000_000
}

extension FixedWidthInteger where Self: SignedInteger {
  /// Quotient rounded down and the remainder that is never negative; `divisor` is above zero.
  func flooredQuotientAndRemainder(
    dividingBy divisor: Self
  ) -> (quotient: Self, remainder: Self) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }

  /// The nearest value inside `range`.
  func clamped(to range: ClosedRange<Self>) -> Self {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
