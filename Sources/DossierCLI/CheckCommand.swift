import ArgumentParser
import DossierShell
import Glibc

/// `dossier check FILE…`: errors of scripts and graph files, without running them.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", _superCommandName: "dossier",
    abstract: "Find errors in scripts and graph files without running them.")

  @Argument(
    help: ArgumentHelp("Scripts (.cypher) and graph files.", valueName: "file"),
    completion: .file())
  var files: [String]

  func run() throws {
    InterruptSignal.restore()
    Glibc.exit(FileCheck.run(paths: files).rawValue)
  }
}
