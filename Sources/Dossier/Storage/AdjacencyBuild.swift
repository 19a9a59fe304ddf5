/// Makes the adjacency of one type in one direction from relationships that are stored already.
///
/// Entries are dealt out to pages by a counting sort, unless they come in the order of the pages;
/// then in each page to rows by another one, which stays in the cache; rows are short and sorted
/// last. O(relationships + pages), and O(d · log d) for a row of d new neighbours that do not come
/// in order.
///
/// `perform` may run on any thread while nobody writes the graph.
final class AdjacencyBuild {
  /// One end of a relationship, the other, and its id.
  struct Entry: BitwiseCopyable {
    var near: UInt32
    var far: UInt32
    var relationship: UInt32
  }

  /// The number of relationships.
  let count: Int
  private let type: RelationshipTypeID
  private let direction: AdjacencyDirection
  private let runs: [PendingRelationships.Run]
  private let shape: RelationshipShape
  private let graph: Graph
  /// What the build makes: all pages of the type, and how many of the near ends have each label.
  private var pages = PageDirectory<AdjacencyPage>()
  private var labels: ContiguousArray<Int> = []
  private var loops = 0

  init(
    _ type: RelationshipTypeID, _ direction: AdjacencyDirection,
    _ runs: [PendingRelationships.Run], _ graph: Graph
  ) {
    self.type = type
    self.direction = direction
    self.runs = runs
    self.graph = graph
    shape = graph.shape(of: type)
    count = runs.reduce(0) { $0 + $1.count }
    let directories = direction == .outgoing ? graph.outgoing : graph.incoming
    let index = Int(type.rawValue)
    if index < directories.count, let known = directories[index] { pages = known }
  }

  /// Builds the pages. Once.
  func perform() {
    let pageCount = graph.pageCount(shape.near(direction))
    var counts = [Int](repeating: 0, count: pageCount + 1)
    let isSorted = counts.withUnsafeMutableBufferPointer { countEntries($0) }
    if isSorted {
      mergeSorted(longest: counts.max() ?? 0)
    } else {
      var start = 0
      for page in counts.indices {
        let next = start + counts[page]
        counts[page] = start
        start = next
      }
      deal(counts)
    }
  }

  /// Puts what was built into the graph that the build was made for.
  func store(in graph: inout Graph) {
    let index = Int(type.rawValue)
    if direction == .outgoing {
      while graph.outgoing.count <= index { graph.outgoing.append(nil) }
      graph.outgoing[index] = pages
    } else {
      while graph.incoming.count <= index { graph.incoming.append(nil) }
      graph.incoming[index] = pages
    }
    let hasLoops = direction == .outgoing && shape.start == shape.end
    graph.count(type, direction, labels: labels, loops: hasLoops ? loops : 0)
  }

  // MARK: Entries

  /// Calls `body` with near ends, far ends, the first id and the number of relationships of each
  /// stretch of memory, in the order of ids.
  @inline(__always)
  private func forEachStretch(
    _ body: (UnsafePointer<UInt32>, UnsafePointer<UInt32>, UInt32, Int) -> Void
  ) {
    for run in runs {
      var row = run.first
      let end = run.first + run.count
      while row < end {
        let stretch = min(Page.rows - row & Page.mask, end - row)
        let address = graph.relationshipPages.address(row >> Page.shift)
        let starts = RelationshipPage.starts(at: address) + row & Page.mask
        let ends = RelationshipPage.ends(at: address) + row & Page.mask
        let id = UInt32(truncatingIfNeeded: row)
        if direction == .outgoing {
          body(starts, ends, id, stretch)
        } else {
          body(ends, starts, id, stretch)
        }
        row += stretch
      }
    }
  }

  /// Counts near ends by page and loops; true when the pages come in ascending order.
  private func countEntries(_ counts: UnsafeMutableBufferPointer<Int>) -> Bool {
    guard let counts = counts.baseAddress else { return true }
    var isSorted = true
    var last: UInt32 = 0
    forEachStretch { near, far, _, count in
      for i in 0..<count {
        let page = near[i] >> 11
        counts[Int(page)] &+= 1
        if page < last { isSorted = false }
        last = page
        if near[i] == far[i] { loops &+= 1 }
      }
    }
    return isSorted
  }

  /// Merges entries that come page by page.
  private func mergeSorted(longest: Int) {
    withUnsafeTemporaryAllocation(of: Entry.self, capacity: longest) { buffer in
      guard let entries = buffer.baseAddress else { return }
      var filled = 0
      var page: UInt32 = 0
      forEachStretch { near, far, id, count in
        for i in 0..<count {
          if near[i] >> 11 != page {
            merge(UnsafeBufferPointer(start: entries, count: filled), page: Int(page))
            page = near[i] >> 11
            filled = 0
          }
          entries[filled] = Entry(
            near: near[i], far: far[i], relationship: id &+ UInt32(truncatingIfNeeded: i))
          filled &+= 1
        }
      }
      merge(UnsafeBufferPointer(start: entries, count: filled), page: Int(page))
    }
  }

  /// Deals the entries out to pages, whose places begin at `starts`, then merges page by page.
  private func deal(_ starts: [Int]) {
    let dealt = UnsafeMutablePointer<Entry>.allocate(capacity: count)
    HugePages.advise(dealt, byteCount: count * MemoryLayout<Entry>.stride)
    defer { dealt.deallocate() }
    var next = starts
    next.withUnsafeMutableBufferPointer { next in
      guard let next = next.baseAddress else { return }
      forEachStretch { near, far, id, count in
        for i in 0..<count {
          let page = Int(near[i] >> 11)
          dealt[next[page]] = Entry(
            near: near[i], far: far[i], relationship: id &+ UInt32(truncatingIfNeeded: i))
          next[page] &+= 1
        }
      }
    }
    for page in starts.indices {
      merge(
        UnsafeBufferPointer(start: dealt + starts[page], count: next[page] - starts[page]),
        page: page)
    }
  }

  /// Replaces a page by one that has the entries too.
  private func merge(_ entries: UnsafeBufferPointer<Entry>, page: Int) {
    guard !entries.isEmpty else { return }
    if shape.near(direction) == .node {
      graph.countLabels(ofEnds: entries, page: page, in: &labels)
    }
    let block = AdjacencyBlock(merging: entries, with: pages.address(page))
    PageDirectory.replace(page, with: AdjacencyPage(block), in: &pages)
  }
}

extension AdjacencyBlock {
  /// The entries of one page in the order of their ids, together with what the page at `old` holds
  /// already.
  convenience init(
    merging entries: UnsafeBufferPointer<AdjacencyBuild.Entry>, with old: UnsafeRawPointer
  ) {
    let hasOld = old != AdjacencyPage.absentAddress
    var oldCount = 0
    if hasOld {
      for row in 0..<Page.rows { oldCount += AdjacencyPage.list(at: old, row).count }
    }
    self.init(count: entries.count + oldCount)
    let offsets = offsets
    if hasOld {
      for row in 0..<Page.rows {
        offsets[row + 1] = UInt32(truncatingIfNeeded: AdjacencyPage.list(at: old, row).count)
      }
    }
    for entry in entries { offsets[Int(entry.near) & Page.mask + 1] &+= 1 }
    for row in 0..<Page.rows { offsets[row + 1] &+= offsets[row] }
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Page.rows) { next in
      guard let next = next.baseAddress else { return }
      next.initialize(from: offsets, count: Page.rows)
      if hasOld { copyLists(at: old, next) }
      scatter(entries, next)
    }
    for row in 0..<Page.rows {
      sortRow(Int(offsets[row]), Int(offsets[row + 1] &- offsets[row]))
    }
  }

  /// Copies the lists of a page to the front of their rows and moves the next places behind them.
  private func copyLists(at old: UnsafeRawPointer, _ next: UnsafeMutablePointer<UInt32>) {
    for row in 0..<Page.rows {
      let list = AdjacencyPage.list(at: old, row)
      guard list.count > 0 else { continue }
      let start = Int(offsets[row])
      (neighbours + start).initialize(from: list.neighbours, count: list.count)
      (relationships + start).initialize(from: list.relationships, count: list.count)
      next[row] &+= UInt32(truncatingIfNeeded: list.count)
    }
  }

  private func scatter(
    _ entries: UnsafeBufferPointer<AdjacencyBuild.Entry>, _ next: UnsafeMutablePointer<UInt32>
  ) {
    let (neighbours, relationships) = (neighbours, relationships)
    for entry in entries {
      let row = Int(entry.near) & Page.mask
      let place = Int(next[row])
      next[row] &+= 1
      neighbours[place] = entry.far
      relationships[place] = entry.relationship
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
    @inline(__always) func key(_ i: Int) -> UInt64 { UInt64(far[i]) << 32 | UInt64(ids[i]) }
    var isSorted = true
    for i in 1..<count where key(i &- 1) > key(i) {
      isSorted = false
      break
    }
    if isSorted { return }
    let sorted = (0..<count).map(key).sorted()
    for (i, key) in sorted.enumerated() {
      far[i] = UInt32(truncatingIfNeeded: key >> 32)
      ids[i] = UInt32(truncatingIfNeeded: key)
    }
  }
}
