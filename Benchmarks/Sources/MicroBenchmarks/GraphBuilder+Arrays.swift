import Dossier
import DossierSyntax

/// Names from literals and runs from arrays.
extension GraphBuilder {
  func label(_ name: StaticString) -> LabelName {
    label(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
  }

  func type(_ name: StaticString) -> TypeName {
    type(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
  }

  func key(_ name: StaticString) -> KeyName {
    key(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
  }

  mutating func setProperties(
    from first: NodeID, _ name: StaticString, integers: [Int64]
  ) throws(QueryError) {
    let key = key(name)
    try integers.withUnsafeBufferPointer { (run) throws(QueryError) in
      try setProperties(from: first, key, to: .integers(run))
    }
  }

  mutating func setProperties(
    from first: NodeID, _ name: StaticString, floats: [Double]
  ) throws(QueryError) {
    let key = key(name)
    try floats.withUnsafeBufferPointer { (run) throws(QueryError) in
      try setProperties(from: first, key, to: .floats(run))
    }
  }

  mutating func setProperties(
    from first: NodeID, _ name: StaticString, strings: [UInt32]
  ) throws(QueryError) {
    let key = key(name)
    try strings.withUnsafeBufferPointer { (run) throws(QueryError) in
      try setProperties(from: first, key, to: .strings(run))
    }
  }

  mutating func setProperties(
    from first: RelationshipID, _ name: StaticString, integers: [Int64]
  ) throws(QueryError) {
    let key = key(name)
    try integers.withUnsafeBufferPointer { (run) throws(QueryError) in
      try setProperties(from: first, key, to: .integers(run))
    }
  }
}
