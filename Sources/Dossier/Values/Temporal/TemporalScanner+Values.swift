import DossierSyntax

extension TemporalScanner {
  /// A date in a calendar, week, quarter or ordinal form, with or without hyphens.
  ///
  /// The returned fields are not checked; nil when the text has none of the forms.
  mutating func scanDate() -> TemporalFields? {
    var fields = TemporalFields()
    let isNegative = isNext("-")
    if isNegative || isNext("+") {
      advance()
      guard let year = scanNumber(digits: 1...9) else { return nil }
      fields.year = isNegative ? -year : year
      return scanRestOfLongDate(&fields) ? fields : nil
    }
    let count = digitCount
    guard count == 4 || (6...8).contains(count), let year = scanDigits(4) else { return nil }
    fields.year = year
    switch count {
    case 6: fields.month = scanDigits(2)
    case 7: fields.ordinalDay = scanDigits(3)
    case 8:
      fields.month = scanDigits(2)
      fields.day = scanDigits(2)
    default: return scanRestOfLongDate(&fields) ? fields : nil
    }
    return fields
  }

  /// What follows the year where it does not run on in digits; false for a malformed text.
  private mutating func scanRestOfLongDate(_ fields: inout TemporalFields) -> Bool {
    let hasHyphen = skip("-")
    if skip("W") { return scanWeek(&fields) }
    if skip("Q") { return scanQuarter(&fields) }
    guard hasHyphen else { return true }
    if digitCount == 3 {
      fields.ordinalDay = scanDigits(3)
      return true
    }
    fields.month = scanNumber(digits: 1...2)
    guard fields.month != nil else { return false }
    guard skip("-") else { return true }
    fields.day = scanNumber(digits: 1...2)
    return fields.day != nil
  }

  /// `30`, `302` or `30-2` behind the `W`.
  private mutating func scanWeek(_ fields: inout TemporalFields) -> Bool {
    let count = digitCount
    guard (1...3).contains(count) else { return false }
    fields.week = scanDigits(min(count, 2))
    if count == 3 {
      fields.dayOfWeek = scanDigits(1)
    } else if skip("-") {
      fields.dayOfWeek = scanNumber(digits: 1...1)
      return fields.dayOfWeek != nil
    }
    return true
  }

  /// `3`, `345` or `3-45` behind the `Q`.
  private mutating func scanQuarter(_ fields: inout TemporalFields) -> Bool {
    let count = digitCount
    guard count == 1 || count == 3 else { return false }
    fields.quarter = scanDigits(1)
    if count == 3 {
      fields.dayOfQuarter = scanDigits(2)
    } else if skip("-") {
      fields.dayOfQuarter = scanNumber(digits: 1...2)
      return fields.dayOfQuarter != nil
    }
    return true
  }

  /// A time of day with or without colons; the fields are not checked.
  mutating func scanTime(into fields: inout TemporalFields) -> Bool {
    guard let parts = scanClockParts(hourDigits: 1...2) else { return false }
    fields.hour = parts.hour
    fields.minute = parts.minute
    fields.second = parts.second
    if parts.isComplete {
      guard let fraction = scanFraction() else { return false }
      fields.nanosecond = fraction
    }
    return true
  }

  /// `[Europe/Stockholm]`, an offset, or both; nil when neither comes next.
  ///
  /// Throws `invalidArgumentValue` for unknown zones.
  mutating func scanZone() throws(QueryError) -> (offset: Int32?, region: TimeZoneID?)? {
    var offset: Int32?
    if !isNext("[") {
      guard let scanned = scanOffset() else { return nil }
      offset = scanned
    }
    guard isNext("[") else { return (offset, nil) }
    guard let name = scanBracketed() else { return nil }
    return (offset, try TimeZoneID(regionName: name))
  }
}
