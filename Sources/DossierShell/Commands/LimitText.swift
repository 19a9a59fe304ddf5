/// Limits as options and commands write them.
public enum LimitText {
  /// A number of seconds above 0, as `30` or `0.5`; nil for other texts.
  public static func seconds(_ text: String) -> Double? {
    guard isDecimal(text), let seconds = Double(text), seconds > 0, seconds < 1e9 else {
      return nil
    }
    return seconds
  }

  /// A number of bytes above 0, as `512M`, `2G`, `1.5GiB` or `4096`; nil for other texts. Units are
  /// powers of 1,024.
  public static func bytes(_ text: String) -> Int? {
    let text = text.lowercased()
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    var unit = text.dropFirst(digits.count)
    if unit.hasSuffix("ib") {
      unit = unit.dropLast(2)
    } else if unit.hasSuffix("b") {
      unit = unit.dropLast()
    }
    let factors: [(String, Double)] = [
      ("", 1), ("k", 1024), ("m", 1_048_576), ("g", 1_073_741_824), ("t", 1_099_511_627_776),
    ]
    guard let factor = factors.first(where: { $0.0 == unit })?.1, isDecimal(String(digits)),
      let number = Double(String(digits)), number * factor >= 1, number * factor < 9e18
    else { return nil }
    return Int(number * factor)
  }

  /// A number of bytes in the largest unit that fits: `512 MiB`.
  static func text(bytes: Int) -> String {
    let units = ["bytes", "KiB", "MiB", "GiB", "TiB"]
    var size = bytes
    var unit = 0
    while size >= 1024, size % 1024 == 0, unit < units.count - 1 {
      size /= 1024
      unit += 1
    }
    return "\(CountText.grouped(size)) \(units[unit])"
  }

  /// Digits with at most one period between them.
  private static func isDecimal(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count <= 2
      && parts.allSatisfy { part in
        !part.isEmpty && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      }
  }
}
