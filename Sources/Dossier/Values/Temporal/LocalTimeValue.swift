/// A time of day without a time zone, in nanoseconds.
public struct LocalTimeValue: Hashable, Comparable, Sendable {
  /// Nanoseconds since midnight, 0 up to but not including 86,400,000,000,000.
  public let nanosecondOfDay: Int64

  /// The time so many nanoseconds after midnight; values outside of the day are clamped to it.
  public init(nanosecondOfDay: Int64) {
    self.nanosecondOfDay = nanosecondOfDay.clamped(to: 0...TemporalLimits.nanosecondsPerDay - 1)
  }

  public static func < (a: LocalTimeValue, b: LocalTimeValue) -> Bool {
    a.nanosecondOfDay < b.nanosecondOfDay
  }
}
