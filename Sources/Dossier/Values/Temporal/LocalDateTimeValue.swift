/// A date and a time of day without a time zone, in nanoseconds.
public struct LocalDateTimeValue: Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01T00:00, counted as if the local time were UTC.
  public var secondsSinceEpoch: Int64
  /// The part below a second, 0 to 999,999,999.
  public var nanosecond: Int32

  public init(secondsSinceEpoch: Int64, nanosecond: Int32) {
    self.secondsSinceEpoch = secondsSinceEpoch
    self.nanosecond = nanosecond
  }

  public static func < (a: LocalDateTimeValue, b: LocalDateTimeValue) -> Bool {
    (a.secondsSinceEpoch, a.nanosecond) < (b.secondsSinceEpoch, b.nanosecond)
  }
}
