/// A value as users of the library see it; inside the engine values live in typed columns.
///
/// Two values are `==` when they are equivalent in openCypher's sense (as `DISTINCT` sees them):
/// null equals null, NaN equals NaN, `1` and `1.0` are equal, strings compare by code points.
public enum Value: Sendable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case float(Double)
  case string(String)
  case list([Value])
  case map(MapValue)
  case node(Node)
  case relationship(Relationship)
  case path(Path)
  case date(DateValue)
  case localTime(LocalTimeValue)
  case time(TimeValue)
  case localDateTime(LocalDateTimeValue)
  case dateTime(DateTimeValue)
  case duration(DurationValue)
}

/// A map in the order in which its keys were given; keys are distinct.
public struct MapValue: Sendable {
  public private(set) var entries: [(key: String, value: Value)]

  public init(_ entries: [(key: String, value: Value)] = []) {
    self.entries = entries
  }

  /// The value of a key, compared by code points; nil when absent. O(number of keys).
  public subscript(key: String) -> Value? {
    entries.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
  }

  public var count: Int { entries.count }
}

/// A node as it stood when the answer was made.
public struct Node: Sendable {
  public var id: NodeID
  /// Sorted by code points.
  public var labels: [String]
  public var properties: MapValue

  public init(id: NodeID, labels: [String], properties: MapValue) {
    self.id = id
    self.labels = labels
    self.properties = properties
  }
}

/// A relationship as it stood when the answer was made.
public struct Relationship: Sendable {
  public var id: RelationshipID
  public var type: String
  /// A node, or a relationship about which this one says something.
  public var start: ElementID
  /// A node, or a relationship about which this one says something.
  public var end: ElementID
  public var properties: MapValue

  public init(
    id: RelationshipID, type: String, start: ElementID, end: ElementID, properties: MapValue
  ) {
    self.id = id
    self.type = type
    self.start = start
    self.end = end
    self.properties = properties
  }

  /// A relationship between two nodes.
  public init(
    id: RelationshipID, type: String, start: NodeID, end: NodeID, properties: MapValue
  ) {
    self.init(
      id: id, type: type, start: .node(start), end: .node(end), properties: properties)
  }

  /// Both ends are nodes: the relationship says nothing about another one.
  public var isBetweenNodes: Bool { start.kind == .node && end.kind == .node }
}

/// A path: `relationships.count + 1` nodes; a relationship may be walked against its direction.
public struct Path: Sendable {
  public var nodes: [Node]
  public var relationships: [Relationship]

  public init(nodes: [Node], relationships: [Relationship]) {
    self.nodes = nodes
    self.relationships = relationships
  }
}
