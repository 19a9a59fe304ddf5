import Dossier
import DossierSyntax

/// Reads FollowTheMoney statements, a table with a line per claim.
///
/// The lines of one `canonical_id` are one entity, which becomes a node or relationships as
/// `FollowTheMoneyReader` says; its schema is the narrowest that a line names. `datasets`,
/// `first_seen` (the earliest) and `last_seen` (the latest) are properties of each element, `referents`
/// are the entity's other identifiers.
///
/// Each claim about a node or a relationship is a relationship `reported-by` from it to the node
/// `(:Dataset {id, name})` of its data set, with `property`, `value`, `mode: 'asserted'` and what else
/// the line says.
struct FollowTheMoneyStatementReader {
  private typealias Schema = FollowTheMoneySchemata.Schema
  private typealias Column = FollowTheMoneyStatements.Column

  /// The columns by which such a table is known.
  static let requiredColumns = Column.allCases.filter(\.isRequired).map(\.name.description)

  private let file: FileBytes
  private let statements: FollowTheMoneyStatements
  private var draft: GraphDraft
  private var schemata = FollowTheMoneySchemata()
  /// Entities in the order of their first lines, and the lines of each.
  private var entities = NameTable()
  private var lines: [[Int]] = []
  /// Entities by all identifiers that the lines mention.
  private var identifiers = NameTable()
  private var canonical: [UInt32] = []
  /// Nodes by canonical identifiers and by those that the file does not define.
  private var nodeNames = NameTable()
  private var nodes: [UInt32] = []
  private var datasets = NameTable()
  private var datasetNodes: [UInt32] = []

  private init(_ file: FileBytes, _ bad: inout BadRecords) throws(QueryError) {
    self.file = file
    draft = GraphDraft()
    draft.files.append(file)
    draft.joinsByID = true
    statements = try FollowTheMoneyStatements(file, pool: draft.pool, &bad)
  }

  static func read(_ file: FileBytes, _ bad: inout BadRecords) throws(QueryError) -> GraphDraft {
    var reader = try FollowTheMoneyStatementReader(file, &bad)
    reader.group()
    for entity in reader.lines.indices {
      do throws(QueryError) {
        try reader.readEntity(reader.lines[entity])
      } catch {
        try bad.note(error)
      }
    }
    return reader.draft
  }

  // MARK: Names and places

  private func place(_ line: Int) -> GraphDraft.Place {
    GraphDraft.Place(file: 0, offset: statements.offset(of: line))
  }

  private mutating func key(_ name: StaticString) -> UInt32 {
    draft.keyNames.intern(Self.text(name)).number
  }

  private static func text(_ text: StaticString) -> ByteString {
    ByteString(start: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  /// Puts the lines of an entity together.
  private mutating func group() {
    for line in 0..<statements.count {
      let (entity, isNew) = entities.intern(statements.entity(of: line))
      if isNew { lines.append([]) }
      lines[Int(entity)].append(line)
      let names = [statements.entity(of: line), statements[line, .entityID]]
      for name in names where identifiers.intern(name).isNew { canonical.append(entity) }
    }
  }

  private mutating func node(_ id: ByteString, at line: Int) throws(QueryError) -> UInt32 {
    var name = id
    if entities.find(id) == nil, let known = identifiers.find(id) {
      name = entities.names[Int(canonical[Int(known)])]
    }
    let (number, isNew) = nodeNames.intern(name)
    if !isNew { return nodes[Int(number)] }
    let node = try draft.addNode(at: place(line))
    nodes.append(node)
    try draft.appendProperty(of: .node(node), key: key("id"), to: .string(name), at: place(line))
    return node
  }

  private mutating func datasetNode(of line: Int) throws(QueryError) -> UInt32 {
    let name = statements[line, .dataset]
    let (number, isNew) = datasets.intern(name)
    if !isNew { return datasetNodes[Int(number)] }
    let node = try draft.addNode(at: place(line))
    datasetNodes.append(node)
    let label = draft.labelNames.intern(Self.text("Dataset")).number
    try draft.addLabel(label, to: node, at: place(line))
    for key in [key("id"), key("name")] {
      try draft.appendProperty(of: .node(node), key: key, to: .string(name), at: place(line))
    }
    return node
  }

  // MARK: Entities

  private mutating func readEntity(_ lines: [Int]) throws(QueryError) {
    var schema: Schema?
    var labels: [UInt32] = []
    for line in lines {
      let name = statements[line, .schema].string
      guard let next = schemata.schema(name, in: &draft) else {
        throw file.error(
          .invalidData, "unknown schema `\(name)`", at: statements.offset(of: line))
      }
      labels += next.labels
      if next.labels.count > schema?.labels.count ?? 0 { schema = next }
    }
    guard let schema else { return }
    if let edge = schema.edge {
      let sources = values(of: edge.source, lines)
      let targets = values(of: edge.target, lines)
      if !sources.isEmpty && !targets.isEmpty {
        return try addEdges(edge.type, sources, targets, schema, lines)
      }
    }
    try addNode(labels, schema, lines)
  }

  /// The lines with a property, the first of each value.
  private func values(of property: String, _ lines: [Int]) -> [Int] {
    var seen = NameTable()
    return lines.filter { line in
      statements[line, .property].buffer.elementsEqual(property.utf8)
        && seen.intern(statements[line, .value]).isNew
    }
  }

  private mutating func addEdges(
    _ type: UInt32, _ sources: [Int], _ targets: [Int], _ schema: Schema, _ lines: [Int]
  ) throws(QueryError) {
    for source in sources {
      for target in targets {
        let start = try node(statements[source, .value], at: source)
        let end = try node(statements[target, .value], at: target)
        let relationship = try draft.addRelationship(
          type: type, start: start, end: end, at: place(source))
        let element = GraphDraft.Element.relationship(relationship)
        try draft.appendProperty(
          of: element, key: key("id"), to: .string(statements.entity(of: lines[0])),
          at: place(source))
        try addProperties(to: element, schema, lines)
        for line in lines { try addEvidence(element, line) }
      }
    }
  }

  private mutating func addNode(
    _ labels: [UInt32], _ schema: Schema, _ lines: [Int]
  ) throws(QueryError) {
    let node = try node(statements.entity(of: lines[0]), at: lines[0])
    for label in labels { try draft.addLabel(label, to: node, at: place(lines[0])) }
    if let name = values(of: "name", lines).first {
      try draft.appendProperty(
        of: .node(node), key: key("caption"), to: .string(statements[name, .value]),
        at: place(name))
    }
    try addProperties(to: .node(node), schema, lines)
    try addReferences(to: node, schema, lines)
    for line in lines { try addEvidence(.node(node), line) }
  }

  // MARK: Properties

  /// The lists of values, the data sets and dates, valid time and shares.
  private mutating func addProperties(
    to element: GraphDraft.Element, _ schema: Schema, _ lines: [Int]
  ) throws(QueryError) {
    try addSources(to: element, lines)
    var properties = NameTable()
    var lists: [[Value]] = []
    var places: [Int] = []
    for claims in alike(lines) {
      let property = statements[claims[0], .property]
      let name = property.string
      if name == "id" || name == "caption" || schema.entities.contains(name) { continue }
      let (number, isNew) = properties.intern(property)
      if isNew {
        lists.append([])
        places.append(claims[0])
      }
      lists[Int(number)].append(.string(statements[claims[0], .value].string))
    }
    for (number, values) in lists.enumerated() {
      try draft.setProperty(
        of: element, key: draft.keyNames.intern(properties.names[number]).number,
        to: draft.keep(.list(values)), at: place(places[number]))
    }
    try FollowTheMoneyBounds.addValidTime(
      begins: texts(schema.begins, lines), ends: texts(schema.ends, lines), to: element,
      in: &draft, at: place(lines[0]))
    try FollowTheMoneyBounds.addShare(
      texts(["percentage"], lines), to: element, in: &draft, at: place(lines[0]))
  }

  /// The values of the first of several properties that the entity has.
  private func texts(_ names: [String], _ lines: [Int]) -> [ByteString] {
    for name in names {
      let found = values(of: name, lines)
      if !found.isEmpty { return found.map { statements[$0, .value] } }
    }
    return []
  }

  /// `datasets`, `first_seen`, `last_seen` and, of an entity, `referents`.
  private mutating func addSources(
    to element: GraphDraft.Element, _ lines: [Int]
  ) throws(QueryError) {
    let place = place(lines[0])
    let id = statements.entity(of: lines[0])
    let names = distinct(.dataset, lines)
    try draft.setProperty(of: element, key: key("datasets"), to: draft.keep(names), at: place)
    let others = distinct(
      .entityID, lines.filter { !statements[$0, .entityID].hasSameBytes(as: id) })
    if case .list(let values) = others, !values.isEmpty {
      try draft.setProperty(of: element, key: key("referents"), to: draft.keep(others), at: place)
    }
    let first = lines.map { statements[$0, .firstSeen] }.filter { $0.count > 0 }.min(
      by: Self.isLess)
    let last = lines.map { statements[$0, .lastSeen] }.filter { $0.count > 0 }.max(by: Self.isLess)
    if let first {
      try draft.setProperty(of: element, key: key("first_seen"), to: .string(first), at: place)
    }
    if let last {
      try draft.setProperty(of: element, key: key("last_seen"), to: .string(last), at: place)
    }
  }

  /// The distinct texts of a column, in the order of the lines.
  private func distinct(_ column: Column, _ lines: [Int]) -> Value {
    var table = NameTable()
    for line in lines where statements[line, column].count > 0 {
      _ = table.intern(statements[line, column])
    }
    return .list(table.names.map { .string($0.string) })
  }

  private static func isLess(_ a: ByteString, _ b: ByteString) -> Bool {
    a.buffer.lexicographicallyPrecedes(b.buffer)
  }

  // MARK: References and evidence

  /// Relationships to the entities that properties name, each with its own data sets and dates.
  private mutating func addReferences(
    to node: UInt32, _ schema: Schema, _ lines: [Int]
  ) throws(QueryError) {
    for claims in alike(lines) {
      let property = statements[claims[0], .property]
      guard schema.entities.contains(property.string) else { continue }
      let target = try self.node(statements[claims[0], .value], at: claims[0])
      let relationship = try draft.addRelationship(
        type: draft.typeNames.intern(property).number, start: node, end: target,
        at: place(claims[0]))
      try addSources(to: .relationship(relationship), claims)
    }
  }

  /// The lines put together by property and value, in their order.
  private func alike(_ lines: [Int]) -> [[Int]] {
    var properties = NameTable()
    var values = NameTable()
    var index: [UInt64: Int] = [:]
    var groups: [[Int]] = []
    for line in lines {
      let property = UInt64(properties.intern(statements[line, .property]).number)
      let value = UInt64(values.intern(statements[line, .value]).number)
      if let group = index[property << 32 | value] {
        groups[group].append(line)
      } else {
        index[property << 32 | value] = groups.count
        groups.append([line])
      }
    }
    return groups
  }

  /// What a claim's relationship says besides the property.
  private static let details: [Column] = [
    .value, .originalValue, .language, .origin, .firstSeen, .lastSeen, .id,
  ]

  /// The relationship from what a claim is about to its data set.
  private mutating func addEvidence(
    _ subject: GraphDraft.Element, _ line: Int
  ) throws(QueryError) {
    let dataset = try datasetNode(of: line)
    let type = draft.typeNames.intern(Self.text("reported-by")).number
    let relationship: UInt32
    switch subject {
    case .node(let node):
      relationship = try draft.addRelationship(
        type: type, start: node, end: dataset, at: place(line))
    case .relationship(let claimed):
      relationship = try draft.addRelationship(
        type: type, start: dataset, end: dataset, at: place(line))
      draft.setStart(of: relationship, toRelationship: claimed)
    }
    let element = GraphDraft.Element.relationship(relationship)
    try draft.appendProperty(
      of: element, key: key("property"), to: .string(statements[line, .property]),
      at: place(line))
    try draft.appendProperty(
      of: element, key: key("mode"), to: .string(Self.text("asserted")), at: place(line))
    for column in Self.details where statements[line, column].count > 0 {
      try draft.appendProperty(
        of: element, key: key(column.name), to: .string(statements[line, column]),
        at: place(line))
    }
    if !statements[line, .entityID].hasSameBytes(as: statements.entity(of: line)) {
      try draft.appendProperty(
        of: element, key: key("entity_id"), to: .string(statements[line, .entityID]),
        at: place(line))
    }
    let external = statements[line, .external].string.lowercased()
    if ["t", "true", "1"].contains(external) {
      try draft.appendProperty(
        of: element, key: key("external"), to: .boolean(true), at: place(line))
    }
  }
}
