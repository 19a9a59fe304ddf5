import Dossier
import DossierSyntax

/// `:help` and its topics.
extension ShellCommand {
  static let helpAction: Action = { (shell, argument) throws(Failure) in
    try write(try text(ofTopic: argument), shell)
  }

  private static func text(ofTopic topic: String) throws(Failure) -> String {
    if topic.isEmpty { return overview }
    if let page = HelpTopic.text(topic.lowercased()) { return page }
    let isSpelling = topic.utf8.first.map(isCommandPrefix) ?? false
    if let command = named(isSpelling ? topic : ":" + topic) { return page(command) }
    if let function = FunctionReference.all.first(where: { isSame($0.name, topic) }) {
      return page(function)
    }
    if let clause = ClauseReference.named(topic) { return page(clause) }
    let names =
      table.map(\.name) + HelpTopic.names + ClauseReference.all.map(\.name)
      + FunctionReference.all.map(\.name)
    let near = EditDistance.nearest(to: topic, among: names).map { "did you mean `:help \($0)`?" }
    throw .message(
      "has no topic `\(shown(topic))`",
      help: near
        ?? "topics are commands, clauses, functions, \(HelpTopic.names.joined(separator: ", "))")
  }

  /// True for the same function name; letter case and an empty pair of parentheses do not matter.
  private static func isSame(_ name: String, _ topic: String) -> Bool {
    let topic = topic.hasSuffix("()") ? topic.dropLast(2) : topic[...]
    return name.lowercased() == topic.lowercased()
  }

  private static var overview: String {
    """
    Statements end with `;` and may take several lines. Commands end with their line:

    \(HelpTopic.commands)
    `:help TOPIC` tells more of a command, a clause or a function, of `clauses`, `formats`,
    `functions` or `keys`.

    """
  }

  private static func page(_ command: ShellCommand) -> String {
    var text = "\(command.synopsis)\n  \(command.summary)\n"
    if !command.details.isEmpty { text += "  \(command.details)\n" }
    if !command.aliases.isEmpty { text += "  also: \(command.aliases.joined(separator: " "))\n" }
    return text
  }

  private static func page(_ clause: ClauseReference) -> String {
    "\(clause.form)\n  \(clause.summary)\n  for example: \(clause.example)\n"
  }

  private static func page(_ function: FunctionReference) -> String {
    "\(function.forms.joined(separator: "\n"))\n  \(function.summary)\n"
  }
}
