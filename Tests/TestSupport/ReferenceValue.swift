/// A value of the reference engine; elements are positions in a `ReferenceGraph`.
public indirect enum ReferenceValue: Sendable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case float(Double)
  case string(String)
  case list([ReferenceValue])
  case map([String: ReferenceValue])
  case node(Int)
  case relationship(Int)
  case path(ReferencePath)
}

/// A walk through a graph: `relationships.count + 1` nodes.
public struct ReferencePath: Sendable {
  public var nodes: [Int]
  public var relationships: [Int]

  public init(nodes: [Int], relationships: [Int]) {
    self.nodes = nodes
    self.relationships = relationships
  }
}

/// What a statement of the reference engine fails with: openCypher's name of the detail.
public struct ReferenceError: Error, Sendable {
  public var detail: String

  public init(_ detail: String) {
    self.detail = detail
  }

  static let type = ReferenceError("InvalidArgumentType")
}

extension ReferenceValue {
  public var isNull: Bool {
    if case .null = self { return true }
    return false
  }

  /// A text that two values share exactly when they are equivalent, as `DISTINCT` sees them:
  /// null with null, NaN with NaN, `1` with `1.0`, maps whatever the order of their keys.
  public var equivalenceKey: String { key(digits: nil) }

  /// As `equivalenceKey`, but floats that differ only by rounding share a text.
  public var roundedKey: String { key(digits: 1e9) }

  private func key(digits: Double?) -> String {
    switch self {
    case .null: return "null"
    case .boolean(let value): return value ? "true" : "false"
    case .integer(let value): return "#\(value)"
    case .float(let value):
      var value = value
      if let digits, abs(value) < 1e6 { value = (value * digits).rounded() / digits }
      if let whole = Int64(exactly: value) { return "#\(whole)" }
      return "#\(value)"
    case .string(let value):
      let escaped = value.unicodeScalars.map { $0.escaped(asASCII: true) }.joined()
      return "'\(escaped)'"
    case .list(let values):
      return "[" + values.map { $0.key(digits: digits) }.joined(separator: ", ") + "]"
    case .map(let entries):
      let parts = entries.map { "\($0.key): \($0.value.key(digits: digits))" }.sorted()
      return "{" + parts.joined(separator: ", ") + "}"
    case .node(let node): return "(\(node))"
    case .relationship(let relationship): return "-\(relationship)-"
    case .path(let path):
      return "<\(path.nodes.map(String.init).joined(separator: ",")) by "
        + "\(path.relationships.map(String.init).joined(separator: ","))>"
    }
  }
}

extension ReferenceValue: CustomStringConvertible {
  /// The equivalence key; elements by their positions.
  public var description: String {
    if case .float(let value) = self { return value.description }
    return equivalenceKey
  }
}
