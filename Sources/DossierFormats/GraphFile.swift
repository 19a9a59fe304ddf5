import Dossier
import DossierSyntax

/// Loads graph files into a database.
public enum GraphFile {
  /// Adds what a file says to the graph, all of it or nothing.
  ///
  /// The format is told by the file's name and, where the name says nothing, by its first bytes.
  /// Errors: `fileUnreadable`; `invalidData`, `conflictingProperty`, `duplicateIdentifier`,
  /// `undefinedReference` and the errors of statements, each with file, line and column.
  @discardableResult
  public static func load(
    path: String, into database: Database, format: GraphFileFormat? = nil
  ) throws(QueryError) -> LoadReport {
    let file = try FileBytes(reading: path)
    return try load(file, into: database, format: format ?? Self.format(of: file))
  }

  /// The same for bytes that are no file; `name` is what errors call them.
  @discardableResult
  public static func load(
    bytes: [UInt8], named name: String, into database: Database, format: GraphFileFormat? = nil
  ) throws(QueryError) -> LoadReport {
    let file = try FileBytes(path: name, bytes: bytes)
    return try load(file, into: database, format: format ?? Self.format(of: file))
  }

  private static func format(of file: FileBytes) -> GraphFileFormat {
    GraphFileFormat(of: file)
  }

  private static func load(
    _ file: FileBytes, into database: Database, format: GraphFileFormat
  ) throws(QueryError) -> LoadReport {
    var report = LoadReport(path: file.path, format: format)
    switch format {
    case .gram:
      let draft = try GramReader.read(file)
      _ = try database.load { (builder) throws(QueryError) in
        try draft.add(to: &builder, report: &report)
      }
    case .cypher:
      try CypherScriptReader.run(file, in: database, report: &report)
    default: throw QueryError(.fileUnreadable, "files of this format are not read")
    }
    return report
  }
}
