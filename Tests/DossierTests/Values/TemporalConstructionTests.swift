import DossierSyntax
import Testing

@testable import Dossier

@Suite("Temporal values from components") struct TemporalConstructionTests {
  @Test("a date of each form")
  func dates() throws {
    func date(_ components: KeyValuePairs<String, Int64>) throws -> String {
      try DateValue(fields: temporalFields(components), clock: temporalClock).description
    }
    #expect(try date(["year": 1984, "month": 10, "day": 11]) == "1984-10-11")
    #expect(try date(["year": 1984]) == "1984-01-01")
    #expect(try date(["year": 1984, "week": 10, "dayOfWeek": 3]) == "1984-03-07")
    #expect(try date(["year": 1817, "week": 1]) == "1816-12-30")
    #expect(try date(["year": 1984, "ordinalDay": 202]) == "1984-07-20")
    #expect(try date(["year": 1984, "quarter": 3, "dayOfQuarter": 45]) == "1984-08-14")
  }

  @Test("components that make no date")
  func noDates() throws {
    let wrong: [KeyValuePairs<String, Int64>] = [
      [:], ["month": 3], ["year": 2015, "day": 3], ["year": 2015, "month": 13],
      ["year": 2015, "month": 2, "day": 29], ["year": 2015, "month": 1, "week": 3],
      ["year": 2016, "week": 53], ["year": 2015, "dayOfWeek": 1], ["year": 1_000_000_000],
      ["year": 2015, "hour": 1], ["year": .max], ["year": .min, "ordinalDay": .max],
      ["year": 2015, "quarter": 1, "dayOfQuarter": 91], ["epochSeconds": 1],
    ]
    for components in wrong {
      let fields = try temporalFields(components)
      #expect(
        temporalErrorCode { () throws(QueryError) in
          try DateValue(fields: fields, clock: temporalClock)
        }
          == .invalidArgumentValue)
    }
  }

  @Test("components replace those of a base date")
  func overridesDate() throws {
    func date(_ base: String, _ components: KeyValuePairs<String, Int64>) throws -> String {
      let fields = try temporalFields(components, base: ["date": .date(DateValue(base))])
      return try DateValue(fields: fields, clock: temporalClock).description
    }
    #expect(try date("1984-11-11", ["year": 28]) == "0028-11-11")
    #expect(try date("1984-11-11", ["week": 1]) == "1984-01-08")
    #expect(try date("1984-11-11", ["quarter": 3]) == "1984-08-11")
    #expect(try date("1984-11-11", ["ordinalDay": 28]) == "1984-01-28")
    #expect(try date("1816-12-31", ["week": 2]) == "1817-01-07")
    #expect(try date("2015-01-31", ["month": 2]) == "2015-02-28")
    #expect(try date("2015-07-22", ["dayOfWeek": 1]) == "2015-07-20")
  }

  @Test("parts of a second count what greater ones leave")
  func fractions() throws {
    func time(_ components: KeyValuePairs<String, Int64>) throws(QueryError) -> String {
      let fields = try temporalFields(components)
      return try LocalTimeValue(fields: fields, clock: temporalClock).description
    }
    #expect(
      try time([
        "hour": 1, "minute": 2, "second": 3, "millisecond": 4, "microsecond": 5, "nanosecond": 6,
      ]) == "01:02:03.004005006")
    #expect(
      try time(["hour": 1, "minute": 2, "second": 3, "nanosecond": 645_876_123])
        == "01:02:03.645876123")
    #expect(
      temporalErrorCode { () throws(QueryError) in
        try time(["hour": 1, "minute": 2, "second": 3, "millisecond": 4, "microsecond": 1_000])
      } == .invalidArgumentValue)
    #expect(
      temporalErrorCode { () throws(QueryError) in try time(["minute": 2]) }
        == .invalidArgumentValue)
    #expect(
      temporalErrorCode { () throws(QueryError) in try time(["hour": 2, "second": 3]) }
        == .invalidArgumentValue)
  }

  @Test("a time zone moves values that have one and labels those that do not")
  func timezones() throws {
    let zoned = TemporalBase.time(try TimeValue("12:31:14.645876+01:00"))
    let local = TemporalBase.localTime(try LocalTimeValue("12:31:14.645876"))
    let moved = try temporalFields(["second": 42], base: ["time": zoned], timezone: "+05:00")
    #expect(
      try TimeValue(fields: moved, clock: temporalClock).description == "16:31:42.645876+05:00")
    let labelled = try temporalFields([:], base: ["time": local], timezone: "+05:00")
    #expect(
      try TimeValue(fields: labelled, clock: temporalClock).description == "12:31:14.645876+05:00")
    let instant = try temporalFields(
      ["year": 1984, "month": 10, "day": 11], base: ["time": zoned], timezone: "Pacific/Honolulu")
    #expect(
      try DateTimeValue(fields: instant, clock: temporalClock).description
        == "1984-10-11T01:31:14.645876-10:00[Pacific/Honolulu]")
    let stockholm = TemporalBase.dateTime(
      try DateTimeValue("2015-07-21T21:40+02:00[Europe/Stockholm]"))
    let winter = try temporalFields(["month": 1], base: ["datetime": stockholm])
    #expect(
      try DateTimeValue(fields: winter, clock: temporalClock).description
        == "2015-01-21T21:40+01:00[Europe/Stockholm]")
  }

  @Test("a time zone alone means now")
  func now() throws {
    let fields = try temporalFields([:], timezone: "Asia/Tokyo")
    #expect(try DateValue(fields: fields, clock: temporalClock).description == "2024-02-29")
    #expect(
      try DateTimeValue(fields: fields, clock: temporalClock).description
        == "2024-02-29T21:30:15.000000007+09:00[Asia/Tokyo]")
    #expect(
      try TimeValue(fields: fields, clock: temporalClock).description == "21:30:15.000000007+09:00")
    #expect(TemporalClock.realtime().seconds > 1_700_000_000)
  }

  @Test("instants by their distance from the epoch")
  func epoch() throws {
    #expect(
      try DateTimeValue(epochSeconds: 416_779, nanoseconds: 999_999_999).description
        == "1970-01-05T19:46:19.999999999Z")
    #expect(
      try DateTimeValue(epochMilliseconds: -1).description == "1969-12-31T23:59:59.999Z")
    #expect(
      try DateTimeValue(
        fields: temporalFields(["epochMillis": 1, "nanosecond": 5]), clock: temporalClock
      )
      .description == "1970-01-01T00:00:00.001000005Z")
    #expect(
      temporalErrorCode { () throws(QueryError) in
        try DateTimeValue(epochSeconds: .max, nanoseconds: 0)
      } == .integerOverflowAtRuntime)
  }

  @Test("fields have the type that their name demands")
  func entries() {
    var fields = TemporalFields()
    let wrong: [(String, TemporalFields.Entry)] = [
      ("year", .string("2015")), ("timezone", .integer(1)), ("timezone", .string("Nowhere")),
      ("date", .integer(1)), ("yeer", .integer(1)), ("wee\u{212A}", .integer(1)),
    ]
    for (name, entry) in wrong {
      #expect(
        temporalErrorCode { () throws(QueryError) in try fields.set(name, to: entry) }
          == .invalidArgumentValue)
    }
  }

  @Test("conversions take over what there is")
  func conversions() throws {
    let instant = TemporalBase.dateTime(try DateTimeValue("2015-07-21T21:40:32+02:00"))
    #expect(try DateValue(instant).description == "2015-07-21")
    #expect(try LocalTimeValue(instant).description == "21:40:32")
    #expect(try TimeValue(instant).description == "21:40:32+02:00")
    #expect(try LocalDateTimeValue(instant).description == "2015-07-21T21:40:32")
    let date = TemporalBase.date(try DateValue("2015-07-21"))
    #expect(try DateTimeValue(date).description == "2015-07-21T00:00Z")
    #expect(
      temporalErrorCode { () throws(QueryError) in try LocalTimeValue(date) }
        == .invalidArgumentValue)
    let time = TemporalBase.localTime(try LocalTimeValue("12:00"))
    #expect(
      temporalErrorCode { () throws(QueryError) in try DateValue(time) } == .invalidArgumentValue)
  }

  @Test("components of a date-time")
  func components() throws {
    let value = try DateTimeValue("1984-11-11T12:31:14.645876123+01:00[Europe/Stockholm]")
    let expected: KeyValuePairs<String, Int64> = [
      "year": 1984, "quarter": 4, "month": 11, "week": 45, "weekYear": 1984, "day": 11,
      "ordinalDay": 316, "weekDay": 7, "dayOfWeek": 7, "dayOfQuarter": 42, "quarterDay": 42,
      "hour": 12, "minute": 31, "second": 14, "millisecond": 645, "microsecond": 645_876,
      "nanosecond": 645_876_123, "offsetMinutes": 60, "offsetSeconds": 3600,
      "epochSeconds": 469_020_674, "epochMillis": 469_020_674_645,
    ]
    for (name, number) in expected { #expect(value.component(name) == .integer(number)) }
    #expect(value.component("timezone") == .string("Europe/Stockholm"))
    #expect(value.component("offset") == .string("+01:00"))
    #expect(value.component("years") == nil)
    #expect(try DateValue("1984-01-01").component("weekYear") == .integer(1983))
    #expect(try DateValue("1984-01-01").component("hour") == nil)
  }
}
