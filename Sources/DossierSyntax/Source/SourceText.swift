/// A text that is parsed: contiguous UTF-8 bytes and a table of its lines.
///
/// Copies share storage. All offsets are byte offsets from the start of the text.
public struct SourceText: Sendable {
  /// The text in valid UTF-8.
  public let bytes: [UInt8]
  /// Byte offsets of the first byte of each line; the first entry is 0.
  private let lineStarts: [Int]

  /// A text from a string. O(n).
  public init(_ text: String) {
    self.init(trusted: Array(text.utf8))
  }

  /// A text from bytes that nobody has checked yet; throws `invalidUnicodeCharacter` where they are
  /// not UTF-8. O(n).
  public init(validating bytes: [UInt8]) throws(QueryError) {
    let invalid = bytes.withUnsafeBufferPointer { SourceText.firstInvalidOffset(in: $0) }
    if let invalid {
      let prefix = SourceText(trusted: Array(bytes[..<invalid]))
      var diagnostic = Diagnostic(
        .invalidUnicodeCharacter, "the text is not valid UTF-8",
        at: SourceRange(start: invalid, end: invalid + 1), label: "invalid byte")
      diagnostic.position = prefix.position(of: invalid)
      throw QueryError(diagnostic)
    }
    self.init(trusted: bytes)
  }

  private init(trusted bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [0]
    bytes.withUnsafeBufferPointer { buffer in
      for offset in buffer.indices where buffer[offset] == UInt8(ascii: "\n") {
        starts.append(offset + 1)
      }
    }
    lineStarts = starts
  }

  /// The number of lines; at least one.
  public var lineCount: Int { lineStarts.count }

  /// The whole text.
  public var range: SourceRange { SourceRange(start: 0, end: bytes.count) }

  /// Line and column of a byte offset; offsets outside of the text are moved to its ends. O(log
  /// lines + length of the line).
  public func position(of offset: Int) -> SourcePosition {
    let offset = min(max(offset, 0), bytes.count)
    let line = lineIndex(of: offset)
    var column = 1
    for index in lineStarts[line]..<offset where bytes[index] & 0xC0 != 0x80 {
      column += 1
    }
    return SourcePosition(line: line + 1, column: column)
  }

  /// The bytes of a line without its line feed; `number` is 1-based and nil comes back outside of
  /// the text.
  public func lineRange(_ number: Int) -> SourceRange? {
    guard number >= 1, number <= lineStarts.count else { return nil }
    let start = lineStarts[number - 1]
    var end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return SourceRange(start: start, end: end)
  }

  /// The text of a line without its line feed; empty outside of the text.
  public func line(_ number: Int) -> String {
    guard let range = lineRange(number) else { return "" }
    return string(in: range)
  }

  /// The text of a range, cut to the text's ends.
  public func string(in range: SourceRange) -> String {
    let start = min(max(range.start, 0), bytes.count)
    let end = min(max(range.end, start), bytes.count)
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The error with line and column filled in for each diagnostic that has a range but no position.
  public func locating(_ error: QueryError) -> QueryError {
    var error = error
    for index in error.diagnostics.indices {
      guard error.diagnostics[index].position == nil, let range = error.diagnostics[index].range
      else { continue }
      error.diagnostics[index].position = position(of: range.start)
    }
    return error
  }

  private func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The first byte that does not belong to a well-formed UTF-8 sequence.
  private static func firstInvalidOffset(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
        continue
      }
      guard let scalar = UTF8Decoding.scalar(in: bytes, at: index) else { return index }
      index += scalar.length
    }
    return nil
  }
}
