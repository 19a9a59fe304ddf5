import Dossier
import DossierFormats
import DossierSyntax
import Glibc

/// The part of the program that all its uses share: a session, its settings, and where results and
/// messages go. The interactive shell and the batch runner give it statements and commands.
///
/// Used by one thread at a time; `session.cancel()` alone may come from another one.
public final class Shell {
  public let database: Database
  public let session: Session
  public var settings: ShellSettings
  /// Values of `$name`, in the order in which they were first set.
  var parameters = ShellParameters()
  /// Results and nothing else.
  let results: any ByteOutput
  /// Errors, notes and everything else for people.
  let messages: any ByteOutput
  /// Where `:output` and `:once` send results instead.
  var redirection: OutputRedirection?
  /// True from the first result on; a blank line parts results for people.
  private var hasPrinted = false
  /// How many `:source` commands are inside of each other.
  var sourceDepth = 0

  public init(
    database: Database, settings: ShellSettings, results: any ByteOutput, messages: any ByteOutput
  ) {
    self.database = database
    self.settings = settings
    self.results = results
    self.messages = messages
    session = database.session()
    session.limits = settings.limits
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
      result = try session.run(statement, parameters: parameters.dictionary)
    } catch {
      reportError(
        Self.moved(error, to: range, in: text, line: line), in: text, named: fileName)
      return error.code == .cancelled ? .cancelled : .failure
    }
    do throws(OutputClosed) {
      try show(result, seconds: MonotonicClock.seconds(since: start))
      return .success
    } catch {
      return .outputClosed
    }
  }

  /// Shows a result where results go.
  private func show(_ result: QueryResult, seconds: Double) throws(OutputClosed) {
    let output = redirection?.output ?? results
    let options = redirection == nil ? settings.rendering : RenderingOptions()
    if hasPrinted, settings.format.isForPeople, !result.columns.isEmpty, redirection == nil {
      try output.write("\n")
    }
    var hidden = 0
    if let plan = result.plan, settings.format.isForPeople {
      try output.write(PlanText.text(plan))
    } else {
      hidden = try ResultPrinter(format: settings.format, options: options)
        .print(result, to: output)
    }
    if !result.columns.isEmpty { hasPrinted = true }
    if redirection?.isOnce == true { redirection = nil }
    reportSummary(result, hidden: hidden, seconds: seconds)
  }

  private func reportSummary(_ result: QueryResult, hidden: Int, seconds: Double) {
    guard settings.showsSummaries || settings.showsTimes else { return }
    var parts: [String] = []
    if settings.showsSummaries {
      if !result.columns.isEmpty, result.plan == nil {
        parts.append(CountText.text(result.rows.count, "row"))
      }
      parts += CountText.changes(result.counters)
      if parts.isEmpty { parts.append("nothing changed") }
    }
    if settings.showsTimes { parts.append(DurationText.text(seconds)) }
    report(parts.joined(separator: ", ") + "\n")
    if hidden > 0 {
      report("\(CountText.text(hidden, "row")) not shown; `:rows all` shows all\n")
    }
  }

  /// The error with its places moved from the statement's text to the script's.
  private static func moved(
    _ error: QueryError, to range: SourceRange, in text: SourceText, line: Int
  ) -> QueryError {
    var error = error
    for index in error.diagnostics.indices {
      guard let place = error.diagnostics[index].range else { continue }
      let start = min(place.start + range.start, range.end)
      let end = min(max(place.end + range.start, start), range.end)
      error.diagnostics[index].range = SourceRange(start: start, end: end)
      var position = text.position(of: start)
      position.line += line - 1
      error.diagnostics[index].position = position
    }
    return error
  }

  // MARK: - Graph files

  /// Loads a graph file into the graph, all or nothing, and reports the error or, in the
  /// interactive shell, what was loaded.
  @discardableResult
  public func load(_ path: String) -> Ending {
    do throws(QueryError) {
      let before = database.statistics
      _ = try GraphFile.load(path: path, into: database)
      if settings.showsSummaries {
        let after = database.statistics
        let nodes = CountText.text(after.nodeCount - before.nodeCount, "node")
        let relationships = CountText.text(
          after.relationshipCount - before.relationshipCount, "relationship")
        report("loaded \(TextEscaping.visible(path)): \(nodes), \(relationships)\n")
      }
      return .success
    } catch {
      reportError(error, in: nil, named: path)
      return .unreadableFile
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
