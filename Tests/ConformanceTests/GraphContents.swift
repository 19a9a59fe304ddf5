import DossierSyntax

@testable import Dossier

/// What a graph holds, element by element, to tell what a statement changed.
struct GraphContents: Equatable {
  private var sets: [String: Set<String>] = [:]

  init(_ session: Session) throws(QueryError) {
    for name in ["nodes", "relationships", "properties", "labels"] { sets[name] = [] }
    for row in try session.run("MATCH (n) RETURN n").rows {
      guard case .node(let node)? = row.first else { continue }
      sets["nodes"]?.insert("\(node.id.rawValue)")
      for label in node.labels { sets["labels"]?.insert(label) }
      add(node.properties, of: "node \(node.id.rawValue)")
    }
    // Also those that begin or end at relationships, which patterns between nodes do not find.
    for relationship in session.database.view.relationships {
      sets["relationships"]?.insert("\(relationship.id.rawValue)")
      add(relationship.properties, of: "relationship \(relationship.id.rawValue)")
    }
  }

  private mutating func add(_ properties: MapValue, of element: String) {
    for entry in properties.entries {
      sets["properties"]?.insert("\(element) \(entry.key): \(CellValue(entry.value))")
    }
  }

  /// `+nodes`, `-labels` and so on, with how many there are; none for zero.
  func changes(to later: GraphContents) -> [String: Int] {
    var changes: [String: Int] = [:]
    for (name, before) in sets {
      let after = later.sets[name] ?? []
      let added = after.subtracting(before).count
      let removed = before.subtracting(after).count
      if added > 0 { changes["+" + name] = added }
      if removed > 0 { changes["-" + name] = removed }
    }
    return changes
  }
}
