/// A year or a month: a date of less precision than a day, written `2021` or `2021-01`.
struct PartialDate: Sendable {
  /// The first day, in days since 1970-01-01.
  var firstDay: Int64
  /// The day behind the last one.
  var nextDay: Int64

  /// The year or month that bytes spell; nil for anything else, full dates included.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count == 4 || (bytes.count == 7 && bytes[4] == UInt8(ascii: "-")),
      let year = Self.number(bytes, 0..<4)
    else { return nil }
    if bytes.count == 4 {
      firstDay = CalendarDate(year: year, month: 1, day: 1).daysSinceEpoch
      nextDay = firstDay + CalendarDate.daysInYear(year)
      return
    }
    guard let month = Self.number(bytes, 5..<7), month >= 1, month <= 12 else { return nil }
    firstDay = CalendarDate(year: year, month: month, day: 1).daysSinceEpoch
    nextDay = firstDay + CalendarDate.daysInMonth(year: year, month: month)
  }

  private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ places: Range<Int>) -> Int64? {
    var number: Int64 = 0
    for place in places {
      let digit = bytes[place] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      number = number * 10 + Int64(digit)
    }
    return number
  }
}
