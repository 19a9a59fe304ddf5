import DossierSyntax
import Testing

@testable import Dossier

@Suite("Time zones") struct TemporalZoneTests {
  @Test(
    "history and future of regions",
    arguments: [
      ("1818-07-21T21:40:32.142[Europe/Stockholm]", "+00:53:28"),
      ("1984-10-11T12:00[Europe/Stockholm]", "+01:00"),
      ("2500-07-01T12:00[Europe/Stockholm]", "+02:00"),
      ("2500-07-01T12:00[Australia/Sydney]", "+10:00"),
      ("2500-12-01T12:00[Australia/Sydney]", "+11:00"),
      ("1890-01-01T00:00[Africa/Monrovia]", "-00:43:08"),
      ("1984-10-28T10:10[Pacific/Honolulu]", "-10:00"),
    ])
  func history(text: String, offset: String) throws {
    #expect(try DateTimeValue(text).component("offset") == .string(offset))
  }

  @Test("a skipped local time moves on, a repeated one is the first")
  func changes() throws {
    func local(_ text: String) throws -> String { try DateTimeValue(text).description }
    #expect(
      try local("2017-03-26T02:30[Europe/Stockholm]") == "2017-03-26T03:30+02:00[Europe/Stockholm]")
    #expect(
      try local("2017-10-29T02:30[Europe/Stockholm]") == "2017-10-29T02:30+02:00[Europe/Stockholm]")
    #expect(
      try local("2017-10-29T02:30+01:00[Europe/Stockholm]")
        == "2017-10-29T02:30+01:00[Europe/Stockholm]")
    #expect(
      try local("2011-12-30T12:00[Pacific/Apia]") == "2011-12-31T12:00+14:00[Pacific/Apia]")
    let second = try DateTimeValue("2017-10-29T02:30+01:00[Europe/Stockholm]")
    #expect(try second.adding(DurationValue("P0M")).offsetSeconds == 3_600)
    let none = TemporalFields()
    let hour = try DateTimeValue.truncate(.dateTime(second), to: .hour, none)
    #expect(hour.description == "2017-10-29T02:00+01:00[Europe/Stockholm]")
  }

  @Test("days keep the local time, hours count as they pass")
  func moves() throws {
    let start = try DateTimeValue("2017-03-25T12:00[Europe/Stockholm]")
    #expect(
      try start.adding(DurationValue("P1D")).description
        == "2017-03-26T12:00+02:00[Europe/Stockholm]")
    #expect(
      try start.adding(DurationValue("PT24H")).description
        == "2017-03-26T13:00+02:00[Europe/Stockholm]")
  }

  @Test("zones are numbers of 24 bits")
  func numbers() throws {
    #expect(TimeZoneID(offsetSeconds: 0) == .utc)
    #expect(TimeZoneID(offsetSeconds: 64_801) == nil)
    for offset: Int32 in [-64_800, -1, 0, 3_600, 64_800] {
      let zone = try #require(TimeZoneID(offsetSeconds: offset))
      #expect(zone.fixedOffsetSeconds == offset)
      #expect(zone.rawValue < TimeZoneID.firstRegion)
    }
    let region = try TimeZoneID("Europe/Stockholm")
    #expect(region.rawValue >= TimeZoneID.firstRegion && region.rawValue < 1 << 24)
    #expect(try TimeZoneID("Europe/Stockholm") == region)
    #expect(region.name == "Europe/Stockholm")
    #expect(region.description == "[Europe/Stockholm]")
    #expect(try TimeZoneID("+01:00").description == "+01:00")
    #expect(try TimeZoneID("Z") == .utc)
    #expect(TimeZoneID(rawValue: .max).offsetSeconds(atUTC: 0) == 0)
  }

  @Test(
    "names that reach no zone file",
    arguments: [
      "", "..", "Europe/../Europe/Stockholm", "/etc/localtime", "posix/Europe/Stockholm",
      "right/Europe/Stockholm", "Europe", "Europe/", "tzdata.zi", "Europe/Stockholm\0", "europe",
    ])
  func wrongNames(name: String) {
    #expect(
      temporalErrorCode { () throws(QueryError) in try TimeZoneID(name) } == .invalidArgumentValue)
  }

  @Test("the yearly rule of the POSIX form")
  func yearlyRule() throws {
    func offset(_ rule: String, _ instant: String) throws -> Int32 {
      let rule = try #require(YearlyTimeZoneRule(Array(rule.utf8)))
      return rule.offset(atUTC: try DateTimeValue(instant).secondsSinceEpoch)
    }
    let stockholm = "CET-1CEST,M3.5.0,M10.5.0/3"
    #expect(try offset(stockholm, "2500-03-28T00:59:59Z") == 3_600)
    #expect(try offset(stockholm, "2500-03-28T01:00:00Z") == 7_200)
    #expect(try offset(stockholm, "2500-10-31T00:59:59Z") == 7_200)
    #expect(try offset(stockholm, "2500-10-31T01:00:00Z") == 3_600)
    #expect(try offset("AEST-10AEDT,M10.1.0,M4.1.0/3", "2500-01-01T00:00Z") == 39_600)
    #expect(try offset("<-03>3", "2500-01-01T00:00Z") == -10_800)
    #expect(try offset("EST5EDT,J60,J300", "2024-03-01T06:59:59Z") == -18_000)
    #expect(try offset("EST5EDT,J60,J300", "2024-03-01T07:00:00Z") == -14_400)
    #expect(try offset("IST-2IDT,59/0,299/-1", "2024-02-28T22:00:00Z") == 10_800)
    for wrong in [
      "", "C-1", "CET", "CET-1CEST", "CET-1CEST,M13.5.0,M10.5.0", "<CET-1", "CET-99999",
    ] {
      #expect(YearlyTimeZoneRule(Array(wrong.utf8)) == nil)
    }
  }

  @Test("damaged zone files are refused or read, never trusted")
  func damagedFiles() throws {
    #expect(TimeZoneRules(zoneFile: []) == nil)
    #expect(TimeZoneRules(zoneFile: Array("TZif2".utf8)) == nil)
    var header = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 39)
    header[35] = 0xFF
    #expect(TimeZoneRules(zoneFile: header + header) == nil)
    var minimal = Array("TZif".utf8) + [UInt8](repeating: 0, count: 40)
    minimal[39] = 1
    minimal[43] = 4
    let type: [UInt8] = [0, 0, 0x0E, 0x10, 0, 0]
    let rules = try #require(TimeZoneRules(zoneFile: minimal + type + Array("CET\0".utf8)))
    #expect(rules.offset(atUTC: 0) == 3_600)
    #expect(rules.localOffsets(at: 0) == .one(3_600))
  }
}
