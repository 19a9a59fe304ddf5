import Dossier
import DossierSyntax

/// Writes graphs as a folder of tables that neo4j-admin imports: `:ID`, `:LABEL`, `:START_ID`,
/// `:END_ID`, `:TYPE`, and properties with their types.
///
/// Strings are in quotes, so that an empty field is no property and `""` is the empty string. An id is
/// the node's number. What a table can't say is written as near as it gets, and the report says so.
struct CSVFolderWriter {
  private var tables = CSVTables()
  /// The tables of the nodes and of the relationships, in the order of the view.
  private var nodeTables: [UInt32] = []
  private var relationshipTables: [UInt32] = []

  /// Writes all of a graph into the folder at `path`. Errors: `fileUnwritable`.
  static func write(
    _ view: GraphView, to path: String, report: inout SaveReport
  ) throws(QueryError) {
    var writer = CSVFolderWriter()
    for node in view.nodes {
      let table = writer.tables.place(node.labels, node.properties, isForNodes: true)
      writer.nodeTables.append(UInt32(truncatingIfNeeded: table))
      warn(node, &report)
    }
    for relationship in view.relationships {
      let table = writer.tables.place(
        [relationship.type], relationship.properties, isForNodes: false)
      writer.relationshipTables.append(UInt32(truncatingIfNeeded: table))
      warn(relationship, &report)
    }
    // A folder without tables is not one that can be read.
    if writer.tables.all.isEmpty { _ = writer.tables.place([], MapValue(), isForNodes: true) }
    report.nodes = writer.nodeTables.count
    report.relationships = writer.relationshipTables.count
    try CSVFolder.replace(path) { (folder) throws(QueryError) in
      try writer.writeTables(view, to: folder)
    }
  }

  private func writeTables(_ view: GraphView, to folder: String) throws(QueryError) {
    let paths = tables.fileNames().map { folder + "/" + $0 }
    let sinks = paths.map { AppendingSink($0) }
    for (table, sink) in zip(tables.all, sinks) { sink.write(CSVTables.header(of: table) + "\n") }
    for (node, number) in zip(view.nodes, nodeTables) {
      let (table, sink) = (tables.all[Int(number)], sinks[Int(number)])
      let labels = node.labels.joined(separator: ";")
      sink.write("\(node.id.rawValue),\(labels.utf8.isEmpty ? "" : CSVTables.quoted(labels))")
      Self.write(node.properties, table, to: sink)
    }
    for (relationship, number) in zip(view.relationships, relationshipTables) {
      let (table, sink) = (tables.all[Int(number)], sinks[Int(number)])
      let type = Self.typeName(relationship.type)
      sink.write("\(relationship.start.rawValue),\(relationship.end.rawValue),")
      sink.write(CSVTables.quoted(type))
      Self.write(relationship.properties, table, to: sink)
    }
    for sink in sinks { try sink.finish() }
  }

  /// Writes the properties of a row in the order of the columns, and the end of the line.
  private static func write(
    _ properties: MapValue, _ table: CSVTables.Table, to sink: AppendingSink
  ) {
    for key in table.keys {
      sink.write(",")
      if let value = properties[key] { sink.write(CSVTables.field(value)) }
    }
    sink.write("\n")
  }

  /// The type as it is written; a relationship in a table can't go without one.
  private static func typeName(_ type: String) -> String { type.utf8.isEmpty ? "_" : type }

  // MARK: Warnings

  private static func warn(_ node: Node, _ report: inout SaveReport) {
    for label in node.labels
    where label.utf8.isEmpty || label.utf8.contains(UInt8(ascii: ";")) {
      report.warn("labels that are empty or hold `;` can't be written so that they are read back")
    }
    warn(node.properties, &report)
  }

  private static func warn(_ relationship: Relationship, _ report: inout SaveReport) {
    if relationship.type.utf8.isEmpty { report.warn("empty types are written as `_`") }
    warn(relationship.properties, &report)
  }

  private static func warn(_ properties: MapValue, _ report: inout SaveReport) {
    for (key, value) in properties.entries {
      if !CSVTables.isWritable(key) {
        report.warn(
          "properties are left out whose keys are empty, hold `{` or have blanks at an end")
      }
      if case .list(let elements) = value, CSVTables.arrayType(elements) == nil {
        report.warn(
          "lists that hold null, several types, an empty string alone or strings with `;` "
            + "are written as JSON texts")
      }
    }
  }
}
