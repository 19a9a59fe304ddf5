import DossierSyntax

/// Reads N-Triples 1.1 as a property graph; `RDFGraph` says how.
enum NTriplesReader {
  static func read(_ file: FileBytes) throws(QueryError) -> GraphDraft {
    var graph = RDFGraph(file)
    var scanner = NTriplesScanner(file, pool: graph.pool)
    while let triple = try scanner.next() { try add(triple, to: &graph) }
    return try graph.finish()
  }

  private static func add(
    _ triple: NTriplesScanner.Triple, to graph: inout RDFGraph
  ) throws(QueryError) {
    let offset = triple.offset
    let subject = try graph.node(triple.subject, at: offset)
    switch triple.object {
    case .resource(let name):
      if triple.predicate.equals("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
        name.buffer.first != UInt8(ascii: "_")
      {
        return try graph.addLabel(name, to: subject, at: offset)
      }
      let object = try graph.node(name, at: offset)
      try graph.addRelationship(triple.predicate, from: subject, to: object, at: offset)
    case .literal(let text, let type, let language):
      let literal = RDFLiteral(text: text, type: type, language: language)
      graph.addLiteral(literal, triple.predicate, of: subject, at: offset)
    }
  }
}
