import DossierSyntax

/// Elements as users of the library see them.
extension Graph {
  /// A node with its labels and properties. A node that does not exist has none.
  func node(_ id: NodeID) -> Node {
    let names = labels(of: id).map { catalog.nameCell(of: $0) }
      .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
      .map(\.string)
    return Node(id: id, labels: names, properties: properties(Int(id.rawValue), nodeColumns))
  }

  /// A relationship with its type, ends and properties. One that was deleted has no properties.
  func relationship(_ id: RelationshipID) -> Relationship {
    let type = ends(of: id).type
    let (start, end) = endElements(of: id)
    return Relationship(
      id: id, type: Int(id.rawValue) < relationshipIDBound ? catalog.name(of: type) : "",
      start: start, end: end, properties: properties(Int(id.rawValue), relationshipColumns))
  }

  private func properties(_ row: Int, _ columns: ContiguousArray<PropertyColumn?>) -> MapValue {
    var entries: [(key: String, value: Value)] = []
    for index in columns.indices {
      guard let column = columns[index], column.contains(row) else { continue }
      let cell = PropertyReader(column, strings: strings).borrowedCell(row: row)
      let key = PropertyKeyID(rawValue: UInt32(index))
      entries.append((catalog.name(of: key), withExtendedLifetime(column) { Self.value(cell) }))
    }
    return MapValue(entries)
  }

  /// A stored property as a public value.
  static func value(_ cell: Cell) -> Value {
    switch cell.tag {
    case .null, .map, .node, .relationship, .path: .null
    case .boolean: .boolean(cell.boolean)
    case .integer: .integer(cell.integer)
    case .float: .float(cell.float)
    case .string: .string(cell.string)
    case .list: .list(cell.cells.map(value))
    case .date: .date(cell.date)
    case .localTime: .localTime(cell.localTime)
    case .time: .time(cell.time)
    case .localDateTime: .localDateTime(cell.localDateTime)
    case .dateTime: .dateTime(cell.dateTime)
    case .duration: .duration(cell.duration)
    }
  }
}
