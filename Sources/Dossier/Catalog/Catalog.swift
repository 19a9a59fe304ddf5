/// The names of labels, relationship types and property keys, each kind numbered from 0.
///
/// Append-only and shared by all versions of a database's graph: an id is valid for ever. Names are
/// compared by their UTF-8 bytes. Safe to use from any thread.
final class Catalog: Sendable {
  private let labels = StringDictionary(marksCells: false)
  private let relationshipTypes = StringDictionary(marksCells: false)
  private let propertyKeys = StringDictionary(marksCells: false)

  init() {}

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

  func relationshipType(_ name: String) -> RelationshipTypeID? {
    relationshipTypes.find(name).map(RelationshipTypeID.init)
  }
  func relationshipType(_ name: UnsafeBufferPointer<UInt8>) -> RelationshipTypeID? {
    relationshipTypes.find(name).map(RelationshipTypeID.init)
  }
  func internRelationshipType(_ name: String) -> RelationshipTypeID {
    RelationshipTypeID(rawValue: relationshipTypes.intern(name))
  }
  func internRelationshipType(_ name: UnsafeBufferPointer<UInt8>) -> RelationshipTypeID {
    RelationshipTypeID(rawValue: relationshipTypes.intern(name))
  }
  func name(of type: RelationshipTypeID) -> String { nameCell(of: type).string }
  func nameCell(of type: RelationshipTypeID) -> Cell { relationshipTypes.cell(type.rawValue) }
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
