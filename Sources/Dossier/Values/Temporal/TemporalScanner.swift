/// Reads the parts of temporal texts, byte by byte.
///
/// The `scan…` members return nil when the text does not continue so; the position is then
/// undefined unless the member says otherwise.
struct TemporalScanner {
  private let bytes: [UInt8]
  private(set) var position = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { position >= bytes.count }

  /// The next byte; 0 at the end.
  private var next: UInt8 { position < bytes.count ? bytes[position] : 0 }

  var isNextDigit: Bool { (0x30...0x39).contains(next) }

  var isNextLetter: Bool { (0x41...0x5A).contains(next & 0xDF) }

  /// Whether an ASCII character comes next; letters compare without case.
  func isNext(_ character: Unicode.Scalar) -> Bool {
    let expected = UInt8(ascii: character)
    return next == expected || (isNextLetter && next & 0xDF == expected)
  }

  mutating func advance() {
    position = min(position + 1, bytes.count)
  }

  /// Steps over a character if it comes next; letters, given as capitals, compare without case.
  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard isNext(character) else { return false }
    position += 1
    return true
  }

  /// How many digits come next.
  var digitCount: Int {
    bytes[position...].prefix { (0x30...0x39).contains($0) }.count
  }

  /// The number in the digits that come next, all of them; nil unless their count is in the range,
  /// which may not exceed 18.
  mutating func scanNumber(digits: ClosedRange<Int>) -> Int64? {
    let count = digitCount
    guard digits.contains(count) else { return nil }
    return scanDigits(count)
  }

  /// The number in exactly so many digits, at most 18, whatever follows.
  mutating func scanDigits(_ count: Int) -> Int64? {
    guard digitCount >= count, count <= 18 else { return nil }
    var number: Int64 = 0
    for _ in 0..<count {
      number = number * 10 + Int64(bytes[position] - 0x30)
      position += 1
    }
    return number
  }

  /// The digits that come next, at least one.
  mutating func scanDigitBytes() -> ArraySlice<UInt8>? {
    let count = digitCount
    guard count > 0 else { return nil }
    defer { position += count }
    return bytes[position..<position + count]
  }

  /// The bytes before a closing bracket, which is stepped over.
  mutating func scanBracketed() -> [UInt8]? {
    guard skip("["), let end = bytes[position...].firstIndex(of: UInt8(ascii: "]")) else {
      return nil
    }
    defer { position = end + 1 }
    return Array(bytes[position..<end])
  }

  /// A fraction of a second of one to nine digits behind `.` or `,`, in nanoseconds; 0 when there
  /// is none.
  mutating func scanFraction() -> Int64? {
    guard skip(".") || skip(",") else { return 0 }
    let count = digitCount
    guard (1...9).contains(count), var nanoseconds = scanDigits(count) else { return nil }
    for _ in count..<9 { nanoseconds *= 10 }
    return nanoseconds
  }

  /// `Z` or `±hh[[:]mm[[:]ss]]`, in seconds east of UTC; not limited to 18 hours.
  mutating func scanOffset() -> Int32? {
    if skip("Z") { return 0 }
    let sign: Int64 = isNext("-") ? -1 : 1
    guard skip("-") || skip("+") else { return nil }
    guard let parts = scanClockParts(hourDigits: 1...2), parts.minute <= 59, parts.second <= 59
    else { return nil }
    return Int32(sign * (parts.hour * 3_600 + parts.minute * 60 + parts.second))
  }

  /// Hours, minutes and seconds with colons or in pairs of digits; minutes and seconds may be
  /// absent. `isComplete` tells whether there were seconds.
  mutating func scanClockParts(
    hourDigits: ClosedRange<Int>
  ) -> (hour: Int64, minute: Int64, second: Int64, isComplete: Bool)? {
    let count = digitCount
    if count == 4 || count == 6 {
      guard let hour = scanDigits(2), let minute = scanDigits(2) else { return nil }
      guard count == 6 else { return (hour, minute, 0, false) }
      guard let second = scanDigits(2) else { return nil }
      return (hour, minute, second, true)
    }
    guard let hour = scanNumber(digits: hourDigits) else { return nil }
    guard skip(":") else { return (hour, 0, 0, false) }
    guard let minute = scanNumber(digits: 1...2) else { return nil }
    guard skip(":") else { return (hour, minute, 0, false) }
    guard let second = scanNumber(digits: 1...2) else { return nil }
    return (hour, minute, second, true)
  }
}
