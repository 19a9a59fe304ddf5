import Dossier

/// Writes graphs as Mermaid flow charts: names of nodes, types of relationships.
enum MermaidWriter {
  /// Writes all of a graph.
  static func write(_ view: GraphView, to sink: ByteSink, report: inout SaveReport) {
    sink.write("graph LR\n")
    for node in view.nodes {
      sink.write("  n\(node.id.rawValue)[\"\(escaped(DisplayName.of(node)))\"]\n")
      report.nodes += 1
    }
    let points = StatementPoints(view)
    for relationship in view.relationships {
      let (start, end) = (points.name(relationship.start), points.name(relationship.end))
      let label = escaped(relationship.type)
      if points.has(relationship) {
        // An arrow that others begin or end at goes through a point.
        let point = points.name(.relationship(relationship.id))
        sink.write("  \(point)(( ))\n  \(start) ---|\"\(label)\"| \(point)\n")
        sink.write("  \(point) --> \(end)\n")
      } else {
        sink.write("  \(start) -->|\"\(label)\"| \(end)\n")
      }
      report.relationships += 1
    }
    report.warn("a drawing holds names and types, not labels and properties")
  }

  /// A text in which everything that Mermaid could take for its own is a numbered character; a blank
  /// for a control character and for an empty text, which Mermaid does not take.
  private static func escaped(_ text: String) -> String {
    if text.utf8.isEmpty { return " " }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "#", "&", "<", ">", "[", "]", "{", "}", "(", ")", "|", "\\", "`", ";":
        result += "#\(scalar.value);"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
