import Dossier
import DossierSyntax

/// Reads graphs in Gram notation.
///
/// Nodes are `(id:Label {key: value})`, relationships stand between them: `(a)-[id:type {…}]->(b)`.
/// Identifiers are names within one file; an identifier may be mentioned before it is defined, and
/// several mentions add labels and properties to one node. What Gram says beyond a property graph is
/// read as follows:
///
/// * `[r]-[:type]->(a)` and `(a)-[:type]->[r]` are relationships about the relationship that is called
///   `r` somewhere in the file.
/// * An arrow without a head or with two heads leads from left to right; `=` and `~` read as `-`.
/// * A subject pattern `[id:Label {…} | a, b]` is a node with a relationship of type `member` to each
///   of its members; of a path, to each node.
/// * An annotation `@key(value)` is a property of the element behind it; of a path, of each
///   relationship. `@@id:Label` is a node with a relationship `member` to the node behind it.
/// * Tags `date`, `time`, `localtime`, `datetime`, `localdatetime`, `duration` and `float` make typed
///   values of strings; strings with other tags, ranges and measurements are strings.
/// * A record before the first pattern describes the file. Its entry `join: false` says that equal
///   properties `id` do not make two nodes one.
struct GramReader {
  /// How deep subject patterns may stand in each other.
  static let depthLimit = 200

  typealias Place = GraphDraft.Place

  struct Annotation {
    var key: UInt32
    var value: GraphDraft.PropertyValue
    var place: Place
  }

  /// A mention of an identifier as a member, which must be a node when the file ends.
  private struct Reference {
    var identifier: UInt32
    var owner: UInt32
    var place: Place
  }

  /// What stands at an end of an arrow: a node, or the identifier of a relationship.
  enum End {
    case node(UInt32)
    case relationship(UInt32, Place)
  }

  var scanner: GramScanner
  var draft: GraphDraft
  private let file: UInt32
  private(set) var identifiers = NameTable()
  /// The element of each identifier; nil while it is only referred to.
  private(set) var elements: [GraphDraft.Element?] = []
  private var references: [Reference] = []
  var relationshipReferences: [RelationshipReference] = []
  /// Identifiers that got an element since the last mark.
  private var definedIdentifiers: [UInt32] = []
  private(set) var depth = 0

  private init(_ file: FileBytes, into draft: consuming GraphDraft) {
    var draft = draft
    draft.files.append(file)
    self.file = UInt32(draft.files.count - 1)
    scanner = GramScanner(file, pool: draft.pool)
    self.draft = draft
  }

  /// The draft with everything that the file says. Errors: `invalidData` and the more exact codes of
  /// graph files, each with its place.
  static func read(_ file: FileBytes, _ bad: inout BadRecords) throws(QueryError) -> GraphDraft {
    var draft = GraphDraft()
    draft.joinsByID = true
    var reader = GramReader(file, into: draft)
    try reader.parseFile(&bad)
    return reader.draft
  }

  func place(_ offset: Int) -> Place { Place(file: file, offset: offset) }

  // MARK: File

  /// `<gram> ::= [ <record> ] { <pattern> [ , ] }`
  private mutating func parseFile(_ bad: inout BadRecords) throws(QueryError) {
    try scanner.skipBlanks()
    if scanner.byte == UInt8(ascii: "{") { try parseHeader() }
    try scanner.skipBlanks()
    while !scanner.isAtEnd {
      if bad.keepsGoing {
        try parsePatternElementOrSkip(&bad)
      } else {
        try parsePatternElement()
      }
      try scanner.skipBlanks()
      let comma = scanner.at
      if scanner.consume(UInt8(ascii: ",")) {
        try scanner.skipBlanks()
        if scanner.isAtEnd {
          try bad.note(scanner.error("expected a pattern after this comma", at: comma))
        }
      }
    }
    try resolveReferences(&bad)
    try resolveRelationshipReferences(&bad)
  }

  /// Parses a pattern element or, where it is bad, takes it back and steps over it.
  private mutating func parsePatternElementOrSkip(_ bad: inout BadRecords) throws(QueryError) {
    let start = scanner.at
    let referenceCount = references.count
    let relationshipReferenceCount = relationshipReferences.count
    draft.markRecord()
    definedIdentifiers.removeAll(keepingCapacity: true)
    do throws(QueryError) {
      try parsePatternElement()
    } catch {
      draft.restore()
      for identifier in definedIdentifiers { elements[Int(identifier)] = nil }
      references.removeLast(references.count - referenceCount)
      relationshipReferences.removeLast(
        relationshipReferences.count - relationshipReferenceCount)
      depth = 0
      try bad.note(error)
      try scanner.skipPattern(from: start, error)
    }
  }

  /// `<pattern element> ::= { <annotation> } ( <path> | <subject pattern> )`
  private mutating func parsePatternElement() throws(QueryError) {
    let wrapper = try parseIdentifiedAnnotation()
    let annotations = try parseAnnotations()
    let start = scanner.at
    switch scanner.byte {
    case UInt8(ascii: "("):
      let firstRelationship = draft.relationships.count
      let firstNode = try parseNode()
      try parsePathRest(from: .node(firstNode), member: nil)
      let made = firstRelationship..<draft.relationships.count
      if made.isEmpty {
        try annotate(.node(firstNode), annotations)
      }
      for relationship in made {
        try annotate(.relationship(UInt32(relationship)), annotations)
      }
      if let wrapper {
        guard made.isEmpty else {
          throw scanner.error("`@@` can't stand before a relationship", at: start)
        }
        try addMember(firstNode, of: wrapper, at: place(start))
      }
    case UInt8(ascii: "["):
      if let reference = try parseRelationshipReference(beforeArrow: true) {
        let first = draft.relationships.count
        try parsePathRest(from: reference, member: nil)
        for relationship in first..<draft.relationships.count {
          try annotate(.relationship(UInt32(relationship)), annotations)
        }
        if wrapper != nil {
          throw scanner.error("`@@` can't stand before a relationship", at: start)
        }
        return
      }
      let node = try parseSubjectPattern()
      try annotate(.node(node), annotations)
      if let wrapper { try addMember(node, of: wrapper, at: place(start)) }
    default:
      throw unexpectedPattern()
    }
  }

  private func unexpectedPattern() -> QueryError {
    var scanner = scanner
    var help: String?
    if let word = scanner.symbol() {
      let keywords: [StaticString] = ["CREATE", "MATCH", "MERGE", "create", "match", "merge"]
      if keywords.contains(where: { word.equals($0) }) {
        help = "statements belong into a file whose name ends in .cypher"
      }
    } else if scanner.byte == UInt8(ascii: ";") {
      help = "patterns are separated by line ends or commas"
    }
    return self.scanner.unexpected("a pattern that opens with `(` or `[`", help: help)
  }

  // MARK: Annotations

  /// `@@id:Label`: the node that wraps the element behind it.
  private mutating func parseIdentifiedAnnotation() throws(QueryError) -> UInt32? {
    guard scanner.byte == UInt8(ascii: "@"), scanner.byte(ahead: 1) == UInt8(ascii: "@") else {
      return nil
    }
    let start = scanner.at
    scanner.at += 2
    let identifier = try parseIdentifier()
    if identifier == nil && scanner.byte != UInt8(ascii: ":") {
      throw scanner.unexpected("an identifier or a label after `@@`")
    }
    let node = try node(identifier, at: start)
    try parseLabels(of: node)
    return node
  }

  /// `<annotation> ::= @ <symbol> ( <value> )`
  private mutating func parseAnnotations() throws(QueryError) -> [Annotation] {
    var annotations: [Annotation] = []
    try scanner.skipBlanks()
    while scanner.byte == UInt8(ascii: "@") {
      let start = scanner.at
      scanner.at += 1
      if scanner.byte == UInt8(ascii: "@") {
        throw scanner.error("`@@` stands before all other annotations", at: start)
      }
      guard let key = try scanner.name() else { throw scanner.unexpected("a key after `@`") }
      try scanner.skipBlanks()
      guard scanner.consume(UInt8(ascii: "(")) else {
        throw scanner.unexpected("`(` and the value of the annotation")
      }
      try scanner.skipBlanks()
      let value = try parseValue()
      try scanner.skipBlanks()
      guard scanner.consume(UInt8(ascii: ")")) else {
        throw scanner.unexpected("`)` after the value of the annotation")
      }
      try scanner.skipBlanks()
      let number = draft.keyNames.intern(key).number
      annotations.append(Annotation(key: number, value: value, place: place(start)))
    }
    return annotations
  }

  private mutating func annotate(
    _ element: GraphDraft.Element, _ annotations: [Annotation]
  ) throws(QueryError) {
    for annotation in annotations {
      try draft.setProperty(
        of: element, key: annotation.key, to: annotation.value, at: annotation.place)
    }
  }

  // MARK: Identifiers

  /// `<identifier> ::= <symbol> | <quoted name> | <integer>`, as a number; nil when none stands here.
  func identifierIsNext() -> Bool {
    scanner.isNext(GramCharacters.symbolStart | GramCharacters.digit) || scanner.byte >= 0x80
      || scanner.byte == 0x60 || scanner.byte == 0x22 || scanner.byte == 0x27
  }

  mutating func parseIdentifier() throws(QueryError) -> UInt32? {
    var name: ByteString?
    if scanner.isNext(GramCharacters.digit) {
      let start = scanner.at
      while scanner.isNext(GramCharacters.digit) { scanner.at += 1 }
      if scanner.isNext(GramCharacters.symbolPart) {
        throw scanner.error(
          "an identifier that opens with a digit has digits only", at: start,
          help: "write it in backquotes")
      }
      name = ByteString(start: scanner.file.start + start, count: scanner.at - start)
    } else {
      name = try scanner.name()
    }
    guard let name else { return nil }
    let (number, isNew) = identifiers.intern(name)
    if isNew { elements.append(nil) }
    return number
  }

  /// The node of an identifier, made when this is its first mention; a new node without one.
  mutating func node(_ identifier: UInt32?, at offset: Int) throws(QueryError) -> UInt32 {
    guard let identifier else { return try draft.addNode(at: place(offset)) }
    switch elements[Int(identifier)] {
    case .node(let node): return node
    case .relationship(let relationship):
      throw isRelationship(identifier, relationship, at: offset)
    case nil:
      let node = try draft.addNode(at: place(offset))
      elements[Int(identifier)] = .node(node)
      definedIdentifiers.append(identifier)
      return node
    }
  }

  /// Gives an identifier to a relationship. Errors: `duplicateIdentifier`.
  mutating func name(
    relationship: UInt32, _ identifier: UInt32, at offset: Int
  ) throws(QueryError) {
    guard let element = elements[Int(identifier)] else {
      elements[Int(identifier)] = .relationship(relationship)
      definedIdentifiers.append(identifier)
      return
    }
    let name = identifiers.names[Int(identifier)].string
    let (kind, first) =
      switch element {
      case .node(let node): ("node", draft.nodes[Int(node)].place)
      case .relationship(let number):
        ("relationship", draft.relationships[Int(number)].place)
      }
    throw scanner.error(
      "identifier `\(name)` already names a \(kind)", at: offset, code: .duplicateIdentifier,
      help: "it was given at \(draft.words(for: first, seenFrom: place(offset)))")
  }

  private func isRelationship(
    _ identifier: UInt32, _ relationship: UInt32, at offset: Int
  ) -> QueryError {
    let name = identifiers.names[Int(identifier)].string
    let first = draft.words(
      for: draft.relationships[Int(relationship)].place, seenFrom: place(offset))
    return scanner.error(
      "identifier `\(name)` already names a relationship", at: offset, code: .duplicateIdentifier,
      help: "it was given at \(first)")
  }

  // MARK: Members

  /// Runs `body` one level deeper. Errors: `nestingTooDeep`.
  mutating func nested(
    at offset: Int, _ body: (inout GramReader) throws(QueryError) -> Void
  ) throws(QueryError) {
    guard depth < Self.depthLimit else {
      throw scanner.error(
        "patterns stand more than \(Self.depthLimit) deep in each other", at: offset,
        code: .nestingTooDeep)
    }
    depth += 1
    try body(&self)
    depth -= 1
  }

  mutating func addReference(_ identifier: UInt32, of owner: UInt32, at offset: Int) {
    references.append(Reference(identifier: identifier, owner: owner, place: place(offset)))
  }

  mutating func addMember(
    _ node: UInt32, of owner: UInt32, at place: Place
  ) throws(QueryError) {
    let type = draft.typeNames.intern(draft.pool.memberType).number
    _ = try draft.addRelationship(type: type, start: owner, end: node, at: place)
  }

  private mutating func resolveReferences(_ bad: inout BadRecords) throws(QueryError) {
    for reference in references {
      switch elements[Int(reference.identifier)] {
      case .node(let node):
        try addMember(node, of: reference.owner, at: reference.place)
      case .relationship(let relationship):
        try bad.note(
          isRelationship(reference.identifier, relationship, at: reference.place.offset))
      case nil:
        let name = identifiers.names[Int(reference.identifier)].string
        try bad.note(
          scanner.error(
            "the file defines no `\(name)`", at: reference.place.offset,
            code: .undefinedReference, help: "define it as a node: (\(name))"))
      }
    }
  }
}
