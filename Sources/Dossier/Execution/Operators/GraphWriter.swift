import DossierSyntax

/// Changes to the statement's copy of the graph, with openCypher's rules and counters.
struct GraphWriter {
  let state: ExecutionState

  // MARK: Making

  /// The labels of names, each once; new ones are added to the catalog.
  func labelIDs(_ names: [String]) -> [LabelID] {
    var ids: [LabelID] = []
    for name in names {
      let id = state.graph.catalog.internLabel(name)
      if !ids.contains(id) { ids.append(id) }
    }
    return ids
  }

  /// A node with distinct labels.
  func createNode(labels: [LabelID]) throws(QueryError) -> NodeID {
    let node = try state.graph.createNode(labels: labels)
    state.counters.nodesCreated += 1
    state.counters.labelsAdded += labels.count
    return node
  }

  /// A relationship between elements of the kinds that `shape` names.
  func createRelationship(
    type: RelationshipTypeID, _ shape: RelationshipShape, from: Cell, to: Cell,
    _ range: SourceRange
  ) throws(QueryError) -> RelationshipID {
    guard let start = from.element(shape.start), let end = to.element(shape.end) else {
      let wanted =
        shape == .betweenNodes ? "two nodes" : "a \(shape.start) and a \(shape.end)"
      throw QueryError(
        .invalidArgumentTypeAtRuntime,
        "a relationship needs \(wanted), found \(from.typeName) and \(to.typeName)", at: range)
    }
    guard state.graph.contains(start), state.graph.contains(end) else {
      throw QueryError(
        .deletedEntityAccess, "an end of the new relationship was deleted by this statement",
        at: range)
    }
    let id = try state.graph.createRelationship(type: type, from: start, to: end)
    state.counters.relationshipsCreated += 1
    return id
  }

  // MARK: Properties

  /// Sets one property; null removes it; an element that is null is left alone.
  func set(
    _ element: Cell, _ key: PropertyKeyID, _ value: Cell, _ range: SourceRange
  ) throws(QueryError) {
    do throws(QueryError) {
      switch element.tag {
      case .null: return
      case .node:
        try check(element, range)
        if value.isNull, try state.graph.property(element.nodeID, key, arena: state.arena).isNull {
          return
        }
        try state.graph.setProperty(element.nodeID, key, value)
      case .relationship:
        try check(element, range)
        if value.isNull,
          try state.graph.property(element.relationshipID, key, arena: state.arena).isNull
        {
          return
        }
        try state.graph.setProperty(element.relationshipID, key, value)
      default:
        throw QueryError(
          .invalidArgumentTypeAtRuntime,
          "expected a node or relationship, found \(element.typeName)", at: range)
      }
    } catch {
      throw error.located(at: range)
    }
    state.counters.propertiesSet += 1
    if !value.isNull, state.isBoundKey(key) { state.boundedElements.append((element, range)) }
  }

  /// Sets a property of an element that this statement has just made to a value that is not null.
  func setNew(
    _ element: Cell, _ key: PropertyKeyID, _ value: Cell, _ range: SourceRange
  ) throws(QueryError) {
    do throws(QueryError) {
      if element.tag == .node {
        try state.graph.setProperty(element.nodeID, key, value)
      } else {
        try state.graph.setProperty(element.relationshipID, key, value)
      }
    } catch { throw error.located(at: range) }
    state.counters.propertiesSet += 1
    if state.isBoundKey(key) { state.boundedElements.append((element, range)) }
  }

  private func check(_ element: Cell, _ range: SourceRange) throws(QueryError) {
    let exists =
      element.tag == .node
      ? state.graph.contains(element.nodeID) : state.graph.contains(element.relationshipID)
    guard exists else {
      throw QueryError(
        .deletedEntityAccess, "the element was deleted by this statement", at: range)
    }
  }

  /// Adds the entries of a map, or the properties of an element, to an element's properties.
  func setAll(_ element: Cell, _ map: Cell, _ range: SourceRange) throws(QueryError) {
    for (key, value) in try entries(map, range) { try set(element, key, value, range) }
  }

  /// Replaces all properties of an element.
  func replaceAll(_ element: Cell, _ map: Cell, _ range: SourceRange) throws(QueryError) {
    if element.isNull { return }
    let new = try entries(map, range)
    for key in try keys(of: element, range) where !new.contains(where: { $0.key == key }) {
      try set(element, key, .null, range)
    }
    for (key, value) in new { try set(element, key, value, range) }
  }

  private func entries(
    _ map: Cell, _ range: SourceRange
  ) throws(QueryError) -> [(key: PropertyKeyID, value: Cell)] {
    var found: [(key: PropertyKeyID, value: Cell)] = []
    switch map.tag {
    case .null: break
    case .map:
      let pairs = map.cells
      for i in stride(from: 0, to: pairs.count, by: 2) {
        found.append((state.graph.catalog.internPropertyKey(pairs[i].bytes), pairs[i + 1]))
      }
    case .node:
      for key in state.graph.propertyKeys(of: map.nodeID) {
        found.append((key, try state.graph.property(map.nodeID, key, arena: state.arena)))
      }
    case .relationship:
      for key in state.graph.propertyKeys(of: map.relationshipID) {
        found.append((key, try state.graph.property(map.relationshipID, key, arena: state.arena)))
      }
    default:
      throw QueryError(
        .invalidArgumentTypeAtRuntime, "expected a map of properties, found \(map.typeName)",
        at: range)
    }
    return found
  }

  private func keys(
    of element: Cell, _ range: SourceRange
  ) throws(QueryError) -> [PropertyKeyID] {
    switch element.tag {
    case .node: return state.graph.propertyKeys(of: element.nodeID)
    case .relationship: return state.graph.propertyKeys(of: element.relationshipID)
    default:
      throw QueryError(
        .invalidArgumentTypeAtRuntime,
        "expected a node or relationship, found \(element.typeName)", at: range)
    }
  }

  // MARK: Labels

  func changeLabels(
    _ element: Cell, _ names: [String], add: Bool, _ range: SourceRange
  ) throws(QueryError) {
    if element.isNull { return }
    guard element.tag == .node else {
      throw QueryError(
        .invalidArgumentTypeAtRuntime, "expected a node, found \(element.typeName)", at: range)
    }
    try check(element, range)
    for name in names {
      if add {
        let label = state.graph.catalog.internLabel(name)
        if try state.graph.addLabel(element.nodeID, label) { state.counters.labelsAdded += 1 }
      } else if let label = state.graph.catalog.label(name),
        try state.graph.removeLabel(element.nodeID, label)
      {
        state.counters.labelsRemoved += 1
      }
    }
  }

  // MARK: Deleting

  func deleteRelationship(_ id: RelationshipID) {
    guard state.graph.contains(id) else { return }
    state.graph.deleteRelationship(id)
    state.counters.relationshipsDeleted += 1
  }

  func deleteNode(_ id: NodeID) {
    guard state.graph.contains(id) else { return }
    state.graph.deleteNode(id)
    state.counters.nodesDeleted += 1
  }
}

extension Cell {
  /// The element that the cell names; nil when it is no element of the kind.
  func element(_ kind: ElementKind) -> ElementID? {
    guard tag == (kind == .node ? .node : .relationship) else { return nil }
    return ElementID(kind, rawValue: UInt32(truncatingIfNeeded: raw))
  }
}
