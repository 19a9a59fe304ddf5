import DossierSyntax

/// Values that come into the engine; `value(of:in:)` is the way back.
extension Arena {
  /// How deep lists and maps of a value that is handed in may nest.
  static let maxNesting = 1_000

  /// A copy of a value in the arena. Errors: `memoryLimit`, `invalidArgumentValue` for values that
  /// nest deeper than `maxNesting`.
  func cell(_ value: Value) throws(QueryError) -> Cell {
    try cell(value, depth: 0)
  }

  private func cell(_ value: Value, depth: Int) throws(QueryError) -> Cell {
    switch value {
    case .null: return .null
    case .boolean(let boolean): return Cell(boolean)
    case .integer(let integer): return Cell(integer)
    case .float(let float): return Cell(float)
    case .string(let text): return try string(text)
    case .list(let elements): return try list(elements, depth: depth + 1)
    case .map(let map): return try self.map(map, depth: depth + 1)
    case .node(let node): return Cell(node.id)
    case .relationship(let relationship): return Cell(relationship.id)
    case .path(let path): return try self.path(path)
    case .date(let date): return Cell(date)
    case .localTime(let time): return Cell(time)
    case .time(let time): return Cell(time)
    case .localDateTime(let time): return Cell(time)
    case .dateTime(let time): return Cell(time)
    case .duration(let duration): return try self.duration(duration)
    }
  }

  private func checkNesting(_ depth: Int) throws(QueryError) {
    guard depth <= Self.maxNesting else {
      throw QueryError(
        .invalidArgumentValue, "value nests deeper than \(Self.maxNesting) lists and maps")
    }
  }

  private func list(_ elements: [Value], depth: Int) throws(QueryError) -> Cell {
    try checkNesting(depth)
    let target = try cells(elements.count)
    for (i, element) in elements.enumerated() { target[i] = try cell(element, depth: depth) }
    return try list(at: target, count: elements.count)
  }

  private func map(_ map: MapValue, depth: Int) throws(QueryError) -> Cell {
    try checkNesting(depth)
    var pairs: [Cell] = []
    pairs.reserveCapacity(map.count * 2)
    for entry in map.entries {
      pairs.append(try string(entry.key))
      pairs.append(try cell(entry.value, depth: depth))
    }
    return try self.map(pairs: pairs)
  }

  private func path(_ path: Path) throws(QueryError) -> Cell {
    var elements: [Cell] = []
    for (i, node) in path.nodes.enumerated() {
      elements.append(Cell(node.id))
      if i < path.relationships.count { elements.append(Cell(path.relationships[i].id)) }
    }
    return try self.path(elements)
  }
}
