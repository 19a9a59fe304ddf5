import Dossier
import DossierSyntax

/// Loads graph files into a database.
public enum GraphFile {
  /// Adds what a file says to the graph, all of it or nothing. A folder is read as tables.
  ///
  /// The format is told by the file's name and, where the name says too little, by its first bytes.
  /// Errors: `fileUnreadable`; `invalidData`, `conflictingProperty`, `duplicateIdentifier`,
  /// `undefinedReference`, `wrongColumnCount` and the errors of statements, each with file, line and
  /// column.
  @discardableResult
  public static func load(
    path: String, into database: Database, format: GraphFileFormat? = nil
  ) throws(QueryError) -> LoadReport {
    if FileReading.isFolder(path) {
      return try load(tables: try FileReading.tables(in: path), named: path, into: database)
    }
    let file = try FileBytes(reading: path)
    return try load(file, into: database, format: format ?? GraphFileFormat(of: file))
  }

  /// Adds what several files say, in their order. All tables among them are read together, at the
  /// place of the first, so that relationships find nodes of other tables. Each file or group of tables
  /// is loaded whole or not at all; an error ends the loading. Files whose names are those of tables
  /// are fetched at once, by several threads.
  @discardableResult
  public static func load(
    paths: [String], into database: Database, format: GraphFileFormat? = nil
  ) throws(QueryError) -> [LoadReport] {
    var reports: [LoadReport] = []
    var tables: [FileBytes] = []
    var place: Int?
    let isTable = paths.map { GraphFileFormat(fileName: $0) == .csv && !FileReading.isFolder($0) }
    var read = FileReading.files(at: zip(paths, isTable).filter(\.1).map(\.0)).makeIterator()
    for (path, isTable) in zip(paths, isTable) {
      if FileReading.isFolder(path) {
        reports.append(try load(path: path, into: database))
        continue
      }
      let early = isTable ? read.next() : nil
      let file = if let early { try early.get() } else { try FileBytes(reading: path) }
      if (format ?? GraphFileFormat(of: file)) == .csv {
        if tables.isEmpty { place = reports.count }
        tables.append(file)
      } else {
        reports.append(try load(file, into: database, format: format ?? GraphFileFormat(of: file)))
      }
    }
    if let place {
      let report = try load(tables: tables, named: tables[0].path, into: database)
      reports.insert(report, at: place)
    }
    return reports
  }

  /// The same for bytes that are no file; `name` is what errors call them.
  @discardableResult
  public static func load(
    bytes: [UInt8], named name: String, into database: Database, format: GraphFileFormat? = nil
  ) throws(QueryError) -> LoadReport {
    let file = try FileBytes(path: name, bytes: bytes)
    return try load(file, into: database, format: format ?? GraphFileFormat(of: file))
  }

  private static func load(
    tables: [FileBytes], named name: String, into database: Database
  ) throws(QueryError) -> LoadReport {
    var report = LoadReport(path: name, format: .csv)
    var bad = BadRecords()
    let counters = try database.load { (builder) throws(QueryError) in
      try CSVGraphReader.read(tables, into: &builder, &bad)
    }
    report.nodesCreated = counters.nodesCreated
    report.relationshipsCreated = counters.relationshipsCreated
    return report
  }

  private static func load(
    _ file: FileBytes, into database: Database, format: GraphFileFormat
  ) throws(QueryError) -> LoadReport {
    let draft: GraphDraft
    switch format {
    case .gram: draft = try GramReader.read(file)
    case .csv: return try load(tables: [file], named: file.path, into: database)
    case .edges: draft = try EdgeListReader.read(file)
    case .jsonl: draft = try JSONGraphReader.read(file)
    case .ftm: draft = try FollowTheMoneyReader.read(file)
    case .graphml: draft = try GraphMLReader.read(file)
    case .gexf: draft = try GEXFReader.read(file)
    case .ntriples: draft = try NTriplesReader.read(file)
    case .cypher:
      var report = LoadReport(path: file.path, format: format)
      try CypherScriptReader.run(file, in: database, report: &report)
      return report
    case .dot, .mermaid:
      throw file.error(
        .invalidData, "files of the format \(format.rawValue) are drawings and are not read",
        at: file.firstOffset)
    }
    return try load(draft, named: file.path, format, into: database)
  }

  private static func load(
    _ draft: GraphDraft, named name: String, _ format: GraphFileFormat, into database: Database
  ) throws(QueryError) -> LoadReport {
    var report = LoadReport(path: name, format: format)
    _ = try database.load { (builder) throws(QueryError) in
      try draft.add(to: &builder, report: &report)
    }
    return report
  }
}
