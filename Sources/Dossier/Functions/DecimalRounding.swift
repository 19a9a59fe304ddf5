/// A float as the decimal digits of its shortest text, to be rounded to some decimals.
///
/// Rounding the digits that people see, not the binary fraction, makes `round(1.005, 2)` 1.01.
struct DecimalRounding {
  /// What happens to the digits that are dropped.
  enum Mode: String, CaseIterable {
    case up = "UP"
    case down = "DOWN"
    case ceiling = "CEILING"
    case floor = "FLOOR"
    case halfUp = "HALF_UP"
    case halfDown = "HALF_DOWN"
    case halfEven = "HALF_EVEN"
  }

  private let value: Double
  /// Significant digits, 0 to 9, without leading zeros.
  private var digits: [UInt8] = []
  /// How many of `digits` stand before the decimal point; may be negative or beyond the digits.
  private var pointPosition = 0

  init(_ value: Double) {
    self.value = value
    guard value.isFinite else { return }
    var (exponent, isBehindPoint) = (0, false)
    let text = Array(value.magnitude.description.utf8)
    for (i, byte) in text.enumerated() {
      if byte == UInt8(ascii: ".") {
        isBehindPoint = true
      } else if byte == UInt8(ascii: "e") {
        exponent = Int(String(decoding: text[(i + 1)...], as: UTF8.self)) ?? 0
        break
      } else {
        if !isBehindPoint { pointPosition += 1 }
        digits.append(byte - UInt8(ascii: "0"))
      }
    }
    pointPosition += exponent
    while digits.first == 0 {
      digits.removeFirst()
      pointPosition -= 1
    }
  }

  /// The float with at most `precision` decimals; not finite values as they are.
  func rounded(to precision: Int, _ mode: Mode) -> Double {
    guard value.isFinite, precision < 400, digits.count > pointPosition + precision else {
      return value
    }
    let kept = pointPosition + precision
    var result = kept > 0 ? Array(digits[..<kept]) : []
    var position = kept > 0 ? pointPosition : -precision
    if roundsAway(kept, mode) {
      var i = result.count - 1
      while i >= 0, result[i] == 9 {
        result[i] = 0
        i -= 1
      }
      if i >= 0 {
        result[i] += 1
      } else {
        result.insert(1, at: 0)
        position += 1
      }
    }
    return number(result, position)
  }

  /// Whether the magnitude grows when only `kept` digits stay.
  private func roundsAway(_ kept: Int, _ mode: Mode) -> Bool {
    let dropped = kept >= 0 ? digits[Swift.max(kept, 0)...] : digits[...]
    guard dropped.contains(where: { $0 != 0 }) else { return false }
    let first = kept >= 0 ? dropped.first ?? 0 : 0
    let isHalf = first == 5 && dropped.dropFirst().allSatisfy { $0 == 0 }
    switch mode {
    case .up: return true
    case .down: return false
    case .ceiling: return value > 0
    case .floor: return value < 0
    case .halfUp: return first >= 5
    case .halfDown: return first >= 5 && !isHalf
    case .halfEven: return first >= 5 && (!isHalf || kept > 0 && digits[kept - 1] % 2 == 1)
    }
  }

  private func number(_ digits: [UInt8], _ position: Int) -> Double {
    if digits.isEmpty { return value < 0 ? -0.0 : 0.0 }
    let text = String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    let magnitude = Double("\(text)e\(position - digits.count)") ?? value.magnitude
    return value < 0 ? -magnitude : magnitude
  }
}
