/// A time of day with its offset from UTC, in nanoseconds.
///
/// Times compare by the instant in UTC, then by offset; equal times have the same offset.
public struct TimeValue: Hashable, Comparable, Sendable {
  /// Nanoseconds since local midnight, 0 up to but not including 86,400,000,000,000.
  public let nanosecondOfDay: Int64
  /// Seconds east of UTC, at most 64,800 (18 hours) either way.
  public let offsetSeconds: Int32

  /// A local time and its offset; values outside of their ranges are clamped.
  public init(nanosecondOfDay: Int64, offsetSeconds: Int32) {
    self.nanosecondOfDay = nanosecondOfDay.clamped(to: 0...TemporalLimits.nanosecondsPerDay - 1)
    self.offsetSeconds = offsetSeconds.clamped(
      to: -TemporalLimits.maxOffset...TemporalLimits.maxOffset)
  }

  /// Nanoseconds from midnight UTC to this time; negative or above a day for large offsets.
  var nanosecondOfDayUTC: Int64 {
    nanosecondOfDay - Int64(offsetSeconds) * TemporalLimits.nanosecondsPerSecond
  }

  /// The same instant of an unnamed day at another offset.
  func sameInstant(atOffset offset: Int32) -> TimeValue {
    let shift = Int64(offset) * TemporalLimits.nanosecondsPerSecond
    let local = (nanosecondOfDayUTC + shift).flooredQuotientAndRemainder(
      dividingBy: TemporalLimits.nanosecondsPerDay)
    return TimeValue(nanosecondOfDay: local.remainder, offsetSeconds: offset)
  }

  public static func < (a: TimeValue, b: TimeValue) -> Bool {
    let (left, right) = (a.nanosecondOfDayUTC, b.nanosecondOfDayUTC)
    return left == right ? a.offsetSeconds < b.offsetSeconds : left < right
  }
}
