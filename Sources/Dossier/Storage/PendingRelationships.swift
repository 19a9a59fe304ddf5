/// New relationships of one type, in the order of their ids, before adjacency is built of them.
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
  /// Sorting by one end and changing ends, three times over, gives both orders: by start with ends
  /// ascending, then by end with starts ascending. O(relationships + nodes), or
  /// O(relationships · log relationships) when there are few.
  consuming func merge(_ type: RelationshipTypeID, into graph: inout Graph) {
    guard entries.count > graph.nodeIDBound / 16 else {
      entries.sort(by: Self.precedes)
      Self.merge(entries, type, into: &graph.outgoing)
      entries = entries.map { Entry(near: $0.far, far: $0.near, relationship: $0.relationship) }
      entries.sort(by: Self.precedes)
      Self.merge(entries, type, into: &graph.incoming)
      return
    }
    var starts = [Int](repeating: 0, count: graph.nodeIDBound + 1)
    entries = Self.sortedByFar(entries, &starts)
    entries = Self.sortedByFar(entries, &starts)
    Self.merge(entries, type, into: &graph.outgoing)
    entries = Self.sortedByFar(entries, &starts)
    Self.merge(entries, type, into: &graph.incoming)
  }

  private static func precedes(_ a: Entry, _ b: Entry) -> Bool {
    if a.near != b.near { return a.near < b.near }
    return a.far == b.far ? a.relationship < b.relationship : a.far < b.far
  }

  /// A stable counting sort by the far end; near and far are exchanged in the result.
  private static func sortedByFar(_ entries: [Entry], _ starts: inout [Int]) -> [Entry] {
    entries.withUnsafeBufferPointer { source in
      starts.withUnsafeMutableBufferPointer { starts in
        starts.update(repeating: 0)
        for i in source.indices { starts[Int(source[i].far) &+ 1] &+= 1 }
        for node in 1..<starts.count { starts[node] &+= starts[node &- 1] }
        return [Entry](unsafeUninitializedCapacity: source.count) { target, count in
          count = source.count
          for i in source.indices {
            let entry = source[i]
            let place = starts[Int(entry.far)]
            starts[Int(entry.far)] = place &+ 1
            target[place] = Entry(
              near: entry.far, far: entry.near, relationship: entry.relationship)
          }
        }
      }
    }
  }

  /// Adds sorted entries to the pages of one direction.
  private static func merge(
    _ entries: [Entry], _ type: RelationshipTypeID,
    into directories: inout ContiguousArray<PageDirectory<AdjacencyPage>?>
  ) {
    let index = Int(type.rawValue)
    while directories.count <= index { directories.append(nil) }
    var pages = directories[index] ?? PageDirectory()
    directories[index] = nil
    entries.withUnsafeBufferPointer { entries in
      var first = 0
      while first < entries.count {
        let page = entries[first].near >> 11
        var end = first
        while end < entries.count && entries[end].near >> 11 == page { end &+= 1 }
        let old = pages.page(Int(page))?.address
        let block = AdjacencyBlock(
          merging: UnsafeBufferPointer(rebasing: entries[first..<end]), with: old)
        PageDirectory.replace(Int(page), with: AdjacencyPage(block), in: &pages)
        first = end
      }
    }
    directories[index] = pages
  }
}

extension AdjacencyBlock {
  /// The sorted entries of one page, together with what the page at `old` holds already; new
  /// relationships have higher ids than old ones.
  convenience init(
    merging entries: UnsafeBufferPointer<PendingRelationships.Entry>, with old: UnsafeRawPointer?
  ) {
    let old = old ?? AdjacencyPage.absentAddress
    var oldCount = 0
    for row in 0..<Page.rows { oldCount += AdjacencyPage.list(at: old, row).count }
    self.init(count: entries.count + oldCount)
    var next = 0
    var end = 0
    for row in 0..<Page.rows {
      let list = AdjacencyPage.list(at: old, row)
      var i = 0
      while next < entries.count && Int(entries[next].near) & Page.mask == row {
        let entry = entries[next]
        while i < list.count && list.neighbours[i] <= entry.far {
          put(list.neighbours[i], list.relationships[i], &end)
          i &+= 1
        }
        put(entry.far, entry.relationship, &end)
        next &+= 1
      }
      while i < list.count {
        put(list.neighbours[i], list.relationships[i], &end)
        i &+= 1
      }
      offsets[row + 1] = UInt32(truncatingIfNeeded: end)
    }
  }

  @inline(__always)
  private func put(_ neighbour: UInt32, _ relationship: UInt32, _ end: inout Int) {
    neighbours[end] = neighbour
    relationships[end] = relationship
    end &+= 1
  }
}
