import DossierSyntax

@testable import Dossier

/// Bulk loading from arrays, which tests have at hand.
extension BulkLoader {
  @discardableResult
  mutating func addRelationships(
    _ type: RelationshipTypeID, starts: [UInt32], ends: [UInt32]
  ) throws -> RelationshipID {
    try starts.withUnsafeBufferPointer { starts in
      try ends.withUnsafeBufferPointer { try addRelationships(type, starts: starts, ends: $0) }
    }
  }

  mutating func setProperties<Element>(
    from first: NodeID, _ key: PropertyKeyID, _ values: [Element], valid: [UInt64]? = nil,
    _ run: (UnsafeBufferPointer<Element>) -> PropertyRun
  ) throws {
    try values.withUnsafeBufferPointer { values in
      guard let valid else {
        return try setProperties(from: first, key, to: run(values), valid: nil)
      }
      try valid.withUnsafeBufferPointer {
        try setProperties(from: first, key, to: run(values), valid: $0)
      }
    }
  }

  mutating func setProperties<Element>(
    from first: RelationshipID, _ key: PropertyKeyID, _ values: [Element], valid: [UInt64]? = nil,
    _ run: (UnsafeBufferPointer<Element>) -> PropertyRun
  ) throws {
    try values.withUnsafeBufferPointer { values in
      guard let valid else {
        return try setProperties(from: first, key, to: run(values), valid: nil)
      }
      try valid.withUnsafeBufferPointer {
        try setProperties(from: first, key, to: run(values), valid: $0)
      }
    }
  }
}
