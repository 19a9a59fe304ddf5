import Dossier

/// Writes graphs in Graphviz' language: names and labels of nodes, types of relationships.
enum DOTWriter {
  /// Writes all of a graph.
  static func write(_ view: GraphView, to sink: ByteSink, report: inout SaveReport) {
    sink.write("digraph {\n")
    for node in view.nodes {
      var text = DisplayName.of(node)
      if !node.labels.isEmpty { text += "\n" + node.labels.map { ":" + $0 }.joined() }
      sink.write("  n\(node.id.rawValue) [label=\(quoted(text))];\n")
      report.nodes += 1
    }
    let points = StatementPoints(view)
    for relationship in view.relationships {
      let (start, end) = (points.name(relationship.start), points.name(relationship.end))
      let label = quoted(relationship.type)
      if points.has(relationship) {
        // An arrow that others begin or end at goes through a point.
        let point = points.name(.relationship(relationship.id))
        sink.write("  \(point) [shape=point, xlabel=\(label)];\n")
        sink.write("  \(start) -> \(point) [arrowhead=none];\n  \(point) -> \(end);\n")
      } else {
        sink.write("  \(start) -> \(end) [label=\(label)];\n")
      }
      report.relationships += 1
    }
    sink.write("}\n")
    report.warn("a drawing holds names, labels and types, not all properties")
  }

  /// A string in double quotes; line ends are `\n`, which centres the line.
  private static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = [0x22]
    for byte in text.utf8 {
      switch byte {
      case 0x22, UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0x0A: bytes += Array("\\n".utf8)
      case 0x00..<0x20, 0x7F: bytes.append(0x20)
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
    return String(decoding: bytes, as: UTF8.self)
  }
}
