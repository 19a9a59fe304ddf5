import DossierSyntax

/// Clauses that change the graph, row by row.
extension ReferenceEngine {
  // MARK: CREATE and MERGE

  /// The row with all elements of the pattern made that it does not have yet.
  func create(_ paths: [PathPattern], _ row: Row) throws -> Row {
    var row = row
    for path in paths {
      var nodes: [Int] = []
      for pattern in path.nodes { nodes.append(try create(pattern, &row)) }
      var relationships: [Int] = []
      for (i, pattern) in path.relationships.enumerated() {
        let isReversed = pattern.direction == .left
        relationships.append(
          try create(
            pattern, from: nodes[isReversed ? i + 1 : i], to: nodes[isReversed ? i : i + 1], &row))
      }
      if let name = path.variable?.text {
        row[name] = .path(ReferencePath(nodes: nodes, relationships: relationships))
      }
    }
    return row
  }

  private func create(_ pattern: NodePattern, _ row: inout Row) throws -> Int {
    if let name = pattern.variable?.text, let bound = row[name] {
      guard case .node(let position) = bound else { throw ReferenceError.type }
      if graph.nodes[position] == nil { throw ReferenceError("DeletedEntityAccess") }
      return position
    }
    let properties = try storable(pattern.properties, row)
    graph.nodes.append(
      ReferenceGraph.Node(labels: Set(pattern.labels.map(\.text)), properties: properties))
    if let name = pattern.variable?.text { row[name] = .node(graph.nodes.count - 1) }
    return graph.nodes.count - 1
  }

  private func create(
    _ pattern: RelationshipPattern, from start: Int, to end: Int, _ row: inout Row
  ) throws -> Int {
    let properties = try storable(pattern.properties, row)
    graph.relationships.append(
      ReferenceGraph.Relationship(
        type: pattern.types[0].text, start: start, end: end, properties: properties))
    let position = graph.relationships.count - 1
    if let name = pattern.variable?.text { row[name] = .relationship(position) }
    return position
  }

  /// The entries of a pattern's map that are not null.
  private func storable(_ map: Expression?, _ row: Row) throws -> [String: ReferenceValue] {
    guard let map, case .map(let entries) = try evaluate(map, row) else { return [:] }
    for key in entries.keys.sorted() { try checkStorable(entries[key] ?? .null) }
    return entries.filter { !$0.value.isNull }
  }

  /// Errors: a value that is no property.
  private func checkStorable(_ value: ReferenceValue) throws {
    switch value {
    case .map, .node, .relationship, .path: throw ReferenceError("InvalidPropertyType")
    case .list(let elements):
      for element in elements {
        if case .list = element { throw ReferenceError("InvalidPropertyType") }
        if element.isNull { throw ReferenceError("InvalidPropertyType") }
        try checkStorable(element)
      }
    default: break
    }
  }

  /// What the pattern matches, else what it makes.
  func merge(_ clause: MergeClause, _ row: Row) throws -> [Row] {
    let maps = clause.path.nodes.map(\.properties) + clause.path.relationships.map(\.properties)
    for map in maps.compactMap({ $0 }) {
      guard case .map(let entries) = try evaluate(map, row) else { continue }
      if entries.values.contains(where: \.isNull) { throw ReferenceError("MergeReadOwnWrites") }
    }
    let found = try matches([clause.path], nil, row)
    if found.isEmpty {
      var path = clause.path
      for i in path.relationships.indices where path.relationships[i].direction == .both {
        path.relationships[i].direction = .right
      }
      let made = try create([path], row)
      try apply(clause.onCreate, made)
      return [made]
    }
    for row in found { try apply(clause.onMatch, row) }
    return found
  }

  // MARK: SET and REMOVE

  func apply(_ items: [SetItem], _ row: Row) throws {
    for item in items {
      switch item {
      case .property(let element, let key, let value):
        try update(try evaluate(element, row), with: [key.text: try evaluate(value, row)])
      case .replace(let variable, let value):
        try update(
          row[variable.text] ?? .null, with: try entries(try evaluate(value, row)), replacing: true)
      case .merge(let variable, let value):
        try update(row[variable.text] ?? .null, with: try entries(try evaluate(value, row)))
      case .labels(let variable, let labels):
        try changeLabels(row[variable.text] ?? .null) { $0.formUnion(labels.map(\.text)) }
      }
    }
  }

  func apply(_ items: [RemoveItem], _ row: Row) throws {
    for item in items {
      switch item {
      case .property(let element, let key):
        try update(try evaluate(element, row), with: [key.text: .null])
      case .labels(let variable, let labels):
        try changeLabels(row[variable.text] ?? .null) { $0.subtract(labels.map(\.text)) }
      }
    }
  }

  private func entries(_ value: ReferenceValue) throws -> [String: ReferenceValue] {
    value.isNull ? [:] : try properties(of: value)
  }

  private func update(
    _ element: ReferenceValue, with entries: [String: ReferenceValue], replacing: Bool = false
  ) throws {
    if element.isNull { return }
    var properties = try properties(of: element)
    if replacing { properties = [:] }
    for key in entries.keys.sorted() {
      let value = entries[key] ?? .null
      try checkStorable(value)
      properties[key] = value.isNull ? nil : value
    }
    switch element {
    case .node(let position): graph.nodes[position]?.properties = properties
    case .relationship(let position): graph.relationships[position]?.properties = properties
    default: throw ReferenceError.type
    }
  }

  private func changeLabels(
    _ element: ReferenceValue, _ change: (inout Set<String>) -> Void
  ) throws {
    if element.isNull { return }
    guard case .node(let position) = element else { throw ReferenceError.type }
    guard graph.nodes[position] != nil else { throw ReferenceError("DeletedEntityAccess") }
    if var labels = graph.nodes[position]?.labels {
      change(&labels)
      graph.nodes[position]?.labels = labels
    }
  }

  // MARK: DELETE

  /// Deletes what all rows name; a node that keeps relationships is an error.
  func apply(_ clause: DeleteClause, _ rows: [Row]) throws {
    var nodes: Set<Int> = []
    var relationships: Set<Int> = []
    for row in rows {
      for expression in clause.expressions {
        switch try evaluate(expression, row) {
        case .null: break
        case .node(let position): nodes.insert(position)
        case .relationship(let position): relationships.insert(position)
        case .path(let path):
          nodes.formUnion(path.nodes)
          relationships.formUnion(path.relationships)
        default: throw ReferenceError.type
        }
      }
    }
    for (position, relationship) in graph.placedRelationships {
      let isNamed = relationships.contains(position)
      let isAttached = nodes.contains(relationship.start) || nodes.contains(relationship.end)
      if isNamed || clause.detach && isAttached {
        graph.relationships[position] = nil
      } else if isAttached {
        throw ReferenceError("DeleteConnectedNode")
      }
    }
    for position in nodes { graph.nodes[position] = nil }
  }
}
