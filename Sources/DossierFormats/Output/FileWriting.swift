import DossierSyntax
import Glibc

/// Writes whole files so that a reader sees the old one or the new one, never a part.
enum FileWriting {
  /// Calls `body` with a sink and puts what it wrote at `path`: into a temporary file beside it, which
  /// then takes its name. Pipes and devices are written to directly. Errors: `fileUnwritable` and those
  /// of `body`; the old file is then untouched.
  static func replace(
    _ path: String, _ body: (ByteSink) throws(QueryError) -> Void
  ) throws(QueryError) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw QueryError(.fileUnwritable, "a file name can't be empty or contain a zero byte")
    }
    var status = stat()
    if stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG {
      if status.st_mode & S_IFMT == S_IFDIR { throw failure(path, EISDIR) }
      return try writeDirectly(path, body)
    }
    let temporary = "\(path).\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(path, errno) }
    do throws(QueryError) {
      try fill(descriptor, path, body)
      guard fsync(descriptor) == 0 else { throw failure(path, errno) }
    } catch {
      close(descriptor)
      unlink(temporary)
      throw error
    }
    close(descriptor)
    guard rename(temporary, path) == 0 else {
      let reason = errno
      unlink(temporary)
      throw failure(path, reason)
    }
    syncFolder(of: path)
  }

  private static func fill(
    _ descriptor: Int32, _ path: String, _ body: (ByteSink) throws(QueryError) -> Void
  ) throws(QueryError) {
    let sink = ByteSink(descriptor: descriptor)
    try body(sink)
    try sink.finish(path)
  }

  private static func writeDirectly(
    _ path: String, _ body: (ByteSink) throws(QueryError) -> Void
  ) throws(QueryError) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, errno) }
    defer { close(descriptor) }
    try fill(descriptor, path, body)
  }

  /// Makes the new name of a file durable.
  static func syncFolder(of path: String) {
    let end = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = end.map { String(path[...$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  static func failure(_ path: String, _ reason: Int32) -> QueryError {
    var diagnostic = Diagnostic(
      .fileUnwritable, "can't write `\(path)`: \(String(cString: strerror(reason)))")
    diagnostic.file = path
    return QueryError(diagnostic)
  }
}
