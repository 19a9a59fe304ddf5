import Dossier
import DossierFormats
import DossierShell
import TestSupport
import Testing

/// The code blocks of README.md do what they say.
@Suite struct ReadmeTests {
  /// A `$ dossier …` line of a console block with the output below it.
  struct ConsoleExample: CustomTestStringConvertible, Sendable {
    var command: String
    var output: String
    var testDescription: String { command }
  }

  static let consoleExamples: [ConsoleExample] = blocks("console").flatMap(examples)

  @Test func readmeIsThereAndShort() throws {
    let text = try #require(Checkout.text("README.md"))
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count < 280)
    #expect(Self.consoleExamples.count >= 3)
  }

  @Test(arguments: consoleExamples)
  func prints(_ example: ConsoleExample) throws {
    let output = try ConsoleSession.output(of: example.command).replacing("\r\n", with: "\n")
    #expect(output == example.output)
  }

  @Test func libraryExampleIsTheOneThatIsCompiled() throws {
    let source = try #require(Checkout.text("Tests/ExampleTests/ReadmeLibraryExample.swift"))
    let block = try #require(Self.blocks("swift").first)
    let body = source.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("  ") ? $0.dropFirst(2) : $0 }.joined(separator: "\n")
    let statements = block.split(separator: "\n").filter { !$0.hasPrefix("import ") }
      .joined(separator: "\n")
    #expect(
      body.replacing("\n\n", with: "\n").contains(statements.replacing("\n\n", with: "\n")))
  }

  @Test func libraryExampleRuns() throws {
    #expect(try readmeLibraryExample() == ["Xiaomi 2021-05-25"])
  }

  /// The code blocks of a language.
  static func blocks(_ language: String) -> [String] {
    var found: [String] = []
    var block: [Substring]?
    let text = Checkout.text("README.md") ?? ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "```" + language {
        block = []
      } else if line == "```", let lines = block {
        found.append(lines.joined(separator: "\n"))
        block = nil
      } else {
        block?.append(line)
      }
    }
    return found
  }

  private static func examples(_ block: String) -> [ConsoleExample] {
    var found: [ConsoleExample] = []
    for line in block.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("$ dossier ") {
        found.append(ConsoleExample(command: String(line.dropFirst(2)), output: ""))
      } else if !found.isEmpty {
        if found[found.count - 1].command.hasSuffix("\\") {
          found[found.count - 1].command.removeLast()
          found[found.count - 1].command += line.drop { $0 == " " }
        } else {
          found[found.count - 1].output += line + "\n"
        }
      }
    }
    return found
  }
}
