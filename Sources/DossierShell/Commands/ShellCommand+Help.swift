/// `:help` and its topics.
extension ShellCommand {
  static let helpAction: Action = { (shell, argument) throws(Failure) in
    try write(try text(ofTopic: argument), shell)
  }

  private static func text(ofTopic topic: String) throws(Failure) -> String {
    switch topic.lowercased() {
    case "": return overview
    case "commands": return commandList
    case "formats", "format": return formatList
    case "keys": return keyList
    default:
      let bare = topic.first == ":" || topic.first == "." || topic.first == "\\"
      if let command = named(bare ? topic : ":" + topic) { return page(command) }
      let near = suggestion(for: bare ? topic : ":" + topic).map { "did you mean `:help \($0)`?" }
      throw .message("has no topic `\(shown(topic))`", help: near ?? "topics are \(topics)")
    }
  }

  static var topics: String { "a command, `formats` and `keys`" }

  private static var overview: String {
    """
    Statements end with `;` and may take several lines. Commands end with their line:

    \(commandList)
    `:help COMMAND`, `:help formats` and `:help keys` tell more.

    """
  }

  private static var commandList: String {
    let width = table.map { $0.synopsis.utf8.count }.max() ?? 0
    return table.map { "  \(padded($0.synopsis, width))  \($0.summary)\n" }.joined()
  }

  private static var formatList: String {
    OutputFormat.allCases.map { "  \(padded($0.rawValue, 10))  \($0.summary)\n" }.joined()
  }

  private static let keyList = """
      Tab       complete; twice: show all completions
      Ctrl-C    cancel the line or the running statement
      Ctrl-D    leave
      Ctrl-R    search the history
      Up, Down  earlier and later statements

    Lines between `$if Dossier` and `$endif` in ~/.inputrc set keys for this program alone.

    """

  private static func page(_ command: ShellCommand) -> String {
    var text = "\(command.synopsis)\n  \(command.summary)\n"
    if !command.details.isEmpty { text += "  \(command.details)\n" }
    if !command.aliases.isEmpty { text += "  also: \(command.aliases.joined(separator: " "))\n" }
    return text
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.utf8.count))
  }
}
