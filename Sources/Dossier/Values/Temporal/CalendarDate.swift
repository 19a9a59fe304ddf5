/// A day as year, month and day of the proleptic Gregorian calendar.
struct CalendarDate: Equatable {
  /// −999,999,999 to 999,999,999.
  var year: Int64
  /// 1 to 12.
  var month: Int64
  /// 1 to the length of the month.
  var day: Int64

  init(year: Int64, month: Int64, day: Int64) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The calendar date of a day, counted from 1970-01-01. Eras of 400 years begin on 1 March.
  init(daysSinceEpoch: Int64) {
    let (era, dayOfEra) =
      (daysSinceEpoch + 719_468).flooredQuotientAndRemainder(dividingBy: 146_097)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Days since 1970-01-01.
  var daysSinceEpoch: Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = shiftedYear.flooredQuotientAndRemainder(dividingBy: 400)
    let shiftedMonth = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * shiftedMonth + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Months since January of year 0.
  var prolepticMonth: Int64 { year * 12 + month - 1 }

  /// 1 to 4.
  var quarter: Int64 { (month - 1) / 3 + 1 }

  /// 1 to 366.
  var ordinalDay: Int64 {
    daysSinceEpoch - CalendarDate(year: year, month: 1, day: 1).daysSinceEpoch + 1
  }

  /// 1 to 92.
  var dayOfQuarter: Int64 {
    let start = CalendarDate(year: year, month: quarter * 3 - 2, day: 1)
    return daysSinceEpoch - start.daysSinceEpoch + 1
  }

  static func isLeap(_ year: Int64) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  static func daysInYear(_ year: Int64) -> Int64 { isLeap(year) ? 366 : 365 }

  static func daysInMonth(year: Int64, month: Int64) -> Int64 {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  static func daysInQuarter(year: Int64, quarter: Int64) -> Int64 {
    switch quarter {
    case 1: isLeap(year) ? 91 : 90
    case 2: 91
    default: 92
    }
  }
}

/// A day as year, week and day of the week of ISO 8601.
struct WeekDate: Equatable {
  /// The year of the week's Thursday; at a turn of the year it differs from the calendar year.
  var weekYear: Int64
  /// 1 to 53.
  var week: Int64
  /// 1 (Monday) to 7 (Sunday).
  var dayOfWeek: Int64

  init(daysSinceEpoch: Int64) {
    dayOfWeek = WeekDate.dayOfWeek(daysSinceEpoch)
    let thursday = CalendarDate(daysSinceEpoch: daysSinceEpoch + 4 - dayOfWeek)
    weekYear = thursday.year
    week = (thursday.ordinalDay - 1) / 7 + 1
  }

  /// 1 (Monday) to 7 (Sunday); 1970-01-01 is a Thursday.
  static func dayOfWeek(_ daysSinceEpoch: Int64) -> Int64 {
    (daysSinceEpoch + 3).flooredQuotientAndRemainder(dividingBy: 7).remainder + 1
  }

  /// The Monday of the first week, in days since 1970-01-01.
  static func firstDay(ofWeekYear year: Int64) -> Int64 {
    let fourth = CalendarDate(year: year, month: 1, day: 4).daysSinceEpoch
    return fourth + 1 - dayOfWeek(fourth)
  }

  /// 52 or 53.
  static func weeks(inWeekYear year: Int64) -> Int64 {
    (firstDay(ofWeekYear: year + 1) - firstDay(ofWeekYear: year)) / 7
  }
}
