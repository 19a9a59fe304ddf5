import Dossier

/// What a graph holds, as `:schema` shows it.
enum SchemaText {
  static func text(_ statistics: DatabaseStatistics) -> String {
    var buffer = ByteBuffer()
    buffer.append(CountText.text(statistics.nodeCount, "node"))
    buffer.append(", ")
    buffer.append(CountText.text(statistics.relationshipCount, "relationship"))
    buffer.append("\n")
    appendLabels(statistics, to: &buffer)
    appendTypes(statistics, to: &buffer)
    return buffer.text
  }

  private static func appendLabels(
    _ statistics: DatabaseStatistics, to buffer: inout ByteBuffer
  ) {
    guard !statistics.labels.isEmpty else { return }
    buffer.append("\nlabels\n")
    let names = statistics.labels.map { ":" + TextEscaping.visible($0.name) }
    let width = names.map { DisplayWidth.columns(of: $0) }.max() ?? 0
    for (label, name) in zip(statistics.labels, names) {
      appendLine(name, width, label.count, to: &buffer)
      let keys = statistics.schema.first { $0.label.utf8.elementsEqual(label.name.utf8) }?.keys ?? []
      for (index, key) in keys.enumerated() {
        buffer.append(index == 0 ? "  " : ", ")
        ValueText.appendName(key.key, to: &buffer)
        buffer.append(UInt8(ascii: " "))
        buffer.append(key.types.joined(separator: "|"))
      }
      buffer.append("\n")
    }
  }

  private static func appendTypes(
    _ statistics: DatabaseStatistics, to buffer: inout ByteBuffer
  ) {
    guard !statistics.relationshipTypes.isEmpty else { return }
    buffer.append("\nrelationship types\n")
    let names = statistics.relationshipTypes.map { ":" + TextEscaping.visible($0.name) }
    let width = names.map { DisplayWidth.columns(of: $0) }.max() ?? 0
    for (type, name) in zip(statistics.relationshipTypes, names) {
      appendLine(name, width, type.count, to: &buffer)
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
