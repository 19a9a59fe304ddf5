import DossierSyntax

/// What a component of a temporal value holds.
public enum TemporalComponent: Hashable, Sendable {
  case integer(Int64)
  case string(String)
}

/// The components of dates, times and instants that expressions such as `d.year` read.
enum TemporalProperty: String, TemporalName, CaseIterable, Sendable {
  case year, quarter, month, week, weekYear, dayOfQuarter, quarterDay, day, ordinalDay
  case dayOfWeek, weekDay
  case hour, minute, second, millisecond, microsecond, nanosecond
  case timezone, offset, offsetMinutes, offsetSeconds, epochSeconds, epochMillis
}

extension DateValue {
  /// The component of a name, for example `ordinalDay`; nil for names that dates do not have.
  public func component(_ name: String) -> TemporalComponent? {
    TemporalProperty(cypherName: name).flatMap(component)
  }

  func component(_ property: TemporalProperty) -> TemporalComponent? {
    let number: Int64? =
      switch property {
      case .year: calendarDate.year
      case .quarter: calendarDate.quarter
      case .month: calendarDate.month
      case .week: weekDate.week
      case .weekYear: weekDate.weekYear
      case .dayOfQuarter, .quarterDay: calendarDate.dayOfQuarter
      case .day: calendarDate.day
      case .ordinalDay: calendarDate.ordinalDay
      case .dayOfWeek, .weekDay: WeekDate.dayOfWeek(daysSinceEpoch)
      default: nil
      }
    return number.map(TemporalComponent.integer)
  }
}

extension LocalTimeValue {
  /// The component of a name, for example `minute`; nil for names that local times do not have.
  public func component(_ name: String) -> TemporalComponent? {
    TemporalProperty(cypherName: name).flatMap(component)
  }

  /// `millisecond` and `microsecond` are all of the fraction in that unit, as is `nanosecond`.
  func component(_ property: TemporalProperty) -> TemporalComponent? {
    let (seconds, nanosecond) = nanosecondOfDay.quotientAndRemainder(
      dividingBy: TemporalLimits.nanosecondsPerSecond)
    let number: Int64? =
      switch property {
      case .hour: seconds / 3_600
      case .minute: seconds / 60 % 60
      case .second: seconds % 60
      case .millisecond: nanosecond / 1_000_000
      case .microsecond: nanosecond / 1_000
      case .nanosecond: nanosecond
      default: nil
      }
    return number.map(TemporalComponent.integer)
  }
}

extension TimeValue {
  /// The component of a name, for example `offsetMinutes`; nil for names that times do not have.
  public func component(_ name: String) -> TemporalComponent? {
    TemporalProperty(cypherName: name).flatMap(component)
  }

  func component(_ property: TemporalProperty) -> TemporalComponent? {
    if property == .timezone {
      return TimeZoneID(offsetSeconds: offsetSeconds).map { .string($0.name) }
    }
    return LocalTimeValue(nanosecondOfDay: nanosecondOfDay).component(property)
      ?? property.ofOffset(offsetSeconds)
  }
}

extension LocalDateTimeValue {
  /// The component of a name, for example `weekYear`; nil for names that local times do not have.
  public func component(_ name: String) -> TemporalComponent? {
    TemporalProperty(cypherName: name).flatMap(component)
  }

  func component(_ property: TemporalProperty) -> TemporalComponent? {
    date.component(property) ?? LocalTimeValue(nanosecondOfDay: nanosecondOfDay).component(property)
  }
}

extension DateTimeValue {
  /// The component of a name, for example `epochMillis`; nil for names that instants do not have.
  ///
  /// `epochMillis` ends at the largest and smallest integer.
  public func component(_ name: String) -> TemporalComponent? {
    TemporalProperty(cypherName: name).flatMap(component)
  }

  func component(_ property: TemporalProperty) -> TemporalComponent? {
    switch property {
    case .timezone: return .string(zone.name)
    case .epochSeconds: return .integer(secondsSinceEpoch)
    case .epochMillis:
      let milliseconds = Int128(secondsSinceEpoch) * 1_000 + Int128(nanosecond / 1_000_000)
      return .integer(Int64(clamping: milliseconds))
    case .offset, .offsetMinutes, .offsetSeconds: return property.ofOffset(offsetSeconds)
    default: return local.component(property)
    }
  }
}

extension TemporalProperty {
  /// The component of an offset in seconds; nil for other components.
  fileprivate func ofOffset(_ seconds: Int32) -> TemporalComponent? {
    switch self {
    case .offset:
      var text = TemporalText()
      text.appendOffset(seconds)
      return .string(text.string)
    case .offsetMinutes: return .integer(Int64(seconds) / 60)
    case .offsetSeconds: return .integer(Int64(seconds))
    default: return nil
    }
  }
}

/// The components of durations that expressions such as `d.monthsOfYear` read.
enum DurationProperty: String, TemporalName, CaseIterable, Sendable {
  case years, quarters, months, weeks, days, hours, minutes, seconds
  case milliseconds, microseconds, nanoseconds
  case quartersOfYear, monthsOfQuarter, monthsOfYear, daysOfWeek, minutesOfHour, secondsOfMinute
  case millisecondsOfSecond, microsecondsOfSecond, nanosecondsOfSecond
}

extension DurationValue {
  /// The component of a name, for example `minutesOfHour`; nil for names that durations do not have.
  ///
  /// Months, days and time do not convert into each other: `years` and `quarters` count months,
  /// `weeks` counts days, `hours` to `nanoseconds` count the time part. Counts beyond 64 bits end
  /// at the largest and smallest integer.
  public func component(_ name: String) -> TemporalComponent? {
    DurationProperty(cypherName: name).map(component)
  }

  func component(_ property: DurationProperty) -> TemporalComponent {
    .integer(number(property))
  }

  private func number(_ property: DurationProperty) -> Int64 {
    switch property {
    case .years: months / 12
    case .quarters: months / 3
    case .months: months
    case .weeks: days / 7
    case .days: days
    case .hours: seconds / 3_600
    case .minutes: seconds / 60
    case .seconds: seconds
    case .milliseconds: total(perSecond: 1_000)
    case .microseconds: total(perSecond: 1_000_000)
    case .nanoseconds: total(perSecond: 1_000_000_000)
    case .quartersOfYear: months / 3 % 4
    case .monthsOfQuarter: months % 3
    case .monthsOfYear: months % 12
    case .daysOfWeek: days % 7
    case .minutesOfHour: seconds / 60 % 60
    case .secondsOfMinute: seconds % 60
    case .millisecondsOfSecond: Int64(nanoseconds) / 1_000_000
    case .microsecondsOfSecond: Int64(nanoseconds) / 1_000
    case .nanosecondsOfSecond: Int64(nanoseconds)
    }
  }

  /// The time part in a unit of which a second has so many.
  private func total(perSecond units: Int128) -> Int64 {
    let fraction = Int128(nanoseconds) / (1_000_000_000 / units)
    return Int64(clamping: Int128(seconds) * units + fraction)
  }
}
