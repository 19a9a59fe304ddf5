import Dossier

/// The keys that a GraphML or GEXF file declares: one per kind of element, property key and type.
///
/// What the types of the two formats can't say stands in an attribute of our own, `valuetype`, which
/// other readers pass over: the temporal types, and `any` for lists of several types, which are JSON.
struct XMLDeclarations {
  /// The type of a declared key.
  struct ValueType: Hashable {
    /// `boolean`, `long`, `double` or `string`; the type of the elements of a list.
    var name: String
    var isList = false
    /// Gram's name of a temporal type, or `any`.
    var valueType: String?
  }

  struct Declaration: Hashable {
    var isForNodes: Bool
    var key: [UInt8]
    var type: ValueType

    /// The property key.
    var name: String { String(decoding: key, as: UTF8.self) }
  }

  private var numbers: [Declaration: Int] = [:]
  private(set) var all: [Declaration] = []

  /// What a report says of characters that XML has not.
  static let lostCharacters = "characters that XML does not allow are written as U+FFFD"

  /// Declares what the properties of an element need.
  mutating func add(_ properties: MapValue, forNodes: Bool, _ report: inout SaveReport) {
    for (key, value) in properties.entries {
      let declaration = Declaration(
        isForNodes: forNodes, key: Array(key.utf8), type: Self.type(of: value))
      if numbers[declaration] == nil {
        numbers[declaration] = all.count
        all.append(declaration)
        if XMLText.losesCharacters(key) { report.warn(Self.lostCharacters) }
      }
      if XMLText.losesCharacters(Self.text(value)) { report.warn(Self.lostCharacters) }
    }
  }

  /// The number of the declaration that a property belongs to.
  func number(of key: String, _ value: Value, forNodes: Bool) -> Int? {
    numbers[
      Declaration(isForNodes: forNodes, key: Array(key.utf8), type: Self.type(of: value))]
  }

  private static func type(of value: Value) -> ValueType {
    switch value {
    case .boolean: return ValueType(name: "boolean")
    case .integer: return ValueType(name: "long")
    case .float: return ValueType(name: "double")
    case .list(let elements): return listType(elements)
    default:
      return ValueType(
        name: "string", valueType: ValueText.temporal(value)?.type.functionName)
    }
  }

  private static func listType(_ elements: [Value]) -> ValueType {
    guard let first = elements.first else { return ValueType(name: "string", isList: true) }
    var type = type(of: first)
    type.isList = true
    for element in elements {
      var other = Self.type(of: element)
      other.isList = true
      if case .null = element { other.valueType = "any" }
      if other != type || other.valueType == "any" {
        return ValueType(name: "string", isList: true, valueType: "any")
      }
    }
    return type
  }

  /// A value as the text of a GraphML `data` element or a GEXF `attvalue`.
  static func text(_ value: Value) -> String {
    if let temporal = ValueText.temporal(value) { return temporal.text }
    switch value {
    case .boolean(let value): return value ? "true" : "false"
    case .integer(let value): return value.description
    case .float(let value):
      return value.isNaN
        ? "NaN" : value.isInfinite ? (value < 0 ? "-INF" : "INF") : value.description
    case .string(let value): return value
    case .list(let elements):
      if listType(elements).valueType == "any" { return JSONPropertyValue.text(value) }
      return "[" + elements.map { element($0) }.joined(separator: ", ") + "]"
    default: return ""
    }
  }

  private static func element(_ value: Value) -> String {
    if case .string(let text) = value { return ValueText.quoted(text, by: UInt8(ascii: "\"")) }
    return text(value)
  }
}
