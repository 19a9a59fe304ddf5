import DossierSyntax

/// Functions on nodes, relationships and paths.
enum GraphFunctions {
  static let definitions: [FunctionDefinition] = [
    FunctionDefinition(
      "id", family, [.required("entity", .node, .relationship)], .integer,
      "The number of a node or relationship; it never changes and is never given away again.",
      kernel: ids),
    .unary(
      "elementId", family, .required("entity", .node, .relationship), .string,
      "The number of a node or relationship as a string.", elementID),
    FunctionDefinition(
      "type", family, [.required("relationship", .relationship)], .string,
      "The type of a relationship.", kernel: types),
    FunctionDefinition(
      "labels", family, [.required("node", .node)], .list(.string),
      "The labels of a node, in the order in which the graph first saw them.", kernel: labels),
    .unary(
      "keys", family, .required("entity", .node, .relationship, .map), .list(.string),
      "The property keys of a node or relationship, or the keys of a map.", keys),
    .unary(
      "properties", family, .required("entity", .node, .relationship, .map), .map,
      "All properties of a node or relationship as a map; a map as it is.", properties),
    .unary(
      "nodes", family, .required("path", .path), .list(.node),
      "The nodes of a path in order."
    ) { (path, call) throws(QueryError) in
      try elements(of: path, "nodes", from: 0, call)
    },
    .unary(
      "relationships", family, .required("path", .path), .list(.relationship),
      "The relationships of a path in order."
    ) { (path, call) throws(QueryError) in
      try elements(of: path, "relationships", from: 1, call)
    },
    .unary(
      "length", family, .required("path", .path), .integer,
      "The number of relationships of a path.", length),
    .unary(
      "startNode", family, .required("relationship", .relationship), .any,
      "What a relationship starts at: a node, or the relationship that it says something about."
    ) { (cell, call) throws(QueryError) in
      Cell(try ends(of: cell, "startNode", call).start)
    },
    .unary(
      "endNode", family, .required("relationship", .relationship), .any,
      "What a relationship ends at: a node, or the relationship that it says something about."
    ) { (cell, call) throws(QueryError) in
      Cell(try ends(of: cell, "endNode", call).end)
    },
  ]

  /// `startNode` and `endNode` for plans: null where the end is an element of the other kind.
  static func end(_ end: RelationshipEnd, _ kind: ElementKind) -> FunctionDefinition {
    .unary(
      end == .start ? "startNode" : "endNode", family, .required("relationship", .relationship),
      kind == .node ? .node : .relationship, ""
    ) { (cell, call) throws(QueryError) in
      let ends = try ends(of: cell, end == .start ? "startNode" : "endNode", call)
      let element = end == .start ? ends.start : ends.end
      return element.kind == kind ? Cell(element) : .null
    }
  }

  private static func ends(
    of cell: Cell, _ function: String, _ call: FunctionContext
  ) throws(QueryError) -> (start: ElementID, end: ElementID) {
    guard cell.tag == .relationship else {
      throw call.typeError(function, expected: "a relationship", found: cell)
    }
    return call.graph.endElements(of: cell.relationshipID)
  }

  private static let family = "Graph"

  // MARK: Kernels

  private static func ids(
    _ arguments: [Column], _ count: Int, _ call: FunctionContext
  ) throws(QueryError) -> Column {
    let a = arguments[0]
    guard count > 0, a.kind == .node || a.kind == .relationship else {
      return try call.mapRows(a, count) { (cell) throws(QueryError) in
        guard cell.tag == .node || cell.tag == .relationship else {
          throw call.typeError("id", expected: "a node or relationship", found: cell)
        }
        return Cell(Int64(truncatingIfNeeded: cell.raw))
      }
    }
    let result = Column(
      .integer, count: count, nullable: a.validity != nil, isConstant: a.isConstant)
    result.copyValidity(from: a)
    let (ids, target) = (a.ids, result.integers)
    for i in 0..<result.physicalCount { target[i] = Int64(ids[i]) }
    return result
  }

  private static func elementID(
    _ cell: Cell, _ call: FunctionContext
  ) throws(QueryError) -> Cell {
    guard cell.tag == .node || cell.tag == .relationship else {
      throw call.typeError("elementId", expected: "a node or relationship", found: cell)
    }
    return try call.arena.string(cell.raw.description)
  }

  /// Types outlive their relationships: they may be asked after a `DELETE`.
  private static func types(
    _ arguments: [Column], _ count: Int, _ call: FunctionContext
  ) throws(QueryError) -> Column {
    let (a, graph) = (arguments[0], call.graph)
    guard count > 0, a.kind == .relationship else {
      return try call.mapRows(a, count) { (cell) throws(QueryError) in
        guard cell.tag == .relationship else {
          throw call.valueError("type", expected: "a relationship", found: cell)
        }
        return graph.catalog.nameCell(of: graph.ends(of: cell.relationshipID).type)
      }
    }
    let result = Column(.cell, count: count, isConstant: a.isConstant)
    var (lastType, lastName): (RelationshipTypeID?, Cell) = (nil, .null)
    for i in 0..<result.physicalCount {
      guard a.isValid(i) else {
        result.cells[i] = .null
        continue
      }
      let type = graph.ends(of: RelationshipID(rawValue: a.ids[i])).type
      if type != lastType { (lastType, lastName) = (type, graph.catalog.nameCell(of: type)) }
      result.cells[i] = lastName
    }
    return result
  }

  /// Neighbouring rows with the same labels share one list.
  private static func labels(
    _ arguments: [Column], _ count: Int, _ call: FunctionContext
  ) throws(QueryError) -> Column {
    let graph = call.graph
    var (lastLabels, lastList): ([LabelID]?, Cell) = (nil, .null)
    return try call.mapRows(arguments[0], count) { (cell) throws(QueryError) in
      guard cell.tag == .node else {
        throw call.valueError("labels", expected: "a node", found: cell)
      }
      guard graph.contains(cell.nodeID) else { throw call.deletedError("labels", "node") }
      let labels = graph.labels(of: cell.nodeID)
      if labels != lastLabels {
        lastList = try call.arena.list(labels.map { graph.catalog.nameCell(of: $0) })
        lastLabels = labels
      }
      return lastList
    }
  }

  private static func keys(_ cell: Cell, _ call: FunctionContext) throws(QueryError) -> Cell {
    if cell.tag == .map {
      let pairs = cell.cells
      let target = try call.arena.cells(pairs.count / 2)
      for i in 0..<pairs.count / 2 { target[i] = pairs[i * 2] }
      return try call.arena.list(at: target, count: pairs.count / 2)
    }
    let keys = try propertyKeys(cell, "keys", call)
    return try call.arena.list(keys.map { call.graph.catalog.nameCell(of: $0) })
  }

  private static func properties(
    _ cell: Cell, _ call: FunctionContext
  ) throws(QueryError) -> Cell {
    if cell.tag == .map { return cell }
    var pairs: [Cell] = []
    for key in try propertyKeys(cell, "properties", call) {
      pairs.append(call.graph.catalog.nameCell(of: key))
      if cell.tag == .node {
        pairs.append(try call.graph.property(cell.nodeID, key, arena: call.arena))
      } else {
        pairs.append(try call.graph.property(cell.relationshipID, key, arena: call.arena))
      }
    }
    return try call.arena.map(pairs: pairs)
  }

  private static func propertyKeys(
    _ cell: Cell, _ function: String, _ call: FunctionContext
  ) throws(QueryError) -> [PropertyKeyID] {
    switch cell.tag {
    case .node:
      guard call.graph.contains(cell.nodeID) else { throw call.deletedError(function, "node") }
      return call.graph.propertyKeys(of: cell.nodeID)
    case .relationship:
      guard call.graph.contains(cell.relationshipID) else {
        throw call.deletedError(function, "relationship")
      }
      return call.graph.propertyKeys(of: cell.relationshipID)
    default:
      throw call.typeError(
        function, expected: "a node, relationship or map", found: cell)
    }
  }

  /// Every second element of a path.
  private static func elements(
    of path: Cell, _ function: String, from start: Int, _ call: FunctionContext
  ) throws(QueryError) -> Cell {
    guard path.tag == .path else {
      throw call.typeError(function, expected: "a path", found: path)
    }
    let elements = path.cells
    let count = (elements.count + 1 - start) / 2
    let target = try call.arena.cells(count)
    for i in 0..<count { target[i] = elements[start + i * 2] }
    return try call.arena.list(at: target, count: count)
  }

  private static func length(_ cell: Cell, _ call: FunctionContext) throws(QueryError) -> Cell {
    guard cell.tag == .path else {
      throw call.typeError("length", expected: "a path", found: cell)
    }
    return Cell(Int64(cell.aux / 2))
  }
}
