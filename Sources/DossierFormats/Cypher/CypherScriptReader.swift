import Dossier
import DossierSyntax

/// Runs a script of openCypher statements as one transaction.
///
/// Statements end with `;`, the last one may go without. Lines `:begin` and `:commit`, which dumps for
/// other shells hold, are passed over.
enum CypherScriptReader {
  /// Runs all statements of a file, or none. A bad statement that is left out changes nothing. Errors: those of the statements, with their places in the file.
  static func run(
    _ file: FileBytes, in database: Database, report: inout LoadReport, _ bad: inout BadRecords
  ) throws(QueryError) {
    let text = try SourceText(validating: Array(withoutCommands(file)))
    let session = database.session()
    try session.begin()
    do {
      for statement in ScriptReader(text) {
        do throws(QueryError) {
          try run(statement, of: text, session, file, report: &report)
        } catch {
          try bad.note(error)
        }
        file.note(offset: statement.range.end)
      }
      try session.commit()
    } catch {
      try? session.rollback()
      throw error
    }
  }

  private static func run(
    _ statement: ScriptStatement, of text: SourceText, _ session: Session, _ file: FileBytes,
    report: inout LoadReport
  ) throws(QueryError) {
    do {
      let counters = try session.run(text.string(in: statement.range)).counters
      report.nodesCreated += counters.nodesCreated
      report.relationshipsCreated += counters.relationshipsCreated
      file.progress?.add(elements: counters.nodesCreated + counters.relationshipsCreated)
    } catch {
      throw located(error, in: file, statement: statement)
    }
  }

  /// The error with its places counted from the start of the file.
  private static func located(
    _ error: QueryError, in file: FileBytes, statement: ScriptStatement
  ) -> QueryError {
    var error = error
    for index in error.diagnostics.indices {
      let range = error.diagnostics[index].range
      let start = statement.range.start + (range?.start ?? 0)
      let length = range.map { $0.end - $0.start } ?? 0
      error.diagnostics[index].range = SourceRange(start: start, end: start + length)
      error.diagnostics[index].position = file.position(of: start)
      error.diagnostics[index].file = file.path
    }
    return error
  }

  /// The bytes of the file; the byte order mark and lines that open with `:` are blanks, so that
  /// offsets stay.
  private static func withoutCommands(_ file: FileBytes) -> [UInt8] {
    var bytes = Array(file.buffer)
    for index in 0..<file.firstOffset { bytes[index] = 0x20 }
    var lineStart = file.firstOffset
    while lineStart < bytes.count {
      var end = lineStart
      while end < bytes.count && bytes[end] != 0x0A && bytes[end] != 0x0D { end += 1 }
      if bytes[lineStart] == UInt8(ascii: ":"), isCommand(bytes[lineStart..<end]) {
        for index in lineStart..<end { bytes[index] = 0x20 }
      }
      lineStart = end + 1
    }
    return bytes
  }

  private static func isCommand(_ line: ArraySlice<UInt8>) -> Bool {
    let word = String(decoding: line.dropFirst().prefix { $0 | 0x20 >= 0x61 }, as: UTF8.self)
    return ["begin", "commit", "BEGIN", "COMMIT", "use", "USE"].contains(word)
  }
}
