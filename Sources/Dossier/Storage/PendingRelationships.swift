/// New relationships of one type, in the order of their ids, before adjacency is made from them.
struct PendingRelationships {
  /// One end of a relationship, the other, and its id.
  struct Entry: BitwiseCopyable {
    var near: UInt32
    var far: UInt32
    var relationship: UInt32
  }

  private var entries: [Entry] = []

  /// Adds relationships whose ids follow each other from `firstID` on. Arrays of equal length.
  mutating func append(starts: [UInt32], ends: [UInt32], firstID: UInt32) {
    entries.reserveCapacity(entries.count + starts.count)
    var id = firstID
    for i in starts.indices {
      entries.append(Entry(near: starts[i], far: ends[i], relationship: id))
      id &+= 1
    }
  }

  /// Adds what is here to the adjacency of a type, both directions.
  ///
  /// Entries are dealt out to pages by a counting sort, then in each page to rows by another one,
  /// which stays in the cache; rows are short and sorted last. O(relationships + pages), and
  /// O(d · log d) for a row of d new neighbours that do not come in order.
  consuming func merge(_ type: RelationshipTypeID, into graph: inout Graph) {
    let pageCount = graph.nodePageCount
    var (dealt, starts) = Self.dealt(entries, pageCount)
    Self.merge(dealt, starts, type, into: &graph.outgoing)
    for i in entries.indices {
      let entry = entries[i]
      entries[i] = Entry(near: entry.far, far: entry.near, relationship: entry.relationship)
    }
    (dealt, starts) = Self.dealt(entries, pageCount)
    Self.merge(dealt, starts, type, into: &graph.incoming)
  }

  /// The entries by page of their near end, order kept within a page, and where each page starts.
  private static func dealt(_ entries: [Entry], _ pageCount: Int) -> ([Entry], [Int]) {
    var starts = [Int](repeating: 0, count: pageCount + 1)
    for entry in entries { starts[Int(entry.near >> 11) + 1] += 1 }
    for page in 0..<pageCount { starts[page + 1] += starts[page] }
    var next = starts
    let dealt = next.withUnsafeMutableBufferPointer { next in
      [Entry](unsafeUninitializedCapacity: entries.count) { target, count in
        count = entries.count
        for entry in entries {
          let page = Int(entry.near >> 11)
          target[next[page]] = entry
          next[page] &+= 1
        }
      }
    }
    return (dealt, starts)
  }

  /// Adds entries to the pages of one direction.
  private static func merge(
    _ entries: [Entry], _ starts: [Int], _ type: RelationshipTypeID,
    into directories: inout ContiguousArray<PageDirectory<AdjacencyPage>?>
  ) {
    let index = Int(type.rawValue)
    while directories.count <= index { directories.append(nil) }
    var pages = directories[index] ?? PageDirectory()
    directories[index] = nil
    entries.withUnsafeBufferPointer { entries in
      for page in 0..<starts.count - 1 where starts[page] < starts[page + 1] {
        let block = AdjacencyBlock(
          merging: UnsafeBufferPointer(rebasing: entries[starts[page]..<starts[page + 1]]),
          with: pages.address(page))
        PageDirectory.replace(page, with: AdjacencyPage(block), in: &pages)
      }
    }
    directories[index] = pages
  }
}

extension AdjacencyBlock {
  /// The entries of one page in the order of their ids, together with what the page at `old` holds
  /// already.
  convenience init(
    merging entries: UnsafeBufferPointer<PendingRelationships.Entry>, with old: UnsafeRawPointer
  ) {
    var oldCount = 0
    for row in 0..<Page.rows { oldCount += AdjacencyPage.list(at: old, row).count }
    self.init(count: entries.count + oldCount)
    let offsets = offsets
    for row in 0..<Page.rows {
      offsets[row + 1] = UInt32(truncatingIfNeeded: AdjacencyPage.list(at: old, row).count)
    }
    for entry in entries { offsets[Int(entry.near) & Page.mask + 1] &+= 1 }
    for row in 0..<Page.rows { offsets[row + 1] &+= offsets[row] }
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Page.rows) { next in
      for row in 0..<Page.rows {
        let list = AdjacencyPage.list(at: old, row)
        let start = Int(offsets[row])
        next[row] = offsets[row] &+ UInt32(truncatingIfNeeded: list.count)
        guard list.count > 0 else { continue }
        (neighbours + start).initialize(from: list.neighbours, count: list.count)
        (relationships + start).initialize(from: list.relationships, count: list.count)
      }
      let (neighbours, relationships) = (neighbours, relationships)
      for entry in entries {
        let row = Int(entry.near) & Page.mask
        let place = Int(next[row])
        next[row] &+= 1
        neighbours[place] = entry.far
        relationships[place] = entry.relationship
      }
    }
    for row in 0..<Page.rows {
      sortRow(Int(offsets[row]), Int(offsets[row + 1] &- offsets[row]))
    }
  }

  /// Sorts one row by (neighbour, relationship).
  private func sortRow(_ start: Int, _ count: Int) {
    guard count > 1 else { return }
    let far = neighbours + start
    let ids = relationships + start
    if count > 32 { return sortLongRow(far, ids, count) }
    for i in 1..<count {
      let (neighbour, relationship) = (far[i], ids[i])
      var place = i
      while place > 0
        && (far[place &- 1] > neighbour
          || (far[place &- 1] == neighbour && ids[place &- 1] > relationship))
      {
        far[place] = far[place &- 1]
        ids[place] = ids[place &- 1]
        place &-= 1
      }
      far[place] = neighbour
      ids[place] = relationship
    }
  }

  private func sortLongRow(
    _ far: UnsafeMutablePointer<UInt32>, _ ids: UnsafeMutablePointer<UInt32>, _ count: Int
  ) {
    func key(_ i: Int) -> UInt64 { UInt64(far[i]) << 32 | UInt64(ids[i]) }
    if (1..<count).allSatisfy({ key($0 - 1) < key($0) }) { return }
    let sorted = (0..<count).map(key).sorted()
    for (i, key) in sorted.enumerated() {
      far[i] = UInt32(truncatingIfNeeded: key >> 32)
      ids[i] = UInt32(truncatingIfNeeded: key)
    }
  }
}
