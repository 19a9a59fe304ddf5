extension DateValue: CustomStringConvertible {
  /// The date as in `2015-07-21`; years beyond 9999 have a sign.
  public var description: String {
    var text = TemporalText()
    text.append(calendarDate)
    return text.string
  }
}

extension LocalTimeValue: CustomStringConvertible {
  /// The time as in `21:40:32.142`, with no more than `21:40` where the rest is zero.
  public var description: String {
    var text = TemporalText()
    text.appendTime(nanosecondOfDay)
    return text.string
  }
}

extension TimeValue: CustomStringConvertible {
  /// The time as in `21:40:32.142+01:00` or `21:40Z`.
  public var description: String {
    var text = TemporalText()
    text.appendTime(nanosecondOfDay)
    text.appendOffset(offsetSeconds)
    return text.string
  }
}

extension LocalDateTimeValue: CustomStringConvertible {
  /// The local time as in `2015-07-21T21:40:32.142`.
  public var description: String {
    var text = TemporalText()
    text.append(self)
    return text.string
  }
}

extension DateTimeValue: CustomStringConvertible {
  /// The instant as in `2015-07-21T21:40:32.142+02:00[Europe/Stockholm]` or `2015-07-21T21:40Z`.
  public var description: String {
    var text = TemporalText()
    let offset = offsetSeconds
    text.append(
      LocalDateTimeValue(
        secondsSinceEpoch: secondsSinceEpoch + Int64(offset), nanosecond: nanosecond))
    text.appendOffset(offset)
    if let region = zone.regionName {
      text.append("[")
      text.append(region)
      text.append("]")
    }
    return text.string
  }
}

extension TemporalText {
  /// `2015-07-21T21:40:32.142`.
  fileprivate mutating func append(_ local: LocalDateTimeValue) {
    append(local.date.calendarDate)
    append("T" as Unicode.Scalar)
    appendTime(local.nanosecondOfDay)
  }
}

extension DurationValue: CustomStringConvertible {
  /// The duration as in `P12Y5M14DT16H13M10.5S`; parts that are zero are absent, none at all is
  /// `PT0S`, and each part has its own sign.
  public var description: String {
    var text = TemporalText()
    text.append("P")
    text.append(months / 12, "Y")
    text.append(months % 12, "M")
    text.append(days, "D")
    if seconds == 0 && nanoseconds == 0 {
      if months == 0 && days == 0 { text.append("T0S" as String) }
      return text.string
    }
    text.append("T")
    let isBorrowed = seconds < 0 && nanoseconds > 0
    let whole = isBorrowed ? seconds + 1 : seconds
    let fraction = isBorrowed ? 1_000_000_000 - Int64(nanoseconds) : Int64(nanoseconds)
    text.append(whole / 3_600, "H")
    text.append(whole / 60 % 60, "M")
    text.appendSeconds(whole % 60, fraction: fraction, isNegative: isBorrowed)
    return text.string
  }
}

extension TemporalText {
  /// A part of a duration unless it is zero.
  fileprivate mutating func append(_ number: Int64, _ unit: Unicode.Scalar) {
    guard number != 0 else { return }
    append(String(number))
    append(unit)
  }

  /// Seconds and nanoseconds, the latter without trailing zeros; nothing when both are zero.
  fileprivate mutating func appendSeconds(_ seconds: Int64, fraction: Int64, isNegative: Bool) {
    guard fraction != 0 else { return append(seconds, "S") }
    if isNegative || seconds < 0 { append("-" as Unicode.Scalar) }
    append(Int64(seconds.magnitude), width: 1)
    append("." as Unicode.Scalar)
    var (digits, width) = (fraction, 9)
    while digits % 10 == 0 {
      digits /= 10
      width -= 1
    }
    append(digits, width: width)
    append("S" as Unicode.Scalar)
  }
}
