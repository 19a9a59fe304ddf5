import DossierSyntax
import Testing

@testable import Dossier

@Suite("Truncation of temporal values") struct TemporalTruncationTests {
  @Test(
    "dates",
    arguments: [
      ("millennium", "2017-10-11", "2000-01-01"), ("century", "1984-10-11", "1900-01-01"),
      ("decade", "1984-10-11", "1980-01-01"), ("year", "1984-10-11", "1984-01-01"),
      ("weekYear", "1984-02-01", "1984-01-02"), ("weekYear", "1984-01-01", "1983-01-03"),
      ("quarter", "1984-11-11", "1984-10-01"), ("month", "1984-10-11", "1984-10-01"),
      ("week", "1984-10-11", "1984-10-08"), ("day", "1984-10-11", "1984-10-11"),
      ("century", "-0001-10-11", "-0100-01-01"),
    ])
  func dates(unit: String, date: String, expected: String) throws {
    let base = TemporalBase.date(try DateValue(date))
    let unit = try TemporalUnit(named: unit)
    #expect(try DateValue.truncate(base, to: unit, TemporalFields()).description == expected)
  }

  @Test(
    "date-times",
    arguments: [
      ("day", "1984-10-11T00:00"), ("hour", "1984-10-11T12:00"), ("minute", "1984-10-11T12:31"),
      ("second", "1984-10-11T12:31:14"), ("millisecond", "1984-10-11T12:31:14.645"),
      ("microsecond", "1984-10-11T12:31:14.645876"),
    ])
  func dateTimes(unit: String, expected: String) throws {
    let base = TemporalBase.dateTime(try DateTimeValue("1984-10-11T12:31:14.645876123-01:00"))
    let unit = try TemporalUnit(named: unit)
    let none = TemporalFields()
    #expect(try DateTimeValue.truncate(base, to: unit, none).description == expected + "-01:00")
    #expect(try LocalDateTimeValue.truncate(base, to: unit, none).description == expected)
    let time = String(expected.dropFirst(11))
    #expect(try LocalTimeValue.truncate(base, to: unit, none).description == time)
    #expect(
      try TimeValue.truncate(base, to: unit, none, clock: temporalClock).description == time
        + "-01:00")
  }

  @Test("fields replace components afterwards")
  func fieldsReplace() throws {
    let base = TemporalBase.dateTime(try DateTimeValue("1984-10-11T12:31:14.645876123-01:00"))
    func truncate(
      _ unit: TemporalUnit, _ components: KeyValuePairs<String, Int64>, timezone: String? = nil
    ) throws -> String {
      try DateTimeValue.truncate(base, to: unit, temporalFields(components, timezone: timezone))
        .description
    }
    #expect(try truncate(.week, ["dayOfWeek": 2]) == "1984-10-09T00:00-01:00")
    #expect(try truncate(.millisecond, ["nanosecond": 2]) == "1984-10-11T12:31:14.645000002-01:00")
    #expect(try truncate(.microsecond, ["nanosecond": 2]) == "1984-10-11T12:31:14.645876002-01:00")
    #expect(try truncate(.second, ["nanosecond": 2]) == "1984-10-11T12:31:14.000000002-01:00")
    #expect(
      try truncate(.hour, [:], timezone: "Europe/Stockholm")
        == "1984-10-11T12:00+01:00[Europe/Stockholm]")
  }

  @Test("units that do not fit the type")
  func wrongUnits() throws {
    let base = TemporalBase.localDateTime(try LocalDateTimeValue("1984-10-11T12:31"))
    let none = TemporalFields()
    #expect(
      temporalErrorCode { () throws(QueryError) in try DateValue.truncate(base, to: .hour, none) }
        == .invalidArgumentValue)
    #expect(
      temporalErrorCode { () throws(QueryError) in
        try LocalTimeValue.truncate(base, to: .week, none)
      }
        == .invalidArgumentValue)
    #expect(
      temporalErrorCode { () throws(QueryError) in try TemporalUnit(named: "fortnight") }
        == .invalidArgumentValue)
    let first = TemporalBase.date(try DateValue("-999999999-06-01"))
    #expect(
      temporalErrorCode { () throws(QueryError) in
        try DateValue.truncate(first, to: .millennium, none)
      }
        == .integerOverflowAtRuntime)
  }
}
