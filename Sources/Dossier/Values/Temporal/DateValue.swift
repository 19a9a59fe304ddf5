/// A calendar date of the proleptic Gregorian calendar, without a time zone.
///
/// Years run from −999,999,999 to 999,999,999; year 0 is the year before year 1.
public struct DateValue: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  public var daysSinceEpoch: Int64

  public init(daysSinceEpoch: Int64) {
    self.daysSinceEpoch = daysSinceEpoch
  }

  public static func < (a: DateValue, b: DateValue) -> Bool {
    a.daysSinceEpoch < b.daysSinceEpoch
  }
}
