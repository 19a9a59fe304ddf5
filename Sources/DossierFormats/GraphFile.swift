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
    path: String, into database: Database, options: LoadOptions = LoadOptions()
  ) throws(QueryError) -> LoadReport {
    let reports = try load(paths: [path], into: database, options: options)
    return reports.first ?? LoadReport(path: path, format: options.format ?? .gram)
  }

  /// The same with a format.
  @discardableResult
  public static func load(
    path: String, into database: Database, format: GraphFileFormat?
  ) throws(QueryError) -> LoadReport {
    try load(path: path, into: database, options: LoadOptions(format: format))
  }

  /// Adds what several files say, in their order. All tables among them are read together, at the
  /// place of the first, so that relationships find nodes of other tables. Each file or group of tables
  /// is loaded whole or not at all; an error ends the loading. Files whose names are those of tables
  /// are fetched at once, by several threads.
  @discardableResult
  public static func load(
    paths: [String], into database: Database, options: LoadOptions = LoadOptions()
  ) throws(QueryError) -> [LoadReport] {
    var reports: [LoadReport] = []
    var tables: [FileBytes] = []
    var place: Int?
    options.progress?.expect(paths)
    let isTable = paths.map { path in
      GraphFileFormat(fileName: path) == .csv && !FileReading.isFolder(path)
    }
    let tablePaths = zip(paths, isTable).filter(\.1).map(\.0)
    var read = FileReading.files(at: tablePaths, options.progress).makeIterator()
    for (path, isTable) in zip(paths, isTable) {
      if FileReading.isFolder(path) {
        let tables = try FileReading.tables(in: path, options.progress)
        reports.append(try load(tables: tables, named: path, into: database, options))
        continue
      }
      let early = isTable ? read.next() : nil
      if SnapshotFile.isSnapshot(path, format: options.format) {
        reports.append(try SnapshotFile.load(path: path, into: database))
        continue
      }
      let file =
        if let early { try early.get() } else { try FileBytes(reading: path, options.progress) }
      let format = options.format ?? GraphFileFormat(of: file)
      if format == .csv {
        if tables.isEmpty { place = reports.count }
        tables.append(file)
      } else {
        reports.append(try load(file, into: database, format, options))
      }
    }
    if let place {
      let report = try load(tables: tables, named: tables[0].path, into: database, options)
      reports.insert(report, at: place)
    }
    return reports
  }

  /// The same for bytes that are no file; `name` is what errors call them.
  @discardableResult
  public static func load(
    bytes: [UInt8], named name: String, into database: Database,
    options: LoadOptions = LoadOptions()
  ) throws(QueryError) -> LoadReport {
    if options.format == .snapshot || (options.format == nil && GraphSnapshot.isSnapshot(bytes)) {
      return try SnapshotFile.load(bytes: bytes, named: name, into: database)
    }
    let file = try FileBytes(path: name, bytes: bytes)
    return try load(file, into: database, options.format ?? GraphFileFormat(of: file), options)
  }

  /// The same with a format.
  @discardableResult
  public static func load(
    bytes: [UInt8], named name: String, into database: Database, format: GraphFileFormat?
  ) throws(QueryError) -> LoadReport {
    try load(bytes: bytes, named: name, into: database, options: LoadOptions(format: format))
  }

  private static func load(
    tables: [FileBytes], named name: String, into database: Database, _ options: LoadOptions
  ) throws(QueryError) -> LoadReport {
    options.progress?.begin(.reading)
    var report = LoadReport(path: name, format: .csv)
    var bad = BadRecords(keepsGoing: options.keepsGoing)
    let counters = try database.load { (builder) throws(QueryError) in
      try CSVGraphReader.read(tables, into: &builder, &bad)
      try StatementNodes.decode(&builder, &report)
    }
    report.take(bad)
    report.nodesCreated = counters.nodesCreated
    report.relationshipsCreated = counters.relationshipsCreated
    return report
  }

  private static func load(
    _ file: FileBytes, into database: Database, _ format: GraphFileFormat, _ options: LoadOptions
  ) throws(QueryError) -> LoadReport {
    options.progress?.begin(.reading)
    var bad = BadRecords(keepsGoing: options.keepsGoing)
    let draft: GraphDraft
    switch format {
    case .gram: draft = try GramReader.read(file, &bad)
    case .csv: return try load(tables: [file], named: file.path, into: database, options)
    case .edges: draft = try EdgeListReader.read(file, &bad)
    case .jsonl: draft = try JSONGraphReader.read(file, &bad)
    case .ftm: draft = try FollowTheMoneyReader.read(file, &bad)
    case .ftmStatements: draft = try FollowTheMoneyStatementReader.read(file, &bad)
    case .graphml: draft = try GraphMLReader.read(file, &bad)
    case .gexf: draft = try GEXFReader.read(file, &bad)
    case .ntriples: draft = try NTriplesReader.read(file, &bad)
    case .turtle: draft = try TurtleReader.read(file, &bad)
    case .cypher:
      var report = LoadReport(path: file.path, format: format)
      try CypherScriptReader.run(file, in: database, report: &report, &bad)
      report.take(bad)
      return report
    case .snapshot:
      return try SnapshotFile.load(bytes: Array(file.buffer), named: file.path, into: database)
    case .dot, .mermaid:
      throw file.error(
        .invalidData, "files of the format \(format.rawValue) are drawings and are not read",
        at: file.firstOffset)
    }
    file.note(offset: file.count)
    return try load(draft, named: file.path, format, into: database, &bad, options)
  }

  private static func load(
    _ draft: GraphDraft, named name: String, _ format: GraphFileFormat, into database: Database,
    _ bad: inout BadRecords, _ options: LoadOptions
  ) throws(QueryError) -> LoadReport {
    options.progress?.begin(.adding)
    var report = LoadReport(path: name, format: format)
    _ = try database.load { (builder) throws(QueryError) in
      try draft.add(to: &builder, report: &report, &bad)
      try StatementNodes.decode(&builder, &report)
    }
    report.take(bad)
    return report
  }
}
