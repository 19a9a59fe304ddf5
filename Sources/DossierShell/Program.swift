import Dossier
import DossierFormats
import DossierSyntax
import Glibc

/// A run of the program behind its command line: load, run sources, or converse.
public struct Program {
  /// What the command line asks for.
  public struct Options {
    public var graphFiles: [String] = []
    /// Folders, besides the working folder, whose files `LOAD CSV` may read.
    public var allowedFolders: [String] = []
    /// What is run, in order; none means standard input.
    public var sources: [BatchSource] = []
    /// `name=value`.
    public var parameters: [String] = []
    /// JSON files with parameters, which are set before the others.
    public var parameterFiles: [String] = []
    /// What a conversation runs first; nil for nothing.
    public var startupFile: String?
    /// Goes on behind statements that fail and behind bad records.
    public var keepsGoing = false
    public var isQuiet = false
    public var reportsSummary = false
    /// All sources run in one transaction.
    public var isTransaction = false

    public init() {}
  }

  /// Makes the editor of a conversation.
  public typealias EditorMaker = (CompletionSource) -> any LineEditor

  private let options: Options
  private let settings: ShellSettings
  private let makeEditor: EditorMaker

  public init(
    _ options: Options, settings: ShellSettings, makeEditor: @escaping EditorMaker
  ) {
    self.options = options
    self.settings = settings
    self.makeEditor = makeEditor
  }

  /// True when there are no sources and a person sits at the terminal.
  private var isInteractive: Bool {
    options.sources.isEmpty && Terminal.isTerminal(STDIN_FILENO)
  }

  /// Does all of it; statements run on a thread of their own.
  public func run() -> ExitStatus {
    var settings = settings
    let messages = FileOutput(descriptor: STDERR_FILENO)
    do throws(QueryError) {
      settings.fileAccess = try FileAccess(
        unpackingBelow: WorkingFolder.paths + options.allowedFolders)
    } catch {
      return WorkingFolder.report(error, to: messages)
    }
    if isInteractive {
      settings.showsSummaries = !options.isQuiet
      settings.usesPager = settings.rendering.isTerminal
    }
    let shell = Shell(
      database: Database(), settings: settings, results: FileOutput(descriptor: STDOUT_FILENO),
      messages: messages)
    shell.progress = options.isQuiet ? nil : ProgressLine.forStandardError()
    defer { shell.progress?.close() }
    let thread = StatementThread()
    var status = ExitStatus.success
    thread.perform(
      interrupts: InterruptSignal.descriptor, interrupted: { shell.cancel() },
      { status = start(shell) })
    guard isInteractive, status == .success else { return status }
    if !options.isQuiet { shell.greet() }
    if let path = options.startupFile {
      thread.perform(
        interrupts: InterruptSignal.descriptor, interrupted: { shell.cancel() },
        { shell.runStartupFile(path) })
    }
    return InteractiveShell(
      shell: shell, editor: makeEditor(shell.completions), thread: thread,
      interrupts: InterruptSignal.descriptor
    ).run()
  }

  /// Loads the files and, unless a conversation follows, runs the sources.
  private func start(_ shell: Shell) -> ExitStatus {
    do throws(QueryError) {
      for path in options.parameterFiles { try shell.setParameters(ofFile: path) }
    } catch {
      shell.reportError(error, in: nil, named: error.diagnostics.first?.file)
      return .unreadableFile
    }
    for assignment in options.parameters { _ = shell.setParameter(assignment: assignment) }
    let loading = shell.load(options.graphFiles)
    if loading != .success && loading != .failure { return .unreadableFile }
    if isInteractive { return .success }
    var batch = BatchRunner(
      shell: shell, keepsGoing: options.keepsGoing, isTransaction: options.isTransaction)
    batch.run(options.sources.isEmpty ? [BatchSource(.standardInput)] : options.sources)
    if options.reportsSummary { batch.reportSummary() }
    let status = batch.exitStatus
    return status == .success && loading == .failure ? .statementFailed : status
  }
}

extension Shell {
  /// The banner of a conversation.
  func greet() {
    let statistics = database.statistics
    let nodes = CountText.text(statistics.nodeCount, "node")
    let relationships = CountText.text(statistics.relationshipCount, "relationship")
    report(
      """
      Dossier \(ProgramVersion.text): \(nodes), \(relationships)
      Statements end with `;`. `:help` lists the commands, `:schema` shows the graph, `:exit` leaves.

      """)
  }
}
