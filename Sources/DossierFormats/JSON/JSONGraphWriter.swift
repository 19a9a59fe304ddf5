import Dossier

/// Writes graphs as APOC's JSON lines.
///
/// Temporal values, NaN and infinities are objects with `$type` and `_value`, as the Query API writes
/// them; readers that don't know those take them for maps. Nothing is lost.
enum JSONGraphWriter {
  /// Writes all of a graph.
  static func write(_ view: GraphView, to sink: ByteSink, report: inout SaveReport) {
    for node in view.nodes {
      sink.write("{\"type\":\"node\",\"id\":\"\(node.id.rawValue)\",\"labels\":[")
      sink.write(node.labels.map { JSONPropertyValue.string($0) }.joined(separator: ","))
      sink.write("]")
      write(node.properties, to: sink)
      sink.write("}\n")
      report.nodes += 1
    }
    for relationship in view.relationships {
      sink.write("{\"type\":\"relationship\",\"id\":\"\(relationship.id.rawValue)\",\"label\":")
      sink.write(JSONPropertyValue.string(relationship.type))
      sink.write(",\"start\":{\"id\":\"\(relationship.start.rawValue)\"},")
      sink.write("\"end\":{\"id\":\"\(relationship.end.rawValue)\"}")
      write(relationship.properties, to: sink)
      sink.write("}\n")
      report.relationships += 1
    }
  }

  private static func write(
    _ properties: MapValue, to sink: ByteSink
  ) {
    if properties.count == 0 { return }
    var separator = ",\"properties\":{"
    for (key, value) in properties.entries {
      sink.write(separator + JSONPropertyValue.string(key) + ":")
      sink.write(JSONPropertyValue.text(value))
      separator = ","
    }
    sink.write("}")
  }
}
