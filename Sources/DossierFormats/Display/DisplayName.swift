import Dossier

/// How drawings call a node.
enum DisplayName {
  /// The property `name`, `caption`, `title`, `label`, `id` or `uri`, whichever the node has first; else
  /// its labels; else its number.
  static func of(_ node: Node) -> String {
    for key in ["name", "caption", "title", "label", "id", "uri"] {
      switch node.properties[key] {
      case .string(let text): return text
      case .integer(let number): return number.description
      case .list(let values):
        if case .string(let text)? = values.first { return text }
      default: break
      }
    }
    return node.labels.isEmpty ? "\(node.id.rawValue)" : node.labels.joined(separator: ", ")
  }
}
