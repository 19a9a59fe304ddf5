import Dossier

/// Elements in a few words, where many stand below each other.
extension ValueText {
  /// The properties that say which node it is, the best first.
  private static let naming = ["name", "caption", "title", "label", "id", "uri"]

  /// A value as text; nodes with the one property that names them, relationships by their type. A
  /// string stands without quotes unless it is in a list.
  static func shortText(_ value: Value) -> String {
    switch value {
    case .node(let node): return text(.node(named(node)))
    case .relationship(let relationship): return text(.relationship(bare(relationship)))
    case .list(let elements):
      return text(
        .list(
          elements.map { element in
            switch element {
            case .node(let node): .node(named(node))
            case .relationship(let relationship): .relationship(bare(relationship))
            default: element
            }
          }))
    default: return text(value)
    }
  }

  private static func named(_ node: Node) -> Node {
    var short = node
    let key = naming.first { node.properties[$0] != nil }
    short.properties = MapValue(key.flatMap { key in node.properties[key].map { [(key, $0)] } } ?? [])
    return short
  }

  private static func bare(_ relationship: Relationship) -> Relationship {
    var short = relationship
    short.properties = MapValue([])
    return short
  }
}
