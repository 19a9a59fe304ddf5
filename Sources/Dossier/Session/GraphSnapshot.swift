import DossierSyntax

/// A graph in Dossier's own file format, `.dossier`: its pages as they lie in memory.
///
/// Opening maps the file and checks it; pages are copied when they are written, never the file. The
/// file must not be changed in place while it is open: replace it, as `GraphFile.save` does.
public struct GraphSnapshot: Sendable {
  let graph: Graph

  /// How many bytes `isSnapshot` looks at.
  public static let signatureBytes = SnapshotFormat.magic.count

  /// Whether a file that begins with these bytes is a snapshot, of whatever version.
  public static func isSnapshot(_ firstBytes: some Collection<UInt8>) -> Bool {
    firstBytes.starts(with: SnapshotFormat.magic)
  }

  /// Opens a file by memory map.
  ///
  /// Errors: `fileUnreadable` when it cannot be opened or is no regular file, `invalidData` when it is
  /// no snapshot, has another version, is damaged or cut off.
  public init(mapping path: String) throws(QueryError) {
    try self.init(try SnapshotMemory(mapping: path), named: path)
  }

  /// Opens a copy of bytes; `name` is what errors call them. Errors: `invalidData`.
  public init(bytes: UnsafeRawBufferPointer, named name: String) throws(QueryError) {
    try self.init(SnapshotMemory(copying: bytes), named: name)
  }

  private init(_ memory: SnapshotMemory, named name: String) throws(QueryError) {
    try Self.checkHeader(memory, name)
    do throws(SnapshotDamage) {
      graph = try SnapshotReader.read(memory)
    } catch {
      throw Self.refused(
        name, "is damaged: \(error.reason)",
        help: "take a copy that is whole, or save the graph again where it came from")
    }
  }

  /// The graph, for walking over all of it.
  public var view: GraphView { GraphView(graph) }

  private static func checkHeader(_ memory: SnapshotMemory, _ name: String) throws(QueryError) {
    let bytes = UnsafeRawBufferPointer(start: memory.start, count: memory.count)
    guard isSnapshot(bytes) else {
      throw refused(name, "is not a snapshot of Dossier", help: nil)
    }
    guard memory.count >= SnapshotFormat.headerBytes else {
      throw refused(name, "is damaged: it ends after \(memory.count) bytes", help: nil)
    }
    func number(_ offset: Int) -> UInt32 {
      bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
    }
    let order = number(SnapshotFormat.byteOrderOffset)
    guard order == SnapshotFormat.byteOrderMark else {
      let isOther = order == SnapshotFormat.byteOrderMark.byteSwapped
      throw refused(
        name,
        isOther ? "was written on a computer with another byte order" : "is damaged: its header",
        help: nil)
    }
    let version = number(SnapshotFormat.versionOffset)
    guard version == SnapshotFormat.version else {
      throw refused(
        name,
        "has version \(version) of the format; this program reads version \(SnapshotFormat.version)",
        help: version > SnapshotFormat.version
          ? "open it with the program that wrote it, or with a newer one"
          : "open it with the program that wrote it, and save the graph as another format")
    }
    guard number(SnapshotFormat.pageRowsOffset) == UInt32(Page.rows) else {
      throw refused(name, "is damaged: its pages have another size", help: nil)
    }
  }

  private static func refused(_ name: String, _ reason: String, help: String?) -> QueryError {
    var diagnostic = Diagnostic(.invalidData, "`\(name)` \(reason)", help: help)
    diagnostic.file = name
    return QueryError(diagnostic)
  }
}

extension GraphView {
  /// Writes the graph as a snapshot, from the first byte to the last.
  public func writeSnapshot(to write: (UnsafeRawBufferPointer) -> Void) {
    SnapshotWriter.write(graph, to: write)
  }
}

extension Database {
  /// Makes the graph of a snapshot the database's graph, if that has no nodes; false when it has some.
  public func restore(_ snapshot: GraphSnapshot) -> Bool {
    writing.lock()
    defer { writing.unlock() }
    guard self.snapshot.nodeCount == 0 else { return false }
    var graph = snapshot.graph
    // Other databases may have been made of the same snapshot and go ways of their own.
    graph.indexes = PropertyIndexes()
    adopt(graph)
    return true
  }
}
