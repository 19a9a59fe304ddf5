import Dossier

/// Elements in a few words, where many stand below each other.
extension ValueText {
  /// The properties that say which node it is, the best first.
  private static let naming = ["name", "caption", "title", "label", "id", "uri"]

  /// A value of which nodes have only the property that names them, and relationships none.
  static func shortened(_ value: Value) -> Value {
    switch value {
    case .list(let elements): return .list(elements.map(short))
    default: return short(value)
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
