import DossierSyntax
import Testing

@testable import Dossier

@Suite("Temporal values from texts") struct TemporalParsingTests {
  @Test(
    "dates in all forms",
    arguments: [
      ("2015-07-21", "2015-07-21"), ("20150721", "2015-07-21"), ("2015-7-1", "2015-07-01"),
      ("2015-07", "2015-07-01"), ("201507", "2015-07-01"), ("2015", "2015-01-01"),
      ("2015-W30-2", "2015-07-21"), ("2015W302", "2015-07-21"), ("2015-W30", "2015-07-20"),
      ("2015-W53-7", "2016-01-03"), ("2015-Q2-60", "2015-05-30"), ("2015Q260", "2015-05-30"),
      ("2015-Q2", "2015-04-01"), ("2015-202", "2015-07-21"), ("2015202", "2015-07-21"),
      ("2016-366", "2016-12-31"), ("0000-02-29", "0000-02-29"), ("-0044-03-15", "-0044-03-15"),
      ("+12345-01-01", "+12345-01-01"), ("+999999999-12-31", "+999999999-12-31"),
    ])
  func date(text: String, description: String) throws {
    #expect(try DateValue(text).description == description)
  }

  @Test(
    "texts that are no date",
    arguments: [
      "", "15", "20151", "2015-", "2015-07-21x", "2015-13", "2015-02-29", "2015-366", "2016-W53",
      "2015-W30-8", "2015-Q5", "2015-Q1-91", "12345-01-01", "+1000000000-01-01", "2015-07-21T12:00",
      "２０１５",
    ])
  func noDate(text: String) {
    #expect(
      temporalErrorCode { () throws(QueryError) in try DateValue(text) } == .invalidArgumentValue)
  }

  @Test(
    "local times",
    arguments: [
      ("21:40:32.142", "21:40:32.142"), ("214032.142", "21:40:32.142"), ("21:40", "21:40"),
      ("2140", "21:40"), ("21", "21:00"), ("T09:05", "09:05"), ("9:05", "09:05"),
      ("12:00:00,5", "12:00:00.500"), ("12:00:00.000001", "12:00:00.000001"),
      ("12:00:00.123456789", "12:00:00.123456789"), ("23:59:59.999999999", "23:59:59.999999999"),
    ])
  func localTime(text: String, description: String) throws {
    #expect(try LocalTimeValue(text).description == description)
  }

  @Test(
    "texts that are no local time",
    arguments: ["", "24:00", "23:60", "23:59:60", "123", "12:", "12:00.5", "12:00Z", "12:00:00."])
  func noLocalTime(text: String) {
    #expect(
      temporalErrorCode { () throws(QueryError) in try LocalTimeValue(text) }
        == .invalidArgumentValue)
  }

  @Test(
    "times",
    arguments: [
      ("21:40:32.142+0100", "21:40:32.142+01:00"), ("214032Z", "21:40:32Z"),
      ("2140-00:00", "21:40Z"), ("2140-02", "21:40-02:00"), ("22+18:00", "22:00+18:00"),
      ("22:00", "22:00Z"), ("22:00-02:05:07", "22:00-02:05:07"), ("22:00z", "22:00Z"),
    ])
  func time(text: String, description: String) throws {
    #expect(try TimeValue(text).description == description)
  }

  @Test("texts that are no time", arguments: ["12:00+18:01", "12:00+1:2:3:4", "12:00[UTC]", "+01"])
  func noTime(text: String) {
    #expect(
      temporalErrorCode { () throws(QueryError) in try TimeValue(text) } == .invalidArgumentValue)
  }

  @Test(
    "local date-times",
    arguments: [
      ("2015-07-21T21:40:32.142", "2015-07-21T21:40:32.142"),
      ("2015-W30-2T214032", "2015-07-21T21:40:32"), ("2015T2140", "2015-01-01T21:40"),
      ("2015202T21", "2015-07-21T21:00"), ("2015-07-21", "2015-07-21T00:00"),
      ("-999999999-01-01", "-999999999-01-01T00:00"),
    ])
  func localDateTime(text: String, description: String) throws {
    #expect(try LocalDateTimeValue(text).description == description)
  }

  @Test(
    "date-times",
    arguments: [
      ("2015-07-21T21:40:32.142+0100", "2015-07-21T21:40:32.142+01:00"),
      ("2015-202T21:40-01:30", "2015-07-21T21:40-01:30"), ("2015T21", "2015-01-01T21:00Z"),
      ("2015-07-21", "2015-07-21T00:00Z"), ("2015-07-21T12:00[UTC]", "2015-07-21T12:00Z[UTC]"),
      ("2015-07-21T21:40[Europe/London]", "2015-07-21T21:40+01:00[Europe/London]"),
      ("2015-07-21T21:40+0845[Australia/Eucla]", "2015-07-21T21:40+08:45[Australia/Eucla]"),
      ("2015-01-01T12:00[America/Los Angeles]", "2015-01-01T12:00-08:00[America/Los_Angeles]"),
    ])
  func dateTime(text: String, description: String) throws {
    let value = try DateTimeValue(text)
    #expect(value.description == description)
    #expect(try DateTimeValue(value.description) == value)
  }

  @Test(
    "texts that are no date-time",
    arguments: [
      "2015-07-21T21:40+01:00[Europe/Stockholm]", "2015-07-21T21:40[Europe/Nowhere]",
      "2015-07-21T21:40[../../etc/passwd]", "2015-07-21T21:40[/etc/passwd]", "2015-07-21T",
      "2015-07-21T21:40[Europe/Stockholm", "2015-07-21T21:40[]", "2015-07-21T21:40 Z",
    ])
  func noDateTime(text: String) {
    #expect(
      temporalErrorCode { () throws(QueryError) in try DateTimeValue(text) }
        == .invalidArgumentValue)
  }

  @Test(
    "durations",
    arguments: [
      ("P14DT16H12M", "P14DT16H12M"), ("P5M1.5D", "P5M1DT12H"), ("P0.75M", "P22DT19H51M49.5S"),
      ("PT0.75M", "PT45S"), ("P2.5W", "P17DT12H"), ("P12Y5M14DT16H12M70S", "P12Y5M14DT16H13M10S"),
      ("P2012-02-02T14:37:21.545", "P2012Y2M2DT14H37M21.545S"),
      ("P20120202T143721", "P2012Y2M2DT14H37M21S"), ("P2012-02-02", "P2012Y2M2D"),
      ("-P1Y2M-3DT-4.5S", "P-1Y-2M3DT4.5S"), ("PT-0.000000001S", "PT-0.000000001S"),
      ("PT1,5S", "PT1.5S"), ("P0D", "PT0S"), ("P2Q", "P6M"),
      ("P-9223372036854775808D", "P-9223372036854775808D"),
    ])
  func duration(text: String, description: String) throws {
    let value = try DurationValue(text)
    #expect(value.description == description)
    #expect(try DurationValue(value.description) == value)
  }

  @Test(
    "texts that are no duration",
    arguments: ["", "P", "PT", "P1YT", "P1D1Y", "P1", "1D", "PT1D", "P1.D", "P2012-13-01", "P--1D"])
  func noDuration(text: String) {
    #expect(
      temporalErrorCode { () throws(QueryError) in try DurationValue(text) }
        == .invalidArgumentValue)
  }
}
