/// Opens a snapshot: checks it, and makes a graph whose pages lie in its memory.
///
/// Everything is checked before a page exists: checksums of all blocks, and that what they hold stays
/// within bounds. O(bytes of the file), on all processors; no more memory is made than for the page
/// objects, one for 2,048 rows.
struct SnapshotReader {
  private let memory: SnapshotMemory
  private let directory: SnapshotDirectory
  private let verifier: SnapshotVerifier

  /// The graph of a snapshot.
  static func read(_ memory: SnapshotMemory) throws(SnapshotDamage) -> Graph {
    let directory = try readDirectory(memory)
    try directory.check(bodyEnd: memory.count - SnapshotFormat.trailerBytes)
    let reader = SnapshotReader(
      memory: memory, directory: directory,
      verifier: SnapshotVerifier(memory: memory, directory: directory))
    return try reader.graph()
  }

  private static func readDirectory(
    _ memory: SnapshotMemory
  ) throws(SnapshotDamage) -> SnapshotDirectory {
    guard memory.count >= SnapshotFormat.headerBytes + SnapshotFormat.trailerBytes else {
      throw SnapshotDamage("it ends after \(memory.count) bytes")
    }
    let trailer = try SnapshotTrailer(of: memory)
    let start = UnsafeRawPointer(memory.start) + trailer.directory.offset
    let checksum = SnapshotChecksum.of(start, count: trailer.directory.length)
    guard checksum == trailer.directory.checksum else {
      throw SnapshotDamage("the checksum of its directory is wrong")
    }
    var words = SnapshotWordReader(
      UnsafeBufferPointer(
        start: start.assumingMemoryBound(to: UInt64.self), count: trailer.directoryWords))
    return try SnapshotDirectory(from: &words)
  }

  // MARK: The graph

  private func graph() throws(SnapshotDamage) -> Graph {
    try verifier.verifyReadOnlyBlocks()
    guard memory.makeWritable(from: directory.writableOffset, to: directory.writableEnd) else {
      throw SnapshotDamage("the system does not allow private pages")
    }
    try verifier.verifySlots()
    let strings = makeStrings()
    try verifier.relocate(strings: strings, zones: try zones())
    var graph = Graph(catalog: try catalog(), strings: strings)
    addElements(to: &graph)
    graph.nodeColumns = columns(directory.nodeColumns)
    graph.relationshipColumns = columns(directory.relationshipColumns)
    graph.outgoing = adjacency(directory.outgoing)
    graph.incoming = adjacency(directory.incoming)
    try directory.checkCounts(of: graph)
    if directory.validTimeKeys.count == 2 {
      graph.validTimeKeys.from = String(decoding: directory.validTimeKeys[0].bytes, as: UTF8.self)
      graph.validTimeKeys.to = String(decoding: directory.validTimeKeys[1].bytes, as: UTF8.self)
    }
    if let mode = directory.provenanceNames.first {
      graph.provenanceNames = ProvenanceNames(
        sources: directory.provenanceNames.dropFirst().map {
          String(decoding: $0.bytes, as: UTF8.self)
        }, mode: String(decoding: mode.bytes, as: UTF8.self))
    }
    graph.version = directory.commitNumber
    if directory.commitTime != 0 {
      graph.commitTime = Instant(microseconds: directory.commitTime)
    }
    return graph
  }

  private func address(_ block: SnapshotBlock) -> UnsafeMutableRawPointer {
    memory.start + block.offset
  }

  private func addElements(to graph: inout Graph) {
    for page in directory.nodePages {
      let stored = NodePage(borrowing: address(page.block), owner: memory)
      PageDirectory.replace(page.index, with: stored, in: &graph.nodePages)
    }
    for page in directory.relationshipPages {
      let stored = RelationshipPage(borrowing: address(page.block), owner: memory)
      PageDirectory.replace(page.index, with: stored, in: &graph.relationshipPages)
    }
    graph.nodeCount = directory.nodeCount
    graph.relationshipCount = directory.relationshipCount
    graph.nodeIDBound = directory.nodeIDBound
    graph.relationshipIDBound = directory.relationshipIDBound
    graph.labelCounts = ContiguousArray(directory.labelCounts)
    graph.typeCounts = ContiguousArray(directory.typeCounts)
    graph.relationshipStatistics = ContiguousArray(directory.statistics)
  }

  private func columns(_ tables: [[SnapshotPage]]) -> ContiguousArray<PropertyColumn?> {
    ContiguousArray(
      tables.map { pages in
        pages.isEmpty
          ? nil
          : PropertyColumn(
            adopting: pages.map {
              ($0.index, PropertyPage(borrowing: address($0.block), owner: memory))
            })
      })
  }

  private func adjacency(
    _ tables: [[SnapshotPage]]
  ) -> ContiguousArray<PageDirectory<AdjacencyPage>?> {
    ContiguousArray(
      tables.map { pages in
        guard !pages.isEmpty else { return nil }
        var stored = PageDirectory<AdjacencyPage>()
        for page in pages {
          let block = AdjacencyBlock(borrowing: address(page.block), owner: memory)
          PageDirectory.replace(page.index, with: AdjacencyPage(block), in: &stored)
        }
        return stored
      })
  }

  private func makeStrings() -> StringDictionary {
    guard let entries = directory.stringEntries.first, let slots = directory.stringSlots.first
    else {
      return StringDictionary()
    }
    return StringDictionary(
      frozen: address(entries), count: UInt32(truncatingIfNeeded: directory.stringCount),
      slots: address(slots).assumingMemoryBound(to: UInt64.self),
      slotCount: SnapshotFormat.slotCount(strings: directory.stringCount), owner: memory)
  }

  // MARK: Names

  private func catalog() throws(SnapshotDamage) -> Catalog {
    let catalog = Catalog()
    try intern(directory.labels) { catalog.internLabel($0).rawValue }
    try intern(directory.relationshipTypes, isText: Self.isKey) {
      catalog.internRelationshipType($0).rawValue
    }
    try intern(directory.propertyKeys) { catalog.internPropertyKey($0).rawValue }
    return catalog
  }

  /// Whether bytes can be the key of a relationship type.
  private static func isKey(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard Catalog.shape(ofKey: bytes) != .betweenNodes else { return UTF8Bytes.areValid(bytes) }
    return bytes[bytes.count - 1] < 4
      && UTF8Bytes.areValid(UnsafeBufferPointer(rebasing: bytes.dropLast(2)))
  }

  private func intern(
    _ names: [SnapshotName], isText: (UnsafeBufferPointer<UInt8>) -> Bool = UTF8Bytes.areValid,
    _ intern: (UnsafeBufferPointer<UInt8>) -> UInt32
  ) throws(SnapshotDamage) {
    for (id, name) in names.enumerated() {
      let number = name.bytes.withUnsafeBufferPointer { bytes in
        isText(bytes) ? Int(intern(bytes)) : nil
      }
      guard number == id else { throw SnapshotDamage("a name is there twice or no text") }
    }
  }

  private func zones() throws(SnapshotDamage) -> [TimeZoneID] {
    var zones: [TimeZoneID] = []
    for name in directory.timeZones {
      guard let zone = TimeZoneTable.shared.zone(named: name.bytes) else {
        let text =
          TimeZoneTable.isValid(name.bytes) ? String(decoding: name.bytes, as: UTF8.self) : "?"
        throw SnapshotDamage("this system does not know its time zone `\(text)`")
      }
      zones.append(zone)
    }
    return zones
  }
}
