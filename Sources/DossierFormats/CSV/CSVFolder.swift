import DossierSyntax
import Glibc

/// A folder of tables on disk, which is replaced as a whole or not at all.
enum CSVFolder {
  static let nodeSuffix = "_nodes.csv"
  static let relationshipSuffix = "_relationships.csv"

  /// Calls `body` with a new folder beside `path`, which then takes that name. A folder that is there
  /// already is replaced if it is empty or holds nothing but tables that were written by `body`, to
  /// judge by their names. Errors: `fileUnwritable` and those of `body`; the old folder is then
  /// untouched.
  static func replace(
    _ path: String, _ body: (String) throws(QueryError) -> Void
  ) throws(QueryError) {
    let target = withoutSlashes(path)
    guard !target.isEmpty, !target.utf8.contains(0) else {
      throw QueryError(.fileUnwritable, "a folder's name can't be empty or contain a zero byte")
    }
    try checkReplaceable(target)
    let temporary = "\(target).\(getpid()).tmp"
    guard mkdir(temporary, 0o777) == 0 else { throw FileWriting.failure(target, errno) }
    do throws(QueryError) {
      try body(temporary)
      try sync(temporary)
      try exchange(temporary, target)
    } catch {
      remove(temporary)
      throw error
    }
    remove(temporary)
    FileWriting.syncFolder(of: target)
  }

  private static func withoutSlashes(_ path: String) -> String {
    var bytes = Array(path.utf8)
    while bytes.count > 1 && bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Gives the new folder its name; the old one, if there is one, has the new one's name afterwards.
  private static func exchange(_ new: String, _ target: String) throws(QueryError) {
    if rename(new, target) == 0 { return }
    // An empty folder is replaced by `rename`; one with tables has to step aside.
    guard errno == ENOTEMPTY || errno == EEXIST else { throw FileWriting.failure(target, errno) }
    let old = "\(target).\(getpid()).old"
    guard rename(target, old) == 0 else { throw FileWriting.failure(target, errno) }
    guard rename(new, target) == 0 else {
      let reason = errno
      rename(old, target)
      throw FileWriting.failure(target, reason)
    }
    remove(old)
  }

  // MARK: The old folder

  private static func checkReplaceable(_ target: String) throws(QueryError) {
    var status = stat()
    guard lstat(target, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw refusal(target, "it is not a folder")
    }
    for name in try names(in: target) where !isTable(name, in: target) {
      throw refusal(target, "it holds `\(name)`, which is no table of a saved graph")
    }
  }

  private static func refusal(_ target: String, _ reason: String) -> QueryError {
    var diagnostic = Diagnostic(
      .fileUnwritable, "can't replace `\(target)`: \(reason)",
      help: "name a folder that does not exist yet")
    diagnostic.file = target
    return QueryError(diagnostic)
  }

  private static func isTable(_ name: String, in folder: String) -> Bool {
    let isNamedSo = [nodeSuffix, relationshipSuffix].contains { suffix in
      name.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }
    guard isNamedSo else { return false }
    var status = stat()
    return lstat(folder + "/" + name, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The names of all that a folder holds, sorted.
  private static func names(in folder: String) throws(QueryError) -> [String] {
    guard let stream = opendir(folder) else { throw FileWriting.failure(folder, errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Removes a folder of tables; nothing happens when it is not there.
  private static func remove(_ folder: String) {
    guard let names = try? names(in: folder) else { return }
    for name in names where isTable(name, in: folder) { unlink(folder + "/" + name) }
    rmdir(folder)
  }

  private static func sync(_ folder: String) throws(QueryError) {
    for name in try names(in: folder) {
      let descriptor = open(folder + "/" + name, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw FileWriting.failure(folder, errno) }
      defer { close(descriptor) }
      guard fsync(descriptor) == 0 else { throw FileWriting.failure(folder, errno) }
    }
    FileWriting.syncFolder(of: folder + "/.")
  }
}
