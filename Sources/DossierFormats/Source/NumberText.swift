import Glibc

/// Numbers from text by a grammar of our own; the initialisers of the standard library accept more.
enum NumberText {
  /// What a text says.
  enum Outcome {
    case integer(Int64)
    case float(Double)
    /// Well-formed, but no 64-bit integer or finite float.
    case outOfRange
    /// Not a number of the grammar.
    case malformed
  }

  /// Reads `[+-]digits[.digits][(e|E)[+-]digits]`; a text without point and exponent is an integer.
  static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Outcome {
    var index = 0
    let count = bytes.count
    var isNegative = false
    if index < count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      isNegative = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    let first = index
    var mantissa: UInt64 = 0
    var digits = 0
    var isLong = false
    func take(_ digit: UInt8) {
      if mantissa == 0 && digit == UInt8(ascii: "0") { return }
      digits += 1
      if digits <= 19 {
        mantissa = mantissa &* 10 &+ UInt64(digit &- UInt8(ascii: "0"))
      } else {
        isLong = true
      }
    }
    while index < count, isDigit(bytes[index]) {
      take(bytes[index])
      index += 1
    }
    guard index > first else { return .malformed }
    if index == count { return integer(mantissa, isNegative: isNegative, isLong: isLong) }
    var scale = 0
    if bytes[index] == UInt8(ascii: ".") {
      index += 1
      let start = index
      while index < count, isDigit(bytes[index]) {
        take(bytes[index])
        index += 1
      }
      guard index > start else { return .malformed }
      scale = start - index
    }
    if index < count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      guard let exponent = exponent(bytes, &index) else { return .malformed }
      scale += exponent
    }
    guard index == count else { return .malformed }
    if !isLong && mantissa < 1 << 53 && scale >= -22 && scale <= 22 {
      let value = scale < 0 ? Double(mantissa) / powers[-scale] : Double(mantissa) * powers[scale]
      return .float(isNegative ? -value : value)
    }
    guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else {
      return .outOfRange
    }
    return .float(value)
  }

  private static func integer(_ magnitude: UInt64, isNegative: Bool, isLong: Bool) -> Outcome {
    if isLong { return .outOfRange }
    if isNegative {
      if magnitude == 1 << 63 { return .integer(.min) }
      return Int64(exactly: magnitude).map { .integer(-$0) } ?? .outOfRange
    }
    return Int64(exactly: magnitude).map { .integer($0) } ?? .outOfRange
  }

  /// A decimal exponent, cut to ±100,000.
  private static func exponent(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Int? {
    var isNegative = false
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      isNegative = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    let start = index
    var value = 0
    while index < bytes.count, isDigit(bytes[index]) {
      value = min(value * 10 + Int(bytes[index] - UInt8(ascii: "0")), 100_000)
      index += 1
    }
    return index == start ? nil : isNegative ? -value : value
  }

  /// The 64-bit integer that a text is the usual spelling of, without plus sign, blanks and leading
  /// zeros; nil for other texts.
  static func canonicalInteger(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard let first = bytes.first, bytes.count <= 20 else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    let digits = isNegative ? 1 : 0
    guard bytes.count > digits, isDigit(bytes[digits]) else { return nil }
    if bytes[digits] == UInt8(ascii: "0") { return bytes.count == 1 ? 0 : nil }
    for byte in bytes[(digits + 1)...] where !isDigit(byte) { return nil }
    guard case .integer(let value) = parse(bytes) else { return nil }
    return value
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
