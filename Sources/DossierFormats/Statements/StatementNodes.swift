import Dossier
import DossierSyntax

/// How formats whose relationships only run between nodes carry relationships about relationships:
///
///     (a)-[:T]->(b), [r]-[:S]->(c)   →   (a)-[:T {k: 1}]->(b), (s:L {k: 1})-[:S]->(c)
///
/// A node stands for each relationship at which others begin or end, known by a number that both have.
/// Reading puts the relationship in its place again; to other programs it is a node.
enum StatementNodes {
  /// The label of nodes that stand for relationships.
  static let label = "DossierRelationship"
  /// The key of the number that such a node shares with its relationship.
  static let key = "dossierRelationship"

  /// The graph with nodes in place of relationships at ends; the graph itself when there are none.
  static func encode(_ view: GraphView, _ report: inout SaveReport) throws(QueryError) -> GraphView
  {
    guard view.hasStatements else { return view }
    let points = StatementPoints(view)
    let database = Database()
    var isTaken = false
    try database.load { (builder) throws(QueryError) in
      builder.declareValidTime(from: view.validTimeKeys.from, to: view.validTimeKeys.to)
      builder.declareSources(types: view.sourceNames.types, mode: view.sourceNames.mode)
      var nodes: [ElementID: NodeID] = [:]
      for node in view.nodes {
        isTaken = isTaken || node.labels.contains { $0.utf8.elementsEqual(label.utf8) }
        nodes[.node(node.id)] = try builder.addNode(
          labels: node.labels, properties: node.properties.entries)
      }
      var number: Int64 = 0
      for relationship in view.relationships {
        isTaken = isTaken || relationship.properties[key] != nil
        var properties = relationship.properties.entries
        if points.has(relationship) {
          number += 1
          properties.append((key: key, value: .integer(number)))
          nodes[.relationship(relationship.id)] = try builder.addNode(
            labels: [label], properties: [(key: key, value: .integer(number))])
        }
        guard let start = nodes[relationship.start], let end = nodes[relationship.end] else {
          continue
        }
        _ = try builder.addRelationship(
          type: relationship.type, from: start, to: end, properties: properties)
      }
    }
    if isTaken {
      report.warn(
        "the label `\(label)` or the key `\(key)` has a meaning of its own in this format")
    }
    return database.view
  }

  /// Puts relationships in the place of the nodes that stand for them.
  static func decode(
    _ builder: inout GraphBuilder, _ report: inout LoadReport
  ) throws(QueryError) {
    report.nodesCreated -= try builder.replaceStandIns(label: label, key: key)
  }
}
