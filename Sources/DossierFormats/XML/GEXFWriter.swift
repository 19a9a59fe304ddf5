import Dossier

/// Writes GEXF 1.3: labels in the attribute `labels`, types as `kind` and `label` of edges.
///
/// * The node attribute with the identifier `labels` tells our reader that identifiers and labels of
///   nodes are names within the file, no properties.
/// * Valid time, the properties `from` and `to`, is written as a spell (`SpellTime`). What a spell would
///   not give back (a time zone's name, an end without a start of the same type, a time of another type
///   than most) is an attribute as well, which then counts.
/// * Empty types and characters that XML does not allow can't be said; the report says so.
struct GEXFWriter {
  private let sink: ByteSink
  private var declarations = XMLDeclarations()
  private var format: SpellTime.Format?

  /// Writes all of a graph.
  static func write(_ view: GraphView, to sink: ByteSink, report: inout SaveReport) {
    var writer = GEXFWriter(sink: sink)
    writer.format = timeFormat(of: view)
    for node in view.nodes {
      writer.declarations.add(
        writer.attributes(node.properties, forNodes: true), forNodes: true, &report)
    }
    for relationship in view.relationships {
      let properties = writer.attributes(relationship.properties, forNodes: false)
      writer.declarations.add(properties, forNodes: false, &report)
    }
    writer.writeHead()
    for node in view.nodes { writer.write(node, &report) }
    sink.write("    </nodes>\n    <edges>\n")
    for relationship in view.relationships { writer.write(relationship, &report) }
    sink.write("    </edges>\n  </graph>\n</gexf>\n")
  }

  // MARK: Time

  /// The format of the file's time axis: dates if all valid time is dates, else the format that the
  /// first valid time needs; nil when there is none.
  private static func timeFormat(of view: GraphView) -> SpellTime.Format? {
    var format: SpellTime.Format?
    func note(_ properties: MapValue) {
      for key in ["from", "to"] {
        guard let value = properties[key], let other = SpellTime.format(of: value) else { continue }
        if format == nil || (format == .date && other == .dateTime) { format = other }
      }
    }
    for node in view.nodes { note(node.properties) }
    for relationship in view.relationships { note(relationship.properties) }
    return format
  }

  /// The spell of an element, and whether it says all of `from` and of `to`; nil when its valid time is
  /// no interval of the file's time axis.
  private func spell(
    _ properties: MapValue
  ) -> (start: String?, end: String?, saysStart: Bool, saysEnd: Bool)? {
    guard let format else { return nil }
    func isMoment(_ value: Value) -> Bool {
      let own = SpellTime.format(of: value)
      return own == format || (own == .date && format == .dateTime)
    }
    let (from, to) = (properties["from"], properties["to"])
    guard from.map(isMoment) ?? true, to.map(isMoment) ?? true else { return nil }
    if from == nil && to == nil { return nil }
    if let from, let to, SpellTime.precedes(from, to) != true { return nil }
    var last: Value?
    if let to {
      guard let before = SpellTime.step(to, by: -1) else { return nil }
      last = before
    }
    let start = from.map { SpellTime.text($0) }
    let end = last.map { SpellTime.text($0) }
    return (
      start, end, start.map { SpellTime.reads($0, format, as: from, steppedBy: 0) } ?? true,
      end.map { SpellTime.reads($0, format, as: to, steppedBy: 1) } ?? true
    )
  }

  /// The properties that are written as attributes.
  private func attributes(_ properties: MapValue, forNodes: Bool) -> MapValue {
    let spell = spell(properties)
    return MapValue(
      properties.entries.filter { key, value in
        if let spell, key.utf8.elementsEqual("from".utf8) { return !spell.saysStart }
        if let spell, key.utf8.elementsEqual("to".utf8) { return !spell.saysEnd }
        return forNodes || !Self.isWeight(key, value)
      })
  }

  /// True for a weight that the edge's attribute of that name can say.
  private static func isWeight(_ key: String, _ value: Value) -> Bool {
    guard key.utf8.elementsEqual("weight".utf8), case .float(let weight) = value else {
      return false
    }
    return weight.isFinite && weight > 0
  }

  // MARK: Writing

  private func writeHead() {
    sink.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    sink.write("<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n")
    sink.write("  <graph defaultedgetype=\"directed\" ")
    if let format {
      sink.write("mode=\"dynamic\" timeformat=\"\(format.rawValue)\">\n")
    } else {
      sink.write("mode=\"static\">\n")
    }
    sink.write("    <attributes class=\"node\">\n")
    sink.write("      <attribute id=\"labels\" title=\"labels\" type=\"liststring\"/>\n")
    writeDeclarations(forNodes: true)
    sink.write("    </attributes>\n    <attributes class=\"edge\">\n")
    writeDeclarations(forNodes: false)
    sink.write("    </attributes>\n    <nodes>\n")
  }

  private func writeDeclarations(forNodes: Bool) {
    for (number, declaration) in declarations.all.enumerated()
    where declaration.isForNodes == forNodes {
      let type = declaration.type
      sink.write("      <attribute id=\"\(number)\" ")
      sink.write("title=\"\(XMLText.escaped(declaration.name))\" ")
      sink.write("type=\"\(type.isList ? "list" : "")\(type.name)\"")
      if let name = type.valueType { sink.write(" valuetype=\"\(name)\"") }
      sink.write("/>\n")
    }
  }

  private func write(_ node: Node, _ report: inout SaveReport) {
    sink.write("      <node id=\"n\(node.id.rawValue)\" ")
    sink.write("label=\"\(XMLText.escaped(DisplayName.of(node)))\">")
    var labels: String?
    if !node.labels.isEmpty {
      labels = XMLDeclarations.text(.list(node.labels.map(Value.string)))
      if XMLText.losesCharacters(labels ?? "") { report.warn(XMLDeclarations.lostCharacters) }
    }
    writeContent(node.properties, labels: labels, forNodes: true)
    sink.write("</node>\n")
    report.nodes += 1
  }

  private func write(_ relationship: Relationship, _ report: inout SaveReport) {
    let type = XMLText.escaped(relationship.type)
    sink.write("      <edge id=\"\(relationship.id.rawValue)\" ")
    sink.write("source=\"n\(relationship.start.rawValue)\" ")
    sink.write("target=\"n\(relationship.end.rawValue)\" kind=\"\(type)\" label=\"\(type)\"")
    if let weight = relationship.properties["weight"], Self.isWeight("weight", weight) {
      sink.write(" weight=\"\(XMLDeclarations.text(weight))\"")
    }
    sink.write(">")
    if relationship.type.utf8.isEmpty { report.warn("empty types are read back as `linked-to`") }
    if XMLText.losesCharacters(relationship.type) { report.warn(XMLDeclarations.lostCharacters) }
    writeContent(relationship.properties, labels: nil, forNodes: false)
    sink.write("</edge>\n")
    report.relationships += 1
  }

  private func writeContent(_ properties: MapValue, labels: String?, forNodes: Bool) {
    let attributes = attributes(properties, forNodes: forNodes)
    if labels != nil || attributes.count > 0 {
      sink.write("<attvalues>")
      if let labels {
        sink.write("<attvalue for=\"labels\" value=\"\(XMLText.escaped(labels))\"/>")
      }
      for (key, value) in attributes.entries {
        guard let number = declarations.number(of: key, value, forNodes: forNodes) else { continue }
        sink.write("<attvalue for=\"\(number)\" ")
        sink.write("value=\"\(XMLText.escaped(XMLDeclarations.text(value)))\"/>")
      }
      sink.write("</attvalues>")
    }
    guard let spell = spell(properties) else { return }
    sink.write("<spells><spell")
    if let start = spell.start { sink.write(" start=\"\(XMLText.escaped(start))\"") }
    if let end = spell.end { sink.write(" end=\"\(XMLText.escaped(end))\"") }
    sink.write("/></spells>")
  }
}
