import DossierSyntax

/// Numbers, and what begins like one: ranges and measurements, which are kept as strings.
extension GramReader {
  /// `<numeric literal>` or `<range>`.
  mutating func parseNumber() throws(QueryError) -> GraphDraft.PropertyValue {
    let start = scanner.at
    if isAtRangeDots {
      scanner.at += 3
      _ = try parseNumberAlone()
      return text(from: start)
    }
    let number = try parseNumberAlone()
    guard isAtRangeDots || (scanner.byte == UInt8(ascii: ".") && scanner.byte(ahead: 1) == 0x2E)
    else { return number }
    if isAtRangeDots {
      scanner.at += 3
    } else {
      scanner.at += 2
      _ = try parseNumberAlone()
    }
    return text(from: start)
  }

  private var isAtRangeDots: Bool {
    scanner.byte == 0x2E && scanner.byte(ahead: 1) == 0x2E && scanner.byte(ahead: 2) == 0x2E
  }

  private func text(from start: Int) -> GraphDraft.PropertyValue {
    .string(ByteString(start: scanner.file.start + start, count: scanner.at - start))
  }

  private mutating func parseNumberAlone() throws(QueryError) -> GraphDraft.PropertyValue {
    let start = scanner.at
    var isNegative = false
    if scanner.byte == UInt8(ascii: "-") || scanner.byte == UInt8(ascii: "+") {
      isNegative = scanner.byte == UInt8(ascii: "-")
      scanner.at += 1
    }
    guard NumberText.isDigit(scanner.byte) else { throw scanner.unexpected("a number") }
    if scanner.byte == UInt8(ascii: "0") {
      let mark = scanner.byte(ahead: 1) | 0x20
      if mark == UInt8(ascii: "x") {
        return try parseDigits(radix: 16, prefix: 2, isNegative: isNegative, from: start)
      }
      if mark == UInt8(ascii: "o") && NumberText.isDigit(scanner.byte(ahead: 2)) {
        return try parseDigits(radix: 8, prefix: 2, isNegative: isNegative, from: start)
      }
      if NumberText.isDigit(scanner.byte(ahead: 1)) {
        return try parseDigits(radix: 8, prefix: 1, isNegative: isNegative, from: start)
      }
    }
    return try parseDecimal(from: start)
  }

  private mutating func parseDecimal(
    from start: Int
  ) throws(QueryError) -> GraphDraft.PropertyValue {
    skipDigits()
    if scanner.byte == UInt8(ascii: ".") && NumberText.isDigit(scanner.byte(ahead: 1)) {
      scanner.at += 1
      skipDigits()
    }
    if scanner.byte | 0x20 == UInt8(ascii: "e") {
      let hasSign = scanner.byte(ahead: 1) == 0x2B || scanner.byte(ahead: 1) == 0x2D
      if NumberText.isDigit(scanner.byte(ahead: hasSign ? 2 : 1)) {
        scanner.at += hasSign ? 2 : 1
        skipDigits()
      }
    }
    let end = scanner.at
    if scanner.isNext(GramCharacters.symbolStart) || scanner.byte >= 0x80 {
      if scanner.symbol() != nil { return text(from: start) }
    }
    try checkNumberEnd(from: start)
    let bytes = UnsafeBufferPointer(start: scanner.file.start + start, count: end - start)
    switch NumberText.parse(bytes) {
    case .integer(let value): return .integer(value)
    case .float(let value): return .float(value)
    case .outOfRange:
      throw scanner.error(
        "this number does not fit 64 bits", at: start, code: .numberOutOfRange,
        help: "write it as a string, in quotes")
    case .malformed: throw scanner.error("this is not a number", at: start)
    }
  }

  private mutating func parseDigits(
    radix: Int64, prefix: Int, isNegative: Bool, from start: Int
  ) throws(QueryError) -> GraphDraft.PropertyValue {
    scanner.at += prefix
    let first = scanner.at
    var value: Int64 = 0
    while let digit = GramScanner.hexValue(scanner.byte), Int64(digit) < radix {
      let (shifted, overflow) = value.multipliedReportingOverflow(by: radix)
      let (sum, more) =
        isNegative
        ? shifted.subtractingReportingOverflow(Int64(digit))
        : shifted.addingReportingOverflow(Int64(digit))
      if overflow || more {
        throw scanner.error("this number does not fit 64 bits", at: start, code: .numberOutOfRange)
      }
      value = sum
      scanner.at += 1
    }
    if scanner.at == first || scanner.isNext(GramCharacters.symbolStart)
      || NumberText.isDigit(scanner.byte)
    {
      let kind = radix == 16 ? "hexadecimal" : "octal"
      throw scanner.unexpected(
        "\(radix == 16 ? "a" : "an") \(kind) digit",
        help: radix == 8 ? "a number that opens with 0 is octal" : nil)
    }
    try checkNumberEnd(from: start)
    return .integer(value)
  }

  /// Refuses a date without quotes, which would read as a number and something else.
  private func checkNumberEnd(from start: Int) throws(QueryError) {
    if scanner.byte == UInt8(ascii: "-") && NumberText.isDigit(scanner.byte(ahead: 1)) {
      throw scanner.error(
        "expected the end of the number, found `-`", at: scanner.at,
        help: "dates are written date`2021-01-14` or date('2021-01-14')")
    }
    if scanner.byte == UInt8(ascii: ":") && NumberText.isDigit(scanner.byte(ahead: 1)) {
      throw scanner.error(
        "expected the end of the number, found `:`", at: scanner.at,
        help: "times are written time`16:09:00Z` or localtime`16:09:00`")
    }
  }

  private mutating func skipDigits() {
    while NumberText.isDigit(scanner.byte) { scanner.at += 1 }
  }
}
