/// Numbers as `toInteger` and `toFloat` read them: `12`, `-1.7`, `.5`, `1e3`, with ASCII blanks
/// around them. No hexadecimal digits, no names such as `nan`, no separators.
struct NumberText {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let integerDigits: Range<Int>
  private let fractionDigits: Range<Int>
  private let isNegative: Bool
  /// The part from the sign on.
  private let text: Range<Int>
  private let hasExponent: Bool

  /// Nil when the text is no number.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    text = bytes.trimmedBlanks
    var i = text.lowerBound
    let end = text.upperBound
    func skipDigits() -> Range<Int> {
      let start = i
      while i < end, bytes[i] &- UInt8(ascii: "0") < 10 { i += 1 }
      return start..<i
    }
    isNegative = i < end && bytes[i] == UInt8(ascii: "-")
    if i < end, bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") { i += 1 }
    integerDigits = skipDigits()
    if i < end, bytes[i] == UInt8(ascii: ".") {
      i += 1
      fractionDigits = skipDigits()
    } else {
      fractionDigits = i..<i
    }
    guard !integerDigits.isEmpty || !fractionDigits.isEmpty else { return nil }
    hasExponent = i < end && bytes[i] | 0x20 == UInt8(ascii: "e")
    if hasExponent {
      i += 1
      if i < end, bytes[i] == UInt8(ascii: "-") || bytes[i] == UInt8(ascii: "+") { i += 1 }
      guard !skipDigits().isEmpty else { return nil }
    }
    guard i == end else { return nil }
  }

  /// The number without its fraction; nil when it does not fit 64 bits.
  var integer: Int64? {
    if hasExponent { return float.flatMap { Int64(truncating: $0) } }
    var value: Int64 = 0
    for i in integerDigits {
      let digit = Int64(bytes[i] &- UInt8(ascii: "0"))
      let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
      let (next, overflow2) =
        isNegative
        ? tenfold.subtractingReportingOverflow(digit) : tenfold.addingReportingOverflow(digit)
      if overflow || overflow2 { return nil }
      value = next
    }
    return value
  }

  /// The nearest float; nil above the largest one.
  var float: Double? {
    let value = Double(String(decoding: bytes[text], as: UTF8.self))
    return value.flatMap { $0.isFinite ? $0 : nil }
  }
}

extension Int64 {
  /// A float without its fraction; nil when it does not fit, or is no number.
  init?(truncating float: Double) {
    self.init(exactly: float.rounded(.towardZero))
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The bytes without ASCII blanks at both ends.
  var trimmedBlanks: Range<Int> {
    var (start, end) = (0, count)
    while start < end, self[start].isBlank { start += 1 }
    while end > start, self[end - 1].isBlank { end -= 1 }
    return start..<end
  }
}

extension UInt8 {
  /// Space, tab, line feed, vertical tab, form feed, carriage return.
  var isBlank: Bool { self == 0x20 || self >= 0x09 && self <= 0x0d }
}
