import DossierSyntax

/// Prompts: the program's name for a new statement, and what is open for each further line.
enum Prompt {
  static let first = "dossier> "

  /// The prompt for the line behind an entered text.
  static func text(_ pending: String) -> String {
    guard !pending.isEmpty, case .open(let construct) = Parser.isComplete(SourceText(pending))
    else {
      return pending.isEmpty ? first : continuation("")
    }
    return continuation(construct.opening)
  }

  /// As wide as the first prompt: `      (> `.
  private static func continuation(_ opening: String) -> String {
    let room = first.utf8.count - 2 - opening.utf8.count
    return String(repeating: " ", count: max(0, room)) + opening + "> "
  }
}
