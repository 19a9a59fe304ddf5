/// A time of day without a time zone, in nanoseconds.
public struct LocalTimeValue: Hashable, Comparable, Sendable {
  /// Nanoseconds since midnight, 0 up to but not including 86,400,000,000,000.
  public var nanosecondOfDay: Int64

  public init(nanosecondOfDay: Int64) {
    self.nanosecondOfDay = nanosecondOfDay
  }

  public static func < (a: LocalTimeValue, b: LocalTimeValue) -> Bool {
    a.nanosecondOfDay < b.nanosecondOfDay
  }
}
