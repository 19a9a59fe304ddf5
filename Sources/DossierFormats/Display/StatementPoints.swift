import Dossier

/// The relationships of a drawing that others begin or end at; they are drawn with a point to which
/// the others lead.
struct StatementPoints {
  private var relationships: Set<RelationshipID> = []

  init(_ view: GraphView) {
    guard view.hasStatements else { return }
    for relationship in view.relationships where !relationship.isBetweenNodes {
      for end in [relationship.start, relationship.end] {
        if let id = end.relationship { relationships.insert(id) }
      }
    }
  }

  /// Others begin or end at the relationship.
  func has(_ relationship: Relationship) -> Bool { relationships.contains(relationship.id) }

  /// What drawings call an element.
  func name(_ element: ElementID) -> String {
    switch element {
    case .node(let id): "n\(id.rawValue)"
    case .relationship(let id): "r\(id.rawValue)"
    }
  }
}
