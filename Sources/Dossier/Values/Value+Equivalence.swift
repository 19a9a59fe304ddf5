/// Equivalence, openCypher's notion of "the same value" in `DISTINCT`.
extension Value: Hashable {
  public static func == (a: Value, b: Value) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.boolean(let x), .boolean(let y)): x == y
    case (.integer(let x), .integer(let y)): x == y
    case (.float(let x), .float(let y)): x == y || x.isNaN && y.isNaN
    case (.integer(let x), .float(let y)), (.float(let y), .integer(let x)): y.isExactly(x)
    case (.string(let x), .string(let y)): x.hasSameCodePoints(y)
    case (.list(let x), .list(let y)): x == y
    case (.map(let x), .map(let y)): x == y
    case (.node(let x), .node(let y)): x == y
    case (.relationship(let x), .relationship(let y)): x == y
    case (.path(let x), .path(let y)): x == y
    case (.date(let x), .date(let y)): x == y
    case (.localTime(let x), .localTime(let y)): x == y
    case (.time(let x), .time(let y)): x == y
    case (.localDateTime(let x), .localDateTime(let y)): x == y
    case (.dateTime(let x), .dateTime(let y)): x == y
    case (.duration(let x), .duration(let y)): x == y
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .boolean(let value): hasher.combine(value)
    case .integer(let value): hasher.combine(mixHash(UInt64(bitPattern: value)))
    case .float(let value): hasher.combine(value.equivalenceHash)
    case .string(let value): value.hashCodePoints(into: &hasher)
    case .list(let value): hasher.combine(value)
    case .map(let value): hasher.combine(value)
    case .node(let value): hasher.combine(value)
    case .relationship(let value): hasher.combine(value)
    case .path(let value): hasher.combine(value)
    case .date(let value): hasher.combine(value)
    case .localTime(let value): hasher.combine(value)
    case .time(let value): hasher.combine(value)
    case .localDateTime(let value): hasher.combine(value)
    case .dateTime(let value): hasher.combine(value)
    case .duration(let value): hasher.combine(value)
    }
  }
}

extension MapValue: Hashable {
  /// The same keys with equivalent values, in any order.
  public static func == (a: MapValue, b: MapValue) -> Bool {
    a.count == b.count
      && zip(a.sortedEntries, b.sortedEntries).allSatisfy {
        $0.key.hasSameCodePoints($1.key) && $0.value == $1.value
      }
  }

  public func hash(into hasher: inout Hasher) {
    for entry in sortedEntries {
      entry.key.hashCodePoints(into: &hasher)
      hasher.combine(entry.value)
    }
  }

  /// The entries in the order of their keys' code points.
  private var sortedEntries: [(key: String, value: Value)] {
    entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }
}

extension Node: Hashable {
  /// Whether both are the node with this id, whatever was read of it.
  public static func == (a: Node, b: Node) -> Bool { a.id == b.id }

  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

extension Relationship: Hashable {
  /// Whether both are the relationship with this id, whatever was read of it.
  public static func == (a: Relationship, b: Relationship) -> Bool { a.id == b.id }

  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

extension Path: Hashable {
  public static func == (a: Path, b: Path) -> Bool {
    a.nodes == b.nodes && a.relationships == b.relationships
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(nodes)
    hasher.combine(relationships)
  }
}

extension String {
  /// Equality by code points; Swift's `==` would take canonically equivalent texts as equal.
  func hasSameCodePoints(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }

  /// Hashes in agreement with `hasSameCodePoints`.
  func hashCodePoints(into hasher: inout Hasher) {
    for byte in utf8 { hasher.combine(byte) }
    hasher.combine(0xff as UInt8)
  }
}
