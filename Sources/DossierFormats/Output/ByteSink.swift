import DossierSyntax
import Glibc

/// Where writers put bytes: an open file, written in pieces, or memory.
///
/// The first failure to write is kept and thrown by `finish`; until then writing goes nowhere.
final class ByteSink {
  private static let pieceBytes = 1 << 17

  private var bytes: [UInt8] = []
  private let descriptor: Int32?
  private var failure: Int32 = 0

  /// A sink into memory.
  init() {
    descriptor = nil
  }

  /// A sink into an open file, which the caller closes.
  init(descriptor: Int32) {
    self.descriptor = descriptor
    bytes.reserveCapacity(Self.pieceBytes + 4_096)
  }

  /// What was written, for sinks into memory.
  var content: [UInt8] { bytes }

  @inline(__always) func write(_ byte: UInt8) {
    bytes.append(byte)
  }

  func write(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    if bytes.count >= Self.pieceBytes { flush() }
  }

  func write(_ piece: [UInt8]) {
    bytes.append(contentsOf: piece)
    if bytes.count >= Self.pieceBytes { flush() }
  }

  func write(_ text: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  func write(_ piece: UnsafeRawBufferPointer) {
    bytes.append(contentsOf: piece)
    if bytes.count >= Self.pieceBytes { flush() }
  }

  /// Writes what is left. Errors: `fileUnwritable`.
  func finish(_ path: String) throws(QueryError) {
    flush()
    if failure != 0 { throw FileWriting.failure(path, failure) }
  }

  private func flush() {
    guard let descriptor else { return }
    var done = 0
    while done < bytes.count && failure == 0 {
      let wrote = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress.map { $0 + done }, bytes.count - done)
      }
      if wrote < 0 {
        if errno != EINTR { failure = errno }
      } else {
        done += wrote
      }
    }
    bytes.removeAll(keepingCapacity: true)
  }
}
