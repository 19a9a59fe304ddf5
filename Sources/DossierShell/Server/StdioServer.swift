import Dossier
import DossierFormats
import DossierSyntax
import Glibc

/// Serves requests: one JSON object per line in, one JSON object per line out, in order.
///
/// A line that is no request is answered with an error, and the next line is served.
public final class StdioServer {
  private let session: Session
  private let output: any ByteOutput
  private var buffer = ByteBuffer()

  /// A server whose statements read no files unless `fileAccess` allows some.
  public init(
    database: Database, limits: SessionLimits, fileAccess: FileAccess = .none,
    output: any ByteOutput
  ) {
    session = database.session()
    session.limits = limits
    session.fileAccess = fileAccess
    self.output = output
  }

  /// Seconds that a statement may take unless the caller says otherwise.
  public static let standardTimeout = 30.0

  /// Bytes that a statement may hold unless the caller says otherwise: half of the machine's memory.
  public static var standardMemoryBytes: Int {
    let (bytes, overflow) = sysconf(Int32(_SC_PHYS_PAGES)).multipliedReportingOverflow(
      by: sysconf(Int32(_SC_PAGESIZE)))
    return overflow || bytes <= 0 ? .max : bytes / 2
  }

  /// Loads graph files and serves the standard input, on a statement thread.
  ///
  /// `LOAD CSV` reads the files below `allowedFolders` and none else.
  public static func run(
    graphFiles: [String], limits: SessionLimits, allowedFolders: [String] = []
  ) -> ExitStatus {
    let fileAccess: FileAccess
    do throws(QueryError) {
      fileAccess = try FileAccess(unpackingBelow: allowedFolders)
    } catch {
      return WorkingFolder.report(error, to: FileOutput(descriptor: STDERR_FILENO))
    }
    var status = ExitStatus.success
    StatementThread().perform {
      let output = FileOutput(descriptor: STDOUT_FILENO)
      let database = Database()
      let loader = Shell(
        database: database, settings: ShellSettings(), results: output,
        messages: FileOutput(descriptor: STDERR_FILENO))
      if loader.load(graphFiles) != .success {
        status = .unreadableFile
        return
      }
      FreedMemory.giveBack()
      FreedMemory.keep()
      status = StdioServer(
        database: database, limits: limits, fileAccess: fileAccess, output: output
      ).serve(descriptor: STDIN_FILENO)
    }
    return status
  }

  /// Serves the lines of a file descriptor up to its end. The last line may lack its line feed.
  public func serve(descriptor: Int32) -> ExitStatus {
    var pending: [UInt8] = []
    var searched = 0
    do throws(OutputClosed) {
      while let count = FileText.read(descriptor, appendingTo: &pending), count > 0 {
        let served = try serveLines(of: pending, searched: searched)
        if served > 0 { pending.removeFirst(served) }
        searched = pending.count
      }
      if !pending.isEmpty {
        pending.append(UInt8(ascii: "\n"))
        _ = try serveLines(of: pending, searched: pending.count - 1)
      }
    } catch {
      return error.isBrokenPipe ? .success : .statementFailed
    }
    return .success
  }

  /// Serves whole lines; gives back how many bytes they have. No line feed stands before `searched`.
  private func serveLines(of bytes: [UInt8], searched: Int) throws(OutputClosed) -> Int {
    var failure: OutputClosed?
    let served = bytes.withUnsafeBufferPointer { buffer in
      var start = 0
      var from = searched
      while failure == nil, let end = Self.lineFeed(in: buffer, from: from) {
        do throws(OutputClosed) {
          try answer(UnsafeBufferPointer(rebasing: buffer[start..<end]))
        } catch {
          failure = error
        }
        start = end + 1
        from = start
      }
      return start
    }
    if let failure { throw failure }
    return served
  }

  private static func lineFeed(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let base = bytes.baseAddress, start < bytes.count,
      let found = memchr(base + start, Int32(UInt8(ascii: "\n")), bytes.count - start)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  /// Answers one line.
  func answer(_ line: UnsafeBufferPointer<UInt8>) throws(OutputClosed) {
    var statement: SourceText?
    let result: QueryResult?
    do throws(QueryError) {
      switch try ServerRequest(line, temporal: temporal) {
      case .statement(let text, let parameters):
        statement = SourceText(text)
        result = try session.run(text, parameters: parameters)
      case .procedure(let signature, let rows):
        try session.declareProcedure(signature: signature, rows: rows)
        result = nil
      }
    } catch {
      ServerAnswer.append(error, statement: statement, to: &buffer)
      return try buffer.flush(to: output)
    }
    try write(result)
  }

  /// Writes the answer of a success; a declaration has no result.
  private func write(_ result: QueryResult?) throws(OutputClosed) {
    var renderer = TypedJSONRenderer()
    if let result, !result.columns.isEmpty {
      renderer.begin(result.columns, to: &buffer)
      try renderer.write(result.rows, through: &buffer, to: output)
      renderer.end(ResultSummary(counters: result.counters), to: &buffer)
    } else {
      let counters = result?.counters ?? UpdateCounters()
      renderer.appendNoColumns(ResultSummary(counters: counters), to: &buffer)
    }
    try buffer.flush(to: output)
  }

  private func temporal(_ function: String, _ text: String) throws(QueryError) -> Value {
    let result = try session.run(
      "RETURN \(function)($text) AS value", parameters: ["text": .string(text)])
    return result.rows.first?.first ?? .null
  }
}
