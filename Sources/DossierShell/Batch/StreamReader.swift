import DossierSyntax
import Glibc

/// A part of a stream that holds whole statements, and the number of its first line.
struct ScriptBlock {
  var text: SourceText
  /// 1-based number of the block's first line in the stream.
  var firstLine: Int
  /// True for the block at the end: its last statement may lack the semicolon.
  var isLast: Bool
}

/// Cuts a stream into blocks of whole statements as they arrive, so that a script of any length runs in
/// the memory of its longest statement, and a statement runs as soon as it is there.
struct StreamReader {
  private let descriptor: Int32
  private var pending: [UInt8] = []
  private var line = 1
  private var isAtEnd = false
  /// How many bytes are pending before the search for a whole statement is repeated while more input
  /// is there already; doubled each time, so that the work stays linear.
  private var patience = 0

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// The next block; nil at the end, or when `isCancelled` while it waits for input. Errors:
  /// `fileUnreadable`, `invalidUnicodeCharacter`.
  mutating func next(isCancelled: () -> Bool = { false }) throws(QueryError) -> ScriptBlock? {
    while !isAtEnd {
      while !hasInput(milliseconds: 100) { if isCancelled() { return nil } }
      guard let count = FileText.read(descriptor, appendingTo: &pending) else {
        throw QueryError(
          .fileUnreadable, "cannot read standard input: \(String(cString: strerror(errno)))")
      }
      isAtEnd = count == 0
      if !isAtEnd, pending.count < patience, hasInput(milliseconds: 0) { continue }
      if let end = isAtEnd ? pending.count : try wholeStatements() {
        patience = 0
        return pending.isEmpty && isAtEnd ? nil : try take(end)
      }
      patience = pending.count * 2
    }
    return nil
  }

  /// True when a read would not wait.
  private func hasInput(milliseconds: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, milliseconds) > 0
  }

  /// Where the last whole statement ends; nil when there is none.
  private func wholeStatements() throws(QueryError) -> Int? {
    guard
      let cut = pending.lastIndex(where: { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "\n") })
    else { return nil }
    var cursor = ScriptCursor(try located(Array(pending[...cut])), isWholeFile: line == 1)
    var end: Int?
    while let item = cursor.next(), item.isTerminated { end = cursor.offset }
    return end
  }

  private mutating func take(_ end: Int) throws(QueryError) -> ScriptBlock {
    let bytes = Array(pending[..<end])
    let block = ScriptBlock(text: try located(bytes), firstLine: line, isLast: isAtEnd)
    pending.removeFirst(end)
    line += block.text.lineCount - 1
    return block
  }

  /// The text of bytes; an error about them names the line of the stream.
  private func located(_ bytes: [UInt8]) throws(QueryError) -> SourceText {
    do throws(QueryError) {
      return try SourceText(validating: bytes)
    } catch {
      var error = error
      error.diagnostics[0].position?.line += line - 1
      throw error
    }
  }
}
