import DossierSyntax

/// A calendar date of the proleptic Gregorian calendar, without a time zone.
///
/// Years run from −999,999,999 to 999,999,999; year 0 is the year before year 1.
public struct DateValue: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01, between the first and the last day of the calendar.
  public let daysSinceEpoch: Int64

  /// The day so many days after 1970-01-01; days beyond the calendar become its first or last day.
  public init(daysSinceEpoch: Int64) {
    self.daysSinceEpoch = daysSinceEpoch.clamped(
      to: TemporalLimits.minDay...TemporalLimits.maxDay)
  }

  /// The day so many days after 1970-01-01; throws `integerOverflowAtRuntime` beyond the calendar.
  init(checkedDays: Int64) throws(QueryError) {
    guard checkedDays >= TemporalLimits.minDay && checkedDays <= TemporalLimits.maxDay else {
      throw .temporalOutOfRange
    }
    daysSinceEpoch = checkedDays
  }

  /// Year, month and day.
  var calendarDate: CalendarDate { CalendarDate(daysSinceEpoch: daysSinceEpoch) }

  /// Year, month from 1 and day from 1.
  public var yearMonthDay: (year: Int64, month: Int64, day: Int64) {
    let date = calendarDate
    return (date.year, date.month, date.day)
  }

  /// Year, week and day of the week.
  var weekDate: WeekDate { WeekDate(daysSinceEpoch: daysSinceEpoch) }

  public static func < (a: DateValue, b: DateValue) -> Bool {
    a.daysSinceEpoch < b.daysSinceEpoch
  }
}
