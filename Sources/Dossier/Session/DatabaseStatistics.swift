/// What a graph holds: names with counts, sorted by name.
public struct DatabaseStatistics: Sendable {
  /// A label or relationship type with the number of elements that have it.
  public struct Entry: Sendable {
    public var name: String
    public var count: Int
  }

  public let nodeCount: Int
  public let relationshipCount: Int
  /// Labels that some node has.
  public let labels: [Entry]
  /// Types that some relationship has.
  public let relationshipTypes: [Entry]
  private let graph: Graph

  init(_ graph: Graph) {
    self.graph = graph
    nodeCount = graph.nodeCount
    relationshipCount = graph.relationshipCount
    let catalog = graph.catalog
    labels = Self.sorted(
      (0..<catalog.labelCount).map { index in
        let id = LabelID(rawValue: UInt32(truncatingIfNeeded: index))
        return Entry(name: catalog.name(of: id), count: graph.nodeCount(label: id))
      })
    relationshipTypes = Self.sorted(
      (0..<catalog.relationshipTypeCount).map { index in
        let id = RelationshipTypeID(rawValue: UInt32(truncatingIfNeeded: index))
        return Entry(name: catalog.name(of: id), count: graph.relationshipCount(type: id))
      })
  }

  private static func sorted(_ entries: [Entry]) -> [Entry] {
    entries.filter { $0.count > 0 }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// All property keys that were ever used, sorted.
  public var propertyKeys: [String] {
    (0..<graph.catalog.propertyKeyCount)
      .map { graph.catalog.name(of: PropertyKeyID(rawValue: UInt32(truncatingIfNeeded: $0))) }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The keys that nodes of a label have, with the number of nodes that have each and the names of
  /// the types of their values. Reads every node of the label.
  public func properties(ofLabel name: String) -> [PropertySummary] {
    guard let label = graph.catalog.label(name) else { return [] }
    var tally = PropertyTally()
    for id in 0..<UInt32(truncatingIfNeeded: graph.nodeIDBound) {
      let node = NodeID(rawValue: id)
      guard graph.contains(node), graph.hasLabel(node, label) else { continue }
      tally.add(graph.node(node).properties)
    }
    return tally.summaries
  }

  /// The keys that relationships of a type have. Reads every relationship.
  public func properties(ofRelationshipType name: String) -> [PropertySummary] {
    guard let type = graph.catalog.relationshipType(name) else { return [] }
    var tally = PropertyTally()
    for id in 0..<UInt32(truncatingIfNeeded: graph.relationshipIDBound) {
      let relationship = RelationshipID(rawValue: id)
      guard graph.contains(relationship), graph.ends(of: relationship).type == type else {
        continue
      }
      tally.add(graph.relationship(relationship).properties)
    }
    return tally.summaries
  }

  /// A property key with how often and with which types it occurs.
  public struct PropertySummary: Sendable {
    public var key: String
    public var count: Int
    /// Sorted, for example `["DATE", "STRING"]`.
    public var types: [String]
  }
}

/// Counts keys and types of properties.
private struct PropertyTally {
  private var entries: [(key: String, count: Int, types: Set<String>)] = []

  mutating func add(_ properties: MapValue) {
    for (key, value) in properties.entries {
      let index =
        entries.firstIndex { $0.key.utf8.elementsEqual(key.utf8) }
        ?? {
          entries.append((key, 0, []))
          return entries.count - 1
        }()
      entries[index].count += 1
      entries[index].types.insert(value.typeName)
    }
  }

  var summaries: [DatabaseStatistics.PropertySummary] {
    entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map {
      DatabaseStatistics.PropertySummary(key: $0.key, count: $0.count, types: $0.types.sorted())
    }
  }
}

extension Value {
  /// The type's name as `valueType()` and schemas print it.
  public var typeName: String {
    switch self {
    case .null: "NULL"
    case .boolean: "BOOLEAN"
    case .integer: "INTEGER"
    case .float: "FLOAT"
    case .string: "STRING"
    case .list: "LIST"
    case .map: "MAP"
    case .node: "NODE"
    case .relationship: "RELATIONSHIP"
    case .path: "PATH"
    case .date: "DATE"
    case .localTime: "LOCAL TIME"
    case .time: "ZONED TIME"
    case .localDateTime: "LOCAL DATETIME"
    case .dateTime: "ZONED DATETIME"
    case .duration: "DURATION"
    }
  }
}
