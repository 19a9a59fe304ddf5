import Dossier

/// Writes GraphML as APOC does: labels in the attribute `labels`, types in the attribute `label`.
///
/// Each property key is declared once per type of value (`XMLDeclarations`). Lists are JSON arrays with
/// `attr.list`. Labels that are empty or hold `:`, empty types and characters that XML does not allow
/// can't be said; the report says so.
struct GraphMLWriter {
  private let sink: ByteSink
  private var declarations = XMLDeclarations()

  /// Writes all of a graph.
  static func write(_ view: GraphView, to sink: ByteSink, report: inout SaveReport) {
    var writer = GraphMLWriter(sink: sink)
    for node in view.nodes { writer.declarations.add(node.properties, forNodes: true, &report) }
    for relationship in view.relationships {
      writer.declarations.add(relationship.properties, forNodes: false, &report)
    }
    writer.writeHead()
    for node in view.nodes { writer.write(node, &report) }
    for relationship in view.relationships { writer.write(relationship, &report) }
    sink.write("  </graph>\n</graphml>\n")
  }

  private func write(_ node: Node, _ report: inout SaveReport) {
    sink.write("    <node id=\"n\(node.id.rawValue)\" labels=\"")
    sink.write(XMLText.escaped(node.labels.map { ":" + $0 }.joined()) + "\">")
    for label in node.labels {
      if label.utf8.isEmpty || label.utf8.contains(UInt8(ascii: ":")) {
        report.warn("labels that are empty or hold `:` can't be written so that they are read back")
      }
      if XMLText.losesCharacters(label) { report.warn(XMLDeclarations.lostCharacters) }
    }
    writeData(node.properties, forNodes: true)
    sink.write("</node>\n")
    report.nodes += 1
  }

  private func write(_ relationship: Relationship, _ report: inout SaveReport) {
    sink.write("    <edge id=\"e\(relationship.id.rawValue)\" ")
    sink.write("source=\"n\(relationship.start.rawValue)\" ")
    sink.write("target=\"n\(relationship.end.rawValue)\" ")
    sink.write("label=\"\(XMLText.escaped(relationship.type))\">")
    if relationship.type.utf8.isEmpty { report.warn("empty types are read back as `linked-to`") }
    if XMLText.losesCharacters(relationship.type) { report.warn(XMLDeclarations.lostCharacters) }
    writeData(relationship.properties, forNodes: false)
    sink.write("</edge>\n")
    report.relationships += 1
  }

  private func writeHead() {
    sink.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    sink.write("<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n")
    for (number, declaration) in declarations.all.enumerated() {
      let type = declaration.type
      sink.write("  <key id=\"k\(number)\" for=\"\(declaration.isForNodes ? "node" : "edge")\" ")
      sink.write("attr.name=\"\(XMLText.escaped(declaration.name))\" ")
      sink.write("attr.type=\"\(type.isList ? "string" : type.name)\"")
      if type.isList { sink.write(" attr.list=\"\(type.name)\"") }
      if let name = type.valueType { sink.write(" valuetype=\"\(name)\"") }
      sink.write("/>\n")
    }
    sink.write("  <graph id=\"G\" edgedefault=\"directed\">\n")
  }

  private func writeData(_ properties: MapValue, forNodes: Bool) {
    for (key, value) in properties.entries {
      guard let number = declarations.number(of: key, value, forNodes: forNodes) else { continue }
      sink.write("<data key=\"k\(number)\">")
      sink.write(XMLText.escaped(XMLDeclarations.text(value)) + "</data>")
    }
  }
}
