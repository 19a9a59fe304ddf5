import Dossier
import DossierSyntax

/// Saving graphs.
extension GraphFile {
  /// Writes a graph to a file: the old file stands until the new one is complete. The format is told
  /// by the file's name. Errors: `fileUnwritable`; `invalidArgumentValue` when the name tells no format
  /// or the format is not written.
  @discardableResult
  public static func save(
    _ view: GraphView, to path: String, format: GraphFileFormat? = nil
  ) throws(QueryError) -> SaveReport {
    guard let format = format ?? GraphFileFormat(fileName: path) else {
      throw QueryError(
        .invalidArgumentValue, "the name `\(path)` tells no format",
        help: "use a name that ends in .gram, .cypher, .jsonl, .graphml, .dot or .mmd")
    }
    guard !Gzip.isName(path) else {
      throw QueryError(
        .invalidArgumentValue, "graphs are not written compressed", help: "leave out the `.gz`")
    }
    try checkWritable(format)
    var report = SaveReport(path: path, format: format)
    try FileWriting.replace(path) { (sink) throws(QueryError) in
      write(view, format, to: sink, &report)
    }
    return report
  }

  /// A graph as the bytes of a file, with the warnings that `save` would give.
  /// Errors: `invalidArgumentValue` when the format is not written.
  public static func bytes(
    of view: GraphView, format: GraphFileFormat
  ) throws(QueryError) -> (bytes: [UInt8], report: SaveReport) {
    try checkWritable(format)
    var report = SaveReport(path: "", format: format)
    let sink = ByteSink()
    write(view, format, to: sink, &report)
    return (sink.content, report)
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
    case .dot: DOTWriter.write(view, to: sink, report: &report)
    case .mermaid: MermaidWriter.write(view, to: sink, report: &report)
    case .csv, .edges, .ftm, .gexf, .ntriples: break
    }
  }
}
