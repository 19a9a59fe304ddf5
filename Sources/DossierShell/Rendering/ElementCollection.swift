import Dossier
import DossierSyntax

/// The nodes and relationships that occur in values, each once, in the order of their first occurrence.
struct ElementCollection {
  private(set) var nodes: [Node] = []
  private(set) var relationships: [Relationship] = []
  private var knownNodes: Set<NodeID> = []
  private var knownRelationships: Set<RelationshipID> = []

  /// Adds the elements inside of a value.
  mutating func add(_ value: Value) {
    switch value {
    case .node(let node): add(node)
    case .relationship(let relationship): add(relationship)
    case .path(let path):
      for node in path.nodes { add(node) }
      for relationship in path.relationships { add(relationship) }
    case .list(let elements):
      for element in elements { add(element) }
    case .map(let map):
      for entry in map.entries { add(entry.value) }
    default: break
    }
  }

  private mutating func add(_ node: Node) {
    if knownNodes.insert(node.id).inserted { nodes.append(node) }
  }

  private mutating func add(_ relationship: Relationship) {
    if knownRelationships.insert(relationship.id).inserted { relationships.append(relationship) }
  }

  /// The relationships, those before that others are about, without what is said about relationships
  /// that did not occur.
  var drawnRelationships: [Relationship] {
    var known = Set(relationships.filter(\.isBetweenNodes).map(\.id))
    var result: [Relationship] = []
    for relationship in relationships.sorted(by: { $0.id < $1.id }) {
      let ends = [relationship.start, relationship.end].compactMap(\.relationship)
      guard ends.allSatisfy(known.contains) else { continue }
      known.insert(relationship.id)
      result.append(relationship)
    }
    return result.count == relationships.count && relationships.allSatisfy(\.isBetweenNodes)
      ? relationships : result
  }

  /// The elements as a graph of their own. Ends of relationships that did not occur themselves become
  /// nodes without labels and properties; what is said about a relationship that did not occur is left
  /// out.
  func graph() throws(QueryError) -> GraphView {
    let database = Database()
    try database.load { (builder) throws(QueryError) in
      var ids: [ElementID: ElementID] = [:]
      for node in nodes {
        ids[.node(node.id)] = .node(
          try builder.addNode(labels: node.labels, properties: node.properties.entries))
      }
      for relationship in drawnRelationships {
        for end in [relationship.start, relationship.end] where end.kind == .node && ids[end] == nil
        {
          ids[end] = .node(try builder.addNode(labels: [], properties: []))
        }
        guard let start = ids[relationship.start], let end = ids[relationship.end] else { continue }
        let copy = try builder.addRelationship(
          type: relationship.type, from: start, to: end,
          properties: relationship.properties.entries)
        ids[.relationship(relationship.id)] = .relationship(copy)
      }
    }
    return database.view
  }
}
