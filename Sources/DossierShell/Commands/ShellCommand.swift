import Dossier
import DossierSyntax

/// A row of the command table: from it commands are found, completed, explained and run.
struct ShellCommand: Sendable {
  /// What a command takes, for completion.
  enum Argument: Sendable {
    case none
    case file
    case format
    case onOff
    case claim
    case relationshipType
    case topic
    case statement
    case text
  }

  /// Why a command fails; shown after its name.
  enum Failure: Error {
    case message(String, help: String? = nil)
    case query(QueryError, text: SourceText? = nil)
    /// What the command ran has reported its failure.
    case reported(Shell.Ending)
    case output(OutputClosed)
  }

  typealias Action =
    @Sendable (_ shell: Shell, _ argument: String) throws(Failure) -> Shell.Ending

  /// The name without its colon.
  var name: String
  /// Other spellings, with their prefix: `:quit`, `.quit`, `\q`.
  var aliases: [String] = []
  /// Statements that mean the command, in lower case: `START TRANSACTION`, `exit`.
  var statements: [String] = []
  /// How the argument is written in help texts; empty when there is none.
  var usage: String = ""
  var argument = Argument.none
  /// One line.
  var summary: String
  /// More lines for `:help name`.
  var details: String = ""
  var action: Action

  /// `:name usage`.
  var synopsis: String { usage.isEmpty ? ":\(name)" : ":\(name) \(usage)" }

  /// True for the characters that commands start with.
  static func isCommandPrefix(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "\\")
  }

  /// The command of a spelling with its prefix, `:format`; letter case does not matter.
  static func named(_ spelling: String) -> ShellCommand? {
    let spelling = spelling.lowercased()
    let exact = table.first { ":" + $0.name == spelling || $0.aliases.contains(spelling) }
    if let exact { return exact }
    guard let first = spelling.utf8.first, isCommandPrefix(first) else { return nil }
    let bare = spelling.dropFirst()
    return table.first { $0.name == bare }
  }
}

extension ShellCommand {
  /// The longest statement that means a command, in bytes.
  private static let longestStatement = 24

  /// The command that a statement means, as `COMMIT` does; words are parted by single blanks.
  static func meant(by text: SourceText, in range: SourceRange) -> ShellCommand? {
    guard range.end - range.start <= longestStatement,
      let first = text.bytes[range.start..<range.end].first,
      statementInitials.contains(first | 0x20)
    else { return nil }
    let words = text.string(in: range).lowercased().split(separator: " ").joined(separator: " ")
    return table.first { $0.statements.contains(words) }
  }

  private static let statementInitials = Set(table.flatMap(\.statements).compactMap(\.utf8.first))
}

/// A command as it was typed: the word with its prefix, and the rest of the line.
struct CommandLine {
  var word: String
  var argument: String

  init(_ line: String) {
    let line = Self.trimmed(line[...])
    let end = line.firstIndex { $0 == " " || $0 == "\t" } ?? line.endIndex
    var word = line[..<end]
    var argument = Self.trimmed(line[end...])
    if argument.isEmpty { word = Self.withoutSemicolon(word) }
    argument = Self.withoutSemicolon(argument)
    self.word = String(word)
    self.argument = String(Self.trimmed(argument))
  }

  /// The word and the rest.
  var text: String { argument.isEmpty ? word : word + " " + argument }

  private static func withoutSemicolon(_ text: Substring) -> Substring {
    text.hasSuffix(";") ? text.dropLast() : text
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
  }
}

/// What only the interactive shell can do, because it owns the line editor.
public enum InteractiveRequest: Equatable, Sendable {
  case showHistory
  case clearScreen
  /// Edit the last statement, or a new one, in `$EDITOR`.
  case edit
}

extension Shell {
  /// Runs a command line and reports its failure.
  func run(command line: String, named fileName: String? = nil, line number: Int = 1) -> Ending {
    let typed = CommandLine(line)
    guard let command = ShellCommand.named(typed.word) else {
      reportUnknown(typed, fileName, number)
      return .failure
    }
    do throws(ShellCommand.Failure) {
      return try command.action(self, typed.argument)
    } catch {
      switch error {
      case .reported(let ending): return ending
      case .output(let failure): return ending(of: failure)
      case .query(let error, let text):
        reportError(error, in: text, named: text == nil ? nil : ":\(command.name)")
        return error.code == .fileUnreadable ? .unreadableFile : .failure
      case .message(let message, let help):
        reportCommandError("`:\(command.name)` \(message)", help: help, fileName, number)
        return .failure
      }
    }
  }

  private func reportUnknown(_ typed: CommandLine, _ fileName: String?, _ number: Int) {
    let known = ShellCommand.suggestion(for: typed.word).map { "did you mean `\($0)`?" }
    let help =
      ShellCommand.explanation(of: typed.word) ?? known ?? "`:help` lists all commands"
    let word = TextEscaping.visible(String(typed.word.unicodeScalars.prefix(40)))
    reportCommandError("there is no command `\(word)`", help: help, fileName, number)
  }

  private func reportCommandError(
    _ message: String, help: String?, _ fileName: String?, _ number: Int
  ) {
    let place = fileName.map { "\(TextEscaping.visible($0)):\(number): " } ?? ""
    report("\(place)error: \(message)\n")
    if let help { report(" = help: \(help)\n") }
  }
}
