/// An instant together with the time zone in which it is shown.
///
/// Instants compare, equal and hash by the instant alone; the zone does not take part.
public struct DateTimeValue: Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01T00:00Z.
  public var secondsSinceEpoch: Int64
  /// The part below a second, 0 to 999,999,999.
  public var nanosecond: Int32
  /// The zone in which the components are read.
  public var zone: TimeZoneID

  public init(secondsSinceEpoch: Int64, nanosecond: Int32, zone: TimeZoneID) {
    self.secondsSinceEpoch = secondsSinceEpoch
    self.nanosecond = nanosecond
    self.zone = zone
  }

  public static func == (a: DateTimeValue, b: DateTimeValue) -> Bool {
    a.secondsSinceEpoch == b.secondsSinceEpoch && a.nanosecond == b.nanosecond
  }

  public static func < (a: DateTimeValue, b: DateTimeValue) -> Bool {
    (a.secondsSinceEpoch, a.nanosecond) < (b.secondsSinceEpoch, b.nanosecond)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(secondsSinceEpoch)
    hasher.combine(nanosecond)
  }
}
