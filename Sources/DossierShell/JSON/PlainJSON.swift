import Dossier

/// Values as plain JSON, for people and tools that know nothing of graphs.
///
/// Dates and times are strings; NaN and the infinities, which JSON lacks, are strings; nodes and
/// relationships are objects with `id`, `labels` or `type`, and `properties`; a path is an object with
/// `nodes` and `relationships`.
enum PlainJSON {
  /// Appends a row as an object; of columns with the same name the last one counts for readers.
  static func appendRow(_ columns: [String], _ values: [Value], to buffer: inout ByteBuffer) {
    buffer.append(UInt8(ascii: "{"))
    for (index, (column, value)) in zip(columns, values).enumerated() {
      if index > 0 { buffer.append(",") }
      JSONText.append(column, to: &buffer)
      buffer.append(UInt8(ascii: ":"))
      append(value, to: &buffer)
    }
    buffer.append(UInt8(ascii: "}"))
  }

  static func append(_ value: Value, to buffer: inout ByteBuffer) {
    switch value {
    case .null: buffer.append("null")
    case .boolean(let truth): buffer.append(truth ? "true" : "false")
    case .integer(let number): buffer.append(number)
    case .float(let number): appendFloat(number, to: &buffer)
    case .string(let text): JSONText.append(text, to: &buffer)
    case .list(let elements): appendArray(elements, to: &buffer)
    case .map(let map): appendMap(map, to: &buffer)
    case .node(let node): appendNode(node, to: &buffer)
    case .relationship(let relationship): appendRelationship(relationship, to: &buffer)
    case .path(let path): appendPath(path, to: &buffer)
    default: JSONText.append(ValueText.temporalText(value) ?? "", to: &buffer)
    }
  }

  private static func appendFloat(_ number: Double, to buffer: inout ByteBuffer) {
    let text = ValueText.floatText(number)
    if number.isFinite { buffer.append(text) } else { JSONText.append(text, to: &buffer) }
  }

  private static func appendArray(_ elements: [Value], to buffer: inout ByteBuffer) {
    buffer.append(UInt8(ascii: "["))
    for (index, element) in elements.enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      append(element, to: &buffer)
    }
    buffer.append(UInt8(ascii: "]"))
  }

  private static func appendMap(_ map: MapValue, to buffer: inout ByteBuffer) {
    buffer.append(UInt8(ascii: "{"))
    for (index, entry) in map.entries.enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      JSONText.append(entry.key, to: &buffer)
      buffer.append(UInt8(ascii: ":"))
      append(entry.value, to: &buffer)
    }
    buffer.append(UInt8(ascii: "}"))
  }

  private static func appendNode(_ node: Node, to buffer: inout ByteBuffer) {
    buffer.append("{\"id\":")
    buffer.append(node.id.rawValue)
    buffer.append(",\"labels\":")
    appendArray(node.labels.map(Value.string), to: &buffer)
    buffer.append(",\"properties\":")
    appendMap(node.properties, to: &buffer)
    buffer.append(UInt8(ascii: "}"))
  }

  private static func appendRelationship(
    _ relationship: Relationship, to buffer: inout ByteBuffer
  ) {
    buffer.append("{\"id\":")
    buffer.append(relationship.id.rawValue)
    buffer.append(",\"type\":")
    JSONText.append(relationship.type, to: &buffer)
    appendEnd("start", relationship.start, to: &buffer)
    appendEnd("end", relationship.end, to: &buffer)
    buffer.append(",\"properties\":")
    appendMap(relationship.properties, to: &buffer)
    buffer.append(UInt8(ascii: "}"))
  }

  /// The number of a node, or `{"relationship": …}` with that of a relationship.
  private static func appendEnd(
    _ key: StaticString, _ element: ElementID, to buffer: inout ByteBuffer
  ) {
    buffer.append(",\"\(key)\":")
    switch element {
    case .node(let id): buffer.append(id.rawValue)
    case .relationship(let id):
      buffer.append("{\"relationship\":")
      buffer.append(id.rawValue)
      buffer.append(UInt8(ascii: "}"))
    }
  }

  private static func appendPath(_ path: Path, to buffer: inout ByteBuffer) {
    buffer.append("{\"nodes\":")
    appendArray(path.nodes.map(Value.node), to: &buffer)
    buffer.append(",\"relationships\":")
    appendArray(path.relationships.map(Value.relationship), to: &buffer)
    buffer.append(UInt8(ascii: "}"))
  }
}
