import DossierSyntax

extension DurationValue {
  /// The duration of an ISO 8601 text such as `P1Y2M10DT2H30M`, `P2.5W`, `-P1D`, `PT-0.5S` or
  /// `P2012-02-02T14:37:21.545`.
  ///
  /// Every part may have a sign and a fraction. Throws `invalidArgumentValue` for other texts and
  /// `integerOverflowAtRuntime` beyond 64 bits.
  public init(_ text: String) throws(QueryError) {
    var scanner = TemporalScanner(text)
    let isNegative = scanner.isNext("-")
    if isNegative || scanner.isNext("+") { scanner.advance() }
    guard scanner.skip("P") else { throw Self.unreadable }
    var sum = DurationSum()
    var dateForm = scanner
    if try dateForm.scanDateFormDuration(&sum, isNegative: isNegative), dateForm.isAtEnd {
      self = try sum.duration()
      return
    }
    sum = DurationSum()
    guard try scanner.scanUnits(&sum, isNegative: isNegative), scanner.isAtEnd else {
      throw Self.unreadable
    }
    self = try sum.duration()
  }

  private static var unreadable: QueryError {
    .unreadableTemporal("duration", example: "P1Y2M10DT2H30M")
  }
}

extension TemporalScanner {
  private static let dateUnits: [(Unicode.Scalar, DurationSum.Unit)] = [
    ("Y", .years), ("Q", .quarters), ("M", .months), ("W", .weeks), ("D", .days),
  ]
  private static let timeUnits: [(Unicode.Scalar, DurationSum.Unit)] = [
    ("H", .hours), ("M", .minutes), ("S", .seconds),
  ]

  /// Numbers with units in descending order, those of time behind a `T`; at least one.
  fileprivate mutating func scanUnits(
    _ sum: inout DurationSum, isNegative: Bool
  ) throws(QueryError) -> Bool {
    let dateCount = try scanUnits(Self.dateUnits, &sum, isNegative: isNegative)
    guard let dateCount else { return false }
    guard skip("T") else { return dateCount > 0 }
    let timeCount = try scanUnits(Self.timeUnits, &sum, isNegative: isNegative)
    return (timeCount ?? 0) > 0
  }

  /// How many numbers with these units came next; nil for a number without a fitting unit.
  private mutating func scanUnits(
    _ units: [(Unicode.Scalar, DurationSum.Unit)], _ sum: inout DurationSum, isNegative: Bool
  ) throws(QueryError) -> Int? {
    var remaining = units[...]
    var count = 0
    while isNextDigit || isNext("-") || isNext("+") {
      let isPartNegative = isNext("-")
      if isPartNegative || isNext("+") { advance() }
      guard let integer = scanDigitBytes() else { return nil }
      var fraction: ArraySlice<UInt8> = []
      if skip(".") || skip(",") {
        guard let digits = scanDigitBytes() else { return nil }
        fraction = digits
      }
      guard let index = remaining.firstIndex(where: { isNext($0.0) }) else { return nil }
      advance()
      var amount = try ScaledDecimal(integer: integer, fraction: fraction)
      if isPartNegative != isNegative { amount.scaled.negate() }
      try sum.add(amount, remaining[index].1)
      remaining = remaining[(index + 1)...]
      count += 1
    }
    return count
  }

  /// `2012-02-02T14:37:21.545` or `20120202T143721.545`, the time optional; false for other texts.
  fileprivate mutating func scanDateFormDuration(
    _ sum: inout DurationSum, isNegative: Bool
  ) throws(QueryError) -> Bool {
    guard let date = scanDurationDate() else { return false }
    var time = (hour: Int64(0), minute: Int64(0), second: Int64(0), isComplete: false)
    var nanoseconds: Int64 = 0
    if skip("T") {
      guard let parts = scanClockParts(hourDigits: 2...2) else { return false }
      time = parts
      if parts.isComplete {
        guard let fraction = scanFraction() else { return false }
        nanoseconds = fraction
      }
    }
    guard isAtEnd else { return false }
    let parts: [(String, Int64, Int64, DurationSum.Unit)] = [
      ("year", date.year, 9_999, .years), ("month", date.month, 12, .months),
      ("day", date.day, 31, .days), ("hour", time.hour, 24, .hours),
      ("minute", time.minute, 60, .minutes), ("second", time.second, 60, .seconds),
      ("nanosecond", nanoseconds, 999_999_999, .nanoseconds),
    ]
    for (name, number, limit, unit) in parts {
      let checked = try number.checked(name, 0, limit)
      try sum.add(ScaledDecimal(isNegative ? -checked : checked), unit)
    }
    return true
  }

  private mutating func scanDurationDate() -> (year: Int64, month: Int64, day: Int64)? {
    guard digitCount == 4 || digitCount == 8, let year = scanDigits(4) else { return nil }
    if isNextDigit {
      guard let month = scanDigits(2), let day = scanDigits(2) else { return nil }
      return (year, month, day)
    }
    guard skip("-"), let month = scanNumber(digits: 2...2), skip("-"),
      let day = scanNumber(digits: 2...2)
    else { return nil }
    return (year, month, day)
  }
}
