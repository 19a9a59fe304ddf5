import Dossier

/// Writes graphs as openCypher scripts that make them in an empty graph.
///
/// A small graph is one CREATE statement. A larger one is statements over lists of rows, which any
/// engine reads in reasonable time: nodes carry a label and a number of their own until the last
/// statement takes them away. A graph with relationships about relationships is one statement, whatever
/// its size: they are written `[r1]-[:type]->(n2)`, which only Dossier reads.
struct CypherScriptWriter {
  /// Elements that still go into one statement.
  private static let singleStatementLimit = 500
  /// Rows of one list.
  private static let batchRows = 500

  private let sink: ByteSink
  /// The label and the key that nodes carry while the script runs; the graph has neither.
  private let importLabel: String
  private let importKey: String

  /// Writes all of a graph.
  static func write(_ view: GraphView, to sink: ByteSink, report: inout SaveReport) {
    let writer = CypherScriptWriter(view, sink)
    if view.nodeCount + view.relationshipCount <= singleStatementLimit || view.hasStatements {
      writer.writeStatement(view)
    } else {
      writer.writeNodeBatches(view)
      writer.writeRelationshipBatches(view)
      sink.write("MATCH (n:\(writer.importLabel)) ")
      sink.write("REMOVE n:\(writer.importLabel), n.\(writer.importKey);\n")
    }
    report.nodes = view.nodeCount
    report.relationships = view.relationshipCount
  }

  private init(_ view: GraphView, _ sink: ByteSink) {
    var labels: Set<[UInt8]> = []
    var keys: Set<[UInt8]> = []
    for node in view.nodes {
      for label in node.labels { labels.insert(Array(label.utf8)) }
      for (key, _) in node.properties.entries { keys.insert(Array(key.utf8)) }
    }
    self.sink = sink
    importLabel = "`" + Self.unused("Dossier import", labels) + "`"
    importKey = "`" + Self.unused("Dossier number", keys) + "`"
  }

  /// A name that is none of those taken: the name itself, or with a number behind it.
  private static func unused(_ name: String, _ taken: Set<[UInt8]>) -> String {
    var result = name
    var number = 2
    while taken.contains(Array(result.utf8)) {
      result = "\(name) \(number)"
      number += 1
    }
    return result
  }

  private func writeStatement(_ view: GraphView) {
    var separator = "CREATE\n  "
    for node in view.nodes {
      sink.write(separator + "(n\(node.id.rawValue)" + Self.labels(node.labels))
      if node.properties.count > 0 { sink.write(" " + Self.map(node.properties)) }
      sink.write(")")
      separator = ",\n  "
    }
    let points = StatementPoints(view)
    for relationship in view.relationships {
      let name = points.has(relationship) ? points.name(.relationship(relationship.id)) : ""
      sink.write(separator + Self.reference(relationship.start))
      sink.write("-[\(name):" + Self.name(relationship.type))
      if relationship.properties.count > 0 { sink.write(" " + Self.map(relationship.properties)) }
      sink.write("]->" + Self.reference(relationship.end))
    }
    if view.nodeCount > 0 { sink.write(";\n") }
  }

  /// An end of a relationship.
  private static func reference(_ element: ElementID) -> String {
    switch element {
    case .node(let id): "(n\(id.rawValue))"
    case .relationship(let id): "[r\(id.rawValue)]"
    }
  }

  private func writeNodeBatches(_ view: GraphView) {
    var labels: [String] = []
    var rows = 0
    func close() {
      guard rows > 0 else { return }
      sink.write("\n] AS row CREATE (n:\(importLabel)\(Self.labels(labels))) ")
      sink.write("SET n = row.p, n.\(importKey) = row.i;\n")
      rows = 0
    }
    for node in view.nodes {
      if rows == Self.batchRows || !node.labels.elementsEqual(labels, by: Self.isSame) { close() }
      labels = node.labels
      sink.write(rows == 0 ? "UNWIND [\n  " : ",\n  ")
      sink.write("{i: \(node.id.rawValue), p: \(Self.map(node.properties))}")
      rows += 1
    }
    close()
  }

  private func writeRelationshipBatches(_ view: GraphView) {
    var type = ""
    var rows = 0
    func close() {
      guard rows > 0 else { return }
      sink.write("\n] AS row MATCH (a:\(importLabel) {\(importKey): row.s}) ")
      sink.write("MATCH (b:\(importLabel) {\(importKey): row.e}) ")
      sink.write("CREATE (a)-[r:\(Self.name(type))]->(b) SET r = row.p;\n")
      rows = 0
    }
    for relationship in view.relationships {
      if rows == Self.batchRows || !Self.isSame(relationship.type, type) { close() }
      type = relationship.type
      sink.write(rows == 0 ? "UNWIND [\n  " : ",\n  ")
      sink.write("{s: \(relationship.start.rawValue), e: \(relationship.end.rawValue), ")
      sink.write("p: \(Self.map(relationship.properties))}")
      rows += 1
    }
    close()
  }

  // MARK: Text

  private static func isSame(_ a: String, _ b: String) -> Bool { a.utf8.elementsEqual(b.utf8) }

  private static func labels(_ labels: [String]) -> String {
    labels.map { ":" + name($0) }.joined()
  }

  static func map(_ properties: MapValue) -> String {
    "{" + properties.entries.map { name($0.key) + ": " + text($0.value) }.joined(separator: ", ")
      + "}"
  }

  /// A value as an openCypher expression.
  static func text(_ value: Value) -> String {
    if let temporal = ValueText.temporal(value) {
      return temporal.type.functionName + "('" + temporal.text + "')"
    }
    switch value {
    case .boolean(let value): return value ? "true" : "false"
    case .integer(let value): return value.description
    case .float(let value):
      if value.isNaN { return "(0.0 / 0.0)" }
      if value.isInfinite { return value < 0 ? "(-1.0 / 0.0)" : "(1.0 / 0.0)" }
      return value.description
    case .string(let value): return ValueText.quoted(value)
    case .list(let values): return "[" + values.map { text($0) }.joined(separator: ", ") + "]"
    default: return "null"
    }
  }

  /// A name, in backticks when it is more than letters, digits and `_`; a backtick in it is doubled.
  private static func name(_ name: String) -> String {
    func isPlain(_ byte: UInt8) -> Bool {
      NumberText.isDigit(byte) || byte == 0x5F || (byte | 0x20) &- 0x61 < 26
    }
    if let first = name.utf8.first, !NumberText.isDigit(first), name.utf8.allSatisfy(isPlain) {
      return name
    }
    var bytes: [UInt8] = [0x60]
    for byte in name.utf8 {
      if byte == 0x60 { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(0x60)
    return String(decoding: bytes, as: UTF8.self)
  }
}
