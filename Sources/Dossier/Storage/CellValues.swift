/// The value of a cell as users of the library see it.
///
/// Nodes and relationships are looked up in `graph`; one that was deleted has no labels and no
/// properties.
func value(of cell: Cell, in graph: Graph) -> Value {
  switch cell.tag {
  case .null: return .null
  case .boolean: return .boolean(cell.boolean)
  case .integer: return .integer(cell.integer)
  case .float: return .float(cell.float)
  case .string: return .string(cell.string)
  case .list: return .list(cell.cells.map { value(of: $0, in: graph) })
  case .map: return .map(mapValue(of: cell, in: graph))
  case .node: return .node(node(cell.nodeID, in: graph))
  case .relationship: return .relationship(relationship(cell.relationshipID, in: graph))
  case .path: return .path(path(of: cell, in: graph))
  case .date: return .date(cell.date)
  case .localTime: return .localTime(cell.localTime)
  case .time: return .time(cell.time)
  case .localDateTime: return .localDateTime(cell.localDateTime)
  case .dateTime: return .dateTime(cell.dateTime)
  case .duration: return .duration(cell.duration)
  }
}

private func mapValue(of cell: Cell, in graph: Graph) -> MapValue {
  let pairs = cell.cells
  var entries: [(key: String, value: Value)] = []
  entries.reserveCapacity(pairs.count / 2)
  for i in stride(from: 0, to: pairs.count, by: 2) {
    entries.append((pairs[i].string, value(of: pairs[i + 1], in: graph)))
  }
  return MapValue(entries)
}

private func node(_ id: NodeID, in graph: Graph) -> Node {
  graph.contains(id) ? graph.node(id) : Node(id: id, labels: [], properties: MapValue())
}

private func relationship(_ id: RelationshipID, in graph: Graph) -> Relationship {
  if graph.contains(id) { return graph.relationship(id) }
  let ends = graph.endElements(of: id)
  return Relationship(
    id: id, type: graph.catalog.name(of: graph.ends(of: id).type), start: ends.start, end: ends.end,
    properties: MapValue())
}

private func path(of cell: Cell, in graph: Graph) -> Path {
  var nodes: [Node] = []
  var relationships: [Relationship] = []
  for element in cell.cells {
    if element.tag == .node {
      nodes.append(node(element.nodeID, in: graph))
    } else {
      relationships.append(relationship(element.relationshipID, in: graph))
    }
  }
  return Path(nodes: nodes, relationships: relationships)
}
