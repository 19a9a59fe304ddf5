import DossierSyntax

/// The first record of a graph table: what each column means.
///
/// Columns are written as neo4j-admin has them, `name:type`, `id:ID(space)`, `:LABEL`, `:START_ID`,
/// `:END_ID`, `:TYPE`, `:IGNORE`, or as Gremlin's tables have them, `~id`, `~label`, `~from`, `~to`.
struct CSVHeader {
  /// The type of a property column.
  enum ValueType: Equatable {
    case string
    case integer
    case float
    case boolean
    case temporal(TemporalText)
  }

  enum Role: Equatable {
    case id(space: UInt32)
    case start(space: UInt32)
    case end(space: UInt32)
    case labels
    case type
    case property
    case ignored
  }

  struct Column {
    var role: Role
    /// The property key; nil for columns that are no property.
    var key: ByteString?
    var type: ValueType
    var isArray: Bool
    /// True for an identifier whose type the header does not tell.
    var isInferred = false
    /// The label that the column's options give to all nodes.
    var label: ByteString?
  }

  var columns: [Column] = []

  var isNodeTable: Bool {
    columns.contains { if case .id = $0.role { true } else { false } }
  }

  var isRelationshipTable: Bool {
    columns.contains { if case .start = $0.role { true } else { false } }
      && columns.contains { if case .end = $0.role { true } else { false } }
  }

  /// Reads a header record. Errors: `invalidData` for a column that can't be understood or a header
  /// that describes neither nodes nor relationships.
  init(
    _ fields: [CSVScanner.Field], _ file: FileBytes, spaces: inout NameTable
  ) throws(QueryError) {
    for field in fields {
      columns.append(try Self.column(field, file, spaces: &spaces))
    }
    if isRelationshipTable {
      for index in columns.indices {
        guard case .id = columns[index].role else { continue }
        columns[index].role = columns[index].key == nil ? .ignored : .property
        columns[index].isInferred = false
      }
    } else if !isNodeTable {
      throw file.error(
        .invalidData, "this header has no `:ID` and no `:START_ID` and `:END_ID` columns",
        at: file.firstOffset,
        help: "read plain tables with LOAD CSV, or name the columns as neo4j-admin does")
    }
    let ids = columns.filter { if case .id = $0.role { true } else { false } }
    if ids.contains(where: { $0.role != ids[0].role }) {
      throw file.error(
        .invalidData, "the `:ID` columns of this header name different id spaces",
        at: file.firstOffset, help: "the values of all `:ID` columns together are one identifier")
    }
  }

  private static func column(
    _ field: CSVScanner.Field, _ file: FileBytes, spaces: inout NameTable
  ) throws(QueryError) -> Column {
    let text = field.text.trimmed
    if let column = gremlinColumn(text, spaces: &spaces) { return column }
    let bytes = text.buffer
    guard let colon = bytes.lastIndex(of: UInt8(ascii: ":"), before: UInt8(ascii: "{")) else {
      return Column(role: .property, key: nonEmpty(text), type: .string, isArray: false)
    }
    let key = nonEmpty(ByteString(start: text.start, count: colon))
    let rest = ByteString(start: text.start + colon + 1, count: Int(text.count) - colon - 1)
    var word = rest
    var options: ByteString?
    if let open = rest.buffer.firstIndex(of: UInt8(ascii: "{")) {
      word = ByteString(start: rest.start, count: open)
      options = ByteString(start: rest.start + open, count: Int(rest.count) - open)
    }
    var space: UInt32 = 0
    if let open = word.buffer.firstIndex(of: UInt8(ascii: "(")) {
      let name = ByteString(start: word.start + open + 1, count: Int(word.count) - open - 2)
      guard word.buffer.last == UInt8(ascii: ")") else {
        throw file.error(.invalidData, "expected `)` at the end of the column", at: field.offset)
      }
      word = ByteString(start: word.start, count: open)
      space = spaces.intern(name).number
    }
    return try column(word, key: key, space: space, options: options, field, file)
  }

  private static func column(
    _ word: ByteString, key: ByteString?, space: UInt32, options: ByteString?,
    _ field: CSVScanner.Field, _ file: FileBytes
  ) throws(QueryError) -> Column {
    func special(_ role: Role) -> Column {
      Column(role: role, key: nil, type: .string, isArray: false)
    }
    if word.equals("ID") {
      let type = option("id-type", in: options).flatMap { valueType($0) }
      return Column(
        role: .id(space: space), key: key, type: type ?? .string, isArray: false,
        isInferred: type == nil, label: option("label", in: options))
    }
    if word.equals("START_ID") { return special(.start(space: space)) }
    if word.equals("END_ID") { return special(.end(space: space)) }
    if word.equals("LABEL") { return special(.labels) }
    if word.equals("TYPE") { return special(.type) }
    if word.equals("IGNORE") { return special(.ignored) }
    var name = word
    let isArray = word.count > 2 && word.buffer.suffix(2).elementsEqual("[]".utf8)
    if isArray { name = ByteString(start: word.start, count: Int(word.count) - 2) }
    guard let type = valueType(name) else {
      throw file.error(
        .invalidData, "unknown column type `\(word.string)`", at: field.offset,
        help: "known are string, int, long, float, double, boolean, byte, short, char, date, "
          + "localtime, time, localdatetime, datetime, duration, and arrays of them, like int[]")
    }
    return Column(
      role: key == nil ? .ignored : .property, key: key, type: type, isArray: isArray)
  }

  private static func gremlinColumn(_ text: ByteString, spaces: inout NameTable) -> Column? {
    func special(_ role: Role) -> Column {
      Column(role: role, key: nil, type: .string, isArray: false)
    }
    if text.equals("~id") {
      var column = special(.id(space: 0))
      column.key = ByteString(start: text.start + 1, count: 2)
      return column
    }
    if text.equals("~from") { return special(.start(space: 0)) }
    if text.equals("~to") { return special(.end(space: 0)) }
    // The same word for both kinds of table; the reader knows which it reads.
    if text.equals("~label") { return special(.labels) }
    return nil
  }

  private static func nonEmpty(_ text: ByteString) -> ByteString? {
    text.count == 0 ? nil : text
  }

  private static func valueType(_ name: ByteString) -> ValueType? {
    switch String(decoding: name.buffer.map { $0 | 0x20 }, as: UTF8.self) {
    case "string", "char": .string
    case "int", "integer", "long", "short", "byte": .integer
    case "float", "double": .float
    case "boolean", "bool": .boolean
    default: TemporalText(name: name.buffer).map { .temporal($0) }
    }
  }

  /// An entry of `{key:value, key:value}`.
  private static func option(_ key: StaticString, in options: ByteString?) -> ByteString? {
    guard let options, options.count >= 2 else { return nil }
    let inner = ByteString(start: options.start + 1, count: Int(options.count) - 2)
    for part in inner.pieces(separatedBy: UInt8(ascii: ",")) {
      guard let colon = part.buffer.firstIndex(of: UInt8(ascii: ":")) else { continue }
      if ByteString(start: part.start, count: colon).trimmed.equals(key) {
        return ByteString(start: part.start + colon + 1, count: Int(part.count) - colon - 1)
          .trimmed
      }
    }
    return nil
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The last place of a byte in front of the first `stop`.
  fileprivate func lastIndex(of byte: UInt8, before stop: UInt8) -> Int? {
    let end = firstIndex(of: stop) ?? count
    return self[..<end].lastIndex(of: byte)
  }
}
