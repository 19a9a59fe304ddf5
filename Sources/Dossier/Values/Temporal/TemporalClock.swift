import Glibc

/// An instant that stands for "now": of a transaction, of a statement or of the moment.
struct TemporalClock: Sendable, Equatable {
  /// Seconds since 1970-01-01T00:00Z.
  var seconds: Int64
  /// The part below a second, 0 to 999,999,999.
  var nanosecond: Int32

  /// What the system's clock shows.
  static func realtime() -> TemporalClock {
    var time = timespec()
    guard clock_gettime(CLOCK_REALTIME, &time) == 0 else {
      return TemporalClock(seconds: 0, nanosecond: 0)
    }
    return TemporalClock(
      seconds: Int64(time.tv_sec), nanosecond: Int32(truncatingIfNeeded: time.tv_nsec))
  }
}

extension DateTimeValue {
  /// The current instant, shown in a zone.
  init(clock: TemporalClock, zone: TimeZoneID = .utc) {
    self.init(secondsSinceEpoch: clock.seconds, nanosecond: clock.nanosecond, zone: zone)
  }
}

extension LocalDateTimeValue {
  /// What clocks in a zone show.
  init(clock: TemporalClock, zone: TimeZoneID = .utc) {
    self = DateTimeValue(clock: clock, zone: zone).local
  }
}

extension DateValue {
  /// The date in a zone.
  init(clock: TemporalClock, zone: TimeZoneID = .utc) {
    self = DateTimeValue(clock: clock, zone: zone).local.date
  }
}

extension LocalTimeValue {
  /// The time of day that clocks in a zone show.
  init(clock: TemporalClock, zone: TimeZoneID = .utc) {
    self.init(nanosecondOfDay: DateTimeValue(clock: clock, zone: zone).local.nanosecondOfDay)
  }
}

extension TimeValue {
  /// The time of day in a zone, with the zone's present offset.
  init(clock: TemporalClock, zone: TimeZoneID = .utc) {
    let now = DateTimeValue(clock: clock, zone: zone)
    self.init(nanosecondOfDay: now.local.nanosecondOfDay, offsetSeconds: now.offsetSeconds)
  }
}
