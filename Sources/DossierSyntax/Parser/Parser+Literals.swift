extension Parser {
  /// `<general parameter reference>`.
  mutating func parseParameter() -> Expression {
    let token = token
    advance()
    var name = SourceRange(start: token.start + 1, end: token.end)
    guard text.bytes[name.start] == UInt8(ascii: "`") else {
      return Expression(.parameter(text.string(in: name)), token.range)
    }
    name = SourceRange(start: name.start + 1, end: name.end - 1)
    return Expression(.parameter(unquoted(name)), token.range)
  }

  /// `<boolean literal>`, `<null literal>`.
  mutating func parseWordLiteral(_ keyword: Keyword) -> Expression {
    let range = token.range
    advance()
    switch keyword {
    case .true: return Expression(.boolean(true), range)
    case .false: return Expression(.boolean(false), range)
    default: return Expression(.null, range)
    }
  }

  /// `<unsigned numeric literal>`, `<character string literal>`.
  mutating func parseLiteral() throws(QueryError) -> Expression {
    let range = token.range
    switch kind {
    case .decimalInteger, .hexadecimalInteger, .octalInteger:
      return Expression(.integer(try integerLiteral(isNegative: false)), range)
    case .float:
      return Expression(.float(try floatLiteral()), range)
    case .string:
      return Expression(.string(try stringLiteral()), range)
    case .malformedNumber:
      throw malformedNumber()
    default:
      throw unexpected("an expression")
    }
  }

  /// `<negative numeric literal>`: a minus and the number behind it, read as one value so that the
  /// smallest integer can be written.
  mutating func parseNegativeNumber() throws(QueryError) -> Expression {
    let start = token.start
    advance()
    if kind == .float {
      let value = try floatLiteral()
      return Expression(.float(-value), range(from: start))
    }
    let value = try integerLiteral(isNegative: true)
    return Expression(.integer(value), range(from: start))
  }

  /// `<unsigned integer>`: reads the integer token; throws `integerOverflow` above 64 bits.
  mutating func integerLiteral(isNegative: Bool) throws(QueryError) -> Int64 {
    let token = token
    let (radix, prefix): (UInt64, Int) =
      switch token.kind {
      case .hexadecimalInteger: (16, 2)
      case .octalInteger: (8, text.bytes[token.start + 1] | 0x20 == UInt8(ascii: "o") ? 2 : 1)
      default: (10, 0)
      }
    var magnitude: UInt64 = 0
    var overflows = false
    for byte in text.bytes[(token.start + prefix)..<token.end] {
      let digit = UInt64(CharacterClass.hexadecimalValue(byte) ?? 0)
      let product = magnitude.multipliedReportingOverflow(by: radix)
      let sum = product.partialValue.addingReportingOverflow(digit)
      overflows = overflows || product.overflow || sum.overflow
      magnitude = sum.partialValue
    }
    let limit = UInt64(Int64.max) + (isNegative ? 1 : 0)
    guard !overflows, magnitude <= limit else {
      throw QueryError(
        .integerOverflow, "the integer does not fit into 64 bits", at: token.range,
        help: "integers go from \(Int64.min) to \(Int64.max); write a float such as `1e20`")
    }
    advance()
    return isNegative ? Int64(truncatingIfNeeded: 0 &- magnitude) : Int64(magnitude)
  }

  /// Reads the float token; throws `floatingPointOverflow` where no double is as large.
  private mutating func floatLiteral() throws(QueryError) -> Double {
    let token = token
    guard let value = Double(text.string(in: token.range)) else { throw malformedNumber() }
    guard value.isFinite else {
      throw QueryError(
        .floatingPointOverflow, "the float is larger than any 64-bit float", at: token.range,
        help: "the largest float is about 1.797e308")
    }
    advance()
    return value
  }

  private func malformedNumber() -> QueryError {
    QueryError(
      .invalidNumberLiteral, "`\(tokenText)` is not a number", at: token.range,
      help: "numbers look like `42`, `0x2A`, `0o52`, `4.2` or `4.2e10`; a name that starts with a"
        + " digit needs backticks")
  }

  /// Reads the string token.
  private mutating func stringLiteral() throws(QueryError) -> String {
    let token = token
    let content = text.bytes[(token.start + 1)..<(token.end - 1)]
    guard content.contains(UInt8(ascii: "\\")) else {
      advance()
      return String(decoding: content, as: UTF8.self)
    }
    var decoder = EscapeDecoder(
      bytes: text.bytes, offset: token.start + 1, end: token.end - 1)
    let value = try decoder.decode()
    advance()
    return value
  }
}
