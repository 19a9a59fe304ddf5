import Dossier
import DossierSyntax

/// Reads graphs from JSON objects as APOC exports them, one object per node and relationship.
///
///     {"type":"node","id":"1","labels":["A"],"properties":{"k":1}}
///     {"type":"relationship","label":"R","start":{"id":"1"},"end":{"id":"2"},"properties":{}}
///
/// Objects stand on lines of their own, in one array, or in the arrays `nodes` and `rels` of one
/// object. Relationships may come before their nodes. A property value that is an object with `$type`
/// and `_value` is a typed value as the Query API writes them; other objects are errors.
struct JSONGraphReader {
  private struct Pending {
    var relationship: UInt32
    var start: UInt32
    var end: UInt32
    var startPlace: Int
    var endPlace: Int
  }

  private var draft = GraphDraft()
  private let file: FileBytes
  private var identifiers = NameTable()
  private var nodes: [UInt32] = []
  private var pending: [Pending] = []
  /// The identifier that the record being read has given to a node.
  private var definedIdentifier: UInt32?

  private init(_ file: FileBytes) {
    self.file = file
    draft.files.append(file)
  }

  static func read(_ file: FileBytes, _ bad: inout BadRecords) throws(QueryError) -> GraphDraft {
    var reader = JSONGraphReader(file)
    var tape = JSONTape(file, pool: reader.draft.pool)
    try JSONLines.forEach(in: file, &tape, &reader, &bad) {
      (reader, tape, bad) throws(QueryError) in
      try reader.readRecord(0, tape, &bad)
    }
    try reader.resolve(&bad)
    return reader.draft
  }

  /// Reads an object or, where it is bad, takes it back.
  private mutating func readRecord(
    _ index: Int, _ tape: JSONTape, _ bad: inout BadRecords
  ) throws(QueryError) {
    guard bad.keepsGoing else { return try readObject(index, tape, &bad) }
    draft.markRecord()
    definedIdentifier = nil
    let pendingCount = pending.count
    do throws(QueryError) {
      try readObject(index, tape, &bad)
    } catch {
      draft.restore()
      pending.removeLast(pending.count - pendingCount)
      if let definedIdentifier { nodes[Int(definedIdentifier)] = GraphDraft.none }
      try bad.note(error)
    }
  }

  private func place(_ offset: Int) -> GraphDraft.Place {
    GraphDraft.Place(file: 0, offset: offset)
  }

  private func error(_ message: String, _ tape: JSONTape, _ index: Int) -> QueryError {
    file.error(.invalidData, message, at: tape.entries[index].offset)
  }

  // MARK: Elements

  private mutating func readObject(
    _ index: Int, _ tape: JSONTape, _ bad: inout BadRecords
  ) throws(QueryError) {
    guard tape.entries[index].kind == .object else {
      throw error("expected an object", tape, index)
    }
    guard let type = tape.value(of: "type", in: index) else {
      if try readCollections(index, tape, &bad) { return }
      throw error("this object has no key `type`", tape, index)
    }
    if tape.entries[type].text.equals("node") {
      try readNode(index, tape)
    } else if tape.entries[type].text.equals("relationship") {
      try readRelationship(index, tape)
    } else {
      throw error("expected the type \"node\" or \"relationship\"", tape, type)
    }
  }

  /// Reads the arrays of `{"nodes": […], "rels": […]}`; false for other objects.
  private mutating func readCollections(
    _ index: Int, _ tape: JSONTape, _ bad: inout BadRecords
  ) throws(QueryError) -> Bool {
    let nodes = tape.value(of: "nodes", in: index)
    let rels = tape.value(of: "rels", in: index) ?? tape.value(of: "relationships", in: index)
    guard nodes != nil || rels != nil else { return false }
    for collection in [nodes, rels] {
      guard let collection else { continue }
      guard tape.entries[collection].kind == .array else {
        throw error("expected an array", tape, collection)
      }
    }
    for collection in [nodes, rels] {
      guard let collection else { continue }
      for member in tape.members(of: collection) { try readRecord(member, tape, &bad) }
    }
    return true
  }

  private mutating func readNode(_ index: Int, _ tape: JSONTape) throws(QueryError) {
    let id = try identifier(of: index, tape)
    let offset = tape.entries[index].offset
    if nodes[Int(id)] != GraphDraft.none {
      let first = draft.nodes[Int(nodes[Int(id)])].place
      throw draft.error(
        .duplicateIdentifier, "this `id` already names a node", at: place(offset),
        help: "it was given at \(draft.words(for: first, seenFrom: place(offset)))")
    }
    let node = try draft.addNode(at: place(offset))
    nodes[Int(id)] = node
    definedIdentifier = id
    if let labels = tape.value(of: "labels", in: index), tape.entries[labels].kind != .null {
      guard tape.entries[labels].kind == .array else {
        throw error("expected an array of labels", tape, labels)
      }
      for label in tape.members(of: labels) {
        let entry = tape.entries[label]
        guard entry.kind == .string else { throw error("expected a label", tape, label) }
        try draft.addLabel(
          draft.labelNames.intern(entry.text).number, to: node, at: place(entry.offset))
      }
    }
    try readProperties(of: .node(node), index, tape)
  }

  private mutating func readRelationship(_ index: Int, _ tape: JSONTape) throws(QueryError) {
    guard let type = tape.value(of: "label", in: index), tape.entries[type].kind == .string else {
      throw error("a relationship needs its type as a string under `label`", tape, index)
    }
    let start = try end(of: "start", index, tape)
    let end = try end(of: "end", index, tape)
    let relationship = try draft.addRelationship(
      type: draft.typeNames.intern(tape.entries[type].text).number, start: 0, end: 0,
      at: place(tape.entries[index].offset))
    pending.append(
      Pending(
        relationship: relationship, start: start.id, end: end.id, startPlace: start.offset,
        endPlace: end.offset))
    try readProperties(of: .relationship(relationship), index, tape)
  }

  private mutating func end(
    of key: StaticString, _ index: Int, _ tape: JSONTape
  ) throws(QueryError) -> (id: UInt32, offset: Int) {
    guard let end = tape.value(of: key, in: index), tape.entries[end].kind == .object else {
      throw error("a relationship needs an object under `\(key)`", tape, index)
    }
    return (try identifier(of: end, tape), tape.entries[end].offset)
  }

  /// The number of the `id` of an object, which is a string or a number.
  private mutating func identifier(
    of object: Int, _ tape: JSONTape
  ) throws(QueryError) -> UInt32 {
    guard let id = tape.value(of: "id", in: object),
      tape.entries[id].kind == .string || tape.entries[id].kind == .number
    else { throw error("expected the key `id` with a string or a number", tape, object) }
    let (number, isNew) = identifiers.intern(tape.entries[id].text)
    if isNew { nodes.append(GraphDraft.none) }
    return number
  }

  private mutating func resolve(_ bad: inout BadRecords) throws(QueryError) {
    var dangling: [UInt32] = []
    for each in pending {
      let start = nodes[Int(each.start)]
      let end = nodes[Int(each.end)]
      guard start != GraphDraft.none && end != GraphDraft.none else {
        let offset = start == GraphDraft.none ? each.startPlace : each.endPlace
        try bad.note(
          file.error(.undefinedReference, "the file has no node with this `id`", at: offset))
        dangling.append(each.relationship)
        continue
      }
      draft.setEnds(of: each.relationship, start: start, end: end)
    }
    if !dangling.isEmpty { draft.removeRelationships(dangling) }
  }

  // MARK: Properties

  private mutating func readProperties(
    of element: GraphDraft.Element, _ index: Int, _ tape: JSONTape
  ) throws(QueryError) {
    guard let properties = tape.value(of: "properties", in: index),
      tape.entries[properties].kind != .null
    else { return }
    guard tape.entries[properties].kind == .object else {
      throw error("expected an object of properties", tape, properties)
    }
    var next = properties + 1
    while next < tape.entries[properties].next {
      let key = next
      next = tape.entries[key + 1].next
      let value = try JSONPropertyValue.value(tape, key + 1, &draft)
      try draft.setProperty(
        of: element, key: draft.keyNames.intern(tape.entries[key].text).number, to: value,
        at: place(tape.entries[key].offset))
    }
  }
}
