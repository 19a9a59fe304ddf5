import Dossier
import DossierSyntax

/// Reads graphs from tables: one or several files per label and per relationship type.
///
/// Headers are neo4j-admin's or Gremlin's (`CSVHeader`); a header may stand in a file of its own whose
/// name ends in `-header` before the dot and otherwise begins like its tables. Delimiters are `,`,
/// tab, `|` or `;`, told from the header; array elements and labels are separated by `;`. Without a
/// `:LABEL` column nodes have the label that the file is named after; without a `:TYPE` column
/// relationships have the type that the file is named after, without the names of the id spaces
/// around it: `Person_knows_Person.csv` holds relationships of type `knows`.
///
/// An empty field is no property, a quoted empty field is an empty string.
struct CSVGraphReader {
  private var draft = GraphDraft()
  private var spaces = NameTable()
  /// The identifiers of each space; their numbers lead to nodes.
  private var identifiers: [NameTable] = []
  private var nodes: [[UInt32]] = []

  /// One table: its records and what their columns mean.
  private struct Table {
    var number: UInt32
    var scanner: CSVScanner
    var header: CSVHeader
    var name: String
    /// The numbers of the property keys, by column.
    var keys: [UInt32] = []
  }

  private init() {}

  /// The draft of all files together; nodes are read before relationships.
  static func read(
    _ files: [FileBytes], _ bad: inout BadRecords
  ) throws(QueryError) -> GraphDraft {
    var reader = CSVGraphReader()
    _ = reader.spaces.intern(reader.draft.pool.add([]))
    let tables = try reader.tables(files)
    for table in tables where !table.header.isRelationshipTable {
      try reader.readNodes(table)
    }
    for table in tables where table.header.isRelationshipTable {
      try reader.readRelationships(table)
    }
    return reader.draft
  }

  // MARK: Tables

  private mutating func tables(_ files: [FileBytes]) throws(QueryError) -> [Table] {
    var tables: [Table] = []
    let names = files.map { Self.baseName($0.path) }
    let headers = names.indices.filter { Self.headerStem(names[$0]) != nil }
    for (index, file) in files.enumerated() where !headers.contains(index) {
      let headerIndex = headers.first { header in
        guard let stem = Self.headerStem(names[header]) else { return false }
        return names[index].utf8.starts(with: stem.utf8)
      }
      var name = names[index]
      if let headerIndex { name = Self.headerStem(names[headerIndex]) ?? name }
      let table = try table(
        file, header: headerIndex.map { files[$0] }, name: name)
      if let table { tables.append(table) }
    }
    return tables
  }

  /// A table; nil for an empty file.
  private mutating func table(
    _ file: FileBytes, header headerFile: FileBytes?, name: String
  ) throws(QueryError) -> Table? {
    draft.files.append(file)
    let number = UInt32(draft.files.count - 1)
    let delimiter = CSVScanner.delimiter(of: headerFile ?? file)
    var scanner = CSVScanner(file, delimiter: delimiter, pool: draft.pool)
    scanner.skipEmptyLines()
    if scanner.isAtEnd { return nil }
    var fields: [CSVScanner.Field] = []
    let header: CSVHeader
    if let headerFile {
      draft.files.append(headerFile)
      var headerScanner = CSVScanner(headerFile, delimiter: delimiter, pool: draft.pool)
      try headerScanner.readRecord(into: &fields)
      header = try CSVHeader(fields, headerFile, spaces: &spaces)
    } else {
      try scanner.readRecord(into: &fields)
      header = try CSVHeader(fields, file, spaces: &spaces)
    }
    while identifiers.count < spaces.count {
      identifiers.append(NameTable())
      nodes.append([])
    }
    var table = Table(number: number, scanner: scanner, header: header, name: name)
    for column in header.columns {
      table.keys.append(column.key.map { draft.keyNames.intern($0).number } ?? 0)
    }
    return table
  }

  /// The name of a file without its folder and without what follows the first dot.
  private static func baseName(_ path: String) -> String {
    let file = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[path.index(after: $0)...] }
    let name = file ?? path[...]
    return String(name.utf8.firstIndex(of: UInt8(ascii: ".")).map { name[..<$0] } ?? name)
  }

  /// What a header file's name begins with; nil for other files.
  private static func headerStem(_ name: String) -> String? {
    for suffix in ["-header", "_header"] where name.utf8.count > suffix.utf8.count {
      if name.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) {
        return String(decoding: name.utf8.dropLast(suffix.utf8.count), as: UTF8.self)
      }
    }
    return nil
  }

  /// Calls `body` for each record. Errors: `wrongColumnCount` and those of `body`.
  private mutating func forEachRecord(
    _ table: Table,
    _ body: (inout CSVGraphReader, [CSVScanner.Field]) throws(QueryError) -> Void
  ) throws(QueryError) {
    var scanner = table.scanner
    var fields: [CSVScanner.Field] = []
    let count = table.header.columns.count
    scanner.skipEmptyLines()
    while !scanner.isAtEnd {
      try scanner.readRecord(into: &fields)
      guard fields.count == count else {
        throw scanner.file.error(
          .wrongColumnCount,
          "this record has \(fields.count) fields, the header has \(count)",
          at: fields[min(fields.count, count + 1) - 1].offset)
      }
      try body(&self, fields)
      scanner.skipEmptyLines()
    }
  }

  // MARK: Nodes

  private mutating func readNodes(_ table: Table) throws(QueryError) {
    let columns = table.header.columns
    let ownLabel = columns.lazy.compactMap(\.label).first
    let hasLabels = columns.contains { $0.role == .labels }
    let fallback = draft.labelNames.intern(ownLabel ?? draft.pool.add(table.name.utf8)).number
    try forEachRecord(table) { (reader, fields) throws(QueryError) in
      let place = GraphDraft.Place(file: table.number, offset: fields[0].offset)
      let node = try reader.draft.addNode(at: place)
      if !hasLabels || ownLabel != nil {
        try reader.draft.addLabel(fallback, to: node, at: place)
      }
      for (index, column) in columns.enumerated() {
        let field = fields[index]
        switch column.role {
        case .id(let space):
          try reader.define(field, space: space, node, table)
          if column.key != nil { try reader.setProperty(.node(node), index, field, table) }
        case .labels: try reader.addLabels(field, to: node, place)
        case .property: try reader.setProperty(.node(node), index, field, table)
        default: break
        }
      }
    }
  }

  private mutating func addLabels(
    _ field: CSVScanner.Field, to node: UInt32, _ place: GraphDraft.Place
  ) throws(QueryError) {
    for piece in field.text.pieces(separatedBy: UInt8(ascii: ";")) where piece.count > 0 {
      try draft.addLabel(draft.labelNames.intern(piece).number, to: node, at: place)
    }
  }

  private mutating func define(
    _ field: CSVScanner.Field, space: UInt32, _ node: UInt32, _ table: Table
  ) throws(QueryError) {
    if field.text.count == 0 { return }
    let (number, isNew) = identifiers[Int(space)].intern(field.text)
    guard isNew else {
      let place = GraphDraft.Place(file: table.number, offset: field.offset)
      let first = draft.nodes[Int(nodes[Int(space)][Int(number)])].place
      throw draft.error(
        .duplicateIdentifier, "this identifier already names a node", at: place,
        help: "it was given at \(draft.words(for: first, seenFrom: place))")
    }
    nodes[Int(space)].append(node)
  }

  // MARK: Relationships

  private mutating func readRelationships(_ table: Table) throws(QueryError) {
    let columns = table.header.columns
    let fallback = draft.typeNames.intern(draft.pool.add(typeName(of: table).utf8)).number
    try forEachRecord(table) { (reader, fields) throws(QueryError) in
      let place = GraphDraft.Place(file: table.number, offset: fields[0].offset)
      var (start, end, type): (UInt32, UInt32, UInt32) = (0, 0, fallback)
      for (index, column) in columns.enumerated() {
        switch column.role {
        case .start(let space): start = try reader.node(fields[index], space: space, table)
        case .end(let space): end = try reader.node(fields[index], space: space, table)
        case .type, .labels:
          guard fields[index].text.count > 0 else {
            throw reader.draft.error(
              .noSingleRelationshipType, "a relationship needs a type",
              at: GraphDraft.Place(file: table.number, offset: fields[index].offset))
          }
          type = reader.draft.typeNames.intern(fields[index].text).number
        default: break
        }
      }
      let relationship = try reader.draft.addRelationship(
        type: type, start: start, end: end, at: place)
      for (index, column) in columns.enumerated() where column.role == .property {
        try reader.setProperty(.relationship(relationship), index, fields[index], table)
      }
    }
  }

  /// The type that a file is named after.
  private func typeName(of table: Table) -> String {
    var name = Array(table.name.utf8)
    for column in table.header.columns {
      switch column.role {
      case .start(let space):
        let prefix = Array(spaces.names[Int(space)].buffer) + [UInt8(ascii: "_")]
        if prefix.count > 1 && name.count > prefix.count && name.starts(with: prefix) {
          name.removeFirst(prefix.count)
        }
      case .end(let space):
        let suffix = [UInt8(ascii: "_")] + Array(spaces.names[Int(space)].buffer)
        if suffix.count > 1 && name.count > suffix.count
          && name.suffix(suffix.count).elementsEqual(suffix)
        {
          name.removeLast(suffix.count)
        }
      default: break
      }
    }
    return String(decoding: name, as: UTF8.self)
  }

  private func node(
    _ field: CSVScanner.Field, space: UInt32, _ table: Table
  ) throws(QueryError) -> UInt32 {
    if let number = identifiers[Int(space)].find(field.text) {
      return nodes[Int(space)][Int(number)]
    }
    let place = GraphDraft.Place(file: table.number, offset: field.offset)
    let name = spaces.names[Int(space)]
    let words = name.count == 0 ? "" : " in the id space `\(name.string)`"
    throw draft.error(
      .undefinedReference, "no node has this identifier\(words)", at: place,
      help: "load the tables of the nodes together with this one")
  }

  // MARK: Properties

  private mutating func setProperty(
    _ element: GraphDraft.Element, _ index: Int, _ field: CSVScanner.Field, _ table: Table
  ) throws(QueryError) {
    let column = table.header.columns[index]
    if field.text.count == 0 && !(field.isQuoted && column.type == .string) { return }
    let place = GraphDraft.Place(file: table.number, offset: field.offset)
    let value: GraphDraft.PropertyValue
    if column.isArray {
      var elements: [Value] = []
      if field.text.count > 0 {
        for piece in field.text.pieces(separatedBy: UInt8(ascii: ";")) {
          let element = try self.value(piece, column, place)
          elements.append(draft.value(element))
        }
      }
      value = draft.keep(.list(elements))
    } else {
      value = try self.value(field.text, column, place)
    }
    try draft.appendProperty(of: element, key: table.keys[index], to: value, at: place)
  }

  private mutating func value(
    _ text: ByteString, _ column: CSVHeader.Column, _ place: GraphDraft.Place
  ) throws(QueryError) -> GraphDraft.PropertyValue {
    switch column.type {
    case .string: return .string(text)
    case .integer:
      switch NumberText.parse(text.trimmed.buffer) {
      case .integer(let value): return .integer(value)
      case .outOfRange: throw outOfRange(column, place)
      default: throw mismatch(column, "an integer", place)
      }
    case .float:
      switch NumberText.parse(text.trimmed.buffer) {
      case .integer(let value): return .float(Double(value))
      case .float(let value): return .float(value)
      case .outOfRange: throw outOfRange(column, place)
      case .malformed: return try specialFloat(text.trimmed, column, place)
      }
    case .boolean:
      switch String(decoding: text.trimmed.buffer.map { $0 | 0x20 }, as: UTF8.self) {
      case "true": return .boolean(true)
      case "false": return .boolean(false)
      default: throw mismatch(column, "`true` or `false`", place)
      }
    case .temporal(let type):
      guard let value = type.value(text.trimmed.string) else {
        throw mismatch(column, "a \(type.name) like \(type.example)", place)
      }
      return draft.keep(value)
    }
  }

  private func specialFloat(
    _ text: ByteString, _ column: CSVHeader.Column, _ place: GraphDraft.Place
  ) throws(QueryError) -> GraphDraft.PropertyValue {
    if text.equals("NaN") { return .float(.nan) }
    if text.equals("Infinity") { return .float(.infinity) }
    if text.equals("-Infinity") { return .float(-.infinity) }
    throw mismatch(column, "a number", place)
  }

  private func mismatch(
    _ column: CSVHeader.Column, _ expectation: String, _ place: GraphDraft.Place
  ) -> QueryError {
    draft.error(
      .invalidData, "column `\(column.key?.string ?? "")`: expected \(expectation)", at: place)
  }

  private func outOfRange(_ column: CSVHeader.Column, _ place: GraphDraft.Place) -> QueryError {
    draft.error(
      .numberOutOfRange, "column `\(column.key?.string ?? "")`: this number does not fit 64 bits",
      at: place)
  }
}
