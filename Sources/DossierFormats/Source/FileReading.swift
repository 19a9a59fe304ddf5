import Dossier
import DossierSyntax
import Glibc
import Synchronization

/// Reads whole files through system calls.
///
/// Files are read, not mapped: a mapped file that another process shortens ends this one by a signal.
enum FileReading {
  /// The bytes of a regular file or a pipe in memory that the caller frees, with room for
  /// `FileBytes.padding` more bytes. Errors: `fileUnreadable`.
  static func readWhole(
    _ path: String
  ) throws(QueryError) -> (memory: UnsafeMutablePointer<UInt8>, count: Int) {
    try checkKind(path)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path, errno) }
    var capacity = max(Int(status.st_size), 0) + 1
    var memory = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + FileBytes.padding)
    HugePages.advise(memory, byteCount: capacity)
    var count = 0
    while true {
      if count == capacity {
        let larger = UnsafeMutablePointer<UInt8>.allocate(
          capacity: capacity * 2 + 65_536 + FileBytes.padding)
        larger.update(from: memory, count: count)
        memory.deallocate()
        memory = larger
        capacity = capacity * 2 + 65_536
      }
      let got = read(descriptor, memory + count, min(capacity - count, 1 << 30))
      if got == 0 { return (memory, count) }
      if got < 0 {
        let reason = errno
        if reason == EINTR { continue }
        memory.deallocate()
        throw failure(path, reason)
      }
      count += got
    }
  }

  /// The size of a regular file in bytes; 0 for everything else.
  static func size(of path: String) -> Int {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return 0 }
    return Int(status.st_size)
  }

  /// True when the path names a folder.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The files of a folder whose names end in `.csv`, `.tsv` or `.psv`, in the order of their names.
  /// Errors: `fileUnreadable`, also when there is none.
  static func tables(
    in folder: String, _ progress: LoadProgress? = nil
  ) throws(QueryError) -> [FileBytes] {
    let names = try tableNames(in: folder)
    progress?.expect(names.map { folder + "/" + $0 })
    var tables: [FileBytes] = []
    let files = files(at: names.map { folder + "/" + $0 }, progress)
    for file in files { tables.append(try file.get()) }
    return tables
  }

  private static func tableNames(in folder: String) throws(QueryError) -> [String] {
    guard let stream = opendir(folder) else { throw failure(folder, errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if GraphFileFormat(fileName: name) == .csv { names.append(name) }
    }
    guard !names.isEmpty else { throw unreadable(folder, "the folder holds no tables (.csv)") }
    names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return names
  }

  /// The bytes of several files or why they can't be read, by their places; threads share the files.
  static func files(
    at paths: [String], _ progress: LoadProgress? = nil
  ) -> [Result<FileBytes, QueryError>] {
    var files = [Result<FileBytes, QueryError>?](repeating: nil, count: paths.count)
    let next = Atomic(0)
    files.withUnsafeMutableBufferPointer { files in
      let files = files
      WorkerThreads.run(min(WorkerThreads.available, paths.count)) { _ in
        while true {
          let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard index < paths.count else { return }
          do throws(QueryError) {
            files[index] = .success(try FileBytes(reading: paths[index], progress))
          } catch { files[index] = .failure(error) }
        }
      }
    }
    return files.compactMap(\.self)
  }

  /// Refuses what can't be read to an end before it is opened.
  private static func checkKind(_ path: String) throws(QueryError) {
    guard !path.utf8.contains(0) else {
      throw QueryError(.fileUnreadable, "a file name can't contain a zero byte")
    }
    var status = stat()
    guard stat(path, &status) == 0 else { throw failure(path, errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG, S_IFIFO: return
    case S_IFDIR: throw unreadable(path, "it is a folder")
    case S_IFCHR, S_IFBLK: throw unreadable(path, "it is a device")
    case S_IFSOCK: throw unreadable(path, "it is a socket")
    default: throw unreadable(path, "it is not a regular file")
    }
  }

  static func failure(_ path: String, _ reason: Int32) -> QueryError {
    switch reason {
    case ENOENT: return unreadable(path, "there is no such file")
    case EACCES, EPERM: return unreadable(path, "permission denied")
    default: return unreadable(path, String(cString: strerror(reason)))
    }
  }

  private static func unreadable(_ path: String, _ reason: String) -> QueryError {
    var diagnostic = Diagnostic(.fileUnreadable, "can't read `\(path)`: \(reason)")
    diagnostic.file = path
    return QueryError(diagnostic)
  }
}
