import DossierSyntax

/// The fields of a table file, one after the other: RFC 4180 with any delimiter and any line end.
struct CSVScanner {
  /// A field: its bytes without the quotes around it.
  struct Field {
    var text: ByteString
    var offset: Int
    var isQuoted: Bool
  }

  let file: FileBytes
  let delimiter: UInt8
  private let pool: BytePool
  private let locatesErrors: Bool
  private let bytes: UnsafePointer<UInt8>
  /// The end of the last record; a control Z that ends a file is left out.
  let end: Int
  /// The offset of the next byte.
  var at: Int
  private static let quote = UInt8(ascii: "\"")

  /// - Parameter locatesErrors: whether errors have a line and a column; finding them takes time.
  init(_ file: FileBytes, delimiter: UInt8, pool: BytePool, locatesErrors: Bool = true) {
    self.locatesErrors = locatesErrors
    self.file = file
    self.delimiter = delimiter
    self.pool = pool
    bytes = file.start
    let hasMark = file.count > 0 && file.start[file.count - 1] == 0x1A
    end = hasMark ? file.count - 1 : file.count
    at = file.firstOffset
  }

  var isAtEnd: Bool { at >= end }

  /// Reads one record into `fields`. Errors: a quote that is not closed, text behind a closing quote.
  mutating func readRecord(into fields: inout [Field]) throws(QueryError) {
    fields.removeAll(keepingCapacity: true)
    while true {
      fields.append(try readField())
      if at < end && bytes[at] == delimiter {
        at += 1
        continue
      }
      skipLineEnd()
      return
    }
  }

  /// Reads the field at `at` and stops at what ends it.
  mutating func readField() throws(QueryError) -> Field {
    at < end && bytes[at] == Self.quote ? try quotedField() : plainField()
  }

  /// Steps over the rest of a line, over what is quoted in it too.
  mutating func skipLine() {
    while at < end && bytes[at] != 0x0A && bytes[at] != 0x0D { at += 1 }
  }

  /// Steps over empty lines.
  mutating func skipEmptyLines() {
    while at < end && (bytes[at] == 0x0A || bytes[at] == 0x0D) { at += 1 }
  }

  private mutating func skipLineEnd() {
    if bytes[at] == 0x0D && at < end { at += 1 }
    if bytes[at] == 0x0A && at < end { at += 1 }
  }

  private mutating func plainField() -> Field {
    let start = at
    while at < end && bytes[at] != delimiter && bytes[at] != 0x0A && bytes[at] != 0x0D { at += 1 }
    return Field(
      text: ByteString(start: bytes + start, count: at - start), offset: start, isQuoted: false)
  }

  private mutating func quotedField() throws(QueryError) -> Field {
    let open = at
    at += 1
    let start = at
    var doubled = 0
    while true {
      while at < end && bytes[at] != Self.quote { at += 1 }
      guard at < end else {
        throw error("this quoted field is not closed", at: open)
      }
      if bytes[at + 1] != Self.quote || at + 1 >= end { break }
      doubled += 1
      at += 2
    }
    let raw = ByteString(start: bytes + start, count: at - start)
    at += 1
    guard isAtEnd || bytes[at] == delimiter || bytes[at] == 0x0A || bytes[at] == 0x0D else {
      throw error(
        "expected the end of the field, found \(file.describe(at: at))", at: at,
        help: "a quote in a quoted field is written twice")
    }
    let text = doubled == 0 ? raw : pool.add(Self.withoutDoubledQuotes(raw))
    return Field(text: text, offset: open, isQuoted: true)
  }

  private func error(_ message: String, at offset: Int, help: String? = nil) -> QueryError {
    if locatesErrors { return file.error(.invalidData, message, at: offset, help: help) }
    var diagnostic = Diagnostic(
      .invalidData, message, at: SourceRange(start: offset, end: offset + 1), help: help)
    diagnostic.file = file.path
    return QueryError(diagnostic)
  }

  private static func withoutDoubledQuotes(_ text: ByteString) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(Int(text.count))
    var skip = false
    for byte in text.buffer {
      if byte == quote && skip {
        skip = false
        continue
      }
      skip = byte == quote
      result.append(byte)
    }
    return result
  }

  /// The delimiter that the first line of a file tells: the one of `,`, tab, `|` and `;` that stands
  /// there most often outside of quotes.
  static func delimiter(of file: FileBytes) -> UInt8 {
    let candidates = [UInt8(ascii: ","), 0x09, UInt8(ascii: "|"), UInt8(ascii: ";")]
    var counts = [0, 0, 0, 0]
    var isQuoted = false
    var index = file.firstOffset
    while index < file.count {
      let byte = file.start[index]
      if byte == quote { isQuoted.toggle() }
      if !isQuoted {
        if byte == 0x0A || byte == 0x0D { break }
        if let candidate = candidates.firstIndex(of: byte) { counts[candidate] += 1 }
      }
      index += 1
    }
    var best = 0
    for candidate in 1..<4 where counts[candidate] > counts[best] { best = candidate }
    return candidates[best]
  }
}
