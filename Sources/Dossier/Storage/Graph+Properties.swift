import DossierSyntax

extension Graph {
  // MARK: Reading

  /// One property of all nodes; nil when no node ever had it.
  func nodeProperties(_ key: PropertyKeyID) -> PropertyReader? {
    Self.column(key, nodeColumns).map { PropertyReader($0, strings: strings) }
  }

  /// One property of all relationships; nil when no relationship ever had it.
  func relationshipProperties(_ key: PropertyKeyID) -> PropertyReader? {
    Self.column(key, relationshipColumns).map { PropertyReader($0, strings: strings) }
  }

  /// A property of a node, null when absent. Lists and durations are copied into the arena.
  /// Errors: `memoryLimit`.
  func property(
    _ node: NodeID, _ key: PropertyKeyID, arena: Arena
  ) throws(QueryError) -> Cell {
    guard let reader = nodeProperties(key) else { return .null }
    return try reader.general(row: Int(node.rawValue), arena: arena)
  }

  /// A property of a relationship, as for nodes.
  func property(
    _ relationship: RelationshipID, _ key: PropertyKeyID, arena: Arena
  ) throws(QueryError) -> Cell {
    guard let reader = relationshipProperties(key) else { return .null }
    return try reader.general(row: Int(relationship.rawValue), arena: arena)
  }

  /// The keys of the properties that a node has, in the order in which keys were interned.
  /// O(keys of all nodes).
  func propertyKeys(of node: NodeID) -> [PropertyKeyID] {
    Self.keys(Int(node.rawValue), nodeColumns)
  }

  /// The keys of the properties that a relationship has, as for nodes.
  func propertyKeys(of relationship: RelationshipID) -> [PropertyKeyID] {
    Self.keys(Int(relationship.rawValue), relationshipColumns)
  }

  static func column(
    _ key: PropertyKeyID, _ columns: ContiguousArray<PropertyColumn?>
  ) -> PropertyColumn? {
    let index = Int(key.rawValue)
    return index < columns.count ? columns[index] : nil
  }

  private static func keys(
    _ row: Int, _ columns: ContiguousArray<PropertyColumn?>
  ) -> [PropertyKeyID] {
    var keys: [PropertyKeyID] = []
    for index in columns.indices {
      if let column = columns[index], column.contains(row) {
        keys.append(PropertyKeyID(rawValue: UInt32(index)))
      }
    }
    return keys
  }

  // MARK: Writing

  /// Gives a node a property; null removes it. Strings are interned, lists copied.
  ///
  /// Errors: `invalidPropertyType` for what cannot be stored, `deletedEntityAccess` when the node
  /// does not exist.
  mutating func setProperty(
    _ node: NodeID, _ key: PropertyKeyID, _ value: Cell
  ) throws(QueryError) {
    guard contains(node) else { throw Self.missing(node) }
    let strings = strings
    let stored = value.isNull ? nil : try StoredValue(value, strings: strings)
    Self.set(Int(node.rawValue), key, stored, in: &nodeColumns, strings)
    indexes.note(node, key, value)
  }

  /// Gives a relationship a property; as for nodes.
  mutating func setProperty(
    _ relationship: RelationshipID, _ key: PropertyKeyID, _ value: Cell
  ) throws(QueryError) {
    guard contains(relationship) else { throw Self.missing(relationship) }
    let strings = strings
    let stored = value.isNull ? nil : try StoredValue(value, strings: strings)
    Self.set(Int(relationship.rawValue), key, stored, in: &relationshipColumns, strings)
  }

  private static func set(
    _ row: Int, _ key: PropertyKeyID, _ value: StoredValue?,
    in columns: inout ContiguousArray<PropertyColumn?>, _ strings: StringDictionary
  ) {
    guard let value else { return remove(row, Int(key.rawValue), in: &columns) }
    writableColumn(key, in: &columns).set(row, value, strings: strings)
  }

  /// The column of a key, made if missing, copied if shared; released before the next call.
  static func writableColumn(
    _ key: PropertyKeyID, in columns: inout ContiguousArray<PropertyColumn?>
  ) -> PropertyColumn {
    let index = Int(key.rawValue)
    while columns.count <= index { columns.append(nil) }
    if !isKnownUniquelyReferenced(&columns[index]) {
      columns[index] = columns[index].map(PropertyColumn.init(copying:)) ?? PropertyColumn()
    }
    return columns[index].unsafelyUnwrapped
  }

  private static func remove(
    _ row: Int, _ index: Int, in columns: inout ContiguousArray<PropertyColumn?>
  ) {
    guard index < columns.count, columns[index]?.contains(row) == true else { return }
    writableColumn(PropertyKeyID(rawValue: UInt32(index)), in: &columns).remove(row)
  }

  static func removeAll(_ row: Int, in columns: inout ContiguousArray<PropertyColumn?>) {
    for index in columns.indices { remove(row, index, in: &columns) }
  }

  static func missing(_ node: NodeID) -> QueryError {
    QueryError(.deletedEntityAccess, "node \(node.rawValue) does not exist")
  }

  static func missing(_ element: ElementID) -> QueryError {
    switch element {
    case .node(let id): missing(id)
    case .relationship(let id): missing(id)
    }
  }

  static func missing(_ relationship: RelationshipID) -> QueryError {
    QueryError(.deletedEntityAccess, "relationship \(relationship.rawValue) does not exist")
  }
}
