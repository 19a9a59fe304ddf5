/// A JSON value as it was read.
public enum JSONValue: Sendable {
  case null
  case boolean(Bool)
  /// A number without fraction and exponent that fits 64 bits.
  case integer(Int64)
  case float(Double)
  case string(String)
  case array([JSONValue])
  /// Distinct keys in the order of their first appearance; the last of equal keys gives the value.
  case object([(key: String, value: JSONValue)])

  /// The value of a key of an object, compared by code points; nil for other values.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let entries) = self else { return nil }
    return entries.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
  }

  /// What the value is, for messages.
  var kindName: String {
    switch self {
    case .null: "null"
    case .boolean: "a boolean"
    case .integer, .float: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

/// A string that equals and hashes by its UTF-8 bytes.
struct CodePointKey: Hashable, Sendable {
  let text: String

  static func == (a: CodePointKey, b: CodePointKey) -> Bool {
    a.text.utf8.elementsEqual(b.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
