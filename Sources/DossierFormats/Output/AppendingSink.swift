import DossierSyntax
import Glibc

/// A sink into a file that is open only while a piece is written, so that a writer may have thousands.
///
/// The first failure is kept and thrown by `finish`.
final class AppendingSink {
  private static let pieceBytes = 1 << 16

  private let path: String
  private var bytes: [UInt8] = []
  private var failure: QueryError?

  init(_ path: String) {
    self.path = path
  }

  func write(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    if bytes.count >= Self.pieceBytes { flush() }
  }

  /// Writes what is left. Errors: `fileUnwritable`.
  func finish() throws(QueryError) {
    flush()
    if let failure { throw failure }
  }

  private func flush() {
    guard failure == nil else { return bytes.removeAll() }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      failure = FileWriting.failure(path, errno)
      return
    }
    defer { close(descriptor) }
    let sink = ByteSink(descriptor: descriptor)
    sink.write(bytes)
    do throws(QueryError) { try sink.finish(path) } catch { failure = error }
    bytes.removeAll(keepingCapacity: true)
  }
}
