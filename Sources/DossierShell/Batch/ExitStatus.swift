/// What the process tells its caller.
public enum ExitStatus: Int32, CaseIterable, Sendable {
  case success = 0
  /// A statement or a command failed, or bad records were left out.
  case statementFailed = 1
  /// Unknown options, missing arguments.
  case wrongUsage = 2
  /// A script or graph file is missing, unreadable or malformed.
  case unreadableFile = 3
  /// Ctrl-C ended the work.
  case interrupted = 130

  /// What the status means, for the manual.
  var summary: String {
    switch self {
    case .success: "All went well."
    case .statementFailed: "A statement or a command failed, or bad records were left out."
    case .wrongUsage: "The command line is wrong."
    case .unreadableFile: "A script or a graph file is missing, unreadable or malformed."
    case .interrupted: "Ctrl-C ended the work."
    }
  }
}
