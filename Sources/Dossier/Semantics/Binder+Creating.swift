import DossierSyntax

/// `CREATE` and `MERGE`: patterns whose elements are made.
extension Binder {
  func bind(_ create: CreateClause) throws(QueryError) -> BoundClause {
    var draft = CreationDraft(keyword: "CREATE")
    for path in create.pattern.paths {
      try bindCreation(of: path, &draft)
    }
    return .create(draft.items, paths: draft.paths)
  }

  func bind(_ merge: MergeClause) throws(QueryError) -> BoundClause {
    var draft = CreationDraft(keyword: "MERGE")
    try bindCreation(of: merge.path, &draft)
    let onCreate = try bind(merge.onCreate)
    let onMatch = try bind(merge.onMatch)
    draft.graph.paths = draft.paths
    return .merge(
      BoundMerge(
        graph: draft.graph, create: draft.items, onCreate: onCreate, onMatch: onMatch,
        range: merge.range))
  }

  private func bindCreation(
    of path: PathPattern, _ draft: inout CreationDraft
  ) throws(QueryError) {
    try checkReferences(in: path)
    var nodes: [Slot] = []
    for node in path.nodes {
      nodes.append(try bindCreated(node, isAlone: path.relationships.isEmpty, &draft))
    }
    var steps: [Slot] = []
    for (index, relationship) in path.relationships.enumerated() {
      steps.append(
        try bindCreated(
          relationship, from: nodes[index], to: nodes[index + 1], path.ends(of: index), &draft))
    }
    if let variable = path.variable {
      try checkCreatable(variable)
      let slot = created(variable, .path)
      draft.paths.append(.init(slot: slot, start: nodes[0], steps: steps))
      draft.graph.introduced.append(slot)
    }
  }

  // MARK: Variables

  /// A variable that the clause brings in; the property maps to its right may read it.
  private func created(_ name: Name?, _ type: StaticType) -> Slot {
    guard let name else { return slots.add(type) }
    let slot = slots.add(type, named: name.text)
    declare(name, slot, type)
    return slot
  }

  private func known(_ name: Name) throws(QueryError) -> Variable? {
    try resolve(name.text, at: name.range)
  }

  private func checkCreatable(_ name: Name) throws(QueryError) {
    if try known(name) != nil { throw alreadyBound(name) }
  }

  // MARK: Nodes

  private func bindCreated(
    _ node: NodePattern, isAlone: Bool, _ draft: inout CreationDraft
  ) throws(QueryError) -> Slot {
    if node.standsForRelationship {
      let slot = try referenced(node)
      draft.add(node: slot, [], isRelationship: true)
      return slot
    }
    if let name = node.variable, let variable = try known(name) {
      if isAlone || !node.labels.isEmpty || node.properties != nil {
        throw alreadyBound(
          name,
          help: isAlone
            ? nil : "a bound node stands bare in the pattern: `(\(name.text))`")
      }
      guard variable.type.canBe(.node) else {
        throw conflict(name, variable.type, wanted: "a node")
      }
      draft.add(node: variable.slot, [])
      return variable.slot
    }
    let properties = try bindCreatedProperties(node.properties)
    let slot = created(node.variable, .node)
    let labels = node.labels.map(\.text)
    draft.add(node: slot, labels)
    draft.graph.introduced.append(slot)
    draft.graph.predicates += properties.equalities(of: slot)
    draft.items.append(
      .node(slot, labels: labels, properties: properties.expression, node.range))
    return slot
  }

  // MARK: Relationships

  private func bindCreated(
    _ pattern: RelationshipPattern, from left: Slot, to right: Slot, _ ends: RelationshipShape,
    _ draft: inout CreationDraft
  ) throws(QueryError) -> Slot {
    if let name = pattern.variable { try checkCreatable(name) }
    let type = try checkCreatable(pattern, draft.keyword)
    let properties = try bindCreatedProperties(pattern.properties)
    let slot = created(pattern.variable, .relationship)
    let (from, to) = pattern.direction == .left ? (right, left) : (left, right)
    draft.items.append(
      .relationship(
        slot, from: from, to: to, type: type,
        shape: pattern.direction == .left ? ends.reversed : ends,
        properties: properties.expression, pattern.range))
    draft.graph.introduced.append(slot)
    draft.graph.relationships.append(
      QueryGraph.Relationship(
        slot: slot, left: left, right: right, types: [type], direction: pattern.direction,
        length: nil, search: .all, ends: ends))
    draft.graph.predicates += properties.equalities(of: slot)
    return slot
  }

  /// The type of a relationship that is made. Errors: `creatingVarLength`,
  /// `noSingleRelationshipType`, `requiresDirectedRelationship`.
  private func checkCreatable(
    _ pattern: RelationshipPattern, _ keyword: String
  ) throws(QueryError) -> String {
    if let length = pattern.length {
      throw QueryError(
        .creatingVarLength, "`\(keyword)` cannot make a relationship of variable length",
        at: length.range, help: "write each relationship of the chain")
    }
    guard pattern.types.count == 1 else {
      throw QueryError(
        .noSingleRelationshipType,
        "`\(keyword)` needs exactly one relationship type, found "
          + (pattern.types.isEmpty ? "none" : "\(pattern.types.count)"),
        at: pattern.range, help: "write the type as in `-[:TYPE]->`")
    }
    if keyword == "CREATE", pattern.direction == .both {
      throw QueryError(
        .requiresDirectedRelationship, "`CREATE` needs a direction for each relationship",
        at: pattern.range, help: "write `-[:\(pattern.types[0].text)]->`")
    }
    return pattern.types[0].text
  }

  // MARK: Properties

  private func bindCreatedProperties(
    _ properties: Expression?
  ) throws(QueryError) -> CreatedProperties {
    guard let properties else { return CreatedProperties(expression: nil, entries: []) }
    guard case .map(let entries) = properties.kind else {
      let value = try bind(properties)
      try check(value, canBe: [.map], at: properties.range)
      return CreatedProperties(expression: value.expression, entries: [])
    }
    let bound = try entries.mapTyped { entry throws(QueryError) in
      (key: entry.key, value: try bind(entry.value).expression)
    }
    return CreatedProperties(
      expression: entries.isEmpty ? nil : try bindMap(entries).expression, entries: bound)
  }
}

/// The pattern of a `CREATE` or `MERGE` while it is read.
struct CreationDraft {
  let keyword: String
  var items: [CreateItem] = []
  var paths: [QueryGraph.NamedPath] = []
  /// The same pattern as something to be searched for.
  var graph = QueryGraph()
  private var known: SlotSet = []

  init(keyword: String) { self.keyword = keyword }

  mutating func add(node slot: Slot, _ labels: [String], isRelationship: Bool = false) {
    guard known.insert(slot).inserted else { return }
    graph.nodes.append(
      QueryGraph.Node(slot: slot, labels: labels, isRelationship: isRelationship))
  }
}

/// The property map of an element that is made, as a map and entry by entry.
private struct CreatedProperties {
  var expression: BoundExpression?
  var entries: [(key: Name, value: BoundExpression)]

  func equalities(of element: Slot) -> [BoundExpression] {
    entries.map { entry in
      .comparison(
        .equal, .property(.slot(element), key: entry.key.text, entry.key.range), entry.value)
    }
  }
}
