import Dossier
import DossierSyntax

/// A property graph that grows by triples: what the RDF formats have in common.
///
/// Subjects and objects that are IRIs or blank nodes are nodes with the property `uri` (blank nodes:
/// `_:` and their label). `rdf:type` gives a label; other predicates are relationship types or, with a
/// literal as object, property keys, named by `RDFNames`. A triple that is said twice counts once.
/// Several literals of one subject and key make a list. Literals of XML Schema's integer, decimal,
/// float, boolean and date types are typed. A language or another datatype becomes part of the key:
/// `label@en`, `asWKT^^http://www.opengis.net/ont/geosparql#wktLiteral`.
///
/// What `NTriplesWriter` wrote is the same graph: names of our own IRIs are decoded, blank nodes with our
/// labels have no `uri`, and reified statements are relationships with properties (`RDFStatements`).
///
/// A collection of plain or typed literals becomes a list, if the subject has no other value of the
/// key; all other collections become nodes with the relationships `first` and `rest`.
struct RDFGraph {
  /// The values of one subject and key; they become a property at the end.
  private struct Literals {
    var element: GraphDraft.Element
    var key: UInt32
    var place: GraphDraft.Place
    var values: [Value] = []
    var collections: [[Value]] = []
    /// The texts of the values behind the first few, so that finding one again stays O(1).
    var more: NameTable?

    mutating func add(_ literal: RDFLiteral) {
      let value = literal.value
      if values.prefix(Self.fewValues).contains(where: { StoredValue.isSame($0, value) }) { return }
      if values.count >= Self.fewValues {
        var texts = more ?? NameTable()
        more = nil
        let isNew = texts.intern(literal.text).isNew
        more = texts
        guard isNew else { return }
      }
      values.append(value)
    }

    private static let fewValues = 16
  }

  private struct LiteralSlot: Hashable {
    var element: GraphDraft.Element
    var key: UInt32
  }

  private struct Triple: Hashable {
    var subject: UInt32
    var type: UInt32
    var object: UInt32
  }

  private var draft = GraphDraft()
  private var nodeNames = NameTable()
  private var numbers: [UInt32] = []
  private var anonymous: [(node: UInt32, place: GraphDraft.Place)] = []
  private let uriKey: UInt32
  private var predicates = RDFNames()
  private var classes = RDFNames()
  private var namespaces: [ByteString] = []
  private var namespaceNames = NameTable()
  private var seen: Set<Triple> = []
  private var literalIndex: [LiteralSlot: Int] = [:]
  private var literals: [Literals] = []

  init(_ file: FileBytes) {
    draft.files.append(file)
    uriKey = draft.keyNames.intern(draft.pool.add("uri".utf8)).number
  }

  /// Where names that stand nowhere in the file live.
  var pool: BytePool { draft.pool }

  /// Notes a namespace that the file gives a prefix.
  mutating func declare(_ namespace: ByteString) {
    if namespaceNames.intern(namespace).isNew { namespaces.append(namespace) }
  }

  private func place(_ offset: Int) -> GraphDraft.Place {
    GraphDraft.Place(file: 0, offset: offset)
  }

  // MARK: Nodes

  /// The node of an IRI or of a blank node, whose name starts with `_:`.
  mutating func node(_ name: ByteString, at offset: Int) throws(QueryError) -> UInt32 {
    let (number, isNew) = nodeNames.intern(name)
    if !isNew { return numbers[Int(number)] }
    let node = try draft.addNode(at: place(offset))
    numbers.append(node)
    if name.buffer.starts(with: RDFVocabulary.blank.utf8) { return node }
    try draft.appendProperty(
      of: .node(node), key: uriKey, to: .string(name), at: place(offset))
    return node
  }

  /// A new node for a blank node without a label; it gets a label that the file does not use.
  mutating func anonymousNode(at offset: Int) throws(QueryError) -> UInt32 {
    let node = try draft.addNode(at: place(offset))
    anonymous.append((node, place(offset)))
    return node
  }

  // MARK: Triples

  /// A triple with the predicate `rdf:type` and the IRI of a class.
  mutating func addLabel(
    _ iri: ByteString, to node: UInt32, at offset: Int
  ) throws(QueryError) {
    if iri.buffer.elementsEqual(RDFVocabulary.resource.utf8) { return }
    let name = classes.name(of: iri, namespaces: namespaces, pool: pool)
    try draft.addLabel(draft.labelNames.intern(name).number, to: node, at: place(offset))
  }

  /// A triple whose object is a node.
  mutating func addRelationship(
    _ predicate: ByteString, from subject: UInt32, to object: UInt32, at offset: Int
  ) throws(QueryError) {
    let name = predicates.name(of: predicate, namespaces: namespaces, pool: pool)
    let type = draft.typeNames.intern(name).number
    try addRelationship(type: type, from: subject, to: object, at: place(offset))
  }

  private mutating func addRelationship(
    type: UInt32, from subject: UInt32, to object: UInt32, at place: GraphDraft.Place
  ) throws(QueryError) {
    guard seen.insert(Triple(subject: subject, type: type, object: object)).inserted else { return }
    _ = try draft.addRelationship(type: type, start: subject, end: object, at: place)
  }

  /// A relationship that a reified statement stands for; the same triple may have several.
  mutating func addStatement(
    _ predicate: ByteString, from subject: UInt32, to object: UInt32, at offset: Int
  ) throws(QueryError) -> UInt32 {
    let name = predicates.name(of: predicate, namespaces: namespaces, pool: pool)
    let type = draft.typeNames.intern(name).number
    seen.insert(Triple(subject: subject, type: type, object: object))
    return try draft.addRelationship(type: type, start: subject, end: object, at: place(offset))
  }

  /// A triple whose object is a literal.
  mutating func addLiteral(
    _ literal: RDFLiteral, _ predicate: ByteString, of subject: UInt32, at offset: Int
  ) {
    addLiteral(literal, predicate, of: .node(subject), at: offset)
  }

  /// A triple whose object is a literal and whose subject is a node or a reified statement.
  mutating func addLiteral(
    _ literal: RDFLiteral, _ predicate: ByteString, of subject: GraphDraft.Element, at offset: Int
  ) {
    var name = predicates.name(of: predicate, namespaces: namespaces, pool: pool)
    let suffix = literal.keySuffix
    if !suffix.isEmpty { name = pool.add(Array(name.buffer) + suffix) }
    let index = literals(of: subject, draft.keyNames.intern(name).number, at: offset)
    literals[index].add(literal)
  }

  /// A collection of literals without language and with no datatype or one of XML Schema's.
  mutating func addCollection(
    _ values: [Value], _ predicate: ByteString, of subject: UInt32, at offset: Int
  ) {
    let name = predicates.name(of: predicate, namespaces: namespaces, pool: pool)
    let index = literals(of: .node(subject), draft.keyNames.intern(name).number, at: offset)
    literals[index].collections.append(values)
  }

  private mutating func literals(
    of element: GraphDraft.Element, _ key: UInt32, at offset: Int
  ) -> Int {
    let slot = LiteralSlot(element: element, key: key)
    if let index = literalIndex[slot] { return index }
    literalIndex[slot] = literals.count
    literals.append(Literals(element: element, key: key, place: place(offset)))
    return literals.count - 1
  }

  // MARK: The end

  /// The draft of all triples.
  mutating func finish(_ bad: inout BadRecords) throws(QueryError) -> GraphDraft {
    for entry in literals {
      do throws(QueryError) {
        try finish(entry)
      } catch {
        try bad.note(error)
      }
    }
    var label = 0
    for (node, place) in anonymous {
      var name: ByteString
      repeat {
        label += 1
        name = pool.add("_:b\(label)".utf8)
      } while nodeNames.find(name) != nil
      try draft.appendProperty(of: .node(node), key: uriKey, to: .string(name), at: place)
    }
    draft.warnings += predicates.warnings + classes.warnings
    return draft
  }

  private mutating func finish(_ entry: Literals) throws(QueryError) {
    var value = entry.values.count == 1 ? entry.values[0] : .list(Self.flat(entry.values))
    if entry.values.isEmpty && entry.collections.count == 1 {
      value = .list(entry.collections[0])
    } else {
      let type = draft.typeNames.intern(draft.keyNames.names[Int(entry.key)]).number
      for collection in entry.collections { try addChain(collection, type, entry) }
      if entry.values.isEmpty { return }
    }
    try draft.setProperty(
      of: entry.element, key: entry.key, to: draft.keep(value), at: entry.place)
  }

  /// The values, with the elements of lists in the place of the lists.
  private static func flat(_ values: [Value]) -> [Value] {
    values.flatMap { value in
      if case .list(let elements) = value { elements } else { [value] }
    }
  }

  /// Writes a collection out as nodes: `first` is a property of each, `rest` leads to the next.
  private mutating func addChain(
    _ values: [Value], _ type: UInt32, _ entry: Literals
  ) throws(QueryError) {
    let first = draft.keyNames.intern(pool.add("first".utf8)).number
    let rest = draft.typeNames.intern(pool.add("rest".utf8)).number
    guard case .node(var previous) = entry.element else { return }
    for (index, value) in values.enumerated() {
      let cell = try anonymousNode(at: entry.place.offset)
      try addRelationship(
        type: index == 0 ? type : rest, from: previous, to: cell, at: entry.place)
      try draft.appendProperty(of: .node(cell), key: first, to: draft.keep(value), at: entry.place)
      previous = cell
    }
    let end = try node(pool.add((RDFVocabulary.syntax + "nil").utf8), at: entry.place.offset)
    try addRelationship(
      type: values.isEmpty ? type : rest, from: previous, to: end, at: entry.place)
  }
}
