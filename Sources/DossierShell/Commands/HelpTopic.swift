import Dossier

/// Pages of `:help` beside those of single commands and functions.
enum HelpTopic {
  /// The names of the pages.
  static let names = ["clauses", "commands", "formats", "functions", "keys"]

  /// A page by its name; nil when there is none.
  static func text(_ name: String) -> String? {
    switch name {
    case "clauses": clauses
    case "commands": commands
    case "formats": formats
    case "functions": functions
    case "keys": keys
    default: nil
    }
  }

  /// All commands, one per line.
  static var commands: String {
    let width = ShellCommand.table.map { $0.synopsis.utf8.count }.max() ?? 0
    return ShellCommand.table.map { "  \(padded($0.synopsis, width))  \($0.summary)\n" }.joined()
  }

  private static var formats: String {
    OutputFormat.allCases.map { "  \(padded($0.rawValue, 10))  \($0.summary)\n" }.joined()
  }

  /// Names of functions by family.
  private static var functions: String {
    let families = Set(FunctionReference.all.map(\.family)).sorted()
    return families.map { family in
      let names = FunctionReference.all.filter { $0.family == family }.map { $0.name + "()" }
      return "\(family)\n\(wrapped(names))"
    }.joined()
  }

  /// Words in lines of at most 96 columns, indented.
  private static func wrapped(_ words: [String]) -> String {
    var text = ""
    var line = " "
    for word in words {
      if line.utf8.count + word.utf8.count >= 96 {
        text += line + "\n"
        line = " "
      }
      line += " " + word
    }
    return text + line + "\n"
  }

  private static var clauses: String {
    let width = ClauseReference.all.map { $0.name.utf8.count }.max() ?? 0
    return ClauseReference.all.map { clause in
      "  \(padded(clause.name, width))  \(clause.form)\n  \(padded("", width))  \(clause.summary)\n"
    }.joined()
  }

  private static let keys = """
      Tab       complete; twice: show all completions
      Ctrl-C    cancel the line or the running statement
      Ctrl-D    leave
      Ctrl-R    search the history
      Up, Down  earlier and later statements

    Lines between `$if Dossier` and `$endif` in ~/.inputrc set keys for this program alone.

    """

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.utf8.count))
  }
}
