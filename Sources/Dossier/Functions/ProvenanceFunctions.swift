import DossierSyntax

/// Functions on who says what a graph holds.
enum ProvenanceFunctions {
  static let definitions: [FunctionDefinition] = [
    function(
      "sources", .list(.any),
      "The sources of an element: what its relationships `reported-by` lead to, or those that "
        + "`dossier.sources` declares, each once, in the order in which they were given."
    ) { (element, reader, call) throws(QueryError) in
      try call.arena.list(reader.sources(of: element).map { Cell($0) })
    },
    function(
      "source", .any, "The first of the sources of an element, null where it has none."
    ) { (element, reader, _) throws(QueryError) in
      reader.sources(of: element).first.map { Cell($0) } ?? .null
    },
    function(
      "claim", .string,
      "The strongest mode in which a source reports an element, else the element's own property "
        + "`mode`: ruled, asserted, claimed, alleged, reported, negated or hypothetical."
    ) { (element, reader, call) throws(QueryError) in
      guard let mode = reader.claim(of: element) else { return .null }
      return try call.arena.string(mode.rawValue)
    },
  ]

  /// A function of an element; null gives null.
  private static func function(
    _ name: String, _ result: StaticType, _ summary: String,
    _ body:
      @escaping @Sendable (ElementID, ProvenanceReader, FunctionContext) throws(QueryError)
      -> Cell
  ) -> FunctionDefinition {
    FunctionDefinition(
      name, "Graph", [.required("entity", .node, .relationship)], result, summary
    ) { (arguments, count, call) throws(QueryError) in
      let reader = ProvenanceReader(call.graph)
      return try call.mapRows(arguments[0], count) { (cell) throws(QueryError) in
        try body(try element(cell, name, call), reader, call)
      }
    }
  }

  private static func element(
    _ cell: Cell, _ function: String, _ call: FunctionContext
  ) throws(QueryError) -> ElementID {
    switch cell.tag {
    case .node:
      guard call.graph.contains(cell.nodeID) else { throw call.deletedError(function, "node") }
      return .node(cell.nodeID)
    case .relationship:
      guard call.graph.contains(cell.relationshipID) else {
        throw call.deletedError(function, "relationship")
      }
      return .relationship(cell.relationshipID)
    default:
      throw call.typeError(function, expected: "a node or relationship", found: cell)
    }
  }
}
