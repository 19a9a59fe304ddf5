import Glibc

/// Where results or messages go: a file descriptor, or memory in tests.
public protocol ByteOutput: AnyObject {
  /// Writes all bytes. Errors: `OutputClosed` when the reader has gone or the device fails.
  func write(_ bytes: UnsafeRawBufferPointer) throws(OutputClosed)
}

/// The reader of an output has gone, or its device fails; nothing more can be written there.
public struct OutputClosed: Error {
  /// The `errno` of the failed write.
  public var errorNumber: Int32

  public init(errorNumber: Int32) {
    self.errorNumber = errorNumber
  }

  /// True when a pipe's reader ended, which is no failure of ours: `dossier … | head -1`.
  public var isBrokenPipe: Bool { errorNumber == EPIPE }
}

/// An output that writes to a file descriptor, which it does not close.
public final class FileOutput: ByteOutput {
  private let descriptor: Int32

  public init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  public func write(_ bytes: UnsafeRawBufferPointer) throws(OutputClosed) {
    var offset = 0
    while offset < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
      let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if written > 0 {
        offset += written
      } else if errno == EAGAIN {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&request, 1, -1)
      } else if errno != EINTR {
        throw OutputClosed(errorNumber: errno)
      }
    }
  }
}

/// An output that keeps what is written.
public final class MemoryOutput: ByteOutput {
  public private(set) var bytes: [UInt8] = []

  public init() {}

  /// What was written, as a string.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  public func write(_ bytes: UnsafeRawBufferPointer) throws(OutputClosed) {
    self.bytes.append(contentsOf: bytes)
  }
}

extension ByteOutput {
  /// Writes a text.
  public func write(_ text: String) throws(OutputClosed) {
    var buffer = ByteBuffer()
    buffer.append(text)
    try buffer.flush(to: self)
  }
}
