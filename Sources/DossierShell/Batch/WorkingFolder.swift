import DossierSyntax
import Glibc

/// The folder in which the program was started, whose files its user may read anyway.
enum WorkingFolder {
  /// The folder, or nothing where it has been removed.
  static var paths: [String] {
    guard let path = getcwd(nil, 0) else { return [] }
    free(path)
    return ["."]
  }

  /// Reports that a folder of the command line can't be allowed.
  static func report(_ error: QueryError, to messages: any ByteOutput) -> ExitStatus {
    do throws(OutputClosed) {
      try messages.write(DiagnosticRenderer().render(error, in: nil))
    } catch {}
    return .wrongUsage
  }
}
