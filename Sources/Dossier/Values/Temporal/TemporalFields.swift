import DossierSyntax

/// The components and base values from which temporal values are made, as in
/// `datetime({date: d, hour: 12, timezone: '+01:00'})`.
///
/// Components are not checked until a value is made of them.
struct TemporalFields: Sendable {
  var year: Int64?
  var quarter: Int64?
  var month: Int64?
  var week: Int64?
  var day: Int64?
  var ordinalDay: Int64?
  var dayOfQuarter: Int64?
  var dayOfWeek: Int64?
  var hour: Int64?
  var minute: Int64?
  var second: Int64?
  var millisecond: Int64?
  var microsecond: Int64?
  var nanosecond: Int64?
  var epochSeconds: Int64?
  var epochMillis: Int64?
  var timezone: TimeZoneID?
  /// The value whose date is taken over.
  var date: TemporalBase?
  /// The value whose time of day, and zone if it has one, is taken over.
  var time: TemporalBase?
  /// The value whose date, time of day and zone are taken over.
  var datetime: TemporalBase?

  init() {}

  /// What a field holds in a map.
  enum Entry: Sendable {
    case integer(Int64)
    case string(String)
    case temporal(TemporalBase)
  }

  /// Sets the field of a name; throws `invalidArgumentValue` for unknown names and for entries of
  /// another type than the field has.
  mutating func set(_ name: String, to entry: Entry) throws(QueryError) {
    guard let field = Name(cypherName: name) else {
      throw .invalidTemporal("map has a key that is no component of a temporal value")
    }
    switch (field, entry) {
    case (.timezone, .string(let text)): timezone = try TimeZoneID(text)
    case (.date, .temporal(let base)): date = base
    case (.time, .temporal(let base)): time = base
    case (.datetime, .temporal(let base)): datetime = base
    case (.timezone, _), (.date, _), (.time, _), (.datetime, _):
      throw .invalidTemporal("`\(field.rawValue)` has a value of the wrong type")
    case (_, .integer(let number)): self[keyPath: field.component] = number
    default: throw .invalidTemporal("`\(field.rawValue)` has a value of the wrong type")
    }
  }

  /// The names of the fields in maps.
  private enum Name: String, TemporalName {
    case year, quarter, month, week, day, ordinalDay, dayOfQuarter, dayOfWeek
    case hour, minute, second, millisecond, microsecond, nanosecond
    case epochSeconds, epochMillis, timezone, date, time, datetime

    var component: WritableKeyPath<TemporalFields, Int64?> {
      switch self {
      case .year: \.year
      case .quarter: \.quarter
      case .month: \.month
      case .week: \.week
      case .day: \.day
      case .ordinalDay: \.ordinalDay
      case .dayOfQuarter: \.dayOfQuarter
      case .dayOfWeek: \.dayOfWeek
      case .hour: \.hour
      case .minute: \.minute
      case .second: \.second
      case .millisecond: \.millisecond
      case .microsecond: \.microsecond
      case .nanosecond: \.nanosecond
      case .epochMillis: \.epochMillis
      default: \.epochSeconds
      }
    }
  }

  /// Whether any field of a date is given.
  var hasDate: Bool {
    date != nil || datetime != nil || year != nil || quarter != nil || month != nil || week != nil
      || day != nil || ordinalDay != nil || dayOfQuarter != nil || dayOfWeek != nil
  }

  /// Whether any field of a time of day is given.
  var hasTime: Bool { time != nil || datetime != nil || hour != nil || minute != nil || hasSecond }

  private var hasSecond: Bool { second != nil || hasFraction }

  /// Whether a part of a second is given.
  var hasFraction: Bool { millisecond != nil || microsecond != nil || nanosecond != nil }

  /// Whether an instant is given by its distance from 1970-01-01T00:00Z.
  var hasEpoch: Bool { epochSeconds != nil || epochMillis != nil }

  /// The only field, when that is `timezone`: the constructors then mean the current time there.
  var onlyTimezone: TimeZoneID? { hasDate || hasTime || hasEpoch ? nil : timezone }

  /// Throws `invalidArgumentValue` where fields are given that a type does not have.
  func require(
    dateAllowed: Bool, timeAllowed: Bool, timezoneAllowed: Bool, of type: String
  ) throws(QueryError) {
    let isDateWrong = !dateAllowed && hasDateComponent
    let isTimeWrong = !timeAllowed && (hour != nil || minute != nil || hasSecond || time != nil)
    if isDateWrong || isTimeWrong || hasEpoch {
      throw .invalidTemporal("map has components that a `\(type)` does not have")
    }
    if !timezoneAllowed && timezone != nil {
      throw .invalidTemporal("`timezone` does not combine with other components of a `\(type)`")
    }
  }

  private var hasDateComponent: Bool {
    var copy = self
    copy.datetime = nil
    return copy.hasDate
  }
}

/// Names of Cypher that compare by code points.
protocol TemporalName: RawRepresentable where RawValue == String {}

extension TemporalName {
  /// The case of a name; nil for other names, and for names that only look alike.
  init?(cypherName: String) {
    guard cypherName.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    self.init(rawValue: cypherName)
  }
}
