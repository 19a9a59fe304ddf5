/// What the process tells its caller.
public enum ExitStatus: Int32, Sendable {
  case success = 0
  /// A statement or a command failed.
  case statementFailed = 1
  /// Unknown options, missing arguments.
  case wrongUsage = 2
  /// A script or graph file is missing, unreadable or malformed.
  case unreadableFile = 3
  /// Ctrl-C ended the work.
  case interrupted = 130
}
