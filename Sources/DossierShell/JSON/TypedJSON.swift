import Dossier

/// Values as typed JSON: `{"$type": …, "_value": …}`, the form of the stdio protocol.
///
/// Integers and floats are strings, so that no reader rounds them.
enum TypedJSON {
  static func append(_ value: Value, to buffer: inout ByteBuffer) {
    switch value {
    case .null: buffer.append("{\"$type\":\"Null\",\"_value\":null}")
    case .boolean(let truth):
      buffer.append("{\"$type\":\"Boolean\",\"_value\":")
      buffer.append(truth ? "true}" : "false}")
    case .integer(let number):
      buffer.append("{\"$type\":\"Integer\",\"_value\":\"")
      buffer.append(number)
      buffer.append("\"}")
    case .float(let number):
      buffer.append("{\"$type\":\"Float\",\"_value\":\"")
      buffer.append(ValueText.floatText(number))
      buffer.append("\"}")
    case .string(let text): appendText("String", text, to: &buffer)
    case .list(let elements): appendList("List", elements, to: &buffer)
    case .map(let map):
      buffer.append("{\"$type\":\"Map\",\"_value\":")
      appendEntries(map, to: &buffer)
      buffer.append(UInt8(ascii: "}"))
    case .node(let node): appendNode(node, to: &buffer)
    case .relationship(let relationship): appendRelationship(relationship, to: &buffer)
    case .path(let path): appendPath(path, to: &buffer)
    default: appendTemporal(value, to: &buffer)
    }
  }

  /// Appends the counters of an answer; all of them, so that readers need no defaults.
  static func append(_ counters: UpdateCounters, to buffer: inout ByteBuffer) {
    buffer.append("{\"nodesCreated\":")
    buffer.append(counters.nodesCreated)
    buffer.append(",\"nodesDeleted\":")
    buffer.append(counters.nodesDeleted)
    buffer.append(",\"relationshipsCreated\":")
    buffer.append(counters.relationshipsCreated)
    buffer.append(",\"relationshipsDeleted\":")
    buffer.append(counters.relationshipsDeleted)
    buffer.append(",\"propertiesSet\":")
    buffer.append(counters.propertiesSet)
    buffer.append(",\"labelsAdded\":")
    buffer.append(counters.labelsAdded)
    buffer.append(",\"labelsRemoved\":")
    buffer.append(counters.labelsRemoved)
    buffer.append(",\"containsUpdates\":")
    buffer.append(counters.containsUpdates ? "true}" : "false}")
  }

  private static func appendText(
    _ type: StaticString, _ text: String, to buffer: inout ByteBuffer
  ) {
    buffer.append("{\"$type\":\"")
    buffer.append(type)
    buffer.append("\",\"_value\":")
    JSONText.append(text, to: &buffer)
    buffer.append(UInt8(ascii: "}"))
  }

  private static func appendList(
    _ type: StaticString, _ elements: [Value], to buffer: inout ByteBuffer
  ) {
    buffer.append("{\"$type\":\"")
    buffer.append(type)
    buffer.append("\",\"_value\":[")
    for (index, element) in elements.enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      append(element, to: &buffer)
    }
    buffer.append("]}")
  }

  private static func appendEntries(_ map: MapValue, to buffer: inout ByteBuffer) {
    buffer.append(UInt8(ascii: "{"))
    for (index, entry) in map.entries.enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      JSONText.append(entry.key, to: &buffer)
      buffer.append(UInt8(ascii: ":"))
      append(entry.value, to: &buffer)
    }
    buffer.append(UInt8(ascii: "}"))
  }

  private static func appendTemporal(_ value: Value, to buffer: inout ByteBuffer) {
    let text = ValueText.temporalText(value) ?? ""
    switch value {
    case .date: appendText("Date", text, to: &buffer)
    case .localTime: appendText("LocalTime", text, to: &buffer)
    case .time: appendText("Time", text, to: &buffer)
    case .localDateTime: appendText("LocalDateTime", text, to: &buffer)
    case .dateTime:
      let isRegional = text.utf8.last == UInt8(ascii: "]")
      appendText(isRegional ? "ZonedDateTime" : "OffsetDateTime", text, to: &buffer)
    default: appendText("Duration", text, to: &buffer)
    }
  }

  private static func appendElementID(_ id: UInt32, to buffer: inout ByteBuffer) {
    buffer.append(UInt8(ascii: "\""))
    buffer.append(id)
    buffer.append(UInt8(ascii: "\""))
  }

  private static func appendNode(_ node: Node, to buffer: inout ByteBuffer) {
    buffer.append("{\"$type\":\"Node\",\"_value\":{\"_element_id\":")
    appendElementID(node.id.rawValue, to: &buffer)
    buffer.append(",\"_labels\":[")
    for (index, label) in node.labels.enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      JSONText.append(label, to: &buffer)
    }
    buffer.append("],\"_properties\":")
    appendEntries(node.properties, to: &buffer)
    buffer.append("}}")
  }

  private static func appendRelationship(
    _ relationship: Relationship, to buffer: inout ByteBuffer
  ) {
    buffer.append("{\"$type\":\"Relationship\",\"_value\":{\"_element_id\":")
    appendElementID(relationship.id.rawValue, to: &buffer)
    appendEnd("start", relationship.start, to: &buffer)
    appendEnd("end", relationship.end, to: &buffer)
    buffer.append(",\"_type\":")
    JSONText.append(relationship.type, to: &buffer)
    buffer.append(",\"_properties\":")
    appendEntries(relationship.properties, to: &buffer)
    buffer.append("}}")
  }

  /// `_start_node_element_id`, or `_start_relationship_element_id` where a relationship stands.
  private static func appendEnd(
    _ end: StaticString, _ element: ElementID, to buffer: inout ByteBuffer
  ) {
    buffer.append(",\"_\(end)_\(element.kind)_element_id\":")
    appendElementID(element.rawValue, to: &buffer)
  }

  private static func appendPath(_ path: Path, to buffer: inout ByteBuffer) {
    var parts: [Value] = []
    for (index, node) in path.nodes.enumerated() {
      if index > 0, index <= path.relationships.count {
        parts.append(.relationship(path.relationships[index - 1]))
      }
      parts.append(.node(node))
    }
    appendList("Path", parts, to: &buffer)
  }
}
