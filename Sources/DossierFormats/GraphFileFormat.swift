/// The formats of graph files.
public enum GraphFileFormat: String, CaseIterable, Sendable {
  /// Gram notation.
  case gram
  /// A script of openCypher statements.
  case cypher
  /// Tables with the headers of neo4j-admin or Gremlin, in one file, several files or a folder.
  case csv
  /// Two or three names per line.
  case edges
  /// One JSON object per node and per relationship, as APOC exports them.
  case jsonl
  /// FollowTheMoney entities, one JSON object per line.
  case ftm
  /// FollowTheMoney statements, a table with a line per claim.
  case ftmStatements = "ftm-statements"
  /// GraphML.
  case graphml
  /// GEXF, Gephi's format.
  case gexf
  /// N-Triples.
  case ntriples
  /// Turtle.
  case turtle
  /// Dossier's own format: pages as they lie in memory.
  case snapshot
  /// Graphviz, for drawing; not read.
  case dot
  /// Mermaid, for drawing; not read.
  case mermaid

  /// Ends of file names, each with the format that it tells.
  private static let suffixes: [(String, GraphFileFormat)] = [
    (".gram", .gram), (".cypher", .cypher), (".cypherl", .cypher), (".cyp", .cypher),
    (".cql", .cypher), (".gql", .cypher), (".ftm.json", .ftm), (".ftm.jsonl", .ftm),
    (".ftm.ijson", .ftm), (".csv", .csv), (".tsv", .csv), (".psv", .csv), (".edges", .edges),
    (".el", .edges), (".edgelist", .edges), (".txt", .edges), (".jsonl", .jsonl),
    (".ndjson", .jsonl), (".graphml", .graphml), (".gexf", .gexf), (".nt", .ntriples),
    (".ttl", .turtle), (".turtle", .turtle), (".dossier", .snapshot),
    (".dot", .dot), (".gv", .dot), (".mmd", .mermaid), (".mermaid", .mermaid),
  ]

  /// The format that a file name tells by its end, before `.gz` where it ends so; nil when it tells
  /// none.
  public init?(fileName: String) {
    var name = Array(fileName.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 })
    if Gzip.isName(fileName) { name.removeLast(Gzip.suffix.utf8.count) }
    let found = Self.suffixes.first { suffix, _ in
      name.count > suffix.utf8.count && name.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }
    guard let found else { return nil }
    self = found.1
  }

  /// The format in which a graph is saved under a name: a name that ends in `/` is a folder of tables.
  public init?(outputName: String) {
    if outputName.utf8.last == UInt8(ascii: "/") {
      self = .csv
    } else {
      self.init(fileName: outputName)
    }
  }

  /// True for the formats that `GraphFile.load` reads.
  public var isReadable: Bool { self != .dot && self != .mermaid }

  /// True for the formats that `GraphFile.save` writes.
  public var isWritable: Bool {
    switch self {
    case .gram, .cypher, .csv, .jsonl, .graphml, .gexf, .ntriples, .snapshot, .dot, .mermaid: true
    case .edges, .ftm, .ftmStatements, .turtle: false
    }
  }
}
