/// Writes a graph as a snapshot, each page as it lies in memory.
///
/// The order of blocks: node pages, relationship pages, adjacency, typed property pages, strings;
/// then what opening writes to, general property pages and the hash table of strings; the directory.
struct SnapshotWriter {
  private let graph: Graph
  var output: SnapshotOutput
  var directory = SnapshotDirectory()
  let strings: UsedStrings

  private init(_ graph: Graph, _ write: @escaping (UnsafeRawBufferPointer) -> Void) {
    self.graph = graph
    output = SnapshotOutput(write)
    strings = UsedStrings(graph)
  }

  /// Writes the bytes of a snapshot from the first to the last.
  static func write(_ graph: Graph, to write: (UnsafeRawBufferPointer) -> Void) {
    withoutActuallyEscaping(write) { write in
      var writer = SnapshotWriter(graph, write)
      writer.writeAll()
    }
  }

  private mutating func writeAll() {
    let header = SnapshotFormat.header
    output.append(header)
    describe()
    writeNodePages()
    writeRelationshipPages()
    directory.outgoing = adjacency(graph.outgoing)
    directory.incoming = adjacency(graph.incoming)
    writeTypedPages(graph.nodeColumns, to: \.nodeColumns)
    writeTypedPages(graph.relationshipColumns, to: \.relationshipColumns)
    writeStrings(graph.strings)
    directory.writableOffset = output.position
    writeGeneralPages(graph.nodeColumns, to: \.nodeColumns)
    writeGeneralPages(graph.relationshipColumns, to: \.relationshipColumns)
    writeSlots(graph.strings)
    directory.writableEnd = output.position
    writeEnd(header)
  }

  /// Counts and names.
  private mutating func describe() {
    directory.nodeCount = graph.nodeCount
    directory.relationshipCount = graph.relationshipCount
    directory.nodeIDBound = graph.nodeIDBound
    directory.relationshipIDBound = graph.relationshipIDBound
    directory.commitNumber = graph.version & UInt64(Int64.max)
    directory.commitTime = graph.commitTime?.microseconds ?? 0
    let catalog = graph.catalog
    // The catalog may have grown since this version of the graph; what is more does no harm.
    directory.labels = (0..<catalog.labelCount).map {
      SnapshotName(catalog.nameCell(of: LabelID(rawValue: UInt32($0))).bytes)
    }
    directory.relationshipTypes = (0..<catalog.relationshipTypeCount).map {
      SnapshotName(catalog.key(of: RelationshipTypeID(rawValue: UInt32($0))).bytes)
    }
    directory.propertyKeys = (0..<catalog.propertyKeyCount).map {
      SnapshotName(catalog.nameCell(of: PropertyKeyID(rawValue: UInt32($0))).bytes)
    }
    if graph.validTimeKeys != ValidTimeKeys() {
      directory.validTimeKeys = [
        SnapshotName(graph.validTimeKeys.from.utf8), SnapshotName(graph.validTimeKeys.to.utf8),
      ]
    }
    let provenance = graph.provenanceNames
    if !provenance.areUsual {
      directory.provenanceNames = ([provenance.mode] + provenance.sources).map {
        SnapshotName($0.utf8)
      }
    }
    directory.labelCounts = Array(graph.labelCounts)
    directory.typeCounts = Array(graph.typeCounts)
    directory.statistics = Array(graph.relationshipStatistics)
  }

  // MARK: Elements

  private mutating func writeNodePages() {
    for index in 0..<graph.nodePageCount {
      let page = graph.nodePages.address(index)
      let slots = (0..<NodePage.labelCount(at: page)).filter {
        Bitmap.count(NodePage.bitmap(at: page, slot: $0)) > 0
      }
      let block = output.block(bytes: NodePage.bytes(capacity: slots.count)) { memory in
        NodePage.copy(page, slots: slots, to: memory)
      }
      directory.nodePages.append(SnapshotPage(index: index, block: block))
    }
  }

  private mutating func writeRelationshipPages() {
    for index in 0..<graph.relationshipPageCount {
      let page = graph.relationshipPages.address(index)
      let rows = min(Page.rows, graph.relationshipIDBound - index << Page.shift)
      let block = output.block(bytes: RelationshipPage.bytes) { memory in
        RelationshipPage.copy(page, count: rows, to: memory)
      }
      directory.relationshipPages.append(SnapshotPage(index: index, block: block))
    }
  }

  // MARK: Adjacency

  private mutating func adjacency(
    _ directories: ContiguousArray<PageDirectory<AdjacencyPage>?>
  ) -> [[SnapshotPage]] {
    directories.map { pages in
      guard let pages else { return [] }
      var written: [SnapshotPage] = []
      for index in 0..<pages.pageCount {
        guard let page = pages.page(index), page.entryCount > 0 else { continue }
        let count = page.entryCount
        let block = output.block(bytes: AdjacencyBlock.contiguousBytes(count: count)) { memory in
          AdjacencyBlock.writeContiguous(page.address, count: count, to: memory)
        }
        written.append(SnapshotPage(index: index, block: block))
      }
      return written
    }
  }

  // MARK: Strings

  private mutating func writeStrings(_ dictionary: StringDictionary) {
    let kept = strings.kept
    directory.stringCount = kept.count
    var starts: [Int] = []
    starts.reserveCapacity(kept.count)
    let chunks = stride(from: 0, to: kept.count, by: SnapshotFormat.stringsPerChunk).map {
      kept[$0..<min($0 + SnapshotFormat.stringsPerChunk, kept.count)]
    }
    for chunk in chunks {
      let bytes = chunk.reduce(0) { $0 + Int(dictionary.cell($1).aux) }
      let first = output.position
      let block = output.block(bytes: bytes) { memory in
        var next = 0
        for id in chunk {
          let text = UnsafeRawBufferPointer(dictionary.cell(id).bytes)
          if let base = text.baseAddress {
            (memory + next).copyMemory(from: base, byteCount: text.count)
          }
          starts.append(first + next)
          next += text.count
        }
      }
      directory.stringBytes.append(block)
    }
    for chunk in chunks {
      let first = output.position
      let block = output.block(bytes: chunk.count * SnapshotFormat.entryBytes) { memory in
        for (place, id) in chunk.enumerated() {
          let offset = place * SnapshotFormat.entryBytes
          dictionary.writeEntry(
            id, distance: starts[chunk.startIndex + place] - (first + offset), to: memory + offset)
        }
      }
      directory.stringEntries.append(block)
    }
  }

  /// The dictionary's hash table, filled in the order of the strings' numbers.
  private mutating func writeSlots(_ dictionary: StringDictionary) {
    let kept = strings.kept
    let slots = StringDictionary.slots(
      hashes: kept.lazy.map { dictionary.hash($0) },
      count: SnapshotFormat.slotCount(strings: kept.count))
    for first in stride(from: 0, to: slots.count, by: SnapshotFormat.slotsPerChunk) {
      let chunk = slots[first..<min(first + SnapshotFormat.slotsPerChunk, slots.count)]
      let block = output.block(bytes: chunk.count * 8) { memory in
        _ = UnsafeMutableRawBufferPointer(start: memory, count: chunk.count * 8)
          .initializeMemory(as: UInt64.self, from: chunk)
      }
      directory.stringSlots.append(block)
    }
  }

  // MARK: The end

  private mutating func writeEnd(_ header: [UInt8]) {
    var words: [UInt64] = []
    directory.write(to: &words)
    let block = output.block(bytes: words.count * 8) { memory in
      words.withUnsafeBytes {
        memory.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(memory), byteCount: $0.count)
      }
    }
    let trailer = SnapshotTrailer(
      fileLength: output.position + SnapshotFormat.trailerBytes, directory: block,
      directoryWords: words.count)
    output.append(trailer.bytes(header: header))
  }
}
