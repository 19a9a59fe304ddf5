import DossierSyntax

/// A decimal number with 18 digits behind the point, for exact shares of months, days and seconds.
struct ScaledDecimal: Equatable, Sendable {
  /// The number times 10^18.
  var scaled: Int128

  /// 10^18.
  static let one: Int128 = 1_000_000_000_000_000_000

  init(scaled: Int128) {
    self.scaled = scaled
  }

  init(_ integer: Int64) {
    scaled = Int128(integer) * Self.one
  }

  /// The decimal number that a floating-point number shows; throws `invalidArgumentValue` for NaN
  /// and infinities, `integerOverflowAtRuntime` for numbers beyond 64 bits.
  init(_ number: Double) throws(QueryError) {
    let decimal = try DecimalDigits(number)
    guard let scaled = decimal.times(1, shiftedBy: 18) else { throw .durationOverflow }
    self.scaled = scaled
  }

  /// A number in ASCII digits; digits behind the 18th of the fraction are dropped. Throws
  /// `integerOverflowAtRuntime` for numbers beyond 64 bits.
  init(integer: ArraySlice<UInt8>, fraction: ArraySlice<UInt8>) throws(QueryError) {
    var whole: Int128 = 0
    for byte in integer {
      whole = whole * 10 + Int128(byte) - 0x30
      guard whole <= Int128(Int64.max) + 1 else { throw .durationOverflow }
    }
    var rest: Int128 = 0
    var count = 0
    for byte in fraction.prefix(18) {
      rest = rest * 10 + Int128(byte) - 0x30
      count += 1
    }
    for _ in count..<18 { rest *= 10 }
    scaled = whole * Self.one + rest
  }

  /// The product with an integer; throws `integerOverflowAtRuntime`.
  func times(_ factor: Int128) throws(QueryError) -> ScaledDecimal {
    let (product, isOver) = scaled.multipliedReportingOverflow(by: factor)
    guard !isOver else { throw .durationOverflow }
    return ScaledDecimal(scaled: product)
  }

  /// The number divided by `divisor`, which is above zero.
  func share(_ divisor: Int128) -> ScaledDecimal {
    ScaledDecimal(scaled: scaled / divisor)
  }

  /// The sum; throws `integerOverflowAtRuntime`.
  func plus(_ other: ScaledDecimal) throws(QueryError) -> ScaledDecimal {
    let (sum, isOver) = scaled.addingReportingOverflow(other.scaled)
    guard !isOver else { throw .durationOverflow }
    return ScaledDecimal(scaled: sum)
  }
}

/// The shortest decimal digits of a floating-point number: `digits * 10^exponent`.
struct DecimalDigits: Equatable, Sendable {
  /// At most 17 digits.
  var digits: Int64
  var exponent: Int

  /// An integer as it is.
  init(_ integer: Int64) {
    digits = integer
    exponent = 0
  }

  /// The digits that tell a number from its neighbours; throws `invalidArgumentValue` for NaN and
  /// infinities.
  init(_ number: Double) throws(QueryError) {
    guard number.isFinite else {
      throw .invalidTemporal("a duration cannot be made of a number that is not finite")
    }
    digits = 0
    exponent = 0
    var isFraction = false
    var bytes = number.magnitude.description.utf8[...]
    while let byte = bytes.popFirst() {
      if byte == UInt8(ascii: ".") {
        isFraction = true
      } else if byte == UInt8(ascii: "e") {
        exponent += Int(String(decoding: bytes, as: UTF8.self)) ?? 0
        break
      } else if digits < 100_000_000_000_000_000 {
        digits = digits * 10 + Int64(byte) - 0x30
        if isFraction { exponent -= 1 }
      } else if !isFraction {
        exponent += 1
      }
    }
    while digits != 0 && digits % 10 == 0 {
      digits /= 10
      exponent += 1
    }
    if number < 0 { digits.negate() }
  }

  /// `factor * self * 10^shift`, rounded toward zero; nil when that needs more than 128 bits.
  func times(_ factor: Int64, shiftedBy shift: Int) -> Int128? {
    let product = Int128(factor) * Int128(digits)
    guard product != 0 else { return 0 }
    return DecimalDigits.shift(product, by: exponent + shift)
  }

  /// `dividend * 10^18 / self`, rounded toward zero; nil when that needs more than 128 bits.
  func dividing(_ dividend: Int64) -> Int128? {
    guard dividend != 0 else { return 0 }
    guard let numerator = DecimalDigits.shift(Int128(dividend), by: max(0, -exponent)) else {
      return nil
    }
    guard let divisor = DecimalDigits.shift(Int128(digits), by: max(0, exponent)) else { return 0 }
    let (whole, rest) = numerator.quotientAndRemainder(dividingBy: divisor)
    let (scaled, isOver) = whole.multipliedReportingOverflow(by: ScaledDecimal.one)
    let (scaledRest, isRestOver) = rest.multipliedReportingOverflow(by: ScaledDecimal.one)
    let (sum, isSumOver) = scaled.addingReportingOverflow(isRestOver ? 0 : scaledRest / divisor)
    return isOver || isRestOver || isSumOver ? nil : sum
  }

  /// `number * 10^places`, rounded toward zero; nil when that needs more than 128 bits.
  private static func shift(_ number: Int128, by places: Int) -> Int128? {
    var result = number
    if places < 0 {
      guard places > -40 else { return 0 }
      for _ in places..<0 { result /= 10 }
      return result
    }
    for _ in 0..<min(places, 40) where result != 0 {
      let (product, isOver) = result.multipliedReportingOverflow(by: 10)
      guard !isOver else { return nil }
      result = product
    }
    return result
  }
}
