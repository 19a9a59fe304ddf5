/// How `GraphFile.load` reads files.
public struct LoadOptions: Sendable {
  /// The format of the files; nil where names and contents tell it.
  public var format: GraphFileFormat?
  /// Notes records that can't be read in the report and loads all others, where else the first of them
  /// ends the load.
  public var keepsGoing = false
  /// What is told how far the load is.
  public var progress: LoadProgress?

  public init(
    format: GraphFileFormat? = nil, keepsGoing: Bool = false, progress: LoadProgress? = nil
  ) {
    self.format = format
    self.keepsGoing = keepsGoing
    self.progress = progress
  }
}
