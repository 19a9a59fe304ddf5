import Dossier

/// Elements in a few words, where many stand below each other.
extension ValueText {
  /// The properties that say which node it is, the best first.
  private static let naming = ["name", "caption", "title", "label", "id", "uri"]

  /// A value as text; nodes with the one property that names them, relationships by their type, null
  /// and the empty list as nothing. A string stands without quotes unless it is in a list.
  static func shortText(_ value: Value) -> String {
    switch value {
    case .null: ""
    case .list(let elements): elements.isEmpty ? "" : text(.list(elements.map(short)))
    default: text(short(value))
    }
  }

  private static func short(_ value: Value) -> Value {
    switch value {
    case .node(var node):
      let properties = node.properties
      let key = naming.first { properties[$0] != nil }
      node.properties = MapValue(properties.entries.filter { $0.key == key })
      return .node(node)
    case .relationship(var relationship):
      relationship.properties = MapValue()
      return .relationship(relationship)
    default: return value
    }
  }
}
