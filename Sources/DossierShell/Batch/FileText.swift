import DossierFormats
import DossierSyntax
import Glibc

/// Reads scripts.
enum FileText {
  /// The bytes of a file, decompressed where they are gzip's. Errors: `fileUnreadable`; `invalidData`
  /// for damaged compression.
  static func bytes(ofFile path: String) throws(QueryError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while true {
      guard let count = read(descriptor, appendingTo: &bytes) else { throw unreadable(path) }
      if count == 0 {
        return Gzip.isCompressed(bytes) ? try Gzip.decompressed(bytes, named: path) : bytes
      }
    }
  }

  /// Reads up to a MiB; 0 at the end, nil on an error that `errno` tells.
  static func read(_ descriptor: Int32, appendingTo bytes: inout [UInt8]) -> Int? {
    let room = 1 << 20
    while true {
      var count = -1
      let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, used in
        count = Glibc.read(descriptor, buffer.baseAddress, room)
        used = max(0, count)
      }
      if count >= 0 {
        if bytes.isEmpty { bytes = chunk } else { bytes.append(contentsOf: chunk) }
        return count
      }
      if errno != EINTR { return nil }
    }
  }

  private static func unreadable(_ path: String) -> QueryError {
    let reason = String(cString: strerror(errno))
    return QueryError(
      .fileUnreadable, "cannot read `\(TextEscaping.visible(path))`: \(reason)")
  }
}
