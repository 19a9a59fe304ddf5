import Dossier

/// Writes graphs as APOC's JSON lines.
///
/// Temporal values, NaN and infinities are objects with `$type` and `_value`, which only readers that
/// know the Query API's typed values understand; the report says so.
enum JSONGraphWriter {
  /// Writes all of a graph.
  static func write(_ view: GraphView, to sink: ByteSink, report: inout SaveReport) {
    for node in view.nodes {
      sink.write("{\"type\":\"node\",\"id\":\"\(node.id.rawValue)\",\"labels\":[")
      sink.write(node.labels.map { JSONPropertyValue.string($0) }.joined(separator: ","))
      sink.write("]")
      write(node.properties, to: sink, report: &report)
      sink.write("}\n")
      report.nodes += 1
    }
    for relationship in view.relationships {
      sink.write("{\"type\":\"relationship\",\"id\":\"\(relationship.id.rawValue)\",\"label\":")
      sink.write(JSONPropertyValue.string(relationship.type))
      sink.write(",\"start\":{\"id\":\"\(relationship.start.rawValue)\"},")
      sink.write("\"end\":{\"id\":\"\(relationship.end.rawValue)\"}")
      write(relationship.properties, to: sink, report: &report)
      sink.write("}\n")
      report.relationships += 1
    }
  }

  private static func write(
    _ properties: MapValue, to sink: ByteSink, report: inout SaveReport
  ) {
    if properties.count == 0 { return }
    var separator = ",\"properties\":{"
    for (key, value) in properties.entries {
      sink.write(separator + JSONPropertyValue.string(key) + ":")
      sink.write(JSONPropertyValue.text(value))
      separator = ","
      if needsType(value) {
        report.warn("temporal values, NaN and infinities are written as objects with `$type`")
      }
    }
    sink.write("}")
  }

  private static func needsType(_ value: Value) -> Bool {
    switch value {
    case .float(let value): !value.isFinite
    case .list(let values): values.contains { needsType($0) }
    default: ValueText.temporal(value) != nil
    }
  }
}
