import Glibc

@testable import Dossier

/// A folder of files that lives as long as a test needs it.
final class TableFolder {
  /// The folder's real path.
  let path: String

  init() throws {
    var template = Array("/tmp/dossier-tables-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure() }
    path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
  }

  struct Failure: Error {}

  deinit { Self.remove(path) }

  /// Writes a file and gives back its path.
  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    let file = path + "/" + name
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0 else { throw Failure() }
    defer { close(descriptor) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + written }, bytes.count - written)
      }
      guard count > 0 else { throw Failure() }
      written += count
    }
    return file
  }

  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try write(Array(text.utf8), to: name)
  }

  func makeFolder(_ name: String) throws {
    guard mkdir(path + "/" + name, 0o700) == 0 else { throw Failure() }
  }

  /// A session over an empty graph that may read the folder.
  func session() throws -> Session {
    let session = Database().session()
    session.fileAccess = try FileAccess(folders: [path])
    return session
  }

  private static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR, let stream = opendir(path) {
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { remove(path + "/" + name) }
      }
    }
    Glibc.remove(path)
  }
}

extension Session {
  /// The rows of a statement, values parted by bars.
  func lines(_ statement: String, _ parameters: [String: Value] = [:]) throws -> [String] {
    try run(statement, parameters: parameters).rows
      .map { $0.map { "\($0)" }.joined(separator: " | ") }
  }
}
