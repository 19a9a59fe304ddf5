import Dossier

/// Values as people read them: numbers and dates plain, nodes, relationships and paths as patterns.
public enum ValueText {
  /// Appends a value; a string stands without quotes unless it is inside of another value.
  public static func append(_ value: Value, to buffer: inout ByteBuffer) {
    if case .string(let text) = value {
      TextEscaping.appendVisible(text, to: &buffer)
    } else {
      appendNested(value, to: &buffer)
    }
  }

  /// A value as text.
  public static func text(_ value: Value) -> String {
    var buffer = ByteBuffer()
    append(value, to: &buffer)
    return buffer.text
  }

  static func appendNested(_ value: Value, to buffer: inout ByteBuffer) {
    switch value {
    case .null: buffer.append("null")
    case .boolean(let truth): buffer.append(truth ? "true" : "false")
    case .integer(let number): buffer.append(number)
    case .float(let number): buffer.append(floatText(number))
    case .string(let text): appendQuoted(text, to: &buffer)
    case .list(let elements): appendList(elements, to: &buffer)
    case .map(let map): appendMap(map, to: &buffer)
    case .node(let node): appendNode(node, to: &buffer)
    case .relationship(let relationship): appendRelationship(relationship, to: &buffer)
    case .path(let path): appendPath(path, to: &buffer)
    default: buffer.append(temporalText(value) ?? "")
    }
  }

  /// The openCypher text of a date, time or duration; nil for other values.
  static func temporalText(_ value: Value) -> String? {
    switch value {
    case .date(let date): "\(date)"
    case .localTime(let time): "\(time)"
    case .time(let time): "\(time)"
    case .localDateTime(let instant): "\(instant)"
    case .dateTime(let instant): "\(instant)"
    case .duration(let duration): "\(duration)"
    default: nil
    }
  }

  /// The shortest text that reads back as the same number; `NaN`, `Infinity`, `-Infinity`.
  static func floatText(_ number: Double) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
    return Value.float(number).description
  }

  private static func appendList(_ elements: [Value], to buffer: inout ByteBuffer) {
    buffer.append(UInt8(ascii: "["))
    for (index, element) in elements.enumerated() {
      if index > 0 { buffer.append(", ") }
      appendNested(element, to: &buffer)
    }
    buffer.append(UInt8(ascii: "]"))
  }

  static func appendMap(_ map: MapValue, to buffer: inout ByteBuffer) {
    buffer.append(UInt8(ascii: "{"))
    for (index, entry) in map.entries.enumerated() {
      if index > 0 { buffer.append(", ") }
      appendName(entry.key, to: &buffer)
      buffer.append(": ")
      appendNested(entry.value, to: &buffer)
    }
    buffer.append(UInt8(ascii: "}"))
  }

  private static func appendNode(_ node: Node, to buffer: inout ByteBuffer) {
    buffer.append(UInt8(ascii: "("))
    for label in node.labels {
      buffer.append(UInt8(ascii: ":"))
      appendName(label, hyphens: true, to: &buffer)
    }
    if node.properties.count > 0 {
      if !node.labels.isEmpty { buffer.append(UInt8(ascii: " ")) }
      appendMap(node.properties, to: &buffer)
    }
    buffer.append(UInt8(ascii: ")"))
  }

  private static func appendRelationship(
    _ relationship: Relationship, to buffer: inout ByteBuffer
  ) {
    buffer.append("[:")
    appendName(relationship.type, hyphens: true, to: &buffer)
    if relationship.properties.count > 0 {
      buffer.append(UInt8(ascii: " "))
      appendMap(relationship.properties, to: &buffer)
    }
    buffer.append(UInt8(ascii: "]"))
  }

  private static func appendPath(_ path: Path, to buffer: inout ByteBuffer) {
    for (index, node) in path.nodes.enumerated() {
      if index > 0, index <= path.relationships.count {
        let relationship = path.relationships[index - 1]
        let forward =
          relationship.start == .node(path.nodes[index - 1].id)
          && relationship.end == .node(node.id)
        buffer.append(forward ? "-" : "<-")
        appendRelationship(relationship, to: &buffer)
        buffer.append(forward ? "->" : "-")
      }
      appendNode(node, to: &buffer)
    }
  }

  /// Appends a string in single quotes, with escapes as Cypher reads them.
  static func appendQuoted(_ text: String, to buffer: inout ByteBuffer) {
    buffer.append(UInt8(ascii: "'"))
    for scalar in text.unicodeScalars {
      if scalar == "'" || scalar == "\\" {
        buffer.append(UInt8(ascii: "\\"))
        buffer.append(scalar)
      } else if TextEscaping.needsEscape(scalar) {
        TextEscaping.appendEscape(scalar, to: &buffer)
      } else {
        buffer.append(scalar)
      }
    }
    buffer.append(UInt8(ascii: "'"))
  }

  /// Appends a name, in backticks where the language asks for them; `hyphens` for labels and
  /// relationship types, which may have hyphens unquoted.
  static func appendName(_ name: String, hyphens: Bool = false, to buffer: inout ByteBuffer) {
    if isPlainName(name, hyphens: hyphens) {
      buffer.append(name)
      return
    }
    buffer.append(UInt8(ascii: "`"))
    for scalar in name.unicodeScalars {
      if scalar == "`" {
        buffer.append("``")
      } else if TextEscaping.needsEscape(scalar) {
        TextEscaping.appendEscape(scalar, to: &buffer)
      } else {
        buffer.append(scalar)
      }
    }
    buffer.append(UInt8(ascii: "`"))
  }

  /// True for names that need no backticks.
  static func isPlainName(_ name: String, hyphens: Bool) -> Bool {
    guard let first = name.unicodeScalars.first else { return false }
    guard first == "_" || first.properties.isXIDStart else { return false }
    var previous: Unicode.Scalar = first
    for scalar in name.unicodeScalars.dropFirst() {
      let continues = scalar == "_" || scalar.properties.isXIDContinue
      guard continues || (hyphens && scalar == "-" && previous != "-") else { return false }
      previous = scalar
    }
    return previous != "-"
  }
}
