import Dossier
import DossierSyntax

/// Saving graphs.
extension GraphFile {
  /// Writes a graph to a file: the old file stands until the new one is complete. The format is told
  /// by the file's name; a name that ends in `/` is a folder of tables. Errors: `fileUnwritable`; `invalidArgumentValue` when the name tells no format
  /// or the format is not written.
  @discardableResult
  public static func save(
    _ view: GraphView, to path: String, format: GraphFileFormat? = nil
  ) throws(QueryError) -> SaveReport {
    let isFolder = path.utf8.last == UInt8(ascii: "/")
    guard let format = format ?? GraphFileFormat(outputName: path) else {
      throw QueryError(
        .invalidArgumentValue, "the name `\(path)` tells no format",
        help: "use a name that ends in .dossier, .gram, .cypher, .jsonl, .graphml, .gexf, .nt, "
          + ".dot or .mmd, or in / for a folder of tables")
    }
    guard !Gzip.isName(path) else {
      throw QueryError(
        .invalidArgumentValue, "graphs are not written compressed", help: "leave out the `.gz`")
    }
    try checkWritable(format)
    var report = SaveReport(path: path, format: format)
    if format == .csv {
      guard isFolder || GraphFileFormat(fileName: path) == nil else {
        throw QueryError(
          .invalidArgumentValue, "a graph does not fit into the one table `\(path)`",
          help: "use a name that ends in / for a folder of tables")
      }
      let encoded = try StatementNodes.encode(view, &report)
      try CSVFolderWriter.write(encoded, to: path, report: &report)
      count(view, &report)
      return report
    }
    let encoded = try self.encoded(view, format, &report)
    try FileWriting.replace(path) { (sink) throws(QueryError) in
      write(encoded, format, to: sink, &report)
    }
    count(view, &report)
    return report
  }

  /// A graph as the bytes of a file, with the warnings that `save` would give.
  /// Errors: `invalidArgumentValue` when the format is not written or takes several files.
  public static func bytes(
    of view: GraphView, format: GraphFileFormat
  ) throws(QueryError) -> (bytes: [UInt8], report: SaveReport) {
    try checkWritable(format)
    guard format != .csv else {
      throw QueryError(.invalidArgumentValue, "tables are several files; save them to a folder")
    }
    var report = SaveReport(path: "", format: format)
    let sink = ByteSink()
    write(try encoded(view, format, &report), format, to: sink, &report)
    count(view, &report)
    return (sink.content, report)
  }

  /// The graph as the format can say it.
  private static func encoded(
    _ view: GraphView, _ format: GraphFileFormat, _ report: inout SaveReport
  ) throws(QueryError) -> GraphView {
    switch format {
    case .jsonl, .graphml, .gexf, .ntriples: try StatementNodes.encode(view, &report)
    default: view
    }
  }

  /// Counts the graph's own elements, not the nodes that stand for relationships.
  private static func count(_ view: GraphView, _ report: inout SaveReport) {
    guard view.hasStatements else { return }
    report.nodes = view.nodeCount
    report.relationships = view.relationshipCount
  }

  private static func checkWritable(_ format: GraphFileFormat) throws(QueryError) {
    guard format.isWritable else {
      throw QueryError(
        .invalidArgumentValue, "graphs can't be written in the format \(format.rawValue)")
    }
  }

  private static func write(
    _ view: GraphView, _ format: GraphFileFormat, to sink: ByteSink, _ report: inout SaveReport
  ) {
    switch format {
    case .gram: GramWriter.write(view, to: sink, report: &report)
    case .cypher: CypherScriptWriter.write(view, to: sink, report: &report)
    case .jsonl: JSONGraphWriter.write(view, to: sink, report: &report)
    case .graphml: GraphMLWriter.write(view, to: sink, report: &report)
    case .snapshot:
      view.writeSnapshot { sink.write($0) }
      report.nodes = view.nodeCount
      report.relationships = view.relationshipCount
    case .dot: DOTWriter.write(view, to: sink, report: &report)
    case .mermaid: MermaidWriter.write(view, to: sink, report: &report)
    case .gexf: GEXFWriter.write(view, to: sink, report: &report)
    case .ntriples: NTriplesWriter.write(view, to: sink, report: &report)
    case .csv, .edges, .ftm, .ftmStatements, .turtle: break
    }
  }
}
