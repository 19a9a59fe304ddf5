import Dossier

/// What a graph holds, as `:schema` shows it.
enum SchemaText {
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
    return buffer.text
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
      for (index, property) in properties(entry.name).enumerated() {
        buffer.append(index == 0 ? "  " : ", ")
        ValueText.appendName(property.key, to: &buffer)
        buffer.append(UInt8(ascii: " "))
        buffer.append(property.types.joined(separator: "|"))
      }
      buffer.append("\n")
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
