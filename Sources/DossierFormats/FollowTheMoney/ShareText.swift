/// The share that a text names, in percent: `51`, `51%`, `50-75 %`, `> 25`, `33,3`.
struct ShareText {
  var minimum: Double
  var maximum: Double

  /// Nil when the text names no share between 0 and 100.
  init?(_ text: ByteString) {
    let bytes = Array(text.buffer).filter { $0 != 0x20 && $0 != 0x09 && $0 != UInt8(ascii: "%") }
    let plain = String(decoding: bytes, as: UTF8.self)
    for sign in [">=", ">", "≥"] where plain.utf8.starts(with: sign.utf8) {
      guard let bound = Self.number(bytes.dropFirst(sign.utf8.count)) else { return nil }
      (minimum, maximum) = (bound, 100)
      return
    }
    for sign in ["<=", "<", "≤"] where plain.utf8.starts(with: sign.utf8) {
      guard let bound = Self.number(bytes.dropFirst(sign.utf8.count)) else { return nil }
      (minimum, maximum) = (0, bound)
      return
    }
    for dash in ["-", "–", "to"] {
      let dash = Array(dash.utf8)
      for index in bytes.indices.dropFirst() where bytes[index...].starts(with: dash) {
        guard let low = Self.number(bytes[..<index]),
          let high = Self.number(bytes[(index + dash.count)...]), low <= high
        else { return nil }
        (minimum, maximum) = (low, high)
        return
      }
    }
    guard let share = Self.number(bytes[...]) else { return nil }
    (minimum, maximum) = (share, share)
  }

  /// A number from 0 to 100 with a point or a comma.
  private static func number(_ bytes: ArraySlice<UInt8>) -> Double? {
    guard let first = bytes.first, NumberText.isDigit(first) else { return nil }
    let digits = bytes.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }
    let value: Double
    switch digits.withUnsafeBufferPointer({ NumberText.parse($0) }) {
    case .integer(let number): value = Double(number)
    case .float(let number): value = number
    default: return nil
    }
    return value <= 100 ? value : nil
  }
}
