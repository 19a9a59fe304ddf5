import DossierSyntax

/// What gathers the elements that rows rest on. Statements cannot call these by name.
enum EvidenceFunctions {
  /// The elements of a list, which may be null, and then those of patterns, each once: nodes,
  /// relationships, and chains, each behind the node at which it begins.
  static let elements = FunctionDefinition(
    "evidence", "Graph", [.required("elements", .any)], .list(.any),
    "The elements that a row rests on.", variadic: true
  ) { (arguments, count, call) throws(QueryError) in
    let result = Column(.cell, count: count)
    var found = DistinctElements()
    for row in 0..<count {
      found.removeAll()
      if let earlier = arguments.first?.cell(row), earlier.tag == .list {
        for cell in earlier.cells { found.add(cell) }
      }
      var here: Cell = .null
      for argument in arguments.dropFirst() {
        let cell = argument.cell(row)
        if cell.tag == .list {
          add(chain: cell.cells, from: here, to: &found, call.graph)
        } else {
          found.add(cell)
          here = cell
        }
      }
      result.cells[row] = try call.arena.list(found.cells)
    }
    return result
  }

  /// The relationships of a chain and the nodes between them.
  private static func add(
    chain: UnsafeBufferPointer<Cell>, from start: Cell, to found: inout DistinctElements,
    _ graph: Graph
  ) {
    guard start.tag == .node else { return }
    var here = ElementID.node(start.nodeID)
    for relationship in chain where relationship.tag == .relationship {
      found.add(relationship)
      let ends = graph.endElements(of: relationship.relationshipID)
      here = ends.start == here ? ends.end : ends.start
      found.add(Cell(here))
    }
  }

  /// The elements of the lists of a group, each once.
  static let union = AggregateDefinition(
    name: "evidence",
    signatures: [
      FunctionSignature(parameters: [.required("elements", .any)], result: .list(.any))
    ],
    summary: "The elements that the rows of a group rest on."
  ) { EvidenceAccumulator() }
}
