import DossierSyntax

/// The records of a table file, one after the other: RFC 4180 with any character between fields and
/// any line end. A line without a character is no record.
///
/// Holds one window of the file, which grows with the longest record and is counted against the
/// memory of the statement.
///
///     window   … done │ record at hand │ not read by now │ LF │ free
///              0      start            next              limit  capacity
final class CSVReader {
  /// A field of the record at hand, without its quotes.
  struct Field {
    /// Offset in the window.
    var start: Int
    var count: Int
    var isQuoted: Bool
    /// A quote in it is written twice.
    var hasDoubledQuotes: Bool
  }

  private enum Outcome { case record, needsMore }

  /// Bytes of a record, at most.
  static let recordLimit = 1 << 30
  /// Fields for which there is room at first.
  private static let fewFields = 64
  private static let quote = UInt8(ascii: "\"")

  /// What errors call the file.
  let name: String
  private let source: any ByteSource
  private let terminator: [UInt8]
  private let arena: Arena
  private let control: ExecutionControl

  /// The bytes of the window.
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var limit = 0
  private var isExhausted = false
  /// The bytes up to here are known to be UTF-8.
  private var validEnd = 0
  /// Where the record at hand begins.
  private(set) var start = 0
  /// Where the next record begins.
  private(set) var next = 0
  /// The fields of the record at hand; `fieldCount` of them.
  private(set) var fields: UnsafeMutablePointer<Field>
  private(set) var fieldCount = 0
  private var fieldCapacity: Int
  /// The line on which the record at hand begins, from 1.
  private(set) var line = 1
  private var nextLine = 1
  /// 1 for each byte that may end a field without quotes: line ends and the terminator's first byte.
  private let endsPlain: UnsafeMutablePointer<UInt8>

  /// - Parameters:
  ///   - terminator: the UTF-8 bytes of the one character between fields.
  ///   - capacity: bytes of the window at first; tests lower it.
  init(
    _ source: any ByteSource, name: String, terminator: [UInt8], arena: Arena,
    control: ExecutionControl, capacity: Int = 1 << 17
  ) throws(QueryError) {
    self.source = source
    self.name = name
    self.terminator = terminator
    self.arena = arena
    self.control = control
    self.capacity = max(capacity, 8)
    fieldCapacity = Self.fewFields
    try arena.charge(self.capacity)
    bytes = .allocate(capacity: self.capacity + 1)
    bytes[0] = 0x0A
    fields = .allocate(capacity: fieldCapacity)
    endsPlain = .allocate(capacity: 256)
    endsPlain.initialize(repeating: 0, count: 256)
    for byte in [0x0A, 0x0D, terminator.first ?? 0x0A] { endsPlain[Int(byte)] = 1 }
    try refill()
    if limit >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { next = 3 }
  }

  deinit {
    arena.refund(capacity + (fieldCapacity - Self.fewFields) * MemoryLayout<Field>.stride)
    bytes.deallocate()
    fields.deallocate()
    endsPlain.deallocate()
  }

  /// Steps to the next record; false at the end of the file.
  ///
  /// Errors: `invalidData` for text that is not UTF-8, a quoted field that does not end, and text
  /// behind a closing quote; `fileUnreadable`, `memoryLimit`, `cancelled`, `timeLimit`.
  func advance() throws(QueryError) -> Bool {
    while true {
      start = next
      line = nextLine
      while try scan() == .needsMore {
        try refill()
        nextLine = line
      }
      if next > validEnd {
        throw error(
          .invalidData, "the file is not valid UTF-8", at: validEnd, help: "save the file as UTF-8")
      }
      if fieldCount > 1 || fields[0].isQuoted || fields[0].count > 0 { return true }
      if next == limit, isExhausted { return false }
    }
  }

  // MARK: Scanning

  /// Finds the fields of the record at `start`, and where the next record begins.
  private func scan() throws(QueryError) -> Outcome {
    let (bytes, endsPlain, limit) = (bytes, endsPlain, limit)
    var at = start
    fieldCount = 0
    while true {
      if bytes[at] == Self.quote {
        guard let close = try scanQuoted(from: at) else { return .needsMore }
        at = close
      } else {
        let begin = at
        while true {
          while endsPlain[Int(bytes[at])] == 0 { at &+= 1 }
          if at >= limit || bytes[at] == 0x0A || bytes[at] == 0x0D { break }
          if terminator.count == 1 || hasTerminator(at: at) { break }
          if at &+ terminator.count > limit, !isExhausted { return .needsMore }
          at &+= 1
        }
        try append(
          Field(start: begin, count: at &- begin, isQuoted: false, hasDoubledQuotes: false))
      }
      if at < limit, hasTerminator(at: at) {
        at &+= terminator.count
        continue
      }
      return try endRecord(at: at)
    }
  }

  /// Steps over the line end, or the end of the file, behind the last field.
  private func endRecord(at end: Int) throws(QueryError) -> Outcome {
    guard end < limit else {
      if !isExhausted { return .needsMore }
      next = limit
      return .record
    }
    switch bytes[end] {
    case 0x0A: next = end + 1
    case 0x0D:
      if end + 1 >= limit, !isExhausted { return .needsMore }
      next = end + (end + 1 < limit && bytes[end + 1] == 0x0A ? 2 : 1)
    default:
      if end + terminator.count > limit, !isExhausted { return .needsMore }
      throw error(
        .invalidData, "text stands behind the closing quote of a field", at: end,
        help: "a quote in a quoted field is written twice")
    }
    nextLine += 1
    return .record
  }

  /// Reads the quoted field whose quote stands at an offset. Gives back the offset behind its closing
  /// quote; nil when the window ends before.
  private func scanQuoted(from open: Int) throws(QueryError) -> Int? {
    var at = open + 1
    var hasDoubledQuotes = false
    while true {
      while bytes[at] != Self.quote, bytes[at] != 0x0A, bytes[at] != 0x0D { at &+= 1 }
      if at >= limit {
        guard isExhausted else { return nil }
        throw error(.invalidData, "the quoted field that starts here does not end", at: open)
      }
      if at + 1 >= limit, !isExhausted { return nil }
      let follower = at + 1 < limit ? bytes[at + 1] : 0
      if bytes[at] != Self.quote {
        nextLine += 1
        at += bytes[at] == 0x0D && follower == 0x0A ? 2 : 1
      } else if follower == Self.quote {
        hasDoubledQuotes = true
        at += 2
      } else {
        try append(
          Field(
            start: open + 1, count: at - open - 1, isQuoted: true,
            hasDoubledQuotes: hasDoubledQuotes))
        return at + 1
      }
    }
  }

  @inline(__always)
  private func hasTerminator(at offset: Int) -> Bool {
    if terminator.count == 1 { return bytes[offset] == terminator[0] }
    guard offset + terminator.count <= limit else { return false }
    for index in terminator.indices where bytes[offset + index] != terminator[index] {
      return false
    }
    return true
  }

  @inline(__always)
  private func append(_ field: Field) throws(QueryError) {
    if fieldCount == fieldCapacity { try growFields() }
    fields[fieldCount] = field
    fieldCount &+= 1
  }

  /// Room for twice as many fields.
  private func growFields() throws(QueryError) {
    try arena.charge(fieldCapacity * MemoryLayout<Field>.stride)
    let larger = UnsafeMutablePointer<Field>.allocate(capacity: fieldCapacity * 2)
    larger.update(from: fields, count: fieldCount)
    fields.deallocate()
    fields = larger
    fieldCapacity *= 2
  }

  // MARK: Reading

  /// Moves the record at hand to the front of the window and fills the rest.
  private func refill() throws(QueryError) {
    try control.check()
    let kept = limit - start
    if start > 0 {
      bytes.update(from: bytes + start, count: kept)
      validEnd -= start
      next = max(0, next - start)
      start = 0
    }
    limit = kept
    if kept > capacity / 2 { try grow() }
    while limit < capacity, !isExhausted {
      let free = UnsafeMutableRawBufferPointer(start: bytes + limit, count: capacity - limit)
      let count = try source.read(into: free)
      if count == 0 { isExhausted = true }
      limit += count
    }
    bytes[limit] = 0x0A
    validEnd += UTF8Validation.firstInvalidOffset(start: bytes + validEnd, count: limit - validEnd)
  }

  /// A window of twice the size.
  private func grow() throws(QueryError) {
    guard limit < Self.recordLimit else {
      throw error(
        .invalidData, "a record is longer than \(Self.recordLimit >> 20) MiB", at: start,
        help: "a quote that is not closed makes one record of all that follows")
    }
    try arena.charge(capacity)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2 + 1)
    larger.update(from: bytes, count: limit)
    bytes.deallocate()
    bytes = larger
    capacity *= 2
  }

  // MARK: Errors

  /// An error of this file at a place in the record at hand.
  func error(
    _ code: DiagnosticCode, _ message: String, at offset: Int, help: String? = nil
  ) -> QueryError {
    var diagnostic = Diagnostic(code, message, help: help)
    diagnostic.file = name
    diagnostic.position = position(of: offset)
    return QueryError(diagnostic)
  }

  /// The complaint about a field that is one too many or wrong in itself.
  func error(
    _ code: DiagnosticCode, _ message: String, atField index: Int, help: String? = nil
  ) -> QueryError {
    let field = fields[index]
    return error(code, message, at: field.start - (field.isQuoted ? 1 : 0), help: help)
  }

  private func position(of offset: Int) -> SourcePosition {
    var position = SourcePosition(line: line, column: 1)
    var at = start
    while at < offset {
      let byte = bytes[at]
      at += 1
      if byte == 0x0A || (byte == 0x0D && bytes[at] != 0x0A) {
        position = SourcePosition(line: position.line + 1, column: 1)
      } else if byte & 0xC0 != 0x80 {
        position.column += 1
      }
    }
    return position
  }
}
