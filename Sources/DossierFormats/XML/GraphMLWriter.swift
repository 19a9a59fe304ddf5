import Dossier

/// Writes GraphML as APOC does: labels in the attribute `labels`, types in the attribute `label`.
///
/// Each property key is declared once per type of value. Lists are JSON arrays with `attr.list`.
/// Temporal values are strings; the report says so.
struct GraphMLWriter {
  /// A declared key: the kind of element, the property key and the type.
  private struct Declaration: Hashable {
    var isForNodes: Bool
    var key: [UInt8]
    var type: String
    var list: String?
  }

  private let sink: ByteSink
  private var numbers: [Declaration: Int] = [:]
  private var declarations: [Declaration] = []

  /// Writes all of a graph.
  static func write(_ view: GraphView, to sink: ByteSink, report: inout SaveReport) {
    var writer = GraphMLWriter(sink: sink)
    for node in view.nodes { writer.declare(node.properties, forNodes: true, &report) }
    for relationship in view.relationships {
      writer.declare(relationship.properties, forNodes: false, &report)
    }
    writer.writeHead()
    for node in view.nodes {
      sink.write("    <node id=\"n\(node.id.rawValue)\" labels=\"")
      sink.write(XMLText.escaped(node.labels.map { ":" + $0 }.joined()) + "\">")
      if node.labels.contains(where: { $0.utf8.contains(UInt8(ascii: ":")) }) {
        report.warn("labels with `:` in them are not read back")
      }
      writer.writeData(node.properties, forNodes: true)
      sink.write("</node>\n")
      report.nodes += 1
    }
    for relationship in view.relationships {
      sink.write("    <edge id=\"e\(relationship.id.rawValue)\" ")
      sink.write("source=\"n\(relationship.start.rawValue)\" ")
      sink.write("target=\"n\(relationship.end.rawValue)\" ")
      sink.write("label=\"\(XMLText.escaped(relationship.type))\">")
      writer.writeData(relationship.properties, forNodes: false)
      sink.write("</edge>\n")
      report.relationships += 1
    }
    sink.write("  </graph>\n</graphml>\n")
  }

  private mutating func declare(
    _ properties: MapValue, forNodes: Bool, _ report: inout SaveReport
  ) {
    for (key, value) in properties.entries {
      let declaration = Self.declaration(key, value, forNodes: forNodes)
      if numbers[declaration] == nil {
        numbers[declaration] = declarations.count
        declarations.append(declaration)
      }
      if ValueText.temporal(value) != nil { report.warn("temporal values are written as strings") }
      if case .string(let text) = value, XMLText.losesCharacters(text) {
        report.warn("control characters can't be written")
      }
    }
  }

  private static func declaration(
    _ key: String, _ value: Value, forNodes: Bool
  ) -> Declaration {
    var list: String?
    var type = type(value)
    if case .list(let elements) = value {
      let types = elements.map { Self.type($0) }
      list = types.allSatisfy { $0 == types.first } ? types.first ?? "string" : "string"
      type = "string"
    }
    return Declaration(isForNodes: forNodes, key: Array(key.utf8), type: type, list: list)
  }

  private static func type(_ value: Value) -> String {
    switch value {
    case .boolean: "boolean"
    case .integer: "long"
    case .float: "double"
    default: "string"
    }
  }

  private func writeHead() {
    sink.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    sink.write("<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n")
    for (number, declaration) in declarations.enumerated() {
      let name = XMLText.escaped(String(decoding: declaration.key, as: UTF8.self))
      sink.write("  <key id=\"k\(number)\" for=\"\(declaration.isForNodes ? "node" : "edge")\" ")
      sink.write("attr.name=\"\(name)\" attr.type=\"\(declaration.type)\"")
      if let list = declaration.list { sink.write(" attr.list=\"\(list)\"") }
      sink.write("/>\n")
    }
    sink.write("  <graph id=\"G\" edgedefault=\"directed\">\n")
  }

  private func writeData(_ properties: MapValue, forNodes: Bool) {
    for (key, value) in properties.entries {
      let declaration = Self.declaration(key, value, forNodes: forNodes)
      guard let number = numbers[declaration] else { continue }
      sink.write("<data key=\"k\(number)\">\(XMLText.escaped(Self.text(value)))</data>")
    }
  }

  private static func text(_ value: Value) -> String {
    if let temporal = ValueText.temporal(value) { return temporal.text }
    switch value {
    case .boolean(let value): return value ? "true" : "false"
    case .integer(let value): return value.description
    case .float(let value):
      return value.isNaN
        ? "NaN" : value.isInfinite ? (value < 0 ? "-INF" : "INF") : value.description
    case .string(let value): return value
    case .list(let values):
      return "["
        + values.map { ValueText.quoted(text($0), by: UInt8(ascii: "\"")) }.joined(separator: ", ")
        + "]"
    default: return ""
    }
  }
}
