import DossierSyntax

/// What one file brought into a graph.
public struct LoadReport: Sendable {
  /// The path as the caller gave it.
  public var path: String
  /// The format that was read.
  public var format: GraphFileFormat
  /// Nodes that the graph did not have.
  public var nodesCreated = 0
  /// Nodes of the file that the graph had already, by their `id`.
  public var nodesJoined = 0
  public var relationshipsCreated = 0
  /// What the file says and the graph can't hold; one sentence each.
  public var warnings: [String] = []

  /// The first errors of records that were left out, in the order of the file.
  public var badRecords: [QueryError] = []
  /// How many records were left out, by the code of their error, in the order of their first mention.
  public var badRecordCounts: [(code: DiagnosticCode, count: Int)] = []
  /// All records that were left out.
  public var badRecordCount: Int { badRecordCounts.reduce(0) { $0 + $1.count } }

  init(path: String, format: GraphFileFormat) {
    self.path = path
    self.format = format
  }

  mutating func take(_ bad: BadRecords) {
    badRecords = bad.errors
    badRecordCounts = bad.counts
  }
}
