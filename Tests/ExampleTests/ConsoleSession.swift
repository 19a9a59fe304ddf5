import Dossier
import DossierShell
import TestSupport

/// Runs a command line as README.md shows it, by the library in place of the process.
///
/// It knows graph files, `-c`, `-f`, `-p` and `--format`, and quotes as a shell does.
enum ConsoleSession {
  struct UnknownOption: Error {
    var name: String
  }

  /// Results and messages in their order.
  static func output(of command: String) throws -> String {
    let output = MemoryOutput()
    var settings = ShellSettings()
    settings.fileAccess = try FileAccess(folders: [Checkout.root])
    var sources: [BatchSource] = []
    var parameters: [String] = []
    var files: [String] = []
    var words = words(command).dropFirst()
    while let word = words.popFirst() {
      switch word {
      case "-c": sources.append(BatchSource(.text(words.popFirst() ?? "")))
      case "-f": sources.append(BatchSource(.file(Checkout.root + "/" + (words.popFirst() ?? ""))))
      case "-p": parameters.append(words.popFirst() ?? "")
      case "--format": settings.format = OutputFormat(name: words.popFirst() ?? "") ?? .table
      default:
        if word.hasPrefix("-") { throw UnknownOption(name: word) }
        files +=
          word == "Graphs/*.gram" ? Checkout.files(below: "Graphs", endingIn: ".gram") : [word]
      }
    }
    let shell = Shell(database: Database(), settings: settings, results: output, messages: output)
    for file in files { shell.load(Checkout.root + "/" + file) }
    for parameter in parameters { _ = shell.setParameter(assignment: parameter) }
    var batch = BatchRunner(shell: shell)
    batch.run(sources)
    return output.text
  }

  private static func words(_ command: String) -> ArraySlice<String> {
    var words: [String] = []
    var word = ""
    var quote: Character?
    for character in command + " " {
      if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
      } else if quote == nil, character == " " {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    return words[...]
  }
}
