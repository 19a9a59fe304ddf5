import Dossier

/// A value as the tables of feature files show it: elements without ids, temporal values as texts.
///
/// `1` and `1.0` differ, and so do `0.0` and `-0.0`; NaN equals NaN.
indirect enum CellValue: Hashable {
  case null
  case boolean(Bool)
  case integer(Int64)
  /// The bits of a float; one NaN stands for all.
  case float(UInt64)
  case string(Text)
  case list([CellValue])
  case map([Text: CellValue])
  case node(labels: Set<Text>, [Text: CellValue])
  case relationship(type: Text, [Text: CellValue])
  /// Whether each relationship is walked from its start to its end.
  case path(nodes: [CellValue], relationships: [CellValue], forward: [Bool])

  /// A text that is equal to no other one, however similar it looks.
  struct Text: Hashable, Comparable, CustomStringConvertible {
    var bytes: [UInt8]
    init(_ text: String) { bytes = Array(text.utf8) }
    static func < (a: Text, b: Text) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }
    var description: String { String(decoding: bytes, as: UTF8.self) }
  }

  static func float(_ value: Double) -> CellValue {
    .float(value.isNaN ? Double.nan.bitPattern : value.bitPattern)
  }

  init(_ value: Value) {
    switch value {
    case .null: self = .null
    case .boolean(let value): self = .boolean(value)
    case .integer(let value): self = .integer(value)
    case .float(let value): self = .float(value)
    case .string(let value): self = .string(Text(value))
    case .list(let values): self = .list(values.map(CellValue.init))
    case .map(let map): self = .map(Self.entries(map))
    case .node(let node):
      self = .node(labels: Set(node.labels.map(Text.init)), Self.entries(node.properties))
    case .relationship(let relationship): self = CellValue(relationship)
    case .path(let path):
      self = .path(
        nodes: path.nodes.map { CellValue(.node($0)) },
        relationships: path.relationships.map { CellValue($0) },
        forward: zip(path.nodes, path.relationships).map { .node($0.id) == $1.start })
    default: self = .string(Text(value.description))
    }
  }

  private init(_ relationship: Relationship) {
    self = .relationship(
      type: Text(relationship.type), Self.entries(relationship.properties))
  }

  private static func entries(_ map: MapValue) -> [Text: CellValue] {
    var entries: [Text: CellValue] = [:]
    for entry in map.entries { entries[Text(entry.key)] = CellValue(entry.value) }
    return entries
  }

  /// The value for a parameter or a row of a procedure; nil for elements and paths.
  var argument: Value? {
    switch self {
    case .null: return .null
    case .boolean(let value): return .boolean(value)
    case .integer(let value): return .integer(value)
    case .float(let bits): return .float(Double(bitPattern: bits))
    case .string(let text): return .string(text.description)
    case .list(let values):
      let arguments = values.compactMap(\.argument)
      return arguments.count == values.count ? .list(arguments) : nil
    case .map(let entries):
      let arguments = entries.sorted { $0.key < $1.key }.compactMap { key, value in
        value.argument.map { (key: key.description, value: $0) }
      }
      return arguments.count == entries.count ? .map(MapValue(arguments)) : nil
    case .node, .relationship, .path: return nil
    }
  }

  /// The value with the elements of its lists in an order of their own.
  var unordered: CellValue {
    switch self {
    case .list(let values):
      .list(values.map(\.unordered).sorted { $0.description < $1.description })
    case .map(let entries): .map(entries.mapValues(\.unordered))
    default: self
    }
  }
}

extension CellValue: CustomStringConvertible {
  /// The value as a table cell.
  var description: String {
    switch self {
    case .null: return "null"
    case .boolean(let value): return value ? "true" : "false"
    case .integer(let value): return String(value)
    case .float(let bits): return String(Double(bitPattern: bits))
    case .string(let text): return "'\(text)'"
    case .list(let values): return "[" + values.map(\.description).joined(separator: ", ") + "]"
    case .map(let entries): return Self.text(entries)
    case .node(let labels, let entries):
      let names = labels.sorted().map { ":\($0)" }.joined()
      return "(" + names + (entries.isEmpty ? "" : " " + Self.text(entries)) + ")"
    case .relationship(let type, let entries):
      return "[:\(type)" + (entries.isEmpty ? "" : " " + Self.text(entries)) + "]"
    case .path(let nodes, let relationships, let forward):
      var text = "<" + (nodes.first?.description ?? "")
      for (i, relationship) in relationships.enumerated() {
        text += forward[i] ? "-\(relationship)->" : "<-\(relationship)-"
        text += nodes[i + 1].description
      }
      return text + ">"
    }
  }

  private static func text(_ entries: [Text: CellValue]) -> String {
    let parts = entries.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    return "{" + parts.joined(separator: ", ") + "}"
  }
}
