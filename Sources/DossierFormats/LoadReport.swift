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

  init(path: String, format: GraphFileFormat) {
    self.path = path
    self.format = format
  }
}
