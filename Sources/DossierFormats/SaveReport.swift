/// What was written to one file.
public struct SaveReport: Sendable {
  /// The path as the caller gave it.
  public var path: String
  /// The format that was written.
  public var format: GraphFileFormat
  public var nodes = 0
  public var relationships = 0
  /// What the graph holds and the format can't say; one sentence each.
  public var warnings: [String] = []

  init(path: String, format: GraphFileFormat) {
    self.path = path
    self.format = format
  }

  /// Adds a warning once.
  mutating func warn(_ warning: String) {
    if !warnings.contains(where: { $0.utf8.elementsEqual(warning.utf8) }) {
      warnings.append(warning)
    }
  }
}
