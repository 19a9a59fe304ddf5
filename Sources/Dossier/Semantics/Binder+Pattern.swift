import DossierSyntax

/// Patterns that are searched for: `MATCH`, `MERGE`, pattern predicates and comprehensions.
extension Binder {
  /// The graph of path patterns. First all variables are declared, then property maps are bound, so
  /// that a map may read what stands to its right.
  /// Errors: `variableTypeConflict`, `variableAlreadyBound`, `relationshipUniquenessViolation`,
  /// `invalidRelationshipPattern`, and `undefinedVariable` for new variables unless `introducing`.
  func bindPattern(
    _ paths: [PathPattern], introducing: Bool
  ) throws(QueryError) -> QueryGraph {
    var draft = PatternDraft(introducing: introducing)
    try declareReferences(in: paths, &draft)
    for path in paths {
      try checkReferences(in: path)
      let first = draft.graph.relationships.count
      let nodes = try path.nodes.mapTyped { node throws(QueryError) in
        try bindNode(node, &draft)
      }
      for (index, relationship) in path.relationships.enumerated() {
        try bindRelationship(
          relationship, from: nodes[index], to: nodes[index + 1], path.ends(of: index),
          path.selector, &draft)
      }
      let steps = draft.graph.relationships[first...].map(\.slot)
      draft.graph.named += nodes.prefix(1) + zip(steps, nodes.dropFirst()).flatMap { [$0, $1] }
      if let variable = path.variable {
        try checkUnbound(variable)
        let slot = slots.add(.path, named: variable.text)
        declare(variable, slot, .path)
        draft.graph.introduced.append(slot)
        draft.graph.paths.append(.init(slot: slot, start: nodes[0], steps: steps))
      }
    }
    try checkOrder(of: draft)
    try bindProperties(of: paths, &draft)
    return draft.graph
  }

  // MARK: Nodes

  private func bindNode(
    _ node: NodePattern, _ draft: inout PatternDraft
  ) throws(QueryError) -> Slot {
    if node.standsForRelationship { return try bindReference(node, &draft) }
    let labels = node.labels.map(\.text)
    guard let name = node.variable else {
      return draft.add(node: slots.add(.node), labels, isNew: true)
    }
    if let variable = try resolve(name.text, at: name.range) {
      guard variable.type.canBe(.node), !draft.isReference(variable.slot) else {
        throw conflict(name, variable.type, wanted: "a node")
      }
      return draft.add(node: variable.slot, labels, isNew: false)
    }
    guard draft.introducing else { throw undefinedInPattern(name) }
    let slot = slots.add(.node, named: name.text)
    declare(name, slot, .node)
    return draft.add(node: slot, labels, isNew: true)
  }

  func undefinedInPattern(_ name: Name) -> QueryError {
    var error = undefined(name.text, at: name.range)
    if error.diagnostics[0].help == nil {
      error.diagnostics[0].help =
        "a pattern predicate brings in no variables: leave the name out or use `EXISTS { … }`"
    }
    return error
  }

  func conflict(_ name: Name, _ type: StaticType, wanted: String) -> QueryError {
    QueryError(
      .variableTypeConflict,
      "variable `\(name.text)` is \(type.title) and cannot stand for \(wanted)", at: name.range,
      label: type.title, help: "choose another name")
  }

  // MARK: Relationships

  private func bindRelationship(
    _ pattern: RelationshipPattern, from left: Slot, to right: Slot, _ ends: RelationshipShape,
    _ selector: PathPattern.Selector, _ draft: inout PatternDraft
  ) throws(QueryError) {
    let slot = try relationshipSlot(pattern, &draft)
    var length: VariableLength?
    if let written = pattern.length {
      length = VariableLength(
        minimum: written.minimum ?? 1, maximum: written.maximum,
        element: slots.add(.relationship), predicate: nil)
    } else if selector != .none {
      length = VariableLength(
        minimum: 1, maximum: 1, element: slots.add(.relationship), predicate: nil)
    }
    let search: QueryGraph.Relationship.Search =
      switch selector {
      case .none: .all
      case .shortestPath: .shortest
      case .allShortestPaths: .allShortest
      }
    draft.graph.relationships.append(
      QueryGraph.Relationship(
        slot: slot, left: left, right: right, types: pattern.types.map(\.text),
        direction: pattern.direction, length: length, search: search, ends: ends))
    draft.patterns.append(pattern)
  }

  private func relationshipSlot(
    _ pattern: RelationshipPattern, _ draft: inout PatternDraft
  ) throws(QueryError) -> Slot {
    let isList = pattern.length != nil
    let type: StaticType = isList ? .list(.relationship) : .relationship
    guard let name = pattern.variable else { return draft.new(slots.add(type)) }
    guard let variable = try resolve(name.text, at: name.range) else {
      guard draft.introducing else { throw undefinedInPattern(name) }
      let slot = slots.add(type, named: name.text)
      declare(name, slot, type)
      draft.used.insert(slot)
      return draft.new(slot)
    }
    guard isList ? variable.type.canBeRelationshipList : variable.type.canBe(.relationship) else {
      throw conflict(
        name, variable.type, wanted: isList ? "a list of relationships" : "a relationship")
    }
    if draft.forward.remove(variable.slot) != nil, !isList {
      draft.used.insert(variable.slot)
      return draft.new(variable.slot)
    }
    guard draft.used.insert(variable.slot).inserted else {
      throw QueryError(
        .relationshipUniquenessViolation,
        "relationship `\(name.text)` stands twice in one pattern, where it can never match",
        at: name.range, label: "used before", help: "use two variables")
    }
    guard isList else { return variable.slot }
    // The chain is found afresh and must be the list that is given.
    let slot = draft.new(slots.add(type))
    draft.graph.predicates.append(.comparison(.equal, .slot(slot), .slot(variable.slot)))
    return slot
  }

  // MARK: Properties

  private func bindProperties(
    of paths: [PathPattern], _ draft: inout PatternDraft
  ) throws(QueryError) {
    let nodePatterns = paths.flatMap(\.nodes)
    for (pattern, slot) in zip(nodePatterns, draft.nodeSlots) {
      guard let properties = pattern.properties else { continue }
      draft.graph.predicates += try bindEqualities(properties, of: slot)
    }
    for (index, pattern) in draft.patterns.enumerated() {
      guard let properties = pattern.properties else { continue }
      let relationship = draft.graph.relationships[index]
      guard let element = relationship.length?.element else {
        draft.graph.predicates += try bindEqualities(properties, of: relationship.slot)
        continue
      }
      let equalities = try bindEqualities(properties, of: element)
      if let first = equalities.first {
        draft.graph.relationships[index].length?.predicate =
          equalities.count == 1 ? first : .and(equalities, properties.range)
      }
    }
  }

  /// `{key: value, …}` of an element as `element.key = value` for each entry.
  private func bindEqualities(
    _ properties: Expression, of element: Slot
  ) throws(QueryError) -> [BoundExpression] {
    guard case .map(let entries) = properties.kind else {
      throw QueryError(
        .invalidParameterUse, "a parameter cannot stand for the properties of a searched pattern",
        at: properties.range, help: "name each property: `{key: $map.key}`")
    }
    return try entries.mapTyped { entry throws(QueryError) in
      let value = try bind(entry.value)
      return .comparison(
        .equal, .property(.slot(element), key: entry.key.text, entry.key.range), value.expression)
    }
  }
}

/// A query graph while its patterns are read.
struct PatternDraft {
  let introducing: Bool
  var graph = QueryGraph()
  /// One for each node pattern, in order; nodes that share a variable repeat.
  var nodeSlots: [Slot] = []
  /// The patterns of `graph.relationships`.
  var patterns: [RelationshipPattern] = []
  /// Variables in `[r]` that are declared already, though their relationship comes later.
  var forward: SlotSet = []
  /// Relationship variables that the patterns have named.
  var used: SlotSet = []
  private var positions: [Slot: Int] = [:]

  init(introducing: Bool) { self.introducing = introducing }

  /// Whether the slot stands for a relationship at which others begin or end.
  func isReference(_ slot: Slot) -> Bool {
    positions[slot].map { graph.nodes[$0].isRelationship } ?? false
  }

  /// Adds a relationship at which others begin or end; false when the slot is a node's.
  mutating func add(reference slot: Slot) -> Bool {
    if positions[slot] == nil {
      positions[slot] = graph.nodes.count
      graph.nodes.append(QueryGraph.Node(slot: slot, labels: [], isRelationship: true))
    }
    nodeSlots.append(slot)
    return isReference(slot)
  }

  mutating func add(node slot: Slot, _ labels: [String], isNew: Bool) -> Slot {
    nodeSlots.append(slot)
    if isNew { graph.introduced.append(slot) }
    if let position = positions[slot] {
      graph.nodes[position].labels += labels.filter { label in
        !graph.nodes[position].labels.contains { VariableName($0) == VariableName(label) }
      }
    } else {
      positions[slot] = graph.nodes.count
      graph.nodes.append(QueryGraph.Node(slot: slot, labels: labels))
    }
    return slot
  }

  mutating func new(_ slot: Slot) -> Slot {
    graph.introduced.append(slot)
    return slot
  }
}

extension Array {
  /// `map` for closures that throw a query error.
  func mapTyped<Result>(
    _ transform: (Element) throws(QueryError) -> Result
  ) throws(QueryError) -> [Result] {
    var results: [Result] = []
    results.reserveCapacity(count)
    for element in self { results.append(try transform(element)) }
    return results
  }
}
