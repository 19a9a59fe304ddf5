import Dossier
import DossierSyntax

/// A graph as arrays; elements are positions, deleted ones leave a hole.
public struct ReferenceGraph: Sendable {
  public struct Node: Sendable {
    public var labels: Set<String>
    public var properties: [String: ReferenceValue]

    public init(labels: Set<String> = [], properties: [String: ReferenceValue] = [:]) {
      self.labels = labels
      self.properties = properties
    }
  }

  public struct Relationship: Sendable {
    public var type: String
    /// A node, or a relationship before this one: `-1` is the relationship in position 0, and so on.
    public var start: Int
    public var end: Int
    public var properties: [String: ReferenceValue]

    public init(
      type: String, start: Int, end: Int, properties: [String: ReferenceValue] = [:]
    ) {
      self.type = type
      self.start = start
      self.end = end
      self.properties = properties
    }
  }

  public var nodes: [Node?] = []
  public var relationships: [Relationship?] = []
  /// `from` and `to` are loaded as dates rather than texts.
  public var hasDates = false

  public init() {}

  /// The number that stands for a relationship at an end of another one.
  public static func end(relationship position: Int) -> Int { -1 - position }

  /// What a number at an end of a relationship stands for.
  static func element(_ end: Int) -> ReferenceValue {
    end < 0 ? .relationship(-1 - end) : .node(end)
  }

  /// The positions of the nodes that are there.
  var nodePositions: [Int] { nodes.indices.filter { nodes[$0] != nil } }

  /// The relationships that are there, with their positions.
  var placedRelationships: [(position: Int, relationship: Relationship)] {
    relationships.enumerated().compactMap { entry in entry.element.map { (entry.offset, $0) } }
  }

  // MARK: Text

  /// One line per element, sorted: what two graphs share when they hold the same elements.
  /// Ends of relationships are written out, so that positions do not matter.
  public var dump: [String] {
    let nodeLines = nodes.compactMap { $0?.text }
    let relationshipLines = relationships.compactMap { relationship -> String? in
      guard let relationship else { return nil }
      return "\(text(relationship.start))-\(relationship.text)->\(text(relationship.end))"
    }
    return nodeLines.sorted() + relationshipLines.sorted()
  }

  private func text(_ end: Int) -> String {
    if end >= 0 { return nodes[end]?.text ?? "(deleted)" }
    return relationships[-1 - end]?.text ?? "[deleted]"
  }

  /// A statement that makes the graph; empty for the empty graph.
  public var createScript: String {
    var parts: [String] = []
    for position in nodePositions {
      guard let node = nodes[position] else { continue }
      parts.append("(v\(position)" + String(node.text.dropFirst()))
    }
    let name = { (end: Int) in end < 0 ? "[w\(-1 - end)]" : "(v\(end))" }
    for (position, relationship) in placedRelationships {
      let text = "[w\(position)" + relationship.text.dropFirst()
      parts.append("\(name(relationship.start))-\(text)->\(name(relationship.end))")
    }
    return parts.isEmpty ? "" : "CREATE " + parts.joined(separator: ",\n  ")
  }

  // MARK: Database

  /// A database with the graph; ids are positions where the graph has no holes.
  public func makeDatabase() throws -> Database {
    let database = Database()
    try database.load { (builder: inout GraphBuilder) throws(QueryError) in
      var ids: [NodeID] = []
      var made: [RelationshipID] = []
      for node in nodes {
        guard let node else { continue }
        ids.append(
          try builder.addNode(
            labels: node.labels.sorted(),
            properties: node.properties.entriesOfValues(dates: hasDates)))
      }
      let element = { (end: Int) -> ElementID in
        end < 0 ? .relationship(made[-1 - end]) : .node(ids[end])
      }
      for relationship in relationships {
        guard let relationship else { continue }
        made.append(
          try builder.addRelationship(
            type: relationship.type, from: element(relationship.start),
            to: element(relationship.end),
            properties: relationship.properties.entriesOfValues(dates: hasDates)))
      }
    }
    return database
  }

  /// The graph of nodes and relationships that an engine answered with, in the order of their ids.
  public init(nodes: [Dossier.Node], relationships: [Dossier.Relationship]) {
    var positions: [NodeID: Int] = [:]
    for node in nodes.sorted(by: { $0.id < $1.id }) {
      positions[node.id] = self.nodes.count
      self.nodes.append(
        Node(labels: Set(node.labels), properties: node.properties.referenceEntries))
    }
    for relationship in relationships.sorted(by: { $0.id < $1.id }) {
      self.relationships.append(
        Relationship(
          type: relationship.type, start: relationship.start.node.flatMap { positions[$0] } ?? -1,
          end: relationship.end.node.flatMap { positions[$0] } ?? -1,
          properties: relationship.properties.referenceEntries))
    }
  }
}

extension ReferenceGraph.Node {
  /// `(:Label {key: value})` with sorted labels and keys.
  var text: String {
    let names = labels.sorted().map { ":" + Spelling.hyphenated($0) }.joined()
    return "(\(names)\(properties.isEmpty ? "" : " " + properties.literal))"
  }
}

extension ReferenceGraph.Relationship {
  /// `[:TYPE {key: value}]` with sorted keys.
  var text: String {
    "[:\(Spelling.hyphenated(type))\(properties.isEmpty ? "" : " " + properties.literal)]"
  }
}

extension [String: ReferenceValue] {
  /// A map literal with sorted keys.
  var literal: String {
    let entries = keys.sorted().map { "\(Spelling.name($0)): \(self[$0]?.literal ?? "null")" }
    return "{" + entries.joined(separator: ", ") + "}"
  }

  /// With `dates`, the first days of years in `from` and `to` as dates.
  fileprivate func entriesOfValues(dates: Bool = false) -> [(key: String, value: Dossier.Value)] {
    keys.sorted().compactMap { key in
      guard let value = self[key] else { return nil }
      if dates, key == "from" || key == "to", case .string(let text) = value,
        let year = Int64(text.prefix(4))
      {
        return (key, .date(DateValue(daysSinceEpoch: 365 * (year - 1970) + (year - 1969) / 4)))
      }
      return (key, value.propertyValue)
    }
  }
}

extension ReferenceValue {
  /// The value as a literal; elements have none.
  var literal: String {
    switch self {
    case .null, .node, .relationship, .path: "null"
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): "\(value)"
    case .float(let value): Spelling.float(value)
    case .string(let value): Spelling.string(value)
    case .list(let values): "[" + values.map(\.literal).joined(separator: ", ") + "]"
    case .map(let entries): entries.literal
    }
  }

  /// The value as the library takes it for a property.
  fileprivate var propertyValue: Value {
    switch self {
    case .null, .node, .relationship, .path: .null
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .float(let value): .float(value)
    case .string(let value): .string(value)
    case .list(let values): .list(values.map(\.propertyValue))
    case .map(let entries): .map(MapValue(entries.entriesOfValues()))
    }
  }

  /// A value that the engine answered with; element ids become positions. Temporal values, which the
  /// reference engine does not know, become their texts.
  public init(_ value: Value) {
    switch value {
    case .null: self = .null
    case .boolean(let value): self = .boolean(value)
    case .integer(let value): self = .integer(value)
    case .float(let value): self = .float(value)
    case .string(let value): self = .string(value)
    case .list(let values): self = .list(values.map { ReferenceValue($0) })
    case .map(let map): self = .map(map.referenceEntries)
    case .node(let node): self = .node(Int(node.id.rawValue))
    case .relationship(let relationship): self = .relationship(Int(relationship.id.rawValue))
    case .path(let path):
      self = .path(
        ReferencePath(
          nodes: path.nodes.map { Int($0.id.rawValue) },
          relationships: path.relationships.map { Int($0.id.rawValue) }))
    default: self = .string(value.description)
    }
  }
}

extension MapValue {
  /// The entries as the reference engine holds them.
  var referenceEntries: [String: ReferenceValue] {
    Dictionary(entries.map { ($0.key, ReferenceValue($0.value)) }) { first, _ in first }
  }
}
