import DossierSyntax

extension DateValue {
  /// The date of an ISO 8601 text such as `2015-07-21`, `20150721`, `2015-W30-2`, `2015-Q3-21`,
  /// `2015-202`, or with less precision `2015-07` and `2015`; throws `invalidArgumentValue`.
  ///
  /// Years of more than four digits have a sign.
  public init(_ text: String) throws(QueryError) {
    var scanner = TemporalScanner(text)
    guard let fields = scanner.scanDate(), scanner.isAtEnd else {
      throw .unreadableTemporal("date", example: "2015-07-21")
    }
    self = try fields.assembleDate(base: nil)
  }
}

extension LocalTimeValue {
  /// The time of an ISO 8601 text such as `21:40:32.142`, `214032.142`, `21:40` or `21`; throws
  /// `invalidArgumentValue`.
  public init(_ text: String) throws(QueryError) {
    var scanner = TemporalScanner(text)
    var fields = TemporalFields()
    _ = scanner.skip("T")
    guard scanner.scanTime(into: &fields), scanner.isAtEnd else {
      throw .unreadableTemporal("localtime", example: "21:40:32.142")
    }
    self.init(nanosecondOfDay: try fields.assembleTime(base: nil))
  }
}

extension TimeValue {
  /// The time of an ISO 8601 text such as `21:40:32.142+01:00`, `2140Z` or `21`, in UTC where it
  /// has no offset; throws `invalidArgumentValue`.
  public init(_ text: String) throws(QueryError) {
    var scanner = TemporalScanner(text)
    var fields = TemporalFields()
    _ = scanner.skip("T")
    guard scanner.scanTime(into: &fields) else {
      throw .unreadableTemporal("time", example: "21:40:32.142+01:00")
    }
    let offset = scanner.isAtEnd ? 0 : scanner.scanOffset()
    guard let offset, scanner.isAtEnd else {
      throw .unreadableTemporal("time", example: "21:40:32.142+01:00")
    }
    guard TimeZoneID(offsetSeconds: offset) != nil else {
      throw .invalidTemporal("offset is more than 18 hours")
    }
    self.init(nanosecondOfDay: try fields.assembleTime(base: nil), offsetSeconds: offset)
  }
}

extension LocalDateTimeValue {
  /// The local time of an ISO 8601 text such as `2015-07-21T21:40:32.142`, made of the forms of
  /// dates and local times; midnight when it is a date only. Throws `invalidArgumentValue`.
  public init(_ text: String) throws(QueryError) {
    var scanner = TemporalScanner(text)
    guard let local = try LocalDateTimeValue(scanning: &scanner), scanner.isAtEnd else {
      throw .unreadableTemporal("localdatetime", example: "2015-07-21T21:40:32.142")
    }
    self = local
  }

  /// The date and time that come next in a text; nil for a malformed one.
  fileprivate init?(scanning scanner: inout TemporalScanner) throws(QueryError) {
    guard var fields = scanner.scanDate() else { return nil }
    if scanner.skip("T") {
      guard scanner.scanTime(into: &fields) else { return nil }
    }
    self.init(
      date: try fields.assembleDate(base: nil),
      nanosecondOfDay: try fields.assembleTime(base: nil))
  }
}

extension DateTimeValue {
  /// The instant of an ISO 8601 text such as `2015-07-21T21:40:32.142+02:00[Europe/Stockholm]`.
  ///
  /// Either part of the zone may be absent; without both the zone is UTC. An offset beside a region
  /// must be one that the region has at this time. Throws `invalidArgumentValue`.
  public init(_ text: String) throws(QueryError) {
    var scanner = TemporalScanner(text)
    let example = "2015-07-21T21:40:32.142+02:00[Europe/Stockholm]"
    guard let local = try LocalDateTimeValue(scanning: &scanner) else {
      throw .unreadableTemporal("datetime", example: example)
    }
    if scanner.isAtEnd {
      try self.init(local: local, zone: .utc)
      return
    }
    guard let zone = try scanner.scanZone(), scanner.isAtEnd else {
      throw .unreadableTemporal("datetime", example: example)
    }
    try self.init(local: local, offset: zone.offset, region: zone.region)
  }

  /// A local time with an offset, a region or both.
  private init(local: LocalDateTimeValue, offset: Int32?, region: TimeZoneID?) throws(QueryError) {
    guard let offset else {
      try self.init(local: local, zone: region ?? .utc)
      return
    }
    guard let fixed = TimeZoneID(offsetSeconds: offset) else {
      throw .invalidTemporal("offset is more than 18 hours")
    }
    if let region, !region.localOffsets(at: local.secondsSinceEpoch).contains(offset) {
      throw .invalidTemporal("offset is not one that the time zone has at this time")
    }
    try self.init(
      checkedSeconds: local.secondsSinceEpoch - Int64(offset), nanosecond: local.nanosecond,
      zone: region ?? fixed)
  }
}
