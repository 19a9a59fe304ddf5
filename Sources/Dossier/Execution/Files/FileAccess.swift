import DossierSyntax
import Glibc

/// Which files the statements of a session may read, and how their bytes are decoded.
///
/// A file is read only when its real path, with `..` and symbolic links resolved, lies below one of
/// the folders, and only when it is a regular file. Relative paths are looked for in the folders in
/// their order. The path of a `file:` URL is tried as it stands, and then below each folder.
public struct FileAccess: Sendable {
  /// Gives the bytes that a file means: those of a compressed file unpacked, others as they are.
  public typealias Decoding = @Sendable (FileSource) throws(QueryError) -> any ByteSource

  /// No file may be read.
  public static let none = FileAccess()

  /// The real paths of the folders whose files may be read.
  public let folders: [String]
  private let decoding: Decoding

  private init() {
    folders = []
    decoding = { $0 }
  }

  /// The files below some folders, folders within them included.
  ///
  /// Relative paths of folders are those of the working folder now. Errors: `fileUnreadable` for a
  /// path that names no folder.
  public init(
    folders paths: [String], decoding: @escaping Decoding = { $0 }
  ) throws(QueryError) {
    var found: [String] = []
    for path in paths {
      guard !path.utf8.contains(0), let real = Self.realPath(path) else {
        throw FileSource.unreadable(path, "there is no such folder")
      }
      var status = stat()
      guard stat(real, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        throw FileSource.unreadable(path, "it is not a folder")
      }
      if !found.contains(where: { $0.utf8.elementsEqual(real.utf8) }) { found.append(real) }
    }
    folders = found
    self.decoding = decoding
  }

  /// Opens the file that a statement names. Errors: `fileAccessDenied`, `fileUnreadable`.
  func open(_ name: String) throws(QueryError) -> (file: FileSource, bytes: any ByteSource) {
    let location = try FileLocation(name)
    var failure: Int32?
    var leadsOut = false
    for path in candidates(location) {
      let real = Self.realPath(path)
      let reason = errno
      guard let real, let folder = folders.first(where: { Self.holds($0, real) }) else {
        // What lies outside is refused in the same way whether it exists or not.
        guard isInside(Self.withoutDots(path)) else { continue }
        if real == nil { failure = failure ?? reason } else { leadsOut = true }
        continue
      }
      let file = FileSource(
        name: name, realPath: real, adopting: try Self.descriptor(of: real, below: folder, name))
      return (file, try decoding(file))
    }
    if let failure, !leadsOut { throw FileSource.unreadable(name, failure) }
    throw denied(name)
  }

  private func candidates(_ location: FileLocation) -> [String] {
    let path = location.path
    guard path.utf8.first == UInt8(ascii: "/") else { return folders.map { $0 + "/" + path } }
    return location.isURL ? [path] + folders.map { $0 + path } : [path]
  }

  private func denied(_ name: String) -> QueryError {
    guard !folders.isEmpty else {
      return QueryError(
        .fileAccessDenied, "can't read `\(name)`: statements may not read files here",
        help: "`--allow-folder PATH` allows the files below a folder")
    }
    return QueryError(
      .fileAccessDenied, "can't read `\(name)`: it lies outside of the folders that are allowed",
      help: "`--allow-folder PATH` allows the files below another folder")
  }

  // MARK: Paths

  private static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(validatingCString: resolved)
  }

  /// Whether a path without `.`, `..` and links lies below a folder.
  private static func holds(_ folder: String, _ path: String) -> Bool {
    let root = folder.utf8.elementsEqual("/".utf8) ? "" : folder
    guard path.utf8.starts(with: root.utf8) else { return false }
    return path.utf8.dropFirst(root.utf8.count).first == UInt8(ascii: "/")
  }

  private func isInside(_ path: String) -> Bool {
    folders.contains { Self.holds($0, path) }
  }

  /// An absolute path with `.` and `..` resolved by its text alone.
  private static func withoutDots(_ path: String) -> String {
    var names: [Substring.UTF8View] = []
    for name in path.utf8.split(separator: UInt8(ascii: "/")) {
      if name.elementsEqual("..".utf8) {
        _ = names.popLast()
      } else if !name.elementsEqual(".".utf8) {
        names.append(name)
      }
    }
    return names.map { "/" + Substring($0) }.joined()
  }

  /// Opens a real path step by step from a folder. No step follows a link, so a link that somebody
  /// has put there since the path was resolved leads nowhere.
  private static func descriptor(
    of path: String, below folder: String, _ name: String
  ) throws(QueryError) -> Int32 {
    var current = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard current >= 0 else { throw FileSource.unreadable(name, errno) }
    defer { close(current) }
    let steps = path.utf8.dropFirst(folder.utf8.count).split(separator: UInt8(ascii: "/"))
    for step in steps.dropLast() {
      let next = openat(
        current, String(Substring(step)), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard next >= 0 else { throw FileSource.unreadable(name, errno) }
      close(current)
      current = next
    }
    guard let last = steps.last.map({ String(Substring($0)) }) else {
      throw FileSource.unreadable(name, "it is a folder")
    }
    return try regularFile(last, in: current, name)
  }

  private static func regularFile(
    _ last: String, in folder: Int32, _ name: String
  ) throws(QueryError) -> Int32 {
    var status = stat()
    guard fstatat(folder, last, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      throw FileSource.unreadable(name, errno)
    }
    try checkKind(status, name)
    let file = openat(folder, last, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard file >= 0 else { throw FileSource.unreadable(name, errno) }
    do throws(QueryError) {
      guard fstat(file, &status) == 0 else { throw FileSource.unreadable(name, errno) }
      try checkKind(status, name)
    } catch {
      close(file)
      throw error
    }
    return file
  }

  private static func checkKind(_ status: stat, _ name: String) throws(QueryError) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: throw FileSource.unreadable(name, "it is a folder")
    case S_IFIFO: throw FileSource.unreadable(name, "it is a pipe")
    case S_IFCHR, S_IFBLK: throw FileSource.unreadable(name, "it is a device")
    default: throw FileSource.unreadable(name, "it is not a regular file")
    }
  }
}
