import DossierSyntax

/// A time zone as a number that fits 24 bits: a fixed offset or an entry of the zone table.
///
/// Fixed offsets are `offset + 64,801`; named regions are `131,072` plus their place in the
/// process-wide table, in the order in which they were first used. Numbers of regions therefore
/// mean nothing to another process: files store names.
public struct TimeZoneID: RawRepresentable, Hashable, Sendable {
  public let rawValue: UInt32

  /// The zone of a number; numbers that stand for no zone behave as UTC.
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// The offset 0, written `Z`.
  public static let utc = TimeZoneID(rawValue: 64_801)

  /// A fixed offset in seconds east of UTC; nil when it is more than 18 hours either way.
  public init?(offsetSeconds: Int32) {
    let limit = TemporalLimits.maxOffset
    guard offsetSeconds >= -limit && offsetSeconds <= limit else { return nil }
    rawValue = UInt32(offsetSeconds + 64_801)
  }

  /// An offset such as `+01:00` or `Z`, or the name of a region such as `Europe/Stockholm`.
  ///
  /// A space in a name stands for `_`. Throws `invalidArgumentValue` for a text that is neither,
  /// and for regions that the system's time zone data do not contain.
  public init(_ text: String) throws(QueryError) {
    var scanner = TemporalScanner(text)
    if let offset = scanner.scanOffset(), scanner.isAtEnd {
      guard let zone = TimeZoneID(offsetSeconds: offset) else {
        throw .invalidTemporal("offset is more than 18 hours")
      }
      self = zone
      return
    }
    self = try TimeZoneID(regionName: Array(text.utf8))
  }

  /// A named region, in UTF-8.
  init(regionName: [UInt8]) throws(QueryError) {
    let name = regionName.map { $0 == UInt8(ascii: " ") ? UInt8(ascii: "_") : $0 }
    guard let zone = TimeZoneTable.shared.zone(named: name) else {
      throw .invalidTemporal(
        "time zone is not known",
        help: "write an offset such as `+01:00` or a region such as `Europe/Stockholm`")
    }
    self = zone
  }

  /// The first number of a named region.
  static let firstRegion: UInt32 = 131_072

  /// The offset in seconds of a fixed zone; nil for named regions.
  public var fixedOffsetSeconds: Int32? {
    guard rawValue < Self.firstRegion else { return nil }
    let offset = Int32(rawValue) - 64_801
    return offset.magnitude <= TemporalLimits.maxOffset ? offset : 0
  }

  /// Seconds east of UTC at an instant, given in seconds since 1970-01-01T00:00Z.
  public func offsetSeconds(atUTC seconds: Int64) -> Int32 {
    if let fixed = fixedOffsetSeconds { return fixed }
    let inCalendar = seconds.clamped(to: TemporalLimits.minSecond...TemporalLimits.maxSecond)
    return TimeZoneTable.shared.rules(of: self)?.offset(atUTC: inCalendar) ?? 0
  }

  /// The offsets under which clocks show a local time, in seconds counted as if it were UTC.
  func localOffsets(at localSeconds: Int64) -> LocalOffsets {
    if let fixed = fixedOffsetSeconds { return .one(fixed) }
    return TimeZoneTable.shared.rules(of: self)?.localOffsets(at: localSeconds) ?? .one(0)
  }

  /// The name of a region such as `Europe/Stockholm`; nil for fixed offsets.
  public var regionName: String? {
    rawValue < Self.firstRegion ? nil : TimeZoneTable.shared.name(of: self)
  }

  /// The name of a region, or the offset as in `+01:00`; offset 0 is `Z`.
  public var name: String {
    if let regionName { return regionName }
    var text = TemporalText()
    text.appendOffset(fixedOffsetSeconds ?? 0)
    return text.string
  }
}

extension TimeZoneID: CustomStringConvertible {
  /// The zone as it ends a date-time: `[Europe/Stockholm]` or `+01:00`.
  public var description: String { regionName.map { "[\($0)]" } ?? name }
}

/// How many instants of a zone show one local time.
enum LocalOffsets: Equatable {
  /// The usual case.
  case one(Int32)
  /// The local time is skipped: the offsets before and after the change.
  case gap(before: Int32, after: Int32)
  /// The local time occurs twice: the offsets of the first and the second occurrence.
  case overlap(first: Int32, second: Int32)

  /// The offset that turns the local time into an instant.
  func resolved(preferring preferred: Int32? = nil) -> Int32 {
    switch self {
    case .one(let offset): offset
    case .gap(let before, _): before
    case .overlap(let first, let second): preferred == second ? second : first
    }
  }

  /// Whether a clock could show the local time with this offset; in a gap both sides are accepted.
  func contains(_ offset: Int32) -> Bool {
    switch self {
    case .one(let only): offset == only
    case .gap(let before, let after): offset == before || offset == after
    case .overlap(let first, let second): offset == first || offset == second
    }
  }
}
