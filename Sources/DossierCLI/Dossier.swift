import ArgumentParser
import Dossier
import DossierFormats
import DossierShell
import Glibc

/// The command line: what `dossier` takes, and how it starts.
@main
struct DossierCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dossier",
    abstract: "An in-memory property graph with openCypher.",
    discussion: """
      Loads the graph files, then runs the statements of -c and -f in their order. Without -c and -f \
      it starts a shell on a terminal, and else runs the statements of standard input.
      Exit status: 0 fine, 1 a statement failed or bad records were left out, 2 wrong usage, 3 a file \
      can't be read, 130 interrupted.
      """,
    version: ProgramVersion.text,
    subcommands: [ConvertCommand.self, CheckCommand.self, ServeCommand.self])

  @Argument(
    help: ArgumentHelp(
      "Graph files to load, or folders of tables; compressed ones (.gz), too.",
      valueName: "graph-file"),
    completion: .file())
  var graphFiles: [String] = []

  @Option(
    name: [.customShort("c"), .customLong("command")],
    help: ArgumentHelp("Run statements; may be repeated.", valueName: "statement"),
    transform: { BatchSource(.text($0)) })
  var statements: [BatchSource] = []

  @Option(
    name: [.customShort("f"), .customLong("file")],
    help: ArgumentHelp(
      "Run a script, `-` for standard input; may be repeated.", valueName: "script"),
    completion: .file(extensions: ["cypher"]), transform: { BatchSource(.file($0)) })
  var scripts: [BatchSource] = []

  @Option(
    help: ArgumentHelp("How results are written: \(formatNames).", valueName: "format"),
    completion: .list(OutputFormat.allCases.map(\.rawValue)), transform: parseFormat)
  var format: OutputFormat?

  @Option(
    help: ArgumentHelp(
      "The format of the graph files, else told by their names: \(FileFormatOption.readable).",
      valueName: "format"),
    completion: .list(FileFormatOption.readableNames), transform: FileFormatOption.readable)
  var formatIn: GraphFileFormat?

  @Option(
    name: [.customShort("p"), .customLong("parameter")],
    help: ArgumentHelp(
      "Set $name to a literal, or else to the text; may be repeated.", valueName: "name=value"))
  var parameters: [String] = []

  @Option(
    name: .customLong("parameters"),
    help: ArgumentHelp(
      "Set the parameters that a JSON object names, plain or typed; may be repeated.",
      valueName: "file"),
    completion: .file(extensions: ["json"]))
  var parameterFiles: [String] = []

  @OptionGroup var limits: LimitOptions

  @Flag(help: "Go on behind statements that fail, and leave out records that can't be read.")
  var keepGoing = false

  @Flag(name: .shortAndLong, help: "No banner, no notes and no progress.")
  var quiet = false

  @Flag(help: "Write each statement to standard error before it runs.")
  var echo = false

  @Flag(help: "Report the number of statements, failures and the time.")
  var summary = false

  @Flag(help: "Run all statements in one transaction, which a failure undoes.")
  var transaction = false

  @Flag(help: "Neither read nor write a history file.")
  var noHistory = false

  @Flag(help: "Do not run the startup file of the shell, ~/.config/dossier/rc.")
  var noRc = false

  @Option(
    help: ArgumentHelp("The history file of the shell.", valueName: "file"), completion: .file())
  var history: String?

  static let formatNames = OutputFormat.allCases.map(\.rawValue).joined(separator: ", ")

  static func parseFormat(_ name: String) throws -> OutputFormat {
    guard let format = OutputFormat(name: name) else {
      throw ValidationError("there is no format '\(name)'; formats are \(formatNames)")
    }
    return format
  }

  func validate() throws {
    if let wrong = parameters.first(where: { !$0.contains("=") || $0.hasPrefix("=") }) {
      throw ValidationError("a parameter is written name=value, not '\(wrong)'")
    }
  }

  static func main() {
    InterruptSignal.install()
    do {
      // The parser would take `serve` for a graph file, as it does not know where arguments begin.
      let arguments = Array(CommandLine.arguments.dropFirst())
      let rest = Array(arguments.dropFirst())
      var command: any ParsableCommand =
        switch arguments.first {
        case "serve": try ServeCommand.parseAsRoot(rest)
        case "check": try CheckCommand.parseAsRoot(rest)
        case "convert": try ConvertCommand.parseAsRoot(rest)
        case "help": try helpCommand(of: rest.first).parseAsRoot(["--help"])
        case "--generate-completion-script": try generated { completions(for: rest.first) }
        case "--generate-manual":
          try generated { CommandReference(_dumpHelp()).map(ManualPage.text) }
        default: try parseAsRoot(arguments)
        }
      try command.run()
    } catch {
      let message = fullMessage(for: error)
      let isFine = exitCode(for: error) == .success
      let output = FileOutput(descriptor: isFine ? STDOUT_FILENO : STDERR_FILENO)
      do { try output.write(message + "\n") } catch {}
      Glibc.exit(isFine ? 0 : ExitStatus.wrongUsage.rawValue)
    }
  }

  /// The command that `dossier help NAME` explains.
  private static func helpCommand(of name: String?) -> any ParsableCommand.Type {
    let subcommands = configuration.subcommands
    return subcommands.first { $0.configuration.commandName == name } ?? DossierCommand.self
  }

  /// The script for a shell, the one that runs unless it is named; nil for other shells.
  private static func completions(for shell: String?) -> String? {
    let shell = shell ?? getenv("SHELL").map { String(cString: $0) } ?? "bash"
    let name = shell.split(separator: "/").last.map { String($0) } ?? shell
    return CommandReference(_dumpHelp()).flatMap { CompletionScript.text($0, shell: name) }
  }

  /// Prints a text that was made from the tables and ends.
  private static func generated(_ text: () -> String?) throws -> any ParsableCommand {
    guard let text = text() else {
      let shells = CompletionScript.shells.joined(separator: ", ")
      throw ValidationError("completion scripts are generated for \(shells)")
    }
    try FileOutput(descriptor: STDOUT_FILENO).write(text)
    Glibc.exit(ExitStatus.success.rawValue)
  }

  func run() throws {
    var options = Program.Options()
    options.graphFiles = graphFiles
    options.allowedFolders = limits.allowFolder
    options.sources = (statements + scripts).sorted { $0.sequenceNumber < $1.sequenceNumber }
    options.parameters = parameters
    options.parameterFiles = parameterFiles
    options.startupFile = noRc ? nil : StartupFile.standardPath
    options.keepsGoing = keepGoing
    options.isQuiet = quiet
    options.reportsSummary = summary
    options.isTransaction = transaction
    var settings = ShellSettings.forStandardOutputs()
    settings.format = format ?? settings.format
    settings.limits = limits.limits(timeout: nil, memoryBytes: nil)
    settings.echoes = echo
    settings.inputFormat = formatIn
    settings.leavesOutBadRecords = keepGoing
    let path = noHistory ? nil : history ?? HistoryFile.standardPath
    let program = Program(options, settings: settings) { lineEditor(historyPath: path, $0) }
    Glibc.exit(program.run().rawValue)
  }
}

/// The editor that this build has.
private func lineEditor(
  historyPath: String?, _ completions: CompletionSource
) -> any LineEditor {
  #if Readline
    if let historyPath { HistoryFile.makeFolder(of: historyPath) }
    return ReadlineEditor(historyPath: historyPath, completions: completions)
  #else
    return PlainLineEditor(
      descriptor: STDIN_FILENO, prompts: FileOutput(descriptor: STDERR_FILENO))
  #endif
}

/// Options that bound each statement.
struct LimitOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("End statements that take longer.", valueName: "seconds"),
    transform: { text in
      guard let seconds = LimitText.seconds(text) else {
        throw ValidationError("a time limit is a number of seconds, not '\(text)'")
      }
      return seconds
    })
  var timeout: Double?

  @Option(
    help: ArgumentHelp("End statements that hold more, as 512M or 2G.", valueName: "size"),
    transform: { text in
      guard let bytes = LimitText.bytes(text) else {
        throw ValidationError("a memory limit is a size as 512M or 2G, not '\(text)'")
      }
      return bytes
    })
  var memory: Int?

  @Option(
    help: ArgumentHelp("Let LOAD CSV read files below it; may be repeated.", valueName: "folder"),
    completion: .directory)
  var allowFolder: [String] = []

  @Option(
    help: ArgumentHelp(
      "Threads that work on a statement that reads; one for each processor, at most eight, if not given.",
      valueName: "count"),
    transform: { text in
      guard let count = Int(text), (1...64).contains(count) else {
        throw ValidationError("the number of workers is from 1 to 64, not '\(text)'")
      }
      return count
    })
  var workers: Int?

  /// The limits, with defaults where no option is given.
  func limits(timeout standardTimeout: Double?, memoryBytes: Int?) -> SessionLimits {
    SessionLimits(
      timeout: timeout ?? standardTimeout, memoryBytes: memory ?? memoryBytes ?? .max,
      workers: workers)
  }
}
