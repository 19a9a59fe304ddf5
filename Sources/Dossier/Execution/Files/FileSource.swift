import DossierSyntax
import Glibc

/// Bytes that are read from front to back.
public protocol ByteSource: AnyObject {
  /// Fills the buffer, or a part of it, and gives back how many bytes; 0 at the end.
  ///
  /// Errors: `fileUnreadable`, `invalidData`.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(QueryError) -> Int
}

/// A regular file that is open for reading; closed with the object.
public final class FileSource: ByteSource {
  /// The path as the statement names it; errors name it, too.
  public let name: String
  /// The path without symbolic links.
  public let realPath: String
  private let descriptor: Int32

  /// Takes over a descriptor.
  init(name: String, realPath: String, adopting descriptor: Int32) {
    self.name = name
    self.realPath = realPath
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(QueryError) -> Int {
    guard let start = buffer.baseAddress, buffer.count > 0 else { return 0 }
    while true {
      let count = Glibc.read(descriptor, start, min(buffer.count, 1 << 30))
      if count >= 0 { return count }
      if errno != EINTR { throw Self.unreadable(name, errno) }
    }
  }

  /// The file's first bytes, at most `count`, whatever has been read so far.
  public func prefix(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: max(count, 1)) { buffer, filled in
      filled = max(0, pread(descriptor, buffer.baseAddress, max(count, 0), 0))
    }
  }

  /// The complaint about a file that can't be read, from `errno`.
  static func unreadable(_ name: String, _ reason: Int32) -> QueryError {
    switch reason {
    case ENOENT, ENOTDIR: unreadable(name, "there is no such file")
    case EACCES, EPERM: unreadable(name, "permission denied")
    default: unreadable(name, String(cString: strerror(reason)))
    }
  }

  static func unreadable(_ name: String, _ reason: String) -> QueryError {
    QueryError(.fileUnreadable, "can't read `\(name)`: \(reason)")
  }
}
