import Dossier

/// Writes graphs in Gram notation: one node or relationship per line, nodes first.
///
/// Nodes are called `n` and their number; relationships at which others begin or end `r` and theirs.
/// When two nodes have one value of the property `id`, the file opens with `{join: false}`, so that
/// reading it makes the same graph; it also says which properties hold valid time, unless they are
/// `from` and `to`, and which relationships lead to sources, unless they are `reported-by`. Gram has
/// no empty names; the report says so where the graph has.
struct GramWriter {
  private let sink: ByteSink

  /// Writes all of a graph.
  static func write(_ view: GraphView, to sink: ByteSink, report: inout SaveReport) {
    let writer = GramWriter(sink: sink)
    let header = header(of: view)
    if !header.isEmpty { sink.write("{\(header.joined(separator: ", "))}\n") }
    for node in view.nodes {
      sink.write("(n\(node.id.rawValue)")
      for label in node.labels where !isEmpty(label, &report) { sink.write(":" + name(label)) }
      writer.writeRecord(node.properties, &report)
      sink.write(")\n")
      report.nodes += 1
    }
    let points = StatementPoints(view)
    for relationship in view.relationships {
      let called = points.has(relationship) ? points.name(.relationship(relationship.id)) : ""
      sink.write("\(reference(relationship.start))-[\(called):")
      sink.write(isEmpty(relationship.type, &report) ? "_" : name(relationship.type))
      writer.writeRecord(relationship.properties, &report)
      sink.write("]->\(reference(relationship.end))\n")
      report.relationships += 1
    }
  }

  /// What the reader has to know of the graph as a whole.
  private static func header(of view: GraphView) -> [String] {
    var entries: [String] = []
    if sharesIdentities(view) { entries.append("join: false") }
    let keys = view.validTimeKeys
    if !keys.from.utf8.elementsEqual("from".utf8) {
      entries.append("valid-from: " + text(.string(keys.from)))
    }
    if !keys.to.utf8.elementsEqual("to".utf8) {
      entries.append("valid-to: " + text(.string(keys.to)))
    }
    let names = view.sourceNames
    if names.types.count != 1 || !names.types[0].utf8.elementsEqual("reported-by".utf8) {
      let types = names.types.map { Value.string($0) }
      entries.append("sources: " + text(types.count == 1 ? types[0] : .list(types)))
    }
    if !names.mode.utf8.elementsEqual("mode".utf8) {
      entries.append("mode: " + text(.string(names.mode)))
    }
    return entries
  }

  /// An end of a relationship.
  private static func reference(_ element: ElementID) -> String {
    switch element {
    case .node(let id): "(n\(id.rawValue))"
    case .relationship(let id): "[r\(id.rawValue)]"
    }
  }

  /// True when two nodes would become one where files are joined by `id`.
  private static func sharesIdentities(_ view: GraphView) -> Bool {
    let pool = BytePool()
    var seen = NameTable()
    for node in view.nodes {
      let mark: String
      switch node.properties["id"] {
      case .integer(let value): mark = "i\(value)"
      case .string(let value): mark = "s\(value)"
      default: continue
      }
      if !seen.intern(pool.add(mark.utf8)).isNew { return true }
    }
    return false
  }

  /// True for an empty name, with a warning.
  private static func isEmpty(_ name: String, _ report: inout SaveReport) -> Bool {
    guard name.utf8.isEmpty else { return false }
    report.warn("empty labels and keys are left out, and empty types are written as `_`")
    return true
  }

  private func writeRecord(_ properties: MapValue, _ report: inout SaveReport) {
    var separator = " {"
    for (key, value) in properties.entries where !Self.isEmpty(key, &report) {
      sink.write(separator + Self.name(key) + ": ")
      sink.write(Self.text(value))
      separator = ", "
    }
    if separator == ", " { sink.write("}") }
  }

  /// A value as the reader reads it.
  static func text(_ value: Value) -> String {
    if let temporal = ValueText.temporal(value) {
      return temporal.type.functionName + "`" + temporal.text + "`"
    }
    switch value {
    case .boolean(let value): return value ? "true" : "false"
    case .integer(let value): return value.description
    case .float(let value):
      if value.isNaN { return "float`NaN`" }
      if value.isInfinite { return value < 0 ? "float`-Infinity`" : "float`Infinity`" }
      return value.description
    case .string(let value): return ValueText.quoted(value)
    case .list(let values): return "[" + values.map { text($0) }.joined(separator: ", ") + "]"
    default: return "null"
    }
  }

  private static func name(_ name: String) -> String {
    GramCharacters.isSymbol(name.utf8)
      ? name : ValueText.quoted(name, by: UInt8(ascii: "`"))
  }
}
