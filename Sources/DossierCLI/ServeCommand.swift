import ArgumentParser
import Dossier
import DossierShell
import Glibc

/// `dossier serve --stdio`: answers requests, one JSON object per line.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", _superCommandName: "dossier",
    abstract: "Answer requests, one JSON object per line.",
    discussion: """
      Request: {"statement": "RETURN $x AS x", "parameters": {"x": 1}}
      Answer:  {"data": {"fields": […], "values": [[…]]}, "counters": {…}} or {"errors": [{…}]}
      """)

  @Argument(
    help: ArgumentHelp("Graph files to load.", valueName: "graph-file"),
    completion: .file(extensions: ["gram", "cypher"]))
  var graphFiles: [String] = []

  @Flag(help: "Read requests from standard input, write answers to standard output.")
  var stdio = false

  @OptionGroup var limits: LimitOptions

  func validate() throws {
    guard stdio else { throw ValidationError("serve needs --stdio") }
  }

  func run() throws {
    InterruptSignal.restore()
    let limits = limits.limits(
      timeout: StdioServer.standardTimeout, memoryBytes: StdioServer.standardMemoryBytes)
    let status = StdioServer.run(
      graphFiles: graphFiles, limits: limits, allowedFolders: self.limits.allowFolder)
    Glibc.exit(status.rawValue)
  }
}
