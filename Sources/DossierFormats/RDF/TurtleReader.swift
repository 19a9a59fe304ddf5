import Dossier
import DossierSyntax

/// Reads Turtle 1.1 as a property graph; `RDFGraph` says how.
///
/// Relative references are resolved against the file's base and, before one is declared, against
/// `file:///` and the file's name.
struct TurtleReader {
  /// What can stand as an object.
  private enum Object {
    case resource(ByteString)
    case node(UInt32)
    case literal(RDFLiteral)
    /// A collection of literals that can be a list of values.
    case list([Value])
  }

  /// Brackets and parentheses in one another.
  static let nestingLimit = 200

  private var graph: RDFGraph
  private var scanner: TurtleScanner
  private var depth = 0
  private let typeIRI: ByteString
  private let firstIRI: ByteString
  private let restIRI: ByteString
  private let nilIRI: ByteString
  private let integerIRI: ByteString
  private let decimalIRI: ByteString
  private let doubleIRI: ByteString
  private let booleanIRI: ByteString

  private init(_ file: FileBytes) {
    let graph = RDFGraph(file)
    func term(_ text: String) -> ByteString { graph.pool.add(text.utf8) }
    let syntax = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    let schema = "http://www.w3.org/2001/XMLSchema#"
    typeIRI = term(syntax + "type")
    firstIRI = term(syntax + "first")
    restIRI = term(syntax + "rest")
    nilIRI = term(syntax + "nil")
    integerIRI = term(schema + "integer")
    decimalIRI = term(schema + "decimal")
    doubleIRI = term(schema + "double")
    booleanIRI = term(schema + "boolean")
    scanner = TurtleScanner(file, pool: graph.pool)
    self.graph = graph
  }

  /// Of a bad statement the triples before the error are kept where the load goes on behind it.
  static func read(_ file: FileBytes, _ bad: inout BadRecords) throws(QueryError) -> GraphDraft {
    var reader = TurtleReader(file)
    while true {
      reader.scanner.skipBlanks()
      if reader.scanner.isAtEnd { return try reader.graph.finish(&bad) }
      do throws(QueryError) {
        try reader.readStatement()
      } catch {
        try bad.note(error)
        reader.depth = 0
        reader.scanner.skipStatement()
      }
    }
  }

  // MARK: Statements

  private mutating func readStatement() throws(QueryError) {
    if scanner.byte == UInt8(ascii: "@") {
      let start = scanner.at
      scanner.advance(1)
      if scanner.take("prefix") {
        try readPrefix()
      } else if scanner.take("base") {
        try readBase()
      } else {
        throw scanner.file.error(.invalidData, "expected `@prefix` or `@base`", at: start)
      }
      return try expectStop()
    }
    if scanner.take("prefix", ignoringCase: true) { return try readPrefix() }
    if scanner.take("base", ignoringCase: true) { return try readBase() }
    try readTriples()
    try expectStop()
  }

  private mutating func expectStop() throws(QueryError) {
    try scanner.expect(UInt8(ascii: "."), "`.` at the end of the statement")
  }

  private mutating func readPrefix() throws(QueryError) {
    scanner.skipBlanks()
    let prefix = try scanner.prefix()
    scanner.skipBlanks()
    let namespace = try scanner.bracketedIRI()
    scanner.bind(prefix, to: namespace)
    graph.declare(namespace)
  }

  private mutating func readBase() throws(QueryError) {
    scanner.skipBlanks()
    scanner.setBase(try scanner.bracketedIRI())
  }

  private mutating func readTriples() throws(QueryError) {
    let offset = scanner.at
    if scanner.byte == UInt8(ascii: "[") {
      let (subject, hasProperties) = try blankNode()
      scanner.skipBlanks()
      if hasProperties && scanner.byte == UInt8(ascii: ".") { return }
      return try readPredicates(of: subject)
    }
    let subject: UInt32
    if scanner.byte == UInt8(ascii: "(") {
      subject = try cells(of: try collection(), at: offset)
    } else {
      let what = "a subject: an IRI, a prefixed name, a blank node or a collection"
      subject = try graph.node(try resource(what), at: offset)
    }
    try readPredicates(of: subject)
  }

  /// `<predicateObjectList> ::= <verb> <objectList> { ; [ <verb> <objectList> ] }`
  private mutating func readPredicates(of subject: UInt32) throws(QueryError) {
    while true {
      scanner.skipBlanks()
      let predicate =
        scanner.take("a")
        ? typeIRI : try scanner.iri("a predicate: an IRI, a prefixed name or `a`")
      try readObjects(of: subject, predicate)
      var isSeparated = false
      while scanner.byte == UInt8(ascii: ";") {
        isSeparated = true
        scanner.advance(1)
        scanner.skipBlanks()
      }
      let next = scanner.byte
      if !isSeparated || next == UInt8(ascii: ".") || next == UInt8(ascii: "]") { return }
    }
  }

  private mutating func readObjects(
    of subject: UInt32, _ predicate: ByteString
  ) throws(QueryError) {
    while true {
      scanner.skipBlanks()
      let offset = scanner.at
      try add(try object(), predicate, of: subject, at: offset)
      scanner.skipBlanks()
      guard scanner.byte == UInt8(ascii: ",") else { return }
      scanner.advance(1)
    }
  }

  private mutating func add(
    _ object: Object, _ predicate: ByteString, of subject: UInt32, at offset: Int
  ) throws(QueryError) {
    switch object {
    case .literal(let literal): graph.addLiteral(literal, predicate, of: subject, at: offset)
    case .list(let values): graph.addCollection(values, predicate, of: subject, at: offset)
    case .node(let node):
      try graph.addRelationship(predicate, from: subject, to: node, at: offset)
    case .resource(let name):
      if predicate.hasSameBytes(as: typeIRI), name.buffer.first != UInt8(ascii: "_") {
        return try graph.addLabel(name, to: subject, at: offset)
      }
      let node = try graph.node(name, at: offset)
      try graph.addRelationship(predicate, from: subject, to: node, at: offset)
    }
  }

  // MARK: Terms

  private mutating func resource(_ what: String) throws(QueryError) -> ByteString {
    if scanner.byte == UInt8(ascii: "_"), scanner.byte(ahead: 1) == UInt8(ascii: ":") {
      return try scanner.blankNodeLabel()
    }
    return try scanner.iri(what)
  }

  private mutating func object() throws(QueryError) -> Object {
    switch scanner.byte {
    case UInt8(ascii: "["): return .node(try blankNode().node)
    case UInt8(ascii: "("):
      let offset = scanner.at
      let members = try collection()
      if let list = list(of: members) { return list }
      return .node(try cells(of: members, at: offset))
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .literal(try stringLiteral())
    default: break
    }
    if scanner.isAtNumber {
      let (text, kind) = try scanner.number()
      let type =
        switch kind {
        case .integer: integerIRI
        case .decimal: decimalIRI
        case .double: doubleIRI
        }
      return .literal(RDFLiteral(text: text, type: type, language: nil))
    }
    for word: StaticString in ["true", "false"] where scanner.take(word) {
      let text = graph.pool.add(word.description.utf8)
      return .literal(RDFLiteral(text: text, type: booleanIRI, language: nil))
    }
    let what = "an object: an IRI, a prefixed name, a blank node, a collection or a literal"
    return .resource(try resource(what))
  }

  private mutating func stringLiteral() throws(QueryError) -> RDFLiteral {
    var literal = RDFLiteral(text: try scanner.string(), type: nil, language: nil)
    if scanner.byte == UInt8(ascii: "@") {
      literal.language = try scanner.language()
    } else if scanner.byte == UInt8(ascii: "^"), scanner.byte(ahead: 1) == UInt8(ascii: "^") {
      scanner.advance(2)
      literal.type = try scanner.iri("a datatype: an IRI or a prefixed name")
    }
    return literal
  }

  private mutating func descend(_ offset: Int) throws(QueryError) {
    depth += 1
    guard depth <= Self.nestingLimit else {
      throw scanner.file.error(
        .nestingTooDeep, "the file nests more than \(Self.nestingLimit) levels deep", at: offset)
    }
  }

  /// `[ … ]`: a node of its own with what stands in the brackets.
  private mutating func blankNode() throws(QueryError) -> (node: UInt32, hasProperties: Bool) {
    let offset = scanner.at
    try descend(offset)
    defer { depth -= 1 }
    let node = try graph.anonymousNode(at: offset)
    scanner.advance(1)
    scanner.skipBlanks()
    let hasProperties = scanner.byte != UInt8(ascii: "]")
    if hasProperties { try readPredicates(of: node) }
    try scanner.expect(UInt8(ascii: "]"), "`;` and a predicate, or `]`")
    return (node, hasProperties)
  }

  // MARK: Collections

  /// `( … )`: its members and their places.
  private mutating func collection() throws(QueryError) -> [(object: Object, offset: Int)] {
    let open = scanner.at
    try descend(open)
    defer { depth -= 1 }
    scanner.advance(1)
    var members: [(object: Object, offset: Int)] = []
    while true {
      scanner.skipBlanks()
      if scanner.byte == UInt8(ascii: ")") {
        scanner.advance(1)
        return members
      }
      if scanner.isAtEnd {
        throw scanner.file.error(.invalidData, "this collection is not closed", at: open)
      }
      let offset = scanner.at
      members.append((try object(), offset))
    }
  }

  /// The collection as a list of values; nil when a member is no literal, or one whose language or
  /// datatype a list would lose.
  private func list(of members: [(object: Object, offset: Int)]) -> Object? {
    var values: [Value] = []
    for member in members {
      guard case .literal(let literal) = member.object, literal.keySuffix.isEmpty else {
        return nil
      }
      values.append(literal.value)
    }
    return .list(values)
  }

  /// The collection as nodes with `first` and `rest`; the first of them, `rdf:nil` when there is none.
  private mutating func cells(
    of members: [(object: Object, offset: Int)], at offset: Int
  ) throws(QueryError) -> UInt32 {
    var first: UInt32?
    var previous: UInt32?
    for member in members {
      let cell = try graph.anonymousNode(at: member.offset)
      if let previous {
        try graph.addRelationship(restIRI, from: previous, to: cell, at: member.offset)
      }
      try add(member.object, firstIRI, of: cell, at: member.offset)
      first = first ?? cell
      previous = cell
    }
    let end = try graph.node(nilIRI, at: offset)
    if let previous { try graph.addRelationship(restIRI, from: previous, to: end, at: offset) }
    return first ?? end
  }
}
