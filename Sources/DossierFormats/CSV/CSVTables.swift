import Dossier

/// The tables that a graph is written to: one per set of labels and one per relationship type.
///
/// A column has one type. Where elements that belong into one table have values of different types
/// under one key, the table has a second part, a file of its own, and so on.
struct CSVTables {
  /// The type of a column as neo4j-admin calls it.
  struct ColumnType: Hashable {
    var name: String
    var isArray = false
  }

  /// A file: its columns and what its rows have in common.
  struct Table {
    var isForNodes: Bool
    /// Labels, or one type.
    var names: [String]
    /// The part of the elements with these names, from 0.
    var part: Int
    /// Property columns in the order of their first mention.
    var keys: [String] = []
    var types: [ColumnType] = []
    fileprivate var columns: [[UInt8]: Int] = [:]
  }

  /// Elements with the same labels or the same type.
  private struct Group: Hashable {
    var isForNodes: Bool
    var names: [[UInt8]]
  }

  private(set) var all: [Table] = []
  private var groups: [Group: [Int]] = [:]

  /// Finds the table that an element goes into; it gets the columns that it lacks.
  mutating func place(_ names: [String], _ properties: MapValue, isForNodes: Bool) -> Int {
    let group = Group(isForNodes: isForNodes, names: names.map { Array($0.utf8) })
    let candidates = groups[group] ?? []
    if let found = candidates.first(where: { fits(properties, all[$0]) }) {
      addColumns(properties, to: found)
      return found
    }
    all.append(Table(isForNodes: isForNodes, names: names, part: candidates.count))
    groups[group, default: []].append(all.count - 1)
    addColumns(properties, to: all.count - 1)
    return all.count - 1
  }

  private func fits(_ properties: MapValue, _ table: Table) -> Bool {
    properties.entries.allSatisfy { key, value in
      guard let column = table.columns[Array(key.utf8)] else { return true }
      return table.types[column] == Self.type(of: value)
    }
  }

  private mutating func addColumns(_ properties: MapValue, to table: Int) {
    for (key, value) in properties.entries where Self.isWritable(key) {
      let bytes = Array(key.utf8)
      if all[table].columns[bytes] != nil { continue }
      all[table].columns[bytes] = all[table].keys.count
      all[table].keys.append(key)
      all[table].types.append(Self.type(of: value))
    }
  }

  /// True for keys that a header can name: it takes `{` for options and drops blanks at the ends.
  static func isWritable(_ key: String) -> Bool {
    func isBlank(_ byte: UInt8?) -> Bool {
      guard let byte else { return true }
      return byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
    }
    return !isBlank(key.utf8.first) && !isBlank(key.utf8.last)
      && !key.utf8.contains(UInt8(ascii: "{"))
  }

  // MARK: Values

  /// The type of the column that says a value. Lists of several types, with null, or with strings that
  /// an array can't hold are JSON texts in a column of strings.
  static func type(of value: Value) -> ColumnType {
    switch value {
    case .boolean: return ColumnType(name: "boolean")
    case .integer: return ColumnType(name: "long")
    case .float: return ColumnType(name: "double")
    case .list(let elements): return arrayType(elements) ?? ColumnType(name: "string")
    default:
      return ColumnType(name: ValueText.temporal(value)?.type.functionName ?? "string")
    }
  }

  /// The type of an array column that says a list; nil when none does.
  static func arrayType(_ elements: [Value]) -> ColumnType? {
    guard let first = elements.first else { return ColumnType(name: "string", isArray: true) }
    let name = type(of: first).name
    for element in elements {
      switch element {
      case .null, .list: return nil
      case .string(let text) where text.utf8.contains(UInt8(ascii: ";")): return nil
      case .string(let text) where elements.count == 1 && text.utf8.isEmpty: return nil
      default: if type(of: element).name != name { return nil }
      }
    }
    return ColumnType(name: name, isArray: true)
  }

  /// A value as a field, in quotes where it is a text.
  static func field(_ value: Value) -> String {
    if case .list(let elements) = value {
      guard let type = arrayType(elements) else { return quoted(JSONPropertyValue.text(value)) }
      let text = elements.map { plain($0) }.joined(separator: ";")
      return type.name == "string" ? quoted(text) : text
    }
    if case .string(let text) = value { return quoted(text) }
    return plain(value)
  }

  private static func plain(_ value: Value) -> String {
    if let temporal = ValueText.temporal(value) { return temporal.text }
    switch value {
    case .boolean(let value): return value ? "true" : "false"
    case .integer(let value): return value.description
    case .float(let value):
      return value.isNaN
        ? "NaN" : value.isInfinite ? (value < 0 ? "-Infinity" : "Infinity") : value.description
    case .string(let value): return value
    default: return ""
    }
  }

  /// A text in double quotes; a quote in it is doubled.
  static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = [0x22]
    for byte in text.utf8 {
      if byte == 0x22 { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(0x22)
    return String(decoding: bytes, as: UTF8.self)
  }

  // MARK: Names

  /// The header record of a table.
  static func header(of table: Table) -> String {
    var fields = table.isForNodes ? [":ID"] : [":START_ID", ":END_ID"]
    fields.append(table.isForNodes ? ":LABEL" : ":TYPE")
    for (key, type) in zip(table.keys, table.types) {
      let field = key + ":" + type.name + (type.isArray ? "[]" : "")
      let isPlain = key.utf8.allSatisfy { byte in
        NumberText.isDigit(byte) || (byte | 0x20) &- 0x61 < 26 || byte == 0x5F || byte >= 0x80
      }
      fields.append(isPlain ? field : quoted(field))
    }
    return fields.joined(separator: ",")
  }

  /// The names of the files, distinct without regard to case: `Company_nodes.csv`,
  /// `owns_relationships.csv`.
  func fileNames() -> [String] {
    var taken: Set<String> = []
    return all.map { table in
      let suffix = table.isForNodes ? CSVFolder.nodeSuffix : CSVFolder.relationshipSuffix
      var stem = table.names.map { Self.fileName($0) }.joined(separator: "_")
      if stem.isEmpty { stem = table.isForNodes && table.names.isEmpty ? "unlabelled" : "_" }
      var name = stem + suffix
      var number = 2
      while !taken.insert(name.lowercased()).inserted {
        name = "\(stem)_\(number)" + suffix
        number += 1
      }
      return name
    }
  }

  /// The letters and digits of a name in ASCII, `_` for all else; at most 60 bytes.
  private static func fileName(_ name: String) -> String {
    let bytes = name.utf8.prefix(60).map { byte in
      NumberText.isDigit(byte) || (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "-")
        ? byte : UInt8(ascii: "_")
    }
    return String(decoding: bytes.prefix(60), as: UTF8.self)
  }
}
