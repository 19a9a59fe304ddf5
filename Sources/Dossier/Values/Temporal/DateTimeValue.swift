import DossierSyntax

/// An instant together with the time zone in which it is shown.
///
/// Instants compare, equal and hash by the instant alone; the zone does not take part.
public struct DateTimeValue: Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01T00:00Z.
  public let secondsSinceEpoch: Int64
  /// The part below a second, 0 to 999,999,999.
  public let nanosecond: Int32
  /// The zone in which the components are read.
  public let zone: TimeZoneID

  /// An instant and its zone; values outside of the calendar or of a second are clamped.
  public init(secondsSinceEpoch: Int64, nanosecond: Int32, zone: TimeZoneID) {
    let margin = Int64(TemporalLimits.maxOffset)
    self.secondsSinceEpoch = secondsSinceEpoch.clamped(
      to: TemporalLimits.minSecond - margin...TemporalLimits.maxSecond + margin)
    self.nanosecond = nanosecond.clamped(to: 0...999_999_999)
    self.zone = zone
  }

  /// An instant; throws `integerOverflowAtRuntime` when its local date is beyond the calendar.
  init(checkedSeconds seconds: Int64, nanosecond: Int32, zone: TimeZoneID) throws(QueryError) {
    let margin = Int64(TemporalLimits.maxOffset)
    guard
      seconds >= TemporalLimits.minSecond - margin
        && seconds <= TemporalLimits.maxSecond + margin
    else { throw .temporalOutOfRange }
    self.init(secondsSinceEpoch: seconds, nanosecond: nanosecond, zone: zone)
    _ = try LocalDateTimeValue(
      checkedSeconds: seconds + Int64(offsetSeconds), nanosecond: nanosecond)
  }

  /// A local time in a zone.
  ///
  /// In the hour that a change to summer time skips, the time moves on by the length of the gap.
  /// In the hour that occurs twice, `preferredOffset` decides where it is one of the two, else the
  /// first occurrence counts.
  init(local: LocalDateTimeValue, zone: TimeZoneID, preferredOffset: Int32? = nil)
    throws(QueryError)
  {
    let offset = zone.localOffsets(at: local.secondsSinceEpoch).resolved(
      preferring: preferredOffset)
    try self.init(
      checkedSeconds: local.secondsSinceEpoch - Int64(offset), nanosecond: local.nanosecond,
      zone: zone)
  }

  /// Seconds east of UTC at this instant.
  public var offsetSeconds: Int32 { zone.offsetSeconds(atUTC: secondsSinceEpoch) }

  /// The date and time that clocks in the zone show.
  public var local: LocalDateTimeValue {
    LocalDateTimeValue(
      secondsSinceEpoch: secondsSinceEpoch + Int64(offsetSeconds), nanosecond: nanosecond)
  }

  /// The same instant in another zone.
  func sameInstant(in zone: TimeZoneID) throws(QueryError) -> DateTimeValue {
    try DateTimeValue(checkedSeconds: secondsSinceEpoch, nanosecond: nanosecond, zone: zone)
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
