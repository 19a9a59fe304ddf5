import DossierSyntax
import Testing

@testable import Dossier

@Suite("Bounds of temporal values") struct TemporalExtremesTests {
  @Test("calendar days convert back and forth")
  func days() {
    let samples: [Int64] = [
      TemporalLimits.minDay, TemporalLimits.maxDay, -719_528, -719_468, -1, 0, 59, 60, 10_957,
    ]
    for sample in samples {
      for day in [sample - 1, sample, sample + 1] {
        #expect(CalendarDate(daysSinceEpoch: day).daysSinceEpoch == day)
      }
    }
    #expect(CalendarDate(daysSinceEpoch: 0) == CalendarDate(year: 1970, month: 1, day: 1))
  }

  @Test("nothing lies beyond the first and last year")
  func bounds() throws {
    let first = try DateValue("-999999999-01-01")
    let last = try DateValue("+999999999-12-31")
    let day = try DurationValue("P1D")
    #expect(
      temporalErrorCode { () throws(QueryError) in try first.subtracting(day) }
        == .integerOverflowAtRuntime)
    #expect(
      temporalErrorCode { () throws(QueryError) in try last.adding(day) }
        == .integerOverflowAtRuntime)
    let moment = try LocalDateTimeValue("+999999999-12-31T23:59:59.999999999")
    let nanosecond = try DurationValue("PT0.000000001S")
    #expect(
      temporalErrorCode { () throws(QueryError) in try moment.adding(nanosecond) }
        == .integerOverflowAtRuntime)
    let instant = try DateTimeValue("+999999999-12-31T23:59:59-18:00")
    #expect(instant.description == "+999999999-12-31T23:59:59-18:00")
    #expect(
      temporalErrorCode { () throws(QueryError) in try instant.sameInstant(in: .utc) }
        == .integerOverflowAtRuntime)
  }

  @Test("values beyond the bounds are clamped where nothing can be thrown")
  func clamped() {
    #expect(DateValue(daysSinceEpoch: .max).description == "+999999999-12-31")
    #expect(LocalTimeValue(nanosecondOfDay: -1).description == "00:00")
    #expect(
      TimeValue(nanosecondOfDay: .max, offsetSeconds: .min).description
        == "23:59:59.999999999-18:00")
    #expect(
      LocalDateTimeValue(secondsSinceEpoch: .min, nanosecond: .min).description
        == "-999999999-01-01T00:00")
    let instant = DateTimeValue(
      secondsSinceEpoch: .max, nanosecond: .max, zone: TimeZoneID(rawValue: .max))
    #expect(instant.description == "+999999999-12-31T23:59:59.999999999Z")
    #expect(instant.component("epochMillis") == .integer(.max))
  }

  @Test("times order by instant, then by offset; instants only by instant")
  func order() throws {
    #expect(try TimeValue("10:00+01:00") < TimeValue("09:35Z"))
    #expect(try TimeValue("10:00+01:00") != TimeValue("09:00Z"))
    #expect(try TimeValue("09:00Z") < TimeValue("10:00+01:00"))
    let a = try DateTimeValue("2015-07-21T12:00+01:00")
    let b = try DateTimeValue("2015-07-21T11:00Z")
    #expect(a == b && a.hashValue == b.hashValue)
  }
}
