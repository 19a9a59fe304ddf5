/// A text under construction: the ISO 8601 forms of temporal values, in UTF-8.
struct TemporalText {
  private(set) var bytes: [UInt8] = []

  init() {
    bytes.reserveCapacity(48)
  }

  /// The text so far.
  var string: String { String(decoding: bytes, as: UTF8.self) }

  mutating func append(_ character: Unicode.Scalar) {
    bytes.append(UInt8(ascii: character))
  }

  mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  /// A number that is not negative, with leading zeros up to `width` digits.
  mutating func append(_ number: Int64, width: Int) {
    var divisor: Int64 = 1
    var digits = 1
    while digits < 19 && (digits < width || number / divisor >= 10) {
      divisor *= 10
      digits += 1
    }
    while divisor > 0 {
      bytes.append(0x30 + UInt8(truncatingIfNeeded: number / divisor % 10))
      divisor /= 10
    }
  }

  /// `2015-07-21`; years beyond 9999 have a sign, as have years before 0.
  mutating func append(_ date: CalendarDate) {
    if date.year < 0 { append("-") } else if date.year > 9_999 { append("+") }
    append(abs(date.year), width: 4)
    append("-")
    append(date.month, width: 2)
    append("-")
    append(date.day, width: 2)
  }

  /// `21:40`, `21:40:32`, `21:40:32.142`; the fraction has three, six or nine digits.
  mutating func appendTime(_ nanosecondOfDay: Int64) {
    let (seconds, nanosecond) = nanosecondOfDay.quotientAndRemainder(
      dividingBy: TemporalLimits.nanosecondsPerSecond)
    append(seconds / 3_600, width: 2)
    append(":")
    append(seconds / 60 % 60, width: 2)
    guard seconds % 60 != 0 || nanosecond != 0 else { return }
    append(":")
    append(seconds % 60, width: 2)
    guard nanosecond != 0 else { return }
    append(".")
    if nanosecond % 1_000_000 == 0 {
      append(nanosecond / 1_000_000, width: 3)
    } else if nanosecond % 1_000 == 0 {
      append(nanosecond / 1_000, width: 6)
    } else {
      append(nanosecond, width: 9)
    }
  }

  /// `Z`, `+01:00` or `+00:53:28`.
  mutating func appendOffset(_ seconds: Int32) {
    guard seconds != 0 else { return append("Z") }
    append(seconds < 0 ? "-" : "+")
    let total = Int64(seconds.magnitude)
    append(total / 3_600, width: 2)
    append(":")
    append(total / 60 % 60, width: 2)
    guard total % 60 != 0 else { return }
    append(":")
    append(total % 60, width: 2)
  }
}
