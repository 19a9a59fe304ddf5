/// A time of day with its offset from UTC, in nanoseconds.
///
/// Times compare by the instant in UTC, then by offset; equal times have the same offset.
public struct TimeValue: Hashable, Comparable, Sendable {
  /// Nanoseconds since local midnight, 0 up to but not including 86,400,000,000,000.
  public var nanosecondOfDay: Int64
  /// Seconds east of UTC, at most 64,800 (18 hours) either way.
  public var offsetSeconds: Int32

  public init(nanosecondOfDay: Int64, offsetSeconds: Int32) {
    self.nanosecondOfDay = nanosecondOfDay
    self.offsetSeconds = offsetSeconds
  }

  /// Nanoseconds between midnight UTC and this time; negative or above a day for large offsets.
  var nanosecondOfDayUTC: Int64 { nanosecondOfDay - Int64(offsetSeconds) * 1_000_000_000 }

  public static func < (a: TimeValue, b: TimeValue) -> Bool {
    let (left, right) = (a.nanosecondOfDayUTC, b.nanosecondOfDayUTC)
    return left == right ? a.offsetSeconds < b.offsetSeconds : left < right
  }
}
