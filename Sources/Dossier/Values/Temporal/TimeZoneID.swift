/// A time zone as a number that fits 24 bits: a fixed offset or an entry of the zone table.
///
/// Fixed offsets are `offset + 64,801`; named regions are `131,072` plus their place in the
/// process-wide table, in the order in which they were first used.
public struct TimeZoneID: RawRepresentable, Hashable, Sendable {
  public var rawValue: UInt32

  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// The offset 0, written `Z`.
  public static let utc = TimeZoneID(rawValue: 64_801)

  /// A fixed offset in seconds east of UTC; nil when it is more than 18 hours.
  public init?(offsetSeconds: Int32) {
    guard offsetSeconds >= -64_800 && offsetSeconds <= 64_800 else { return nil }
    rawValue = UInt32(offsetSeconds + 64_801)
  }

  /// The first number of a named region.
  static let firstRegion: UInt32 = 131_072
}
