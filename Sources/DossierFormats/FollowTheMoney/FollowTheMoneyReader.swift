import Dossier
import DossierSyntax

/// Reads FollowTheMoney entities, one JSON object per line.
///
/// * An entity of an edge schema with exactly one source and one target, or several, becomes one
///   relationship for each pair, with the entity's properties: `Ownership` is `owns`, `Directorship`
///   is `directs`. Without a source or a target it stays a node.
/// * Every other entity becomes a node with the property `id` and, as labels, its schema and what the
///   schema extends: `Company` is a `LegalEntity` too.
/// * A property of a node that names another entity becomes a relationship of the property's name.
/// * Property values are lists of strings; `caption` is the caption or the first name. The dates and
///   data sets of the entity (`first_seen`, `datasets` …) are properties too.
/// * Dates give a valid time, percentages give bounds (`FollowTheMoneyBounds`).
///
/// Identifiers that the file does not define are nodes with nothing but their `id`, so that files of
/// one collection can be loaded one after the other.
struct FollowTheMoneyReader {
  private typealias Schema = FollowTheMoneySchemata.Schema

  private var draft = GraphDraft()
  private let file: FileBytes
  private var schemata = FollowTheMoneySchemata()
  private var identifiers = NameTable()
  private var nodes: [UInt32] = []
  /// True for identifiers that the file defines.
  private var isDefined: [Bool] = []
  /// The identifier that the record being read has defined.
  private var definedIdentifier: Int?
  /// Identifiers of bad records to which the record being read has given a node again.
  private var remadeIdentifiers: [Int] = []
  private var idKey: UInt32 = 0
  private var captionKey: UInt32 = 0

  private init(_ file: FileBytes) {
    self.file = file
    draft.files.append(file)
    draft.joinsByID = true
    idKey = key("id")
    captionKey = key("caption")
  }

  static func read(_ file: FileBytes, _ bad: inout BadRecords) throws(QueryError) -> GraphDraft {
    var reader = FollowTheMoneyReader(file)
    var tape = JSONTape(file, pool: reader.draft.pool)
    try JSONLines.forEach(in: file, &tape, &reader, &bad) {
      (reader, tape, bad) throws(QueryError) in
      try reader.readRecord(tape, &bad)
    }
    return reader.draft
  }

  /// Reads an entity or, where it is bad, takes it back.
  private mutating func readRecord(
    _ tape: JSONTape, _ bad: inout BadRecords
  ) throws(QueryError) {
    guard bad.keepsGoing else { return try readEntity(tape) }
    draft.markRecord()
    definedIdentifier = nil
    remadeIdentifiers.removeAll(keepingCapacity: true)
    let known = nodes.count
    do throws(QueryError) {
      try readEntity(tape)
    } catch {
      draft.restore()
      if let definedIdentifier { isDefined[definedIdentifier] = false }
      for number in known..<nodes.count { nodes[number] = GraphDraft.none }
      for number in remadeIdentifiers { nodes[number] = GraphDraft.none }
      try bad.note(error)
    }
  }

  private mutating func key(_ name: String) -> UInt32 {
    draft.keyNames.intern(draft.pool.add(name.utf8)).number
  }

  private func place(_ offset: Int) -> GraphDraft.Place {
    GraphDraft.Place(file: 0, offset: offset)
  }

  // MARK: Entities

  private mutating func readEntity(_ tape: JSONTape) throws(QueryError) {
    let offset = tape.entries[0].offset
    guard tape.entries[0].kind == .object, let id = tape.value(of: "id", in: 0),
      tape.entries[id].kind == .string, let name = tape.value(of: "schema", in: 0),
      tape.entries[name].kind == .string
    else {
      throw file.error(
        .invalidData, "expected an entity, an object with the strings `id` and `schema`",
        at: offset)
    }
    guard let schema = schemata.schema(tape.entries[name].text.string, in: &draft) else {
      throw file.error(
        .invalidData, "unknown schema `\(tape.entries[name].text.string)`",
        at: tape.entries[name].offset)
    }
    let properties = tape.value(of: "properties", in: 0)
    if let properties, tape.entries[properties].kind != .object {
      throw file.error(
        .invalidData, "expected an object of properties", at: tape.entries[properties].offset)
    }
    if let edge = schema.edge, let properties {
      let sources = try references(edge.source, tape, properties)
      let targets = try references(edge.target, tape, properties)
      if !sources.isEmpty && !targets.isEmpty {
        return try addEdges(edge.type, sources, targets, schema, tape, properties)
      }
    }
    try addNode(id, schema, tape, properties)
  }

  private mutating func addEdges(
    _ type: UInt32, _ sources: [UInt32], _ targets: [UInt32], _ schema: Schema, _ tape: JSONTape,
    _ properties: Int
  ) throws(QueryError) {
    let offset = tape.entries[0].offset
    for source in sources {
      for target in targets {
        let relationship = try draft.addRelationship(
          type: type, start: source, end: target, at: place(offset))
        let element = GraphDraft.Element.relationship(relationship)
        if let id = tape.value(of: "id", in: 0) {
          try draft.appendProperty(
            of: element, key: idKey, to: .string(tape.entries[id].text), at: place(offset))
        }
        try addExtras(to: element, tape)
        for key in tape.members(of: properties) {
          let name = tape.entries[key].text.string
          if name == schema.edge?.source || name == schema.edge?.target { continue }
          try addList(key, to: element, tape)
        }
        try addBounds(to: element, schema, tape, properties)
      }
    }
  }

  private mutating func addNode(
    _ id: Int, _ schema: Schema, _ tape: JSONTape, _ properties: Int?
  ) throws(QueryError) {
    let entry = tape.entries[id]
    let node = try node(entry.text, at: entry.offset)
    let number = Int(identifiers.intern(entry.text).number)
    if isDefined[number] {
      throw file.error(
        .duplicateIdentifier, "this `id` already names an entity", at: entry.offset,
        help: "it was first mentioned at "
          + draft.words(for: draft.nodes[Int(node)].place, seenFrom: place(entry.offset)))
    }
    isDefined[number] = true
    definedIdentifier = number
    for label in schema.labels { try draft.addLabel(label, to: node, at: place(entry.offset)) }
    if let caption = caption(tape, properties) {
      try draft.appendProperty(
        of: .node(node), key: captionKey, to: .string(caption.text), at: place(caption.offset))
    }
    try addExtras(to: .node(node), tape)
    guard let properties else { return }
    for key in tape.members(of: properties) {
      let name = tape.entries[key].text
      if schema.entities.contains(name.string) {
        let type = draft.typeNames.intern(name).number
        for target in try references(key + 1, tape) {
          _ = try draft.addRelationship(
            type: type, start: node, end: target, at: place(tape.entries[key].offset))
        }
      } else {
        try addList(key, to: .node(node), tape)
      }
    }
    try addBounds(to: .node(node), schema, tape, properties)
  }

  /// Valid time and shares.
  private mutating func addBounds(
    to element: GraphDraft.Element, _ schema: Schema, _ tape: JSONTape, _ properties: Int
  ) throws(QueryError) {
    let place = place(tape.entries[properties].offset)
    try FollowTheMoneyBounds.addValidTime(
      begins: strings(schema.begins, tape, properties),
      ends: strings(schema.ends, tape, properties), to: element, in: &draft, at: place)
    try FollowTheMoneyBounds.addShare(
      strings(["percentage"], tape, properties), to: element, in: &draft, at: place)
  }

  /// The strings of the first of several properties that the entity has.
  private func strings(_ names: [String], _ tape: JSONTape, _ properties: Int) -> [ByteString] {
    for name in names {
      for key in tape.members(of: properties)
      where tape.entries[key].text.buffer.elementsEqual(name.utf8) {
        let strings = tape.members(of: key + 1).filter { tape.entries[$0].kind == .string }
          .map { tape.entries[$0].text }
        if !strings.isEmpty { return strings }
      }
    }
    return []
  }

  private func caption(_ tape: JSONTape, _ properties: Int?) -> JSONTape.Entry? {
    if let caption = tape.value(of: "caption", in: 0), tape.entries[caption].kind == .string {
      return tape.entries[caption]
    }
    guard let properties, let names = tape.value(of: "name", in: properties),
      tape.entries[names].kind == .array, tape.entries[names].next > names + 1,
      tape.entries[names + 1].kind == .string
    else { return nil }
    return tape.entries[names + 1]
  }

  /// What stands beside `properties`: data sets, dates of first and last sight.
  private mutating func addExtras(
    to element: GraphDraft.Element, _ tape: JSONTape
  ) throws(QueryError) {
    for member in tape.members(of: 0) {
      let key = tape.entries[member].text
      if key.equals("id") || key.equals("schema") || key.equals("properties")
        || key.equals("caption")
      {
        continue
      }
      let kind = tape.entries[member + 1].kind
      if kind == .object { continue }
      let value = try JSONPropertyValue.value(tape, member + 1, &draft)
      try draft.setProperty(
        of: element, key: draft.keyNames.intern(key).number, to: value,
        at: place(tape.entries[member].offset))
    }
  }

  private mutating func addList(
    _ key: Int, to element: GraphDraft.Element, _ tape: JSONTape
  ) throws(QueryError) {
    let name = tape.entries[key].text
    if name.equals("id") || name.equals("caption") { return }
    let value = try JSONPropertyValue.value(tape, key + 1, &draft)
    try draft.setProperty(
      of: element, key: draft.keyNames.intern(name).number, to: value,
      at: place(tape.entries[key].offset))
  }

  // MARK: References

  private mutating func references(
    _ property: String, _ tape: JSONTape, _ properties: Int
  ) throws(QueryError) -> [UInt32] {
    for key in tape.members(of: properties)
    where tape.entries[key].text.buffer.elementsEqual(property.utf8) {
      return try references(key + 1, tape)
    }
    return []
  }

  /// The nodes that a list of identifiers names, made where they are new.
  private mutating func references(
    _ list: Int, _ tape: JSONTape
  ) throws(QueryError) -> [UInt32] {
    guard tape.entries[list].kind == .array else {
      throw file.error(
        .invalidData, "expected an array of identifiers", at: tape.entries[list].offset)
    }
    var result: [UInt32] = []
    for member in tape.members(of: list) {
      let entry = tape.entries[member]
      var text = entry.text
      if entry.kind == .object, let id = tape.value(of: "id", in: member) {
        text = tape.entries[id].text
      } else if entry.kind != .string {
        throw file.error(.invalidData, "expected an identifier", at: entry.offset)
      }
      result.append(try node(text, at: entry.offset))
    }
    return result
  }

  private mutating func node(_ id: ByteString, at offset: Int) throws(QueryError) -> UInt32 {
    let (number, isNew) = identifiers.intern(id)
    if !isNew && nodes[Int(number)] != GraphDraft.none { return nodes[Int(number)] }
    let node = try draft.addNode(at: place(offset))
    if isNew {
      nodes.append(node)
      isDefined.append(false)
    } else {
      // A record that was left out mentioned it before.
      nodes[Int(number)] = node
      remadeIdentifiers.append(Int(number))
    }
    try draft.appendProperty(of: .node(node), key: idKey, to: .string(id), at: place(offset))
    return node
  }
}
