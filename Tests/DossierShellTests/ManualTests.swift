import DossierSyntax
import Foundation
import TestSupport
import Testing

@testable import DossierShell

/// The manual and the completion scripts, as the real program makes them.
///
/// The tests need the program beside them; where it has not been built they do nothing.
@Suite struct ManualTests {
  static let program = TerminalTests.program

  static func output(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program ?? "")
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  /// Every option of every command, with the command's name.
  static func options() throws -> [(command: String, name: String)] {
    let description = try output(["--experimental-dump-help"])
    guard let command = CommandReference(description) else { return [] }
    return ([command] + command.subcommands).flatMap { each in
      each.options.flatMap { $0.names.map { (each.name, $0) } }
    }
  }

  @Test(.enabled(if: program != nil)) func manualNamesEverything() throws {
    let page = try Self.output(["--generate-manual"])
    let options = try Self.options()
    #expect(options.count > 30)
    for option in options {
      #expect(page.contains("\\fB\(ManualPage.escaped(option.name))\\fR"), "\(option.name)")
    }
    for command in ShellCommand.table {
      #expect(page.contains(ManualPage.escaped(command.synopsis)))
    }
    for status in DossierShell.ExitStatus.allCases {
      #expect(page.contains(".TP\n\\fB\(status.rawValue)\\fR\n"))
    }
    for heading in ["CONVERT", "CHECK", "SERVE", "ENVIRONMENT", "FILES", "EXIT STATUS"] {
      #expect(page.contains(".SH \(heading)\n"))
    }
  }

  @Test(.enabled(if: program != nil), arguments: CompletionScript.shells)
  func scriptsNameEveryOption(_ shell: String) throws {
    let script = try Self.output(["--generate-completion-script", shell])
    for option in try Self.options() {
      let name = shell == "fish" ? String(option.name.drop { $0 == "-" }) : option.name
      #expect(script.contains(name), "\(shell): \(option.name)")
    }
  }

  @Test(.enabled(if: program != nil)) func bashCompletes() throws {
    let script = try Self.output(["--generate-completion-script", "bash"])
    let cases = [
      ("dossier con", "convert"), ("dossier convert --format-o", "--format-out"),
      ("dossier convert --format-out mer", "mermaid"), ("dossier --format mar", "markdown"),
      ("dossier x.gram --keep", "--keep-going"), ("dossier serve --st", "--stdio"),
    ]
    for (line, expected) in cases {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = [
        "bash", "-c",
        script
          + "\nCOMP_WORDS=(\(line)); COMP_CWORD=$((${#COMP_WORDS[@]}-1)); _dossier; "
          + "echo \"${COMPREPLY[@]}\"",
      ]
      let pipe = Pipe()
      process.standardOutput = pipe
      do { try process.run() } catch { return }
      let data = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      #expect(String(decoding: data, as: UTF8.self) == expected + "\n", "\(line)")
    }
  }

  @Test func textsAreEscaped() {
    #expect(ManualPage.escaped(".x -y\n'z\\") == "\\&.x \\-y\n\\&'z\\e")
    #expect(CompletionScript.quoted("it's") == "'it'\\''s'")
  }
}
