/// What a graph holds: names with counts, sorted by name.
public struct DatabaseStatistics: Sendable {
  /// A label or relationship type with the number of elements that have it.
  public struct Entry: Sendable {
    public var name: String
    public var count: Int
  }

  public let nodeCount: Int
  public let relationshipCount: Int
  /// Relationships that have a relationship at an end: what is said about others.
  public let statementCount: Int
  /// Labels that some node has.
  public let labels: [Entry]
  /// Types that some relationship has, whatever stands at its ends.
  public let relationshipTypes: [Entry]
  private let graph: Graph

  init(_ graph: Graph) {
    self.graph = graph
    nodeCount = graph.nodeCount
    relationshipCount = graph.relationshipCount
    statementCount = graph.statementCount
    let catalog = graph.catalog
    labels = Self.sorted(
      (0..<catalog.labelCount).map { index in
        let id = LabelID(rawValue: UInt32(truncatingIfNeeded: index))
        return Entry(name: catalog.name(of: id), count: graph.nodeCount(label: id))
      })
    relationshipTypes = Self.sorted(
      (0..<catalog.relationshipTypeCount).reduce(into: []) { entries, index in
        let id = RelationshipTypeID(rawValue: UInt32(truncatingIfNeeded: index))
        Self.add(graph.relationshipCount(type: id), of: catalog.name(of: id), to: &entries)
      })
  }

  /// Counts relationships of a type, which has an entry already when it is used in another shape.
  private static func add(_ count: Int, of name: String, to entries: inout [Entry]) {
    if let known = entries.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
      entries[known].count += count
    } else {
      entries.append(Entry(name: name, count: count))
    }
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

  /// The property keys that have an index, sorted, with the number of nodes that have each key.
  /// Statements make indexes as they need them.
  public var indexedKeys: [Entry] {
    graph.indexes.keys.map { key in
      Entry(
        name: graph.catalog.name(of: key), count: graph.nodeProperties(key)?.valueCount ?? 0)
    }.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// The keys that nodes of a label have, with the number of nodes that have each and the names of
  /// the types of their values. O(nodes · keys / 64) where each key's values have one type.
  public func properties(ofLabel name: String) -> [PropertySummary] {
    guard let label = graph.catalog.label(name) else { return [] }
    var tally = PropertyTally(graph.catalog)
    for page in 0..<graph.nodePageCount {
      guard let rows = graph.labelBitmap(page: page, label) else { continue }
      tally.add(page: page, rows: rows, of: graph.nodeProperties)
    }
    return tally.summaries
  }

  /// The keys that relationships of a type have. O(relationships · keys / 64), as for labels.
  public func properties(ofRelationshipType name: String) -> [PropertySummary] {
    let wanted = graph.catalog.relationshipTypes(named: name).map(\.rawValue)
    if wanted.isEmpty { return [] }
    var tally = PropertyTally(graph.catalog)
    var rows = [UInt64](repeating: 0, count: Page.words)
    for page in 0..<graph.relationshipPageCount {
      let living = graph.relationshipBitmap(page: page)
      let types = graph.relationshipColumns(page: page).types
      for word in rows.indices {
        var bits: UInt64 = 0
        for type in wanted where living[word] != 0 {
          for bit in 0..<64 where types[word * 64 + bit] == type { bits |= 1 << bit }
        }
        rows[word] = bits & living[word]
      }
      rows.withUnsafeBufferPointer { rows in
        guard let rows = rows.baseAddress else { return }
        tally.add(page: page, rows: rows, of: graph.relationshipProperties)
      }
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
