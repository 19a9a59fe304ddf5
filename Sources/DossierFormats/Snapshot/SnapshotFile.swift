import Dossier
import DossierSyntax
import Glibc

/// Reads Dossier's own files, `.dossier`.
enum SnapshotFile {
  /// Whether a file is to be read as a snapshot: it is a regular file that begins as one, or its format
  /// or name says so.
  static func isSnapshot(_ path: String, format: GraphFileFormat?) -> Bool {
    if let format { return format == .snapshot }
    return beginsAsSnapshot(path) || GraphFileFormat(fileName: path) == .snapshot
  }

  /// Pipes are not looked into, as what was read of them is gone.
  private static func beginsAsSnapshot(_ path: String) -> Bool {
    guard !path.utf8.contains(0) else { return false }
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: GraphSnapshot.signatureBytes)
    let count = read(descriptor, &bytes, bytes.count)
    return count == bytes.count && GraphSnapshot.isSnapshot(bytes)
  }

  /// Maps a file into a database. Errors: `fileUnreadable`, `invalidData`, and those of `add`.
  static func load(
    path: String, into database: Database
  ) throws(QueryError) -> LoadReport {
    try load(try GraphSnapshot(mapping: path), named: path, into: database)
  }

  /// Loads bytes that are no file; `name` is what errors call them.
  static func load(
    bytes: [UInt8], named name: String, into database: Database
  ) throws(QueryError) -> LoadReport {
    var opened: Result<GraphSnapshot, QueryError>?
    bytes.withUnsafeBytes { buffer in
      opened = Result { () throws(QueryError) in try GraphSnapshot(bytes: buffer, named: name) }
    }
    guard let opened else { throw QueryError(.internalError, "no bytes to read") }
    return try load(try opened.get(), named: name, into: database)
  }

  /// Makes the snapshot the graph of a database that has no nodes; adds copies of its elements to one
  /// that has some. Errors: `numberOutOfRange` when the graph is full.
  private static func load(
    _ snapshot: GraphSnapshot, named name: String, into database: Database
  ) throws(QueryError) -> LoadReport {
    var report = LoadReport(path: name, format: .snapshot)
    report.nodesCreated = snapshot.view.nodeCount
    report.relationshipsCreated = snapshot.view.relationshipCount
    guard !database.restore(snapshot) else { return report }
    _ = try database.load { (builder) throws(QueryError) in
      try add(snapshot.view, to: &builder)
    }
    return report
  }

  private static func add(
    _ view: GraphView, to builder: inout GraphBuilder
  ) throws(QueryError) {
    var copies: [ElementID: ElementID] = [:]
    copies.reserveCapacity(view.nodeCount)
    for node in view.nodes {
      copies[.node(node.id)] = .node(
        try builder.addNode(labels: node.labels, properties: Array(node.properties.entries)))
    }
    for relationship in view.relationships {
      guard let start = copies[relationship.start], let end = copies[relationship.end] else {
        throw QueryError(
          .invalidData, "relationship \(relationship.id.rawValue) has an end that does not exist")
      }
      let copy = try builder.addRelationship(
        type: relationship.type, from: start, to: end,
        properties: Array(relationship.properties.entries))
      if view.hasStatements { copies[.relationship(relationship.id)] = .relationship(copy) }
    }
  }
}
