import DossierSyntax

extension TemporalFields {
  /// The four ways to name a day within a year.
  private enum DateForm {
    case calendar, week, ordinal, quarter
  }

  /// The day of the given components; those that are absent come from `base`.
  ///
  /// Without a base the year is required, and a component only counts behind the greater ones of
  /// its form. With a base a missing `day` moves back to the end of a shorter month. Throws
  /// `invalidArgumentValue`.
  func assembleDate(base: DateValue?) throws(QueryError) -> DateValue {
    if base == nil { try requireGreaterComponents() }
    let day = base?.daysSinceEpoch
    return switch try dateForm() {
    case .calendar: try calendarDay(base: day.map(CalendarDate.init(daysSinceEpoch:)))
    case .week: try weekDay(base: day.map(WeekDate.init(daysSinceEpoch:)))
    case .ordinal: try ordinalDay(base: day.map(CalendarDate.init(daysSinceEpoch:)))
    case .quarter: try quarterDay(base: day.map(CalendarDate.init(daysSinceEpoch:)))
    }
  }

  private func dateForm() throws(QueryError) -> DateForm {
    let isWeek = week != nil || dayOfWeek != nil
    let isOrdinal = ordinalDay != nil
    let isQuarter = quarter != nil || dayOfQuarter != nil
    let isCalendar = month != nil || day != nil
    switch (isCalendar, isWeek, isOrdinal, isQuarter) {
    case (_, false, false, false): return .calendar
    case (false, true, false, false): return .week
    case (false, false, true, false): return .ordinal
    case (false, false, false, true): return .quarter
    default:
      throw .invalidTemporal(
        "components of different forms of a date do not combine",
        help: "give month and day, week and dayOfWeek, ordinalDay, or quarter and dayOfQuarter")
    }
  }

  private func requireGreaterComponents() throws(QueryError) {
    guard year != nil else { throw .invalidTemporal("`year` is missing") }
    if day != nil && month == nil { throw .invalidTemporal("`day` is given without `month`") }
    if dayOfWeek != nil && week == nil {
      throw .invalidTemporal("`dayOfWeek` is given without `week`")
    }
    if dayOfQuarter != nil && quarter == nil {
      throw .invalidTemporal("`dayOfQuarter` is given without `quarter`")
    }
  }

  private func checkedYear(_ fallback: Int64?) throws(QueryError) -> Int64 {
    let limit = TemporalLimits.maxYear
    return try (year ?? fallback ?? 0).checked("year", -limit, limit)
  }

  private func calendarDay(base: CalendarDate?) throws(QueryError) -> DateValue {
    let year = try checkedYear(base?.year)
    let month = try (self.month ?? base?.month ?? 1).checked("month", 1, 12)
    let length = CalendarDate.daysInMonth(year: year, month: month)
    let day = try (self.day ?? min(base?.day ?? 1, length)).checked("day", 1, length)
    let date = CalendarDate(year: year, month: month, day: day)
    return try DateValue(checkedDays: date.daysSinceEpoch)
  }

  private func weekDay(base: WeekDate?) throws(QueryError) -> DateValue {
    let year = try checkedYear(base?.weekYear)
    let length = WeekDate.weeks(inWeekYear: year)
    let week = try (self.week ?? min(base?.week ?? 1, length)).checked("week", 1, length)
    let dayOfWeek = try (self.dayOfWeek ?? base?.dayOfWeek ?? 1).checked("dayOfWeek", 1, 7)
    return try DateValue(
      checkedDays: WeekDate.firstDay(ofWeekYear: year) + (week - 1) * 7 + dayOfWeek - 1)
  }

  private func ordinalDay(base: CalendarDate?) throws(QueryError) -> DateValue {
    let year = try checkedYear(base?.year)
    let day = try (ordinalDay ?? 1).checked("ordinalDay", 1, CalendarDate.daysInYear(year))
    let newYear = CalendarDate(year: year, month: 1, day: 1)
    return try DateValue(checkedDays: newYear.daysSinceEpoch + day - 1)
  }

  /// A quarter alone keeps the place of the month in its quarter and the day of the month.
  private func quarterDay(base: CalendarDate?) throws(QueryError) -> DateValue {
    let year = try checkedYear(base?.year)
    let quarter = try (self.quarter ?? base?.quarter ?? 1).checked("quarter", 1, 4)
    if let dayOfQuarter {
      let length = CalendarDate.daysInQuarter(year: year, quarter: quarter)
      let day = try dayOfQuarter.checked("dayOfQuarter", 1, length)
      let start = CalendarDate(year: year, month: quarter * 3 - 2, day: 1)
      return try DateValue(checkedDays: start.daysSinceEpoch + day - 1)
    }
    let month = quarter * 3 - 2 + ((base?.month ?? 1) - 1) % 3
    let day = min(base?.day ?? 1, CalendarDate.daysInMonth(year: year, month: month))
    let date = CalendarDate(year: year, month: month, day: day)
    return try DateValue(checkedDays: date.daysSinceEpoch)
  }
}

extension Int64 {
  /// The number itself; throws `invalidArgumentValue` when it is not between the two bounds.
  func checked(_ name: String, _ low: Int64, _ high: Int64) throws(QueryError) -> Int64 {
    guard self >= low && self <= high else {
      throw .temporalComponent(name, mustBeFrom: low, to: high)
    }
    return self
  }
}
