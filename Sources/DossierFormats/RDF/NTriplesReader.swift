import DossierSyntax

/// Reads N-Triples 1.1 as a property graph; `RDFGraph` says how.
struct NTriplesReader {
  private var graph: RDFGraph
  private let statements: RDFStatements?
  /// The relationship of each of the reified statements.
  private var relationships: [UInt32] = []

  static func read(_ file: FileBytes, _ bad: inout BadRecords) throws(QueryError) -> GraphDraft {
    var reader = try NTriplesReader(file)
    var scanner = NTriplesScanner(file, pool: reader.graph.pool)
    while true {
      do throws(QueryError) {
        guard let triple = try scanner.next() else { break }
        try reader.add(triple)
      } catch {
        try bad.note(error)
        scanner.skipLine()
      }
    }
    return try reader.graph.finish(&bad)
  }

  private init(_ file: FileBytes) throws(QueryError) {
    graph = RDFGraph(file)
    statements = RDFStatements(file, pool: graph.pool)
    for statement in statements?.all ?? [] {
      let subject = try graph.node(statement.subject, at: statement.offset)
      let object = try graph.node(statement.object, at: statement.offset)
      relationships.append(
        try graph.addStatement(
          statement.predicate, from: subject, to: object, at: statement.offset))
    }
  }

  private mutating func add(_ triple: NTriplesScanner.Triple) throws(QueryError) {
    let offset = triple.offset
    if let number = statements?.number(of: triple.subject) {
      if case .literal(let text, let type, let language) = triple.object {
        let literal = RDFLiteral(text: text, type: type, language: language)
        let element = GraphDraft.Element.relationship(relationships[number])
        graph.addLiteral(literal, triple.predicate, of: element, at: offset)
      }
      return
    }
    let subject = try graph.node(triple.subject, at: offset)
    switch triple.object {
    case .resource(let name):
      if triple.predicate.buffer.elementsEqual(RDFVocabulary.type.utf8),
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
