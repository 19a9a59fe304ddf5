import DossierSyntax
import Testing

@testable import Dossier

@Suite("Durations") struct TemporalDurationTests {
  @Test("fractions become smaller units")
  func fractions() throws {
    func duration(_ parts: KeyValuePairs<String, Double>) throws(QueryError) -> String {
      var fields = DurationFields()
      for (name, number) in parts { try fields.set(name, to: number) }
      return try DurationValue(fields: fields).description
    }
    #expect(try duration(["months": 5, "days": 1.5]) == "P5M1DT12H")
    #expect(try duration(["months": 0.75]) == "P22DT19H51M49.5S")
    #expect(try duration(["weeks": 2.5]) == "P17DT12H")
    #expect(try duration(["days": 0.1]) == "PT2H24M")
    #expect(try duration(["seconds": -2, "milliseconds": 1]) == "PT-1.999S")
    #expect(try duration(["days": 1, "milliseconds": -1]) == "P1DT-0.001S")
    for wrong in [Double.nan, .infinity] {
      #expect(
        temporalErrorCode { () throws(QueryError) in try duration(["days": wrong]) }
          == .invalidArgumentValue)
    }
    #expect(
      temporalErrorCode { () throws(QueryError) in try duration(["days": 1e300]) }
        == .integerOverflowAtRuntime)
    #expect(
      temporalErrorCode { () throws(QueryError) in try duration(["dayz": 1]) }
        == .invalidArgumentValue)
    #expect(
      temporalErrorCode { () throws(QueryError) in try duration([:]) } == .invalidArgumentValue)
  }

  @Test("sums, products and shares")
  func arithmetic() throws {
    let a = try DurationValue("P12Y5M14DT16H13M10.000000001S")
    let b = try DurationValue("P1M-14DT15H49M10S")
    #expect(try a.adding(b).description == "P12Y6MT32H2M20.000000001S")
    #expect(try a.subtracting(b).description == "P12Y4M28DT24M0.000000001S")
    #expect(try b.subtracting(a).description == "P-12Y-4M-28DT-24M-0.000000001S")
    #expect(try a.multiplied(by: Int64(2)).description == "P24Y10M28DT32H26M20.000000002S")
    #expect(try a.multiplied(by: 0.5).description == "P6Y2M22DT13H21M8S")
    #expect(try a.divided(by: Int64(2)).description == "P6Y2M22DT13H21M8S")
    #expect(try a.divided(by: 0.5).description == "P24Y10M28DT32H26M20.000000002S")
    #expect(try DurationValue("P1M").divided(by: Int64(3)).description == "P10DT3H29M42S")
    #expect(
      temporalErrorCode { () throws(QueryError) in try a.divided(by: Int64(0)) } == .divisionByZero)
    #expect(
      temporalErrorCode { () throws(QueryError) in try a.divided(by: 0.0) } == .divisionByZero)
  }

  @Test("overflow of 64 bits is an error")
  func overflow() throws {
    let day = try DurationValue("P1D")
    let days = try DurationValue("P9223372036854775807D")
    let second = DurationValue(months: 0, days: 0, seconds: .max, nanoseconds: 0)
    let month = DurationValue(months: .min, days: 0, seconds: 0, nanoseconds: 0)
    #expect(
      temporalErrorCode { () throws(QueryError) in try days.adding(day) }
        == .integerOverflowAtRuntime)
    #expect(
      temporalErrorCode { () throws(QueryError) in try second.multiplied(by: Int64(2)) }
        == .integerOverflowAtRuntime)
    #expect(
      temporalErrorCode { () throws(QueryError) in try second.divided(by: 0.001) }
        == .integerOverflowAtRuntime)
    #expect(
      temporalErrorCode { () throws(QueryError) in try month.negated() }
        == .integerOverflowAtRuntime)
    #expect(
      temporalErrorCode { () throws(QueryError) in try DurationValue("PT99999999999999999999H") }
        == .integerOverflowAtRuntime)
    #expect(second.component("nanoseconds") == .integer(.max))
    #expect(
      temporalErrorCode { () throws(QueryError) in try DateValue("2015-01-01").adding(days) }
        == .integerOverflowAtRuntime)
  }

  @Test("dates and times move by durations")
  func moves() throws {
    let duration = try DurationValue("P12Y5M14DT16H13M10.000000002S")
    #expect(try DateValue("1984-10-11").adding(duration).description == "1997-03-25")
    #expect(try DateValue("1984-10-11").subtracting(duration).description == "1972-04-27")
    #expect(try DateValue("2015-01-31").adding(DurationValue("P1M")).description == "2015-02-28")
    #expect(try DateValue("2015-01-31").adding(DurationValue("PT48H")).description == "2015-02-02")
    let time = try LocalTimeValue("12:31:14.000000001")
    #expect(time.adding(duration).description == "04:44:24.000000003")
    #expect(time.subtracting(duration).description == "20:18:03.999999999")
    #expect(
      try LocalDateTimeValue("1984-10-11T12:31:14.000000001").subtracting(duration).description
        == "1972-04-26T20:18:03.999999999")
  }

  @Test(
    "differences",
    arguments: [
      ("2015-07-21T21:40:32.142", "2015-06-24T00:00", "P-27DT-21H-40M-32.142S", "PT0S", "P-27D"),
      ("2018-01-01T10:00:00.2", "2018-01-02T10:00:00.1", "PT23H59M59.9S", "PT0S", "PT0S"),
      ("2018-01-02T10:00:00.1", "2018-01-01T10:00:00.2", "PT-23H-59M-59.9S", "PT0S", "PT0S"),
      ("2018-03-31T00:00", "2018-02-28T00:00", "P-1M", "P-1M", "P-31D"),
      ("2016-02-29T00:00", "2017-02-28T00:00", "P11M30D", "P11M", "P365D"),
    ])
  func between(from: String, to: String, all: String, months: String, days: String) throws {
    let from = TemporalBase.localDateTime(try LocalDateTimeValue(from))
    let to = TemporalBase.localDateTime(try LocalDateTimeValue(to))
    #expect(try DurationValue.between(from, to).description == all)
    #expect(try DurationValue.inMonths(from, to).description == months)
    #expect(try DurationValue.inDays(from, to).description == days)
  }

  @Test("differences complete one value from the other")
  func mixed() throws {
    let date = TemporalBase.date(try DateValue("2017-10-29"))
    let next = TemporalBase.date(try DateValue("2017-10-30"))
    let time = TemporalBase.localTime(try LocalTimeValue("04:00"))
    let start = TemporalBase.dateTime(try DateTimeValue("2017-10-29T00:00[Europe/Stockholm]"))
    let end = TemporalBase.dateTime(try DateTimeValue("2017-10-29T04:00[Europe/Stockholm]"))
    #expect(try DurationValue.inSeconds(start, time).description == "PT5H")
    #expect(try DurationValue.inSeconds(date, end).description == "PT5H")
    #expect(try DurationValue.inSeconds(start, next).description == "PT25H")
    #expect(try DurationValue.between(start, next).description == "P1D")
    #expect(try DurationValue.between(date, time).description == "PT4H")
    #expect(try DurationValue.inDays(time, next).description == "PT0S")
    let zoned = TemporalBase.time(try TimeValue("16:30+0100"))
    let utc = TemporalBase.time(try TimeValue("14:30Z"))
    #expect(try DurationValue.between(utc, zoned).description == "PT1H")
  }

  @Test("the whole calendar has a length")
  func extremes() throws {
    let first = TemporalBase.date(try DateValue("-999999999-01-01"))
    let last = TemporalBase.localDateTime(try LocalDateTimeValue("+999999999-12-31T23:59:59"))
    #expect(
      try DurationValue.between(first, last).description == "P1999999998Y11M30DT23H59M59S")
    #expect(
      try DurationValue.inSeconds(first, last).description == "PT17531639991215H59M59S")
  }

  @Test("order is by average length, equality by parts")
  func order() throws {
    let durations = try ["PT1S", "P1D", "PT25H", "P30D", "P1M", "P31D", "P1Y"].map {
      try DurationValue($0)
    }
    #expect(durations == durations.reversed().sorted())
    #expect(try DurationValue("P1D") != DurationValue("PT24H"))
    #expect(try DurationValue("P1Y") == DurationValue("P12M"))
  }

  @Test("components")
  func components() throws {
    let value = try DurationValue("P1Y5M11DT3H4M5.111222333S")
    let expected: KeyValuePairs<String, Int64> = [
      "years": 1, "quarters": 5, "months": 17, "weeks": 1, "days": 11, "hours": 3, "minutes": 184,
      "seconds": 11_045, "milliseconds": 11_045_111, "microseconds": 11_045_111_222,
      "nanoseconds": 11_045_111_222_333, "quartersOfYear": 1, "monthsOfQuarter": 2,
      "monthsOfYear": 5, "daysOfWeek": 4, "minutesOfHour": 4, "secondsOfMinute": 5,
      "millisecondsOfSecond": 111, "microsecondsOfSecond": 111_222,
      "nanosecondsOfSecond": 111_222_333,
    ]
    for (name, number) in expected { #expect(value.component(name) == .integer(number)) }
    #expect(value.component("year") == nil)
  }
}
