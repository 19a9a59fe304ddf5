import Dossier

/// What a graph holds, as `:schema` shows it.
enum SchemaText {
  private static let lineColumns = 100

  static func text(_ statistics: DatabaseStatistics) -> String {
    var buffer = ByteBuffer()
    buffer.append(CountText.text(statistics.nodeCount, "node"))
    buffer.append(", ")
    buffer.append(CountText.text(statistics.relationshipCount, "relationship"))
    buffer.append("\n")
    appendEntries(
      "\nlabels\n", statistics.labels, to: &buffer, properties: statistics.properties(ofLabel:))
    appendEntries(
      "\nrelationship types\n", statistics.relationshipTypes, to: &buffer,
      properties: statistics.properties(ofRelationshipType:))
    appendIndexes(statistics.indexedKeys, to: &buffer)
    return buffer.text
  }

  private static func appendIndexes(
    _ keys: [DatabaseStatistics.Entry], to buffer: inout ByteBuffer
  ) {
    guard !keys.isEmpty else { return }
    buffer.append("\nindexes, made by statements as they need them\n")
    var names: [String] = []
    for key in keys {
      var name = ByteBuffer()
      ValueText.appendName(key.name, to: &name)
      names.append(name.text)
    }
    let width = names.map { DisplayWidth.columns(of: $0) }.max() ?? 0
    for (key, name) in zip(keys, names) {
      appendLine(name, width, key.count, to: &buffer)
      buffer.append(key.count == 1 ? " node\n" : " nodes\n")
    }
  }

  private static func appendEntries(
    _ title: StaticString, _ entries: [DatabaseStatistics.Entry], to buffer: inout ByteBuffer,
    properties: (String) -> [DatabaseStatistics.PropertySummary]
  ) {
    guard !entries.isEmpty else { return }
    buffer.append(title)
    let names = entries.map { ":" + TextEscaping.visible($0.name) }
    let width = names.map { DisplayWidth.columns(of: $0) }.max() ?? 0
    for (entry, name) in zip(entries, names) {
      appendLine(name, width, entry.count, to: &buffer)
      append(properties(entry.name), of: entry.count, indent: max(width, 0) + 13, to: &buffer)
      buffer.append("\n")
    }
  }

  /// `founded INTEGER (3), name STRING`: a count where not all elements have the property. Lines go on
  /// below the first property.
  private static func append(
    _ properties: [DatabaseStatistics.PropertySummary], of count: Int, indent: Int,
    to buffer: inout ByteBuffer
  ) {
    var column = indent
    for (index, property) in properties.enumerated() {
      var text = ByteBuffer()
      ValueText.appendName(property.key, to: &text)
      text.append(UInt8(ascii: " "))
      text.append(property.types.joined(separator: "|"))
      if property.count < count { text.append(" (\(CountText.grouped(property.count)))") }
      if index < properties.count - 1 { text.append(",") }
      let columns = DisplayWidth.columns(of: text.text)
      if index == 0 {
        buffer.append("  ")
      } else if column + columns + 1 > lineColumns {
        buffer.append("\n")
        buffer.append(repeating: UInt8(ascii: " "), count: indent)
        column = indent
      } else {
        buffer.append(" ")
        column += 1
      }
      buffer.append(text.text)
      column += columns
    }
  }

  private static func appendLine(
    _ name: String, _ width: Int, _ count: Int, to buffer: inout ByteBuffer
  ) {
    buffer.append("  ")
    buffer.append(name)
    buffer.append(repeating: UInt8(ascii: " "), count: width - DisplayWidth.columns(of: name) + 2)
    let digits = CountText.grouped(count)
    buffer.append(repeating: UInt8(ascii: " "), count: 7 - digits.utf8.count)
    buffer.append(digits)
  }
}
