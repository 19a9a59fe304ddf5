import Glibc

/// Reads one JSON text (RFC 8259), strictly: valid UTF-8, no unpaired surrogates, numbers of 64 bits,
/// at most `depthLimit` levels.
public struct JSONReader {
  /// Arrays and objects that may stand inside of each other.
  public static let depthLimit = 4096

  /// What is wrong with a text, and the byte where.
  public struct Failure: Error, Equatable {
    public var message: String
    public var offset: Int
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var offset = 0
  private var depth = 0

  private init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  /// The value of a text. Errors: `Failure`.
  public static func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(Failure) -> JSONValue {
    var reader = JSONReader(bytes)
    reader.skipBlanks()
    let value = try reader.readValue()
    reader.skipBlanks()
    if reader.offset < bytes.count { throw reader.failure("unexpected text behind the value") }
    return value
  }

  /// The value of a text. Errors: `Failure`.
  public static func read(_ bytes: [UInt8]) throws(Failure) -> JSONValue {
    let result: Result<JSONValue, Failure> = bytes.withUnsafeBufferPointer { buffer in
      do throws(Failure) { return .success(try read(buffer)) } catch { return .failure(error) }
    }
    return try result.get()
  }

  // MARK: - Values

  private mutating func readValue() throws(Failure) -> JSONValue {
    guard offset < bytes.count else { throw failure("a value is missing at the end") }
    switch bytes[offset] {
    case UInt8(ascii: "{"): return try readObject()
    case UInt8(ascii: "["): return try readArray()
    case UInt8(ascii: "\""): return .string(try readString())
    case UInt8(ascii: "t"): return try readWord("true", .boolean(true))
    case UInt8(ascii: "f"): return try readWord("false", .boolean(false))
    case UInt8(ascii: "n"): return try readWord("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try readNumber()
    default: throw failure("a value is expected")
    }
  }

  private mutating func readWord(
    _ word: StaticString, _ value: JSONValue
  ) throws(Failure) -> JSONValue {
    for index in 0..<word.utf8CodeUnitCount {
      guard peek(index) == word.utf8Start[index] else { throw failure("a value is expected") }
    }
    offset += word.utf8CodeUnitCount
    return value
  }

  private mutating func enter() throws(Failure) {
    depth += 1
    if depth > Self.depthLimit {
      throw failure("more than \(Self.depthLimit) arrays and objects inside of each other")
    }
    offset += 1
    skipBlanks()
  }

  private mutating func readArray() throws(Failure) -> JSONValue {
    try enter()
    var elements: [JSONValue] = []
    if !take("]") {
      repeat {
        skipBlanks()
        elements.append(try readValue())
        skipBlanks()
      } while take(",")
      guard take("]") else { throw failure("`,` or `]` is expected") }
    }
    depth -= 1
    return .array(elements)
  }

  private mutating func readObject() throws(Failure) -> JSONValue {
    try enter()
    var entries: [(key: String, value: JSONValue)] = []
    var places: [CodePointKey: Int] = [:]
    if !take("}") {
      repeat {
        skipBlanks()
        guard peek() == UInt8(ascii: "\"") else { throw failure("a key in quotes is expected") }
        let key = try readString()
        skipBlanks()
        guard take(":") else { throw failure("`:` is expected") }
        skipBlanks()
        let value = try readValue()
        if let place = places[CodePointKey(text: key)] {
          entries[place].value = value
        } else {
          places[CodePointKey(text: key)] = entries.count
          entries.append((key, value))
        }
        skipBlanks()
      } while take(",")
      guard take("}") else { throw failure("`,` or `}` is expected") }
    }
    depth -= 1
    return .object(entries)
  }

  // MARK: - Numbers

  private mutating func readNumber() throws(Failure) -> JSONValue {
    let start = offset
    if peek() == UInt8(ascii: "-") { offset += 1 }
    let integerStart = offset
    skipDigits()
    let digits = offset - integerStart
    if digits == 0 || (digits > 1 && bytes[integerStart] == UInt8(ascii: "0")) {
      throw Failure(message: "malformed number", offset: start)
    }
    let isFraction = try skipFraction()
    let isExponent = try skipExponent()
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    if !isFraction, !isExponent {
      guard let number = Int64(text) else {
        throw Failure(message: "the number does not fit 64 bits", offset: start)
      }
      return .integer(number)
    }
    guard let number = Double(text), number.isFinite else {
      throw Failure(message: "the number does not fit 64 bits", offset: start)
    }
    return .float(number)
  }

  private mutating func skipFraction() throws(Failure) -> Bool {
    guard peek() == UInt8(ascii: ".") else { return false }
    offset += 1
    try requireDigits()
    return true
  }

  private mutating func skipExponent() throws(Failure) -> Bool {
    guard peek() | 0x20 == UInt8(ascii: "e") else { return false }
    offset += 1
    if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { offset += 1 }
    try requireDigits()
    return true
  }

  private mutating func requireDigits() throws(Failure) {
    let start = offset
    skipDigits()
    if offset == start { throw failure("malformed number") }
  }

  private mutating func skipDigits() {
    while (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(peek()) { offset += 1 }
  }

  // MARK: - Strings

  private mutating func readString() throws(Failure) -> String {
    offset += 1
    let start = offset
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\"") {
        let text = try validated(UnsafeBufferPointer(rebasing: bytes[start..<offset]), at: start)
        offset += 1
        return text
      }
      if byte == UInt8(ascii: "\\") { return try readEscapedString(from: start) }
      if byte < 0x20 { throw failure("a control character in a string must be escaped") }
      offset += 1
    }
    throw failure("the string has no closing quote")
  }

  /// Goes on behind the plain beginning of a string that has escapes.
  private mutating func readEscapedString(from start: Int) throws(Failure) -> String {
    var text: [UInt8] = Array(bytes[start..<offset])
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\"") {
        let result: Result<String, Failure> = text.withUnsafeBufferPointer { buffer in
          do throws(Failure) { return .success(try validated(buffer, at: start)) } catch {
            return .failure(error)
          }
        }
        offset += 1
        return try result.get()
      }
      if byte < 0x20 { throw failure("a control character in a string must be escaped") }
      if byte == UInt8(ascii: "\\") {
        text.append(contentsOf: try readEscape().utf8)
      } else {
        text.append(byte)
        offset += 1
      }
    }
    throw failure("the string has no closing quote")
  }

  private func validated(
    _ text: UnsafeBufferPointer<UInt8>, at start: Int
  ) throws(Failure) -> String {
    guard let text = String(validating: text, as: UTF8.self) else {
      throw Failure(message: "the string is not valid UTF-8", offset: start)
    }
    return text
  }

  private mutating func readEscape() throws(Failure) -> Unicode.Scalar {
    let escape = peek(1)
    if escape == UInt8(ascii: "u") { return try readUnicodeEscape() }
    let scalar: Unicode.Scalar
    switch escape {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scalar = Unicode.Scalar(escape)
    case UInt8(ascii: "b"): scalar = "\u{8}"
    case UInt8(ascii: "f"): scalar = "\u{C}"
    case UInt8(ascii: "n"): scalar = "\n"
    case UInt8(ascii: "r"): scalar = "\r"
    case UInt8(ascii: "t"): scalar = "\t"
    default: throw failure("unknown escape in a string")
    }
    offset += 2
    return scalar
  }

  private mutating func readUnicodeEscape() throws(Failure) -> Unicode.Scalar {
    let first = try readCodeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, peek() == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "u") else {
      throw failure("an escaped surrogate has no partner")
    }
    let second = try readCodeUnit()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw failure("an escaped surrogate has no partner") }
    return scalar
  }

  /// Reads `\uXXXX`.
  private mutating func readCodeUnit() throws(Failure) -> UInt32 {
    var unit: UInt32 = 0
    for index in 2..<6 {
      let byte = peek(index)
      let digit: UInt32
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = UInt32(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = UInt32(byte - UInt8(ascii: "a")) + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = UInt32(byte - UInt8(ascii: "A")) + 10
      default: throw failure("`\\u` needs four hexadecimal digits")
      }
      unit = unit << 4 | digit
    }
    offset += 6
    return unit
  }

  // MARK: - Bytes

  /// The byte `distance` bytes ahead; 0 behind the end.
  private func peek(_ distance: Int = 0) -> UInt8 {
    let index = offset + distance
    return index < bytes.count ? bytes[index] : 0
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard UInt32(peek()) == character.value else { return false }
    offset += 1
    return true
  }

  private mutating func skipBlanks() {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      default: return
      }
    }
  }

  private func failure(_ message: String) -> Failure {
    Failure(message: message, offset: offset)
  }
}
