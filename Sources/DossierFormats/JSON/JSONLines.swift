import DossierSyntax

/// The JSON values of a file: one per line, or the elements of one array.
enum JSONLines {
  /// Reads each value into the tape and calls `body`. A line that is no JSON is a bad record; in an
  /// array such an error is thrown, since nothing tells where the next value starts. Errors: those of
  /// the tape and of `body`.
  static func forEach<Reader>(
    in file: FileBytes, _ tape: inout JSONTape, _ reader: inout Reader, _ bad: inout BadRecords,
    _ body: (inout Reader, JSONTape, inout BadRecords) throws(QueryError) -> Void
  ) throws(QueryError) {
    var at = file.firstOffset
    skipBlanks(file, &at)
    let isArray = file.start[at] == UInt8(ascii: "[")
    if isArray {
      at += 1
      skipBlanks(file, &at)
      if file.start[at] == UInt8(ascii: "]") {
        at += 1
        return try expectEnd(file, &at)
      }
    }
    while at < file.count {
      do throws(QueryError) {
        at = try tape.read(at: at)
      } catch {
        if isArray { throw error }
        try bad.note(error)
        skipLine(file, &at)
        continue
      }
      try body(&reader, tape, &bad)
      skipBlanks(file, &at)
      guard isArray else { continue }
      if file.start[at] == UInt8(ascii: "]") {
        at += 1
        return try expectEnd(file, &at)
      }
      guard file.start[at] == UInt8(ascii: ",") else {
        throw file.error(
          .invalidData, "expected `,` or `]`, found \(file.describe(at: at))", at: at)
      }
      at += 1
    }
    if isArray { throw file.error(.invalidData, "the array is not closed", at: file.count) }
  }

  private static func skipBlanks(_ file: FileBytes, _ at: inout Int) {
    while at < file.count {
      switch file.start[at] {
      case 0x20, 0x0A, 0x0D, 0x09: at += 1
      default: return
      }
    }
  }

  private static func skipLine(_ file: FileBytes, _ at: inout Int) {
    while at < file.count, file.start[at] != 0x0A, file.start[at] != 0x0D { at += 1 }
    skipBlanks(file, &at)
  }

  private static func expectEnd(_ file: FileBytes, _ at: inout Int) throws(QueryError) {
    skipBlanks(file, &at)
    guard at >= file.count else {
      throw file.error(
        .invalidData, "expected the end of the file, found \(file.describe(at: at))", at: at)
    }
  }
}
