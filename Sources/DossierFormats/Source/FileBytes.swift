import DossierSyntax
import Glibc
import Synchronization

/// The bytes of one file, read whole, decompressed where they are gzip's, and checked to be UTF-8.
///
/// The bytes stay at one address as long as the object lives and are followed by 64 zero bytes, so
/// that a scanner may look a few bytes ahead without asking where the end is.
final class FileBytes: @unchecked Sendable {
  /// Zero bytes behind the last byte.
  static let padding = 64

  /// The path as the caller gave it; errors name it.
  let path: String
  /// The address of the first byte.
  let start: UnsafePointer<UInt8>
  /// Bytes without the padding.
  let count: Int
  /// 0, or 3 when the file opens with a byte order mark.
  let firstOffset: Int
  /// What is told how far the reading is; set before the reading begins.
  var progress: LoadProgress?
  /// The offset that was noted last.
  private let notedOffset = Atomic<Int>(0)
  /// The line of the position that was asked for last, from where the next one is counted.
  private let lastLine = Mutex<(number: Int, start: Int)>((1, 0))

  /// Takes over `memory`, which holds `count` bytes and the padding. Errors: `invalidData` where the
  /// bytes are not UTF-8.
  private init(
    path: String, adopting memory: UnsafeMutablePointer<UInt8>, count: Int
  ) throws(QueryError) {
    (memory + count).initialize(repeating: 0, count: Self.padding)
    self.path = path
    self.start = UnsafePointer(memory)
    self.count = count
    let hasMark = count >= 3 && memory[0] == 0xEF && memory[1] == 0xBB && memory[2] == 0xBF
    firstOffset = hasMark ? 3 : 0
    let offset = UTF8Validation.firstInvalidOffset(start: start, count: count)
    if offset < count {
      throw error(
        .invalidData, "the file is not valid UTF-8: found byte 0x\(Self.hex(memory[offset]))",
        at: offset, help: "save the file as UTF-8")
    }
  }

  deinit { start.deallocate() }

  /// Bytes that come from elsewhere than a file; `path` is what errors call them.
  convenience init(path: String, bytes: some Collection<UInt8>) throws(QueryError) {
    let count = bytes.count
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: count + Self.padding)
    _ = UnsafeMutableBufferPointer(start: memory, count: count).initialize(from: bytes)
    try self.init(path: path, decompressing: memory, count: count)
  }

  /// Reads a file. Errors: `fileUnreadable` when the path names nothing, a folder or a device, or when
  /// reading fails; `invalidData` where the bytes are not UTF-8 or damaged by their compression.
  convenience init(reading path: String, _ progress: LoadProgress? = nil) throws(QueryError) {
    progress?.begin(.fetching)
    let (memory, count) = try FileReading.readWhole(path)
    try self.init(path: path, decompressing: memory, count: count)
    progress?.add(totalBytes: self.count - FileReading.size(of: path))
    self.progress = progress
  }

  /// Takes over `memory` as it is or, where it holds what gzip has compressed, for decompression.
  private convenience init(
    path: String, decompressing memory: UnsafeMutablePointer<UInt8>, count: Int
  ) throws(QueryError) {
    guard Gzip.isCompressed(UnsafeBufferPointer(start: memory, count: count)) else {
      try self.init(path: path, adopting: memory, count: count)
      return
    }
    defer { memory.deallocate() }
    (memory + count).initialize(repeating: 0, count: Self.padding)
    let (output, outputCount) = try Gzip.decompress(memory, count: count, named: path)
    try self.init(path: path, adopting: output, count: outputCount)
  }

  var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

  /// Tells the progress that everything before an offset has been read.
  func note(offset: Int) {
    guard let progress else { return }
    let last = notedOffset.exchange(offset, ordering: .relaxed)
    if offset > last { progress.add(bytes: offset - last) }
  }

  /// Line and column (1-based, in code points) of an offset. Lines end with LF, CR LF or CR. O(offset),
  /// or O(distance) from the position that was asked for before, when that stands earlier.
  func position(of offset: Int) -> SourcePosition {
    let offset = min(max(offset, firstOffset), count)
    var (line, lineStart) = lastLine.withLock { $0 }
    if lineStart > offset || lineStart < firstOffset { (line, lineStart) = (1, firstOffset) }
    var index = lineStart
    while index < offset {
      let byte = start[index]
      index += 1
      if byte == 0x0D && start[index] == 0x0A && index < offset { continue }
      if byte == 0x0A || (byte == 0x0D && start[index] != 0x0A) {
        line += 1
        lineStart = index
      }
    }
    lastLine.withLock { $0 = (line, lineStart) }
    var column = 1
    for index in lineStart..<max(offset, lineStart) where start[index] & 0xC0 != 0x80 {
      column += 1
    }
    return SourcePosition(line: line, column: column)
  }

  /// An error of this file with its line and column.
  func error(
    _ code: DiagnosticCode, _ message: String, at offset: Int, count: Int = 1, label: String? = nil,
    help: String? = nil
  ) -> QueryError {
    var diagnostic = Diagnostic(
      code, message, at: SourceRange(start: offset, end: offset + count), label: label, help: help)
    diagnostic.position = position(of: offset)
    diagnostic.file = path
    return QueryError(diagnostic)
  }

  /// What stands at an offset, in words for a message: a character in backticks, or the end.
  func describe(at offset: Int) -> String {
    guard offset < count else { return "the end of the file" }
    switch start[offset] {
    case 0x0A, 0x0D: return "the end of the line"
    case 0x00..<0x20, 0x7F: return "the control character 0x\(Self.hex(start[offset]))"
    case 0x60: return "a backquote"
    default:
      var length = 1
      while length < 4 && offset + length < count && start[offset + length] & 0xC0 == 0x80 {
        length += 1
      }
      let slice = UnsafeBufferPointer(start: start + offset, count: length)
      guard let scalar = String(decoding: slice, as: UTF8.self).unicodeScalars.first else {
        return "nothing"
      }
      return scalar.properties.isVisible
        ? "`\(Character(scalar))`"
        : "the character U+\(String(scalar.value, radix: 16, uppercase: true))"
    }
  }

  private static func hex(_ byte: UInt8) -> String {
    let text = String(byte, radix: 16, uppercase: true)
    return byte < 16 ? "0" + text : text
  }
}

extension Unicode.Scalar.Properties {
  /// False for controls, format characters (bidirectional marks among them), spaces and unassigned
  /// code points, which a terminal would not show as they are.
  var isVisible: Bool {
    switch generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator, .nonspacingMark, .enclosingMark:
      return false
    default: return true
    }
  }
}
