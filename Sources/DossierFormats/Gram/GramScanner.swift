import Dossier
import DossierSyntax

/// The position in a Gram file and the tokens at it: blanks, comments, symbols, strings, numbers.
struct GramScanner {
  let file: FileBytes
  let pool: BytePool
  private let bytes: UnsafePointer<UInt8>
  private let end: Int
  private let classes: UnsafePointer<UInt8>
  /// The offset of the next byte.
  var at: Int

  init(_ file: FileBytes, pool: BytePool) {
    self.file = file
    self.pool = pool
    bytes = file.start
    end = file.count
    at = file.firstOffset
    classes = GramCharacters.classes
  }

  var isAtEnd: Bool { at >= end }

  /// The next byte; 0 at the end.
  @inline(__always) var byte: UInt8 { bytes[at] }

  /// The byte after the next.
  @inline(__always) func byte(ahead: Int) -> UInt8 { bytes[at + ahead] }

  @inline(__always) func isNext(_ flag: UInt8) -> Bool {
    classes[Int(bytes[at])] & flag != 0
  }

  /// Steps over the next byte when it is `character`.
  @inline(__always) mutating func consume(_ character: UInt8) -> Bool {
    guard bytes[at] == character, at < end else { return false }
    at += 1
    return true
  }

  /// An error here: what was expected, and what stands here instead.
  func unexpected(_ expectation: String, help: String? = nil) -> QueryError {
    file.error(
      .invalidData, "expected \(expectation), found \(file.describe(at: at))", at: at, help: help)
  }

  func error(
    _ message: String, at offset: Int, code: DiagnosticCode = .invalidData, help: String? = nil
  ) -> QueryError {
    file.error(code, message, at: offset, help: help)
  }

  // MARK: Blanks

  /// Steps over spaces, line ends and comments. Errors: a block comment without an end.
  @inline(__always) mutating func skipBlanks() throws(QueryError) {
    while true {
      let next = bytes[at]
      if next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 || next == 0x0C {
        at += 1
      } else if next == UInt8(ascii: "/") && (bytes[at + 1] == 0x2F || bytes[at + 1] == 0x2A) {
        try skipComment()
      } else {
        return
      }
    }
  }

  private mutating func skipComment() throws(QueryError) {
    let start = at
    at += 2
    if bytes[start + 1] == UInt8(ascii: "/") {
      while at < end && bytes[at] != 0x0A && bytes[at] != 0x0D { at += 1 }
      return
    }
    while at < end {
      if bytes[at] == UInt8(ascii: "*") && bytes[at + 1] == UInt8(ascii: "/") {
        at += 2
        return
      }
      at += 1
    }
    throw error("this comment is not closed", at: start, help: "close it with `*/`")
  }

  // MARK: Symbols

  /// The symbol that starts here; nil when none does. Symbols may hold `-`, `.` and `@` after their
  /// first character, and letters of any script.
  mutating func symbol() -> ByteString? {
    let start = at
    if classes[Int(bytes[at])] & GramCharacters.symbolStart == 0 && bytes[at] < 0x80 { return nil }
    while true {
      while classes[Int(bytes[at])] & GramCharacters.symbolPart != 0 { at += 1 }
      guard bytes[at] >= 0x80, let scalar = scalar(at: at),
        GramCharacters.isSymbolPart(scalar.value, first: at == start)
      else { break }
      at += scalar.length
    }
    return at == start ? nil : ByteString(start: bytes + start, count: at - start)
  }

  /// The code point at an offset of the (valid) bytes, and its length.
  private func scalar(at offset: Int) -> (value: Unicode.Scalar, length: Int)? {
    let lead = bytes[offset]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard offset + length <= end else { return nil }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for index in 1..<length { value = value << 6 | UInt32(bytes[offset + index] & 0x3F) }
    guard let scalar = Unicode.Scalar(value) else { return nil }
    return (scalar, length)
  }

  // MARK: Strings

  /// The quoted string whose opening quote is the next byte. Errors: no closing quote on the same
  /// line, an unknown escape.
  mutating func quotedString() throws(QueryError) -> ByteString {
    let quote = bytes[at]
    let open = at
    at += 1
    let start = at
    scanPlain()
    while bytes[at] != quote && bytes[at] != UInt8(ascii: "\\") {
      try stepOverStop(in: "string", opened: open)
      scanPlain()
    }
    if bytes[at] == quote {
      at += 1
      return ByteString(start: bytes + start, count: at - 1 - start)
    }
    return try escapedString(quote: quote, open: open, start: start)
  }

  @inline(__always) private mutating func scanPlain() {
    while classes[Int(bytes[at])] & GramCharacters.stringStop == 0 { at += 1 }
  }

  /// Steps over a byte that stops the scan of a string without ending it.
  private mutating func stepOverStop(in what: String, opened: Int) throws(QueryError) {
    if at >= end || bytes[at] == 0x0A || bytes[at] == 0x0D {
      throw error(
        "this \(what) is not closed", at: opened,
        help: "close it with the quote that opens it; line ends are written `\\n`")
    }
    at += 1
  }

  private mutating func escapedString(
    quote: UInt8, open: Int, start: Int
  ) throws(QueryError) -> ByteString {
    var text = Array(UnsafeBufferPointer(start: bytes + start, count: at - start))
    while true {
      let plain = at
      scanPlain()
      text.append(contentsOf: UnsafeBufferPointer(start: bytes + plain, count: at - plain))
      if bytes[at] == quote {
        at += 1
        return pool.add(text)
      }
      if bytes[at] == UInt8(ascii: "\\") {
        try escape(into: &text, opened: open)
      } else {
        let stop = bytes[at]
        try stepOverStop(in: "string", opened: open)
        text.append(stop)
      }
    }
  }

  private mutating func escape(into text: inout [UInt8], opened: Int) throws(QueryError) {
    let start = at
    let character = bytes[at + 1]
    at += 2
    switch character {
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "\\"), UInt8(ascii: "/"), 0x22, 0x27, 0x60: text.append(character)
    case UInt8(ascii: "u"): try unicodeEscape(digits: 4, start: start, into: &text)
    case UInt8(ascii: "U"): try unicodeEscape(digits: 8, start: start, into: &text)
    default:
      if start + 1 >= end {
        throw error("this string is not closed", at: opened)
      }
      throw error(
        "unknown escape: found \(file.describe(at: start + 1)) after a backslash", at: start,
        help: "known are \\n \\r \\t \\b \\f \\\\ \\/ \\' \\\" \\` \\uXXXX \\UXXXXXXXX")
    }
  }

  private mutating func unicodeEscape(
    digits: Int, start: Int, into text: inout [UInt8]
  ) throws(QueryError) {
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard let digit = Self.hexValue(bytes[at]) else {
        throw error("expected \(digits) hexadecimal digits after the backslash", at: start)
      }
      value = value << 4 | UInt32(digit)
      at += 1
    }
    if digits == 4 && (0xD800..<0xDC00).contains(value) && bytes[at] == UInt8(ascii: "\\")
      && bytes[at + 1] == UInt8(ascii: "u")
    {
      value = try lowSurrogate(high: value, start: start)
    }
    guard let scalar = Unicode.Scalar(value) else {
      throw error("this escape names no Unicode character", at: start)
    }
    text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  private mutating func lowSurrogate(high: UInt32, start: Int) throws(QueryError) -> UInt32 {
    var low: UInt32 = 0
    for offset in 2..<6 {
      guard let digit = Self.hexValue(bytes[at + offset]) else {
        throw error("this escape names no Unicode character", at: start)
      }
      low = low << 4 | UInt32(digit)
    }
    guard (0xDC00..<0xE000).contains(low) else {
      throw error("this escape names no Unicode character", at: start)
    }
    at += 6
    return 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
  }

  static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// True when three backquotes stand here.
  var isAtFence: Bool {
    bytes[at] == 0x60 && bytes[at + 1] == 0x60 && bytes[at + 2] == 0x60
  }

  /// The fenced string that starts here: three backquotes, an optional tag, a line end, text over any
  /// lines without escapes, three backquotes. Errors: no closing fence, text before the line end.
  mutating func fencedString() throws(QueryError) -> (tag: ByteString?, text: ByteString) {
    let open = at
    at += 3
    let tag = symbol()
    if bytes[at] == 0x0D { at += 1 }
    if bytes[at] == 0x0A {
      at += 1
    } else if bytes[at - 1] != 0x0D {
      throw unexpected("a line end after the opening ```")
    }
    let start = at
    while at < end && !isAtFence { at += 1 }
    guard at < end else {
      throw error("this fenced string is not closed", at: open, help: "close it with ```")
    }
    at += 3
    return (tag, ByteString(start: bytes + start, count: at - 3 - start))
  }

  // MARK: Names

  /// The name in backquotes or quotes, or the symbol, that stands here; nil when none does.
  mutating func name() throws(QueryError) -> ByteString? {
    switch bytes[at] {
    case 0x60, 0x22, 0x27:
      let start = at
      let name = try quotedString()
      if name.count == 0 { throw error("a name can't be empty", at: start) }
      return name
    default: return symbol()
    }
  }
}
