/// The rule that a zone follows behind its last recorded change: the POSIX form of `TZ`.
///
/// For example `CET-1CEST,M3.5.0,M10.5.0/3`: summer time from the last Sunday of March, 02:00, to
/// the last Sunday of October, 03:00. Offsets in the text count west of UTC, here they count east.
struct YearlyTimeZoneRule: Sendable, Equatable {
  private var standardOffset: Int32
  private var summer: Summer?

  private struct Summer: Sendable, Equatable {
    var offset: Int32
    var start: ChangeDay
    var end: ChangeDay
  }

  /// A day of each year and the local time of the change.
  private struct ChangeDay: Sendable, Equatable {
    enum Day: Sendable, Equatable {
      /// Month 1 to 12, week 1 to 5 (5 is the last), day 0 (Sunday) to 6.
      case weekday(month: Int64, week: Int64, day: Int64)
      /// Day 1 to 365 that skips 29 February.
      case julian(Int64)
      /// Day 0 to 365.
      case ordinal(Int64)
    }
    var day: Day
    /// Seconds after local midnight, within 167 hours either way.
    var second: Int64
  }

  /// The rule of a text in UTF-8; nil when it is empty or malformed.
  init?(_ text: [UInt8]) {
    var scanner = TemporalScanner(bytes: text)
    guard Self.scanName(&scanner), let west = Self.scanTime(&scanner) else { return nil }
    standardOffset = -Int32(west)
    guard !scanner.isAtEnd else { return }
    guard Self.scanName(&scanner) else { return nil }
    var offset = standardOffset + 3_600
    if !scanner.isNext(",") {
      guard let summerWest = Self.scanTime(&scanner) else { return nil }
      offset = -Int32(summerWest)
    }
    guard let start = Self.scanChange(&scanner), let end = Self.scanChange(&scanner),
      scanner.isAtEnd
    else { return nil }
    let limit = TemporalLimits.maxOffset
    guard (-limit...limit).contains(offset), (-limit...limit).contains(standardOffset) else {
      return nil
    }
    summer = Summer(offset: offset, start: start, end: end)
  }

  /// Seconds east of UTC at an instant.
  func offset(atUTC seconds: Int64) -> Int32 {
    guard let summer else { return standardOffset }
    let day = (seconds + Int64(standardOffset)).flooredQuotientAndRemainder(
      dividingBy: TemporalLimits.secondsPerDay
    ).quotient
    let year = CalendarDate(daysSinceEpoch: day).year
    let start = Self.local(summer.start, year) - Int64(standardOffset)
    let end = Self.local(summer.end, year) - Int64(summer.offset)
    let isSummer =
      start < end ? seconds >= start && seconds < end : seconds < end || seconds >= start
    return isSummer ? summer.offset : standardOffset
  }

  /// The local time of a change in a year, in seconds since 1970-01-01.
  private static func local(_ change: ChangeDay, _ year: Int64) -> Int64 {
    dayNumber(change.day, year) * TemporalLimits.secondsPerDay + change.second
  }

  private static func dayNumber(_ day: ChangeDay.Day, _ year: Int64) -> Int64 {
    let newYear = CalendarDate(year: year, month: 1, day: 1).daysSinceEpoch
    switch day {
    case .ordinal(let ordinal): return newYear + ordinal
    case .julian(let julian):
      return newYear + julian - 1 + (CalendarDate.isLeap(year) && julian >= 60 ? 1 : 0)
    case .weekday(let month, let week, let weekday):
      let first = CalendarDate(year: year, month: month, day: 1).daysSinceEpoch
      let shift = (weekday - WeekDate.dayOfWeek(first) % 7 + 7) % 7
      var result = first + shift + (week - 1) * 7
      if result >= first + CalendarDate.daysInMonth(year: year, month: month) { result -= 7 }
      return result
    }
  }

  /// A zone abbreviation: letters, or anything in angle brackets.
  private static func scanName(_ scanner: inout TemporalScanner) -> Bool {
    if scanner.skip("<") {
      while !scanner.isAtEnd {
        if scanner.skip(">") { return true }
        scanner.advance()
      }
      return false
    }
    var length = 0
    while scanner.isNextLetter {
      scanner.advance()
      length += 1
    }
    return length >= 3
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  private static func scanTime(_ scanner: inout TemporalScanner) -> Int64? {
    let sign: Int64 = scanner.skip("-") ? -1 : 1
    if sign == 1 { _ = scanner.skip("+") }
    guard let hours = scanner.scanNumber(digits: 1...3), hours <= 167 else { return nil }
    var seconds = hours * 3_600
    if scanner.skip(":") {
      guard let minutes = scanner.scanNumber(digits: 1...2) else { return nil }
      seconds += minutes * 60
      if scanner.skip(":") {
        guard let rest = scanner.scanNumber(digits: 1...2) else { return nil }
        seconds += rest
      }
    }
    return sign * seconds
  }

  /// `,Mm.w.d[/time]`, `,Jn[/time]` or `,n[/time]`; the time is 02:00 when absent.
  private static func scanChange(_ scanner: inout TemporalScanner) -> ChangeDay? {
    guard scanner.skip(","), let day = scanDay(&scanner) else { return nil }
    guard scanner.skip("/") else { return ChangeDay(day: day, second: 7_200) }
    guard let second = scanTime(&scanner) else { return nil }
    return ChangeDay(day: day, second: second)
  }

  private static func scanDay(_ scanner: inout TemporalScanner) -> ChangeDay.Day? {
    if scanner.skip("M") {
      guard let month = scanner.scanNumber(digits: 1...2), (1...12).contains(month),
        scanner.skip("."), let week = scanner.scanNumber(digits: 1...1), (1...5).contains(week),
        scanner.skip("."), let day = scanner.scanNumber(digits: 1...1), (0...6).contains(day)
      else { return nil }
      return .weekday(month: month, week: week, day: day)
    }
    let skipsLeapDay = scanner.skip("J")
    guard let number = scanner.scanNumber(digits: 1...3), number <= 365 else { return nil }
    if skipsLeapDay { return number >= 1 ? .julian(number) : nil }
    return .ordinal(number)
  }
}
