/// What must hold of a directory before and after its blocks are looked at.
extension SnapshotDirectory {
  /// Refuses blocks that lie outside of the file, beside their page's place, or, where opening writes
  /// to them, over each other.
  func check(bodyEnd: Int) throws(SnapshotDamage) {
    guard writableOffset >= SnapshotFormat.headerBytes, writableOffset <= writableEnd,
      writableEnd <= bodyEnd, writableOffset % SnapshotFormat.alignment == 0
    else { throw Self.misplaced }
    try checkNumbers()
    for blocks in [stringBytes, stringEntries] { try checkReadOnly(blocks) }
    try checkComplete(nodePages, bound: nodeIDBound)
    try checkComplete(relationshipPages, bound: relationshipIDBound)
    for (tables, direction) in [(outgoing, AdjacencyDirection.outgoing), (incoming, .incoming)] {
      for (type, pages) in tables.enumerated() {
        try checkTable(pages, bound: bound(of: shape(ofType: type).near(direction)))
        try checkReadOnly(pages.map(\.block))
      }
    }
    var end = writableOffset
    for pages in nodeColumns {
      try checkTable(pages, bound: nodeIDBound)
      try checkColumn(pages, &end)
    }
    for pages in relationshipColumns {
      try checkTable(pages, bound: relationshipIDBound)
      try checkColumn(pages, &end)
    }
    for block in stringSlots { try checkWritable(block, &end) }
    try checkContiguous(stringEntries)
    try checkContiguous(stringSlots)
  }

  /// What stands at the ends of the relationships of a type.
  func shape(ofType type: Int) -> RelationshipShape {
    guard type < relationshipTypes.count else { return .betweenNodes }
    return relationshipTypes[type].bytes.withUnsafeBufferPointer(Catalog.shape(ofKey:))
  }

  /// Ids of elements of a kind are below this.
  func bound(of kind: ElementKind) -> Int { kind == .node ? nodeIDBound : relationshipIDBound }

  /// Whether opening writes to a block, that is, whether it is a general page or a part of the hash
  /// table.
  func isWritable(_ block: SnapshotBlock) -> Bool { block.offset >= writableOffset }

  private func checkNumbers() throws(SnapshotDamage) {
    let chunk = SnapshotFormat.stringsPerChunk
    let chunks = (stringCount + chunk - 1) / chunk
    guard nodeCount <= nodeIDBound, relationshipCount <= relationshipIDBound,
      labelCounts.count <= labels.count, typeCounts.count <= relationshipTypes.count,
      statistics.count <= typeCounts.count, outgoing.count <= relationshipTypes.count,
      incoming.count <= relationshipTypes.count, nodeColumns.count <= propertyKeys.count,
      relationshipColumns.count <= propertyKeys.count, stringBytes.count == chunks,
      stringEntries.count == chunks
    else { throw SnapshotDamage("its counts do not go together") }
    for (type, numbers) in statistics.enumerated() {
      let limit = typeCounts[type]
      guard numbers.loops <= limit, numbers.startLabels.count <= labels.count,
        numbers.endLabels.count <= labels.count,
        (numbers.startLabels + numbers.endLabels).allSatisfy({ $0 <= limit })
      else { throw SnapshotDamage("its statistics do not go together") }
    }
  }

  private static var misplaced: SnapshotDamage { SnapshotDamage("a block is out of place") }

  private func checkTable(_ pages: [SnapshotPage], bound: Int) throws(SnapshotDamage) {
    var next = 0
    for page in pages {
      guard page.index >= next, page.index << Page.shift < bound else {
        throw SnapshotDamage("a page is out of place")
      }
      next = page.index + 1
    }
  }

  /// Elements have all their pages: a short file cannot pretend to have many.
  private func checkComplete(_ pages: [SnapshotPage], bound: Int) throws(SnapshotDamage) {
    try checkTable(pages, bound: bound)
    try checkReadOnly(pages.map(\.block))
    guard pages.count == (bound + Page.mask) >> Page.shift else {
      throw SnapshotDamage("a page is missing")
    }
  }

  private func checkReadOnly(_ blocks: [SnapshotBlock]) throws(SnapshotDamage) {
    for block in blocks {
      guard Self.isAligned(block), block.offset >= SnapshotFormat.headerBytes,
        block.end <= writableOffset
      else { throw Self.misplaced }
    }
  }

  private func checkWritable(_ block: SnapshotBlock, _ end: inout Int) throws(SnapshotDamage) {
    guard Self.isAligned(block), block.offset >= end, block.end <= writableEnd else {
      throw Self.misplaced
    }
    end = block.end
  }

  /// Typed pages lie before the writable bytes, general ones in them, in the order of the table.
  private func checkColumn(_ pages: [SnapshotPage], _ end: inout Int) throws(SnapshotDamage) {
    for page in pages {
      if isWritable(page.block) {
        try checkWritable(page.block, &end)
      } else {
        try checkReadOnly([page.block])
      }
    }
  }

  private func checkContiguous(_ blocks: [SnapshotBlock]) throws(SnapshotDamage) {
    for (block, next) in zip(blocks, blocks.dropFirst()) where block.end != next.offset {
      throw Self.misplaced
    }
  }

  private static func isAligned(_ block: SnapshotBlock) -> Bool {
    block.offset % SnapshotFormat.alignment == 0 && block.length % SnapshotFormat.alignment == 0
  }

  // MARK: Counts

  /// Compares counts with what the pages of a graph hold. O(pages).
  func checkCounts(of graph: Graph) throws(SnapshotDamage) {
    var living = 0
    var labelled = [Int](repeating: 0, count: labels.count)
    for page in nodePages {
      let address = graph.nodePages.address(page.index)
      living += Bitmap.count(NodePage.existence(at: address))
      for slot in 0..<NodePage.labelCount(at: address) {
        labelled[Int(NodePage.labelIDs(at: address)[slot])] += Bitmap.count(
          NodePage.bitmap(at: address, slot: slot))
      }
    }
    guard living == nodeCount, Self.equal(labelled, labelCounts) else {
      throw SnapshotDamage("its counts of nodes are wrong")
    }
    let related = relationshipPages.reduce(0) {
      $0 + Bitmap.count(RelationshipPage.existence(at: graph.relationshipPages.address($1.index)))
    }
    guard related == relationshipCount, typeCounts.allSatisfy({ $0 <= relationshipCount }),
      typeCounts.reduce(0, +) == relationshipCount,
      Self.equal(Self.entries(graph.outgoing), typeCounts),
      Self.equal(Self.entries(graph.incoming), typeCounts)
    else { throw SnapshotDamage("its counts of relationships are wrong") }
  }

  private static func entries(
    _ directories: ContiguousArray<PageDirectory<AdjacencyPage>?>
  ) -> [Int] {
    directories.map { pages in
      guard let pages else { return 0 }
      return (0..<pages.pageCount).reduce(0) { $0 + (pages.page($1)?.entryCount ?? 0) }
    }
  }

  /// Whether two lists of counts are the same but for zeros at the end.
  private static func equal(_ a: [Int], _ b: [Int]) -> Bool {
    let common = min(a.count, b.count)
    return a[..<common] == b[..<common] && a[common...].allSatisfy { $0 == 0 }
      && b[common...].allSatisfy { $0 == 0 }
  }
}
