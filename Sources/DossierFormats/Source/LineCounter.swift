import DossierSyntax

/// Gives errors their lines and columns; quick when they come in the order of the file.
struct LineCounter {
  private var file: FileBytes?
  private var offset = 0
  private var line = 1
  private var lineStart = 0

  /// An error of a file with the position of its first range, unless it has one.
  mutating func located(_ error: QueryError, in file: FileBytes) -> QueryError {
    guard let first = error.diagnostics.first, first.position == nil, let range = first.range else {
      return error
    }
    var error = error
    error.diagnostics[0].position = position(of: range.start, in: file)
    return error
  }

  /// Line and column as `FileBytes.position` gives them.
  private mutating func position(of target: Int, in file: FileBytes) -> SourcePosition {
    let target = min(max(target, file.firstOffset), file.count)
    if self.file !== file || target < offset {
      self.file = file
      (offset, line, lineStart) = (file.firstOffset, 1, file.firstOffset)
    }
    let bytes = file.start
    while offset < target {
      let byte = bytes[offset]
      offset += 1
      if byte == 0x0A || (byte == 0x0D && bytes[offset] != 0x0A) {
        line += 1
        lineStart = offset
      }
    }
    var column = 1
    for index in lineStart..<max(target, lineStart) where bytes[index] & 0xC0 != 0x80 {
      column += 1
    }
    return SourcePosition(line: line, column: column)
  }
}
