/// Dates in the form `2021-01-14`.
enum DateDigits {
  /// The days since 1970-01-01 of a date that stands in ten bytes; nil for other texts. Reads 16 bytes.
  @inline(__always)
  static func days(at bytes: UnsafePointer<UInt8>) -> Int64? {
    guard bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
    let century = pair(bytes)
    let yearOfCentury = pair(bytes + 2)
    let month = pair(bytes + 5)
    let day = pair(bytes + 8)
    guard (century | yearOfCentury | month | day) >= 0, month >= 1, month <= 12, day >= 1 else {
      return nil
    }
    let year = century &* 100 &+ yearOfCentury
    let isLeap = year & 3 == 0 && (yearOfCentury != 0 || century & 3 == 0)
    guard day <= length(month, isLeap) else { return nil }
    // The year begins in March, so that the day that may be missing is its last one.
    let shifted = month > 2 ? year : year &- 1
    let era = (shifted >= 0 ? shifted : shifted &- 399) / 400
    let yearOfEra = shifted &- era &* 400
    let dayOfYear = (153 &* (month > 2 ? month &- 3 : month &+ 9) &+ 2) / 5 &+ day &- 1
    let dayOfEra = yearOfEra &* 365 &+ yearOfEra / 4 &- yearOfEra / 100 &+ dayOfYear
    return era &* 146_097 &+ dayOfEra &- 719_468
  }

  /// The number that two digits say; negative when they are no digits.
  @inline(__always)
  private static func pair(_ bytes: UnsafePointer<UInt8>) -> Int64 {
    let tens = bytes[0] &- UInt8(ascii: "0")
    let ones = bytes[1] &- UInt8(ascii: "0")
    return tens > 9 || ones > 9 ? -1 : Int64(tens &* 10 &+ ones)
  }

  @inline(__always)
  private static func length(_ month: Int64, _ isLeap: Bool) -> Int64 {
    if month == 2 { return isLeap ? 29 : 28 }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
  }
}
