import Dossier
import DossierFormats
import DossierSyntax
import Glibc
import Synchronization

/// The part of the program that all its uses share: a session, its settings, and where results and
/// messages go. The interactive shell and the batch runner give it statements and commands.
///
/// Used by one thread at a time; `cancel()` alone may come from another one.
public final class Shell {
  public let database: Database
  public let session: Session
  public var settings: ShellSettings
  /// Values of `$name`, in the order in which they were first set.
  var parameters = ShellParameters()
  /// The restriction that `:as-of` has set, as text.
  var validTime: String?
  /// Results and nothing else.
  let results: any ByteOutput
  /// Errors, notes and everything else for people.
  let messages: any ByteOutput
  /// Where `:output` and `:once` send results instead.
  var redirection: OutputRedirection?
  /// The result that `:view` draws.
  private(set) var lastResult: QueryResult?
  /// True in a conversation, where prompts part the results.
  var isConversing = false
  /// True from the first result on; a blank line parts results for people.
  private var hasPrinted = false
  /// What shows how far long work is; nil where nobody would see it.
  var progress: ProgressLine?
  /// Names for the completions of a line editor.
  let completions: CompletionSource
  private let cancellation = Atomic<Bool>(false)
  /// How many `:source` commands are inside of each other.
  var sourceDepth = 0

  public init(
    database: Database, settings: ShellSettings, results: any ByteOutput, messages: any ByteOutput
  ) {
    self.database = database
    self.settings = settings
    self.results = results
    self.messages = messages
    completions = CompletionSource(database: database)
    session = database.session()
    session.limits = settings.limits
    session.fileAccess = settings.fileAccess
  }

  /// How a statement or a command ended.
  public enum Ending: Equatable, Sendable {
    case success
    /// The error has been reported.
    case failure
    /// A file could not be read; the error has been reported.
    case unreadableFile
    /// Somebody cancelled the statement; this has been reported.
    case cancelled
    /// Nobody reads the results any more.
    case outputClosed
    /// `:exit`.
    case quit
    /// The interactive shell has to do something with its line editor.
    case request(InteractiveRequest)
  }

  /// Ends the running statement, and a batch behind it; from any thread.
  public func cancel() {
    cancellation.store(true, ordering: .relaxed)
    session.cancel()
  }

  /// Whether `cancel` was called since the last conversation step began.
  var isCancelled: Bool { cancellation.load(ordering: .relaxed) }

  /// Forgets an earlier `cancel`.
  func resetCancellation() {
    cancellation.store(false, ordering: .relaxed)
  }

  // MARK: - Statements

  /// Runs the statement in a range of a text, shows its result, and reports its error.
  func run(_ range: SourceRange, of text: SourceText, named fileName: String?, line: Int = 1)
    -> Ending
  {
    let statement = text.string(in: range)
    if settings.echoes { report(TextEscaping.visibleLines(statement) + ";\n") }
    let start = MonotonicClock.now()
    let result: QueryResult
    do throws(QueryError) {
      result = try run(statement, since: start)
    } catch {
      reportError(
        error.moved(to: range, in: text, firstLine: line), in: text, named: fileName)
      return error.code == .cancelled ? .cancelled : .failure
    }
    do throws(OutputClosed) {
      try show(result, seconds: MonotonicClock.seconds(since: start))
      return .success
    } catch {
      return ending(of: error)
    }
  }

  /// Runs a statement; long ones show how far they are.
  private func run(_ statement: String, since start: Int64) throws(QueryError) -> QueryResult {
    let parameters = parameters.dictionary
    guard let progress else { return try session.run(statement, parameters: parameters) }
    let session = session
    let text = { @Sendable in
      ProgressText.text(rows: session.rowsSoFar, seconds: MonotonicClock.seconds(since: start))
    }
    return try progress.watch(text) { () throws(QueryError) in
      try session.run(statement, parameters: parameters)
    }
  }

  /// A reader that has gone ends the work quietly; a full disk is told.
  func ending(of failure: OutputClosed) -> Ending {
    if failure.isBrokenPipe { return .outputClosed }
    report("error: cannot write results: \(String(cString: strerror(failure.errorNumber)))\n")
    return .failure
  }

  /// Shows a result where results go.
  private func show(_ result: QueryResult, seconds: Double) throws(OutputClosed) {
    if !result.columns.isEmpty { lastResult = result }
    let isParted =
      hasPrinted && !isConversing && settings.format.isForPeople && !result.columns.isEmpty
    if !result.columns.isEmpty { hasPrinted = true }
    var hidden = 0
    if let redirection {
      hidden = try write(result, RenderingOptions(), to: redirection.output)
      if redirection.isOnce { self.redirection = nil }
    } else {
      if isParted { try results.write("\n") }
      hidden = try writePaged(result)
    }
    reportSummary(result, hidden: hidden, seconds: seconds)
  }

  /// Shows a result page by page where the settings ask for it and a pager is there.
  private func writePaged(_ result: QueryResult) throws(OutputClosed) -> Int {
    var options = settings.rendering
    guard options.isTerminal, let size = Terminal.size(STDOUT_FILENO) else {
      return try write(result, options, to: results)
    }
    if options.fitsTerminal { options.width = size.columns }
    guard settings.usesPager, let command = Terminal.pager else {
      return try write(result, options, to: results)
    }
    let pager = PagerOutput(output: results, command: command, screenRows: size.rows - 1)
    let hidden = try write(result, options, to: pager)
    try pager.finish()
    return hidden
  }

  /// Writes a result, or the plan of `EXPLAIN`; gives back how many rows were hidden.
  private func write(
    _ result: QueryResult, _ options: RenderingOptions, to output: any ByteOutput
  ) throws(OutputClosed) -> Int {
    if let plan = result.plan, settings.format.isForPeople {
      try output.write(PlanText.text(plan))
      return 0
    }
    return try ResultPrinter(format: settings.format, options: options).print(result, to: output)
  }

  private func reportSummary(_ result: QueryResult, hidden: Int, seconds: Double) {
    guard settings.showsSummaries || settings.showsTimes else { return }
    var parts: [String] = []
    if settings.showsSummaries {
      if !result.columns.isEmpty, result.plan == nil {
        parts.append(CountText.text(result.rows.count, "row"))
      }
      parts += CountText.changes(result.counters)
      if parts.isEmpty, result.plan == nil { parts.append("nothing changed") }
    }
    if settings.showsTimes { parts.append(DurationText.text(seconds)) }
    if !parts.isEmpty { report(parts.joined(separator: ", ") + "\n") }
    if hidden > 0 {
      report("\(CountText.text(hidden, "row")) not shown; `:rows all` shows all\n")
    }
  }

  // MARK: - Messages

  /// Writes to the messages; a message that cannot be written is lost.
  func report(_ message: String) {
    do throws(OutputClosed) { try messages.write(message) } catch {}
  }

  func reportError(_ error: QueryError, in text: SourceText?, named fileName: String?) {
    let renderer = DiagnosticRenderer(usesColour: settings.messageColors, fileName: fileName)
    report(renderer.render(error, in: text))
  }
}
