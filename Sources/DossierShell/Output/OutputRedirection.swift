import Glibc

/// A file that takes the results in place of standard output, set by `:output` and `:once`.
final class OutputRedirection {
  let output: FileOutput
  /// True when only the next result goes there.
  let isOnce: Bool
  private let descriptor: Int32

  /// Creates the file, or empties it; nil when that fails, `errno` tells why.
  init?(path: String, isOnce: Bool) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { return nil }
    output = FileOutput(descriptor: descriptor)
    self.isOnce = isOnce
  }

  deinit {
    close(descriptor)
  }
}
