import Dossier

/// A date of which the end may be missing: `2021`, `2021-01`, `2021-01-14`, `2021-01-14T16:09:00`.
///
/// It stands for a period: the year, the month or the day.
struct PrefixDate {
  /// How long the period is; the longest first.
  enum Precision: Int, Comparable {
    case year
    case month
    case day

    static func < (a: Precision, b: Precision) -> Bool { a.rawValue < b.rawValue }

    var name: StaticString {
      switch self {
      case .year: "year"
      case .month: "month"
      case .day: "day"
      }
    }
  }

  /// The first day of the period.
  var first: DateValue
  /// The first day behind the period.
  var next: DateValue
  var precision: Precision

  /// The date that a text says; nil when it says none.
  init?(_ text: ByteString) {
    let bytes = text.trimmed.buffer
    let hasTime =
      bytes.count > 10 && (bytes[10] | 0x20 == UInt8(ascii: "t") || bytes[10] == 0x20)
    let date = hasTime ? bytes[..<10] : bytes[...]
    let parts = date.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let widths = parts.map { $0.allSatisfy(NumberText.isDigit) ? $0.count : 0 }
    guard let year = Self.number(parts[0]), widths[0] == 4 else { return nil }
    switch widths.count {
    case 1:
      precision = .year
      guard let first = Self.date(year, 1, 1), let next = Self.date(year + 1, 1, 1) else {
        return nil
      }
      (self.first, self.next) = (first, next)
    case 2 where widths[1] == 2:
      precision = .month
      guard let month = Self.number(parts[1]), let first = Self.date(year, month, 1),
        let next = month < 12 ? Self.date(year, month + 1, 1) : Self.date(year + 1, 1, 1)
      else { return nil }
      (self.first, self.next) = (first, next)
    case 3 where widths[1] == 2 && widths[2] == 2:
      precision = .day
      guard let month = Self.number(parts[1]), let day = Self.number(parts[2]),
        let first = Self.date(year, month, day)
      else { return nil }
      (self.first, next) = (first, DateValue(daysSinceEpoch: first.daysSinceEpoch + 1))
    default: return nil
    }
  }

  private static func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    Int(String(decoding: digits, as: UTF8.self))
  }

  private static func date(_ year: Int, _ month: Int, _ day: Int) -> DateValue? {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(width - digits.utf8.count, 0)) + digits
    }
    let text = padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
    guard case .date(let value) = TemporalText.date.value(text) else { return nil }
    return value
  }
}
