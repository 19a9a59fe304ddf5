import Dossier
import DossierSyntax

/// What GraphML and GEXF readers share: nodes by their identifiers, edges whose ends may come later.
struct XMLGraph {
  private struct Pending {
    var relationship: UInt32
    var start: UInt32
    var end: UInt32
    var offset: Int
  }

  var draft = GraphDraft()
  private var identifiers = NameTable()
  private var nodes: [UInt32] = []
  private var pending: [Pending] = []
  /// Identifiers that got a node since the last mark.
  private var definedIdentifiers: [Int] = []

  init(_ file: FileBytes) {
    draft.files.append(file)
  }

  func place(_ offset: Int) -> GraphDraft.Place { GraphDraft.Place(file: 0, offset: offset) }

  private mutating func identifier(_ name: ByteString) -> UInt32 {
    let (number, isNew) = identifiers.intern(name)
    if isNew { nodes.append(GraphDraft.none) }
    return number
  }

  /// A new node. Errors: `duplicateIdentifier`.
  mutating func addNode(_ name: ByteString, at offset: Int) throws(QueryError) -> UInt32 {
    let number = Int(identifier(name))
    if nodes[number] != GraphDraft.none {
      let first = draft.nodes[Int(nodes[number])].place
      throw draft.error(
        .duplicateIdentifier, "the identifier `\(name.string)` already names a node",
        at: place(offset),
        help: "it was given at \(draft.words(for: first, seenFrom: place(offset)))")
    }
    let node = try draft.addNode(at: place(offset))
    nodes[number] = node
    definedIdentifiers.append(number)
    return node
  }

  /// A new relationship, whose ends are looked up by `resolve`.
  mutating func addRelationship(
    from start: ByteString, to end: ByteString, at offset: Int
  ) throws(QueryError) -> UInt32 {
    let relationship = try draft.addRelationship(type: 0, start: 0, end: 0, at: place(offset))
    pending.append(
      Pending(
        relationship: relationship, start: identifier(start), end: identifier(end),
        offset: offset))
    return relationship
  }

  /// Marks the beginning of an element that may turn out to be bad.
  mutating func markRecord() {
    draft.markRecord()
    definedIdentifiers.removeAll(keepingCapacity: true)
  }

  /// Takes back the element behind the last mark, with those that stand in it.
  mutating func restore() {
    draft.restore()
    for number in definedIdentifiers { nodes[number] = GraphDraft.none }
    definedIdentifiers.removeAll(keepingCapacity: true)
    while let last = pending.last, last.relationship >= draft.relationships.count {
      pending.removeLast()
    }
  }

  /// Gives the relationships their ends; those whose ends are missing are bad records.
  mutating func resolve(_ bad: inout BadRecords) throws(QueryError) {
    var dangling: [UInt32] = []
    for each in pending {
      let ends = [each.start, each.end]
      if let missing = ends.first(where: { nodes[Int($0)] == GraphDraft.none }) {
        try bad.note(
          draft.error(
            .undefinedReference,
            "the file has no node with the identifier `\(identifiers.names[Int(missing)].string)`",
            at: place(each.offset)))
        dangling.append(each.relationship)
        continue
      }
      draft.setEnds(
        of: each.relationship, start: nodes[Int(each.start)], end: nodes[Int(each.end)])
    }
    if !dangling.isEmpty { draft.removeRelationships(dangling) }
  }

  mutating func setProperty(
    _ element: GraphDraft.Element, _ key: ByteString, _ value: GraphDraft.PropertyValue,
    at offset: Int
  ) throws(QueryError) {
    try draft.setProperty(
      of: element, key: draft.keyNames.intern(key).number, to: value, at: place(offset))
  }

  mutating func setType(_ relationship: UInt32, _ name: ByteString) {
    draft.setType(of: relationship, draft.typeNames.intern(name).number)
  }

  /// A new relationship with the type and the properties of another one.
  mutating func addCopy(
    of relationship: UInt32, from start: ByteString, to end: ByteString, at offset: Int
  ) throws(QueryError) -> UInt32 {
    let copy = try addRelationship(from: start, to: end, at: offset)
    draft.setType(of: copy, draft.relationships[Int(relationship)].type)
    var each = draft.chain(of: .relationship(relationship)).first
    while each != GraphDraft.none {
      let property = draft.properties[Int(each)]
      try draft.appendProperty(
        of: .relationship(copy), key: property.key, to: property.value, at: property.place)
      each = property.next
    }
    return copy
  }

  mutating func addLabel(_ name: ByteString, to node: UInt32, at offset: Int) throws(QueryError) {
    try draft.addLabel(draft.labelNames.intern(name).number, to: node, at: place(offset))
  }

  /// Bytes for a name of our own.
  func name(_ text: String) -> ByteString { draft.pool.add(text.utf8) }

  mutating func warn(_ warning: String) {
    if !draft.warnings.contains(warning) { draft.warnings.append(warning) }
  }
}
