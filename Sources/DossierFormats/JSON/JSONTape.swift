import DossierSyntax

/// A JSON text as a flat list of entries in the order of the text; containers know where they end.
///
/// The tape is filled again for each text, so that reading many small texts allocates little. There is
/// no recursion; texts that nest deeper than `depthLimit` are refused.
struct JSONTape {
  static let depthLimit = 512

  enum Kind: UInt8 {
    case null, `true`, `false`, number, string, array, object
  }

  /// A value or a key. The members of an object are key, value, key, value …
  struct Entry {
    var kind: Kind
    /// The index of the entry behind this value and all that it holds.
    var next: Int
    /// Byte offset in the file.
    var offset: Int
    /// The text of a number, the decoded text of a string.
    var text: ByteString
  }

  private(set) var entries: [Entry] = []
  let file: FileBytes
  private let pool: BytePool
  private let bytes: UnsafePointer<UInt8>
  private var at = 0
  private var open: [Int] = []

  init(_ file: FileBytes, pool: BytePool) {
    self.file = file
    self.pool = pool
    bytes = file.start
  }

  /// Reads the value that starts at `offset`, behind blanks; the offset behind it.
  /// Errors: `invalidData`, `nestingTooDeep`.
  mutating func read(at offset: Int) throws(QueryError) -> Int {
    entries.removeAll(keepingCapacity: true)
    open.removeAll(keepingCapacity: true)
    at = offset
    repeat {
      skipBlanks()
      if let container = open.last, try closesOrSeparates(container) { continue }
      try readValue()
    } while !open.isEmpty
    return at
  }

  // MARK: Reading

  private mutating func skipBlanks() {
    while bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09 {
      at += 1
    }
  }

  /// Handles what stands between the members of the innermost container: its end, or a comma, and in
  /// objects the key and colon. True when the container was closed.
  private mutating func closesOrSeparates(_ container: Int) throws(QueryError) -> Bool {
    let isObject = entries[container].kind == .object
    let close = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
    let isFirst = entries.count == container + 1
    if bytes[at] == close && at < file.count {
      at += 1
      entries[container].next = entries.count
      open.removeLast()
      return true
    }
    if !isFirst {
      guard bytes[at] == UInt8(ascii: ",") else {
        throw unexpected(isObject ? "`,` or `}`" : "`,` or `]`")
      }
      at += 1
      skipBlanks()
    }
    if isObject {
      guard bytes[at] == UInt8(ascii: "\"") else { throw unexpected("a key in double quotes") }
      try readString()
      skipBlanks()
      guard bytes[at] == UInt8(ascii: ":") else { throw unexpected("`:` after the key") }
      at += 1
      skipBlanks()
    }
    return false
  }

  private mutating func readValue() throws(QueryError) {
    switch bytes[at] {
    case UInt8(ascii: "\""): try readString()
    case UInt8(ascii: "{"): try openContainer(.object)
    case UInt8(ascii: "["): try openContainer(.array)
    case UInt8(ascii: "t"): try readWord("true", .true)
    case UInt8(ascii: "f"): try readWord("false", .false)
    case UInt8(ascii: "n"): try readWord("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try readNumber()
    default: throw unexpected("a JSON value")
    }
  }

  private mutating func openContainer(_ kind: Kind) throws(QueryError) {
    guard open.count < Self.depthLimit else {
      throw file.error(
        .nestingTooDeep, "values stand more than \(Self.depthLimit) deep in each other", at: at)
    }
    open.append(entries.count)
    append(kind, from: at, count: 1)
    at += 1
  }

  private mutating func append(_ kind: Kind, from start: Int, count: Int) {
    entries.append(
      Entry(
        kind: kind, next: entries.count + 1, offset: start,
        text: ByteString(start: bytes + start, count: count)))
  }

  private mutating func readWord(_ word: StaticString, _ kind: Kind) throws(QueryError) {
    let count = word.utf8CodeUnitCount
    guard at + count <= file.count, ByteString(start: bytes + at, count: count).equals(word) else {
      throw unexpected("a JSON value")
    }
    append(kind, from: at, count: count)
    at += count
  }

  private mutating func readNumber() throws(QueryError) {
    let start = at
    if bytes[at] == UInt8(ascii: "-") { at += 1 }
    let first = at
    while NumberText.isDigit(bytes[at]) { at += 1 }
    let hasLeadingZero = bytes[first] == UInt8(ascii: "0") && at > first + 1
    while true {
      switch bytes[at] {
      case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"),
        UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        at += 1
        continue
      default: break
      }
      break
    }
    let text = UnsafeBufferPointer(start: bytes + start, count: at - start)
    if case .malformed = NumberText.parse(text) {
      throw file.error(.invalidData, "this is not a number", at: start)
    }
    if hasLeadingZero {
      throw file.error(.invalidData, "a number can't open with 0 and more digits", at: start)
    }
    append(.number, from: start, count: at - start)
  }

  private mutating func readString() throws(QueryError) {
    let start = at
    at += 1
    let table = GramCharacters.classes
    while true {
      while table[Int(bytes[at])] & GramCharacters.stringStop == 0 && bytes[at] >= 0x20 { at += 1 }
      switch bytes[at] {
      case UInt8(ascii: "\""):
        append(.string, from: start + 1, count: at - start - 1)
        entries[entries.count - 1].offset = start
        at += 1
        return
      case UInt8(ascii: "\\"): return try readEscapedString(start)
      case 0x00..<0x20: throw badControl(start)
      default: at += 1
      }
    }
  }

  private func badControl(_ start: Int) -> QueryError {
    if at >= file.count { return file.error(.invalidData, "this string is not closed", at: start) }
    return file.error(
      .invalidData, "a string can't hold \(file.describe(at: at)) unescaped", at: at)
  }

  private mutating func readEscapedString(_ start: Int) throws(QueryError) {
    var text = Array(UnsafeBufferPointer(start: bytes + start + 1, count: at - start - 1))
    while bytes[at] != UInt8(ascii: "\"") {
      if bytes[at] < 0x20 { throw badControl(start) }
      if bytes[at] == UInt8(ascii: "\\") {
        try readEscape(into: &text)
      } else {
        text.append(bytes[at])
        at += 1
      }
    }
    at += 1
    entries.append(
      Entry(kind: .string, next: entries.count + 1, offset: start, text: pool.add(text)))
  }

  private mutating func readEscape(into text: inout [UInt8]) throws(QueryError) {
    let start = at
    at += 2
    switch bytes[start + 1] {
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(bytes[start + 1])
    case UInt8(ascii: "u"): try readUnicodeEscape(start, into: &text)
    default:
      at = start + 1
      throw unexpected("an escape")
    }
  }

  private mutating func readUnicodeEscape(
    _ start: Int, into text: inout [UInt8]
  ) throws(QueryError) {
    var value = try hexDigits(start)
    if value & 0xFC00 == 0xD800, bytes[at] == UInt8(ascii: "\\"),
      bytes[at + 1] == UInt8(ascii: "u")
    {
      at += 2
      let low = try hexDigits(start)
      guard low & 0xFC00 == 0xDC00 else { throw noCharacter(start) }
      value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(value) else { throw noCharacter(start) }
    text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  private mutating func hexDigits(_ start: Int) throws(QueryError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = GramScanner.hexValue(bytes[at]) else {
        throw file.error(
          .invalidData, "expected four hexadecimal digits after the backslash", at: start)
      }
      value = value << 4 | UInt32(digit)
      at += 1
    }
    return value
  }

  private func noCharacter(_ start: Int) -> QueryError {
    file.error(.invalidData, "this escape names no Unicode character", at: start)
  }

  private func unexpected(_ expectation: String) -> QueryError {
    file.error(
      .invalidData, "expected \(expectation), found \(file.describe(at: at))", at: at)
  }

  // MARK: Access

  /// The indices of the elements of an array, or of the keys of an object, whose values follow them.
  func members(of index: Int) -> [Int] {
    var members: [Int] = []
    let isObject = entries[index].kind == .object
    var each = index + 1
    while each < entries[index].next {
      members.append(each)
      each = entries[isObject ? each + 1 : each].next
    }
    return members
  }

  /// The value of a key of an object; nil when it has none.
  func value(of key: StaticString, in object: Int) -> Int? {
    guard entries[object].kind == .object else { return nil }
    var each = object + 1
    while each < entries[object].next {
      if entries[each].text.equals(key) { return each + 1 }
      each = entries[each + 1].next
    }
    return nil
  }
}
