import Synchronization

/// The names of labels, relationship types and property keys, each kind numbered from 0.
///
/// Append-only and shared by all versions of a database's graph: an id is valid for ever. Names are
/// compared by their UTF-8 bytes. Safe to use from any thread.
final class Catalog: Sendable {
  private let labels = StringDictionary(marksCells: false)
  private let relationshipTypes = StringDictionary(marksCells: false)
  private let propertyKeys = StringDictionary(marksCells: false)

  /// Some type is for relationships that do not run between nodes.
  private let shapes = Atomic(false)

  init() {}

  /// Whether relationships may begin or end at relationships anywhere.
  var hasShapes: Bool { shapes.load(ordering: .acquiring) }

  // MARK: Labels

  /// The id of a label; nil when no statement ever named it in a write.
  func label(_ name: String) -> LabelID? { labels.find(name).map(LabelID.init) }
  func label(_ name: UnsafeBufferPointer<UInt8>) -> LabelID? {
    labels.find(name).map(LabelID.init)
  }
  /// The id of a label, given to it now if it is new.
  func internLabel(_ name: String) -> LabelID { LabelID(rawValue: labels.intern(name)) }
  func internLabel(_ name: UnsafeBufferPointer<UInt8>) -> LabelID {
    LabelID(rawValue: labels.intern(name))
  }
  func name(of label: LabelID) -> String { nameCell(of: label).string }
  /// The name as a string cell whose bytes live as long as the catalog; not `isInterned`.
  func nameCell(of label: LabelID) -> Cell { labels.cell(label.rawValue) }
  var labelCount: Int { labels.count }

  // MARK: Relationship types

  /// The id of a type for relationships of a shape; nil when no statement ever named it in a write.
  func relationshipType(
    _ name: String, _ shape: RelationshipShape = .betweenNodes
  ) -> RelationshipTypeID? {
    if shape == .betweenNodes {
      return relationshipTypes.find(name).map(RelationshipTypeID.init)
    }
    return Self.withKey(name, shape) { relationshipTypes.find($0) }.map(RelationshipTypeID.init)
  }
  func relationshipType(_ name: UnsafeBufferPointer<UInt8>) -> RelationshipTypeID? {
    relationshipTypes.find(name).map(RelationshipTypeID.init)
  }
  /// The id of a type for relationships of a shape, given to it now if it is new.
  func internRelationshipType(
    _ name: String, _ shape: RelationshipShape = .betweenNodes
  ) -> RelationshipTypeID {
    if shape == .betweenNodes {
      return RelationshipTypeID(rawValue: relationshipTypes.intern(name))
    }
    shapes.store(true, ordering: .releasing)
    return RelationshipTypeID(
      rawValue: Self.withKey(name, shape) { relationshipTypes.intern($0) })
  }
  /// The same for a name or a key of `key(of:)`.
  func internRelationshipType(_ name: UnsafeBufferPointer<UInt8>) -> RelationshipTypeID {
    if Self.shape(ofKey: name) != .betweenNodes { shapes.store(true, ordering: .releasing) }
    return RelationshipTypeID(rawValue: relationshipTypes.intern(name))
  }
  /// The type of the same name for relationships of another shape, made if it is new.
  func relationshipType(
    _ type: RelationshipTypeID, as shape: RelationshipShape
  ) -> RelationshipTypeID {
    self.shape(of: type) == shape ? type : internRelationshipType(name(of: type), shape)
  }
  func name(of type: RelationshipTypeID) -> String { nameCell(of: type).string }
  func nameCell(of type: RelationshipTypeID) -> Cell {
    let key = relationshipTypes.cell(type.rawValue)
    guard let base = key.bytes.baseAddress, Self.shape(ofKey: key.bytes) != .betweenNodes else {
      return key
    }
    return Cell(stringAt: base, count: key.aux - 2)
  }

  // A type whose relationships do not run between nodes has a key of its own: the name, the byte
  // 0xFF, which no name contains as it is not UTF-8, and the number of the shape.

  /// What stands at the ends of the relationships of a type.
  func shape(of type: RelationshipTypeID) -> RelationshipShape {
    guard hasShapes, Int(type.rawValue) < relationshipTypeCount else { return .betweenNodes }
    return Self.shape(ofKey: key(of: type).bytes)
  }

  /// The key of a type, for snapshots, which give it to `internRelationshipType` again.
  func key(of type: RelationshipTypeID) -> Cell { relationshipTypes.cell(type.rawValue) }

  static func shape(ofKey bytes: UnsafeBufferPointer<UInt8>) -> RelationshipShape {
    guard bytes.count >= 2, bytes[bytes.count - 2] == 0xff else { return .betweenNodes }
    return RelationshipShape(number: bytes[bytes.count - 1])
  }

  private static func withKey<Result>(
    _ name: String, _ shape: RelationshipShape, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    (Array(name.utf8) + [0xff, shape.number]).withUnsafeBufferPointer(body)
  }

  /// The types whose relationships have a shape, in the order of their ids.
  func relationshipTypes(_ shape: RelationshipShape) -> [RelationshipTypeID] {
    if !hasShapes, shape != .betweenNodes { return [] }
    return (0..<relationshipTypeCount).lazy
      .map { RelationshipTypeID(rawValue: UInt32(truncatingIfNeeded: $0)) }
      .filter { self.shape(of: $0) == shape }
  }

  /// The types of a name, one for each shape in which it was used.
  func relationshipTypes(named name: String) -> [RelationshipTypeID] {
    (hasShapes ? RelationshipShape.allCases : [.betweenNodes]).compactMap {
      relationshipType(name, $0)
    }
  }

  /// Types of all shapes; a name that is used in two shapes counts twice.
  var relationshipTypeCount: Int { relationshipTypes.count }

  // MARK: Property keys

  func propertyKey(_ name: String) -> PropertyKeyID? {
    propertyKeys.find(name).map(PropertyKeyID.init)
  }
  func propertyKey(_ name: UnsafeBufferPointer<UInt8>) -> PropertyKeyID? {
    propertyKeys.find(name).map(PropertyKeyID.init)
  }
  func internPropertyKey(_ name: String) -> PropertyKeyID {
    PropertyKeyID(rawValue: propertyKeys.intern(name))
  }
  func internPropertyKey(_ name: UnsafeBufferPointer<UInt8>) -> PropertyKeyID {
    PropertyKeyID(rawValue: propertyKeys.intern(name))
  }
  func name(of key: PropertyKeyID) -> String { nameCell(of: key).string }
  func nameCell(of key: PropertyKeyID) -> Cell { propertyKeys.cell(key.rawValue) }
  var propertyKeyCount: Int { propertyKeys.count }
}
