/// The number of a node: dense from 0, never given to another node later.
public struct NodeID: RawRepresentable, Hashable, Comparable, Sendable {
  public var rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }
  public static func < (a: NodeID, b: NodeID) -> Bool { a.rawValue < b.rawValue }
}

/// The number of a relationship: dense from 0, never given to another relationship later.
public struct RelationshipID: RawRepresentable, Hashable, Comparable, Sendable {
  public var rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }
  public static func < (a: RelationshipID, b: RelationshipID) -> Bool { a.rawValue < b.rawValue }
}

/// The number of a label in the catalog.
struct LabelID: RawRepresentable, Hashable, Comparable, Sendable {
  var rawValue: UInt32
  static func < (a: LabelID, b: LabelID) -> Bool { a.rawValue < b.rawValue }
}

/// The number of a relationship type in the catalog.
struct RelationshipTypeID: RawRepresentable, Hashable, Comparable, Sendable {
  var rawValue: UInt32
  static func < (a: RelationshipTypeID, b: RelationshipTypeID) -> Bool { a.rawValue < b.rawValue }
}

/// The number of a property key in the catalog.
struct PropertyKeyID: RawRepresentable, Hashable, Comparable, Sendable {
  var rawValue: UInt32
  static func < (a: PropertyKeyID, b: PropertyKeyID) -> Bool { a.rawValue < b.rawValue }
}

/// The number of a node or a relationship: what stands at an end of a relationship.
public enum ElementID: Hashable, Sendable {
  case node(NodeID)
  case relationship(RelationshipID)

  public var kind: ElementKind {
    switch self {
    case .node: .node
    case .relationship: .relationship
    }
  }

  /// The number among the elements of the kind.
  public var rawValue: UInt32 {
    switch self {
    case .node(let id): id.rawValue
    case .relationship(let id): id.rawValue
    }
  }

  public init(_ kind: ElementKind, rawValue: UInt32) {
    switch kind {
    case .node: self = .node(NodeID(rawValue: rawValue))
    case .relationship: self = .relationship(RelationshipID(rawValue: rawValue))
    }
  }

  /// The node; nil for a relationship.
  public var node: NodeID? {
    if case .node(let id) = self { return id }
    return nil
  }

  /// The relationship; nil for a node.
  public var relationship: RelationshipID? {
    if case .relationship(let id) = self { return id }
    return nil
  }
}
