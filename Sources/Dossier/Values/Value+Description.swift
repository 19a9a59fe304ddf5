/// Values as text, written as Cypher writes them.
extension Value: CustomStringConvertible {
  /// `'text'`, `[1, 2.0]`, `{key: null}`, `(:Label {key: 1})`, `<(:A)-[:T]->(:B)>`, `2024-02-29`.
  public var description: String {
    switch self {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): value.description
    case .float(let value): value.cypherText
    case .string(let value): value.cypherLiteral
    case .list(let values): "[" + values.map(\.description).joined(separator: ", ") + "]"
    case .map(let value): value.description
    case .node(let value): value.description
    case .relationship(let value): value.description
    case .path(let value): value.description
    case .date(let value): "\(value)"
    case .localTime(let value): "\(value)"
    case .time(let value): "\(value)"
    case .localDateTime(let value): "\(value)"
    case .dateTime(let value): "\(value)"
    case .duration(let value): "\(value)"
    }
  }
}

extension MapValue: CustomStringConvertible {
  /// `{key: value, …}` in the order of the keys.
  public var description: String {
    let entries = entries.map { "\($0.key.cypherName): \($0.value)" }
    return "{" + entries.joined(separator: ", ") + "}"
  }
}

extension Node: CustomStringConvertible {
  /// `(:Label {key: value})`.
  public var description: String {
    let names = labels.map { ":" + $0.cypherName }.joined()
    if properties.count == 0 { return "(\(names))" }
    return names.isEmpty ? "(\(properties))" : "(\(names) \(properties))"
  }
}

extension Relationship: CustomStringConvertible {
  /// `[:TYPE {key: value}]`.
  public var description: String {
    let name = ":" + type.cypherName
    return properties.count == 0 ? "[\(name)]" : "[\(name) \(properties)]"
  }
}

extension Path: CustomStringConvertible {
  /// `<(:A)-[:T]->(:B)<-[:T]-(:C)>`.
  public var description: String {
    var text = "<" + (nodes.first?.description ?? "")
    for (i, relationship) in relationships.enumerated() where i + 1 < nodes.count {
      let isForward = relationship.start == .node(nodes[i].id)
      text += isForward ? "-\(relationship)->" : "<-\(relationship)-"
      text += nodes[i + 1].description
    }
    return text + ">"
  }
}

extension Double {
  /// The shortest text that reads back as the same float, with at least one decimal:
  /// `1.0`, `0.1`, `1.0E16`, `2.5E-7`, `NaN`, `Infinity`, `-Infinity`.
  var cypherText: String {
    if isNaN { return "NaN" }
    if isInfinite { return self < 0 ? "-Infinity" : "Infinity" }
    let text = description
    guard let split = text.utf8.firstIndex(of: UInt8(ascii: "e")) else { return text }
    var mantissa = String(text[..<split])
    if !mantissa.utf8.contains(UInt8(ascii: ".")) { mantissa += ".0" }
    guard let exponent = Int(text[text.index(after: split)...]) else { return text }
    return "\(mantissa)E\(exponent)"
  }
}

extension String {
  /// A string literal in single quotes.
  var cypherLiteral: String {
    var text = "'"
    for scalar in unicodeScalars {
      switch scalar {
      case "'": text += "\\'"
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{8}": text += "\\b"
      case "\u{c}": text += "\\f"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "'"
  }

  /// A name, in backticks where it is not a plain identifier.
  var cypherName: String {
    var isPlain = !isEmpty
    for (i, scalar) in unicodeScalars.enumerated() {
      let isLetter = scalar == "_" || scalar.properties.isXIDStart
      isPlain = isPlain && (isLetter || i > 0 && scalar.properties.isXIDContinue)
    }
    if isPlain { return self }
    var text = "`"
    for scalar in unicodeScalars {
      if scalar == "`" { text += "`" }
      text.unicodeScalars.append(scalar)
    }
    return text + "`"
  }
}
