import DossierSyntax
import Glibc

/// The bytes of a snapshot: a private map of a file, or a copy in memory.
///
/// Pages that borrow from it keep it alive; the map ends with the last of them. Writing to it never
/// reaches the file. A file that somebody else shortens or overwrites while it is mapped is not
/// noticed: reading lost pages ends the process by a signal. `GraphFile.save` replaces files, which
/// leaves the mapped one as it is.
final class SnapshotMemory: @unchecked Sendable {
  /// Aligned to 64 bytes.
  let start: UnsafeMutableRawPointer
  let count: Int
  private let isMapped: Bool

  /// Maps a regular file. Errors: `fileUnreadable`.
  init(mapping path: String) throws(QueryError) {
    guard !path.utf8.contains(0) else {
      throw QueryError(.fileUnreadable, "a file name can't contain a zero byte")
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw Self.unreadable(path, Self.reason(errno)) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.unreadable(path, Self.reason(errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Self.unreadable(path, "a snapshot is a regular file")
    }
    count = Int(status.st_size)
    guard count > 0 else {
      start = .allocate(byteCount: 64, alignment: 64)
      isMapped = false
      return
    }
    let flags = MAP_PRIVATE | Int32(MAP_NORESERVE)
    let address = mmap(nil, count, PROT_READ, flags, descriptor, 0)
    guard let address, address != MAP_FAILED else {
      throw Self.unreadable(path, Self.reason(errno))
    }
    madvise(address, count, Int32(MADV_WILLNEED))
    start = address
    isMapped = true
  }

  /// Copies bytes.
  init(copying bytes: UnsafeRawBufferPointer) {
    count = bytes.count
    start = .allocate(byteCount: max(count, 64), alignment: 64)
    if let base = bytes.baseAddress { start.copyMemory(from: base, byteCount: count) }
    isMapped = false
  }

  deinit {
    if isMapped { munmap(start, count) } else { start.deallocate() }
  }

  /// Lets the program write to the bytes from `offset` up to `end`; the rest of a map stays read-only
  /// but for the edges. False when the system refuses.
  func makeWritable(from offset: Int, to end: Int) -> Bool {
    guard isMapped, offset < end else { return true }
    let first = offset & ~(Int(sysconf(Int32(_SC_PAGESIZE))) - 1)
    return mprotect(start + first, end - first, PROT_READ | PROT_WRITE) == 0
  }

  private static func reason(_ number: Int32) -> String {
    switch number {
    case ENOENT: "there is no such file"
    case EACCES, EPERM: "permission denied"
    default: String(cString: strerror(number))
    }
  }

  private static func unreadable(_ path: String, _ reason: String) -> QueryError {
    var diagnostic = Diagnostic(.fileUnreadable, "can't read `\(path)`: \(reason)")
    diagnostic.file = path
    return QueryError(diagnostic)
  }
}
