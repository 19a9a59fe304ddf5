import Glibc

/// What is to be valid.
enum ValidTimeSubject: Sendable {
  case node
  case relationship
  /// A relationship and both its ends.
  case relationshipWithEnds
}

/// The nodes or the relationships of one version of a graph that are valid in a window, one bit each.
///
/// Says nothing of elements that do not exist. Immutable once it is made; a class, so that tight loops
/// over it cost no reference counts.
final class ValidElements: @unchecked Sendable {
  /// One bit for each id; bits beyond the last id are 0.
  let words: UnsafeMutablePointer<UInt64>
  /// How many words there are.
  let wordCount: Int

  private init(bound: Int) {
    // Whole pages, so that loops need not look where the last one ends.
    wordCount = max(1, (bound + Page.mask) >> Page.shift) * Page.words
    words = .allocate(capacity: wordCount)
    words.initialize(repeating: .max, count: wordCount)
  }

  deinit { words.deallocate() }

  /// Bytes that a set over ids below a bound takes up.
  static func bytes(bound: Int) -> Int { (bound + Page.mask) >> Page.shift * Page.bitmapBytes }

  @inline(__always)
  func contains(_ id: UInt32) -> Bool {
    words[Int(id >> 6)] >> UInt64(id & 63) & 1 != 0
  }

  /// The elements of a graph that are valid in a window. O(elements).
  convenience init(_ subject: ValidTimeSubject, in window: ValidTimeWindow, of graph: Graph) {
    let isNode = subject == .node
    self.init(bound: isNode ? graph.nodeIDBound : graph.relationshipIDBound)
    let nodes = PeriodReader(nodesOf: graph)
    guard subject == .relationshipWithEnds, let nodes else {
      (isNode ? nodes : PeriodReader(relationshipsOf: graph))?.select(in: window, into: self)
      return
    }
    if window.first == window.last, !graph.catalog.hasShapes {
      PeriodReader(relationshipsOf: graph)?.select(in: window, into: self)
      let ends = ValidElements(bound: graph.nodeIDBound)
      nodes.select(in: window, into: ends)
      removeRelationships(withoutEndsIn: ends, graph)
    } else {
      removeRelationships(outside: window, graph)
    }
  }

  private func removeRelationships(withoutEndsIn nodes: ValidElements, _ graph: Graph) {
    forEachRelationship(of: graph) { id, start, end in
      if !nodes.contains(start) || !nodes.contains(end) { remove(id) }
    }
  }

  private func removeRelationships(outside window: ValidTimeWindow, _ graph: Graph) {
    let periods = GraphPeriods(graph)
    forEachRelationship(of: graph) { id, _, _ in
      if !window.meets(periods.period(relationshipWithEnds: id)) { remove(id) }
    }
  }

  private func remove(_ id: UInt32) { words[Int(id >> 6)] &= ~(1 << UInt64(id & 63)) }

  private func forEachRelationship(
    of graph: Graph, _ body: (_ id: UInt32, _ start: UInt32, _ end: UInt32) -> Void
  ) {
    let ids = UnsafeMutablePointer<UInt32>.allocate(capacity: Page.rows)
    defer { ids.deallocate() }
    for page in 0..<graph.relationshipPageCount {
      let columns = graph.relationshipColumns(page: page)
      for i in 0..<graph.scanRelationships(page: page, into: ids) {
        let place = Int(ids[i]) & Page.mask
        body(ids[i], columns.starts[place], columns.ends[place])
      }
    }
  }
}

extension IDBitmap {
  /// Adds the ids that are not among the valid ones; precondition: the set is empty.
  func insertAll(outside valid: ValidElements) {
    let size = min(wordCount, valid.wordCount)
    for word in 0..<size { setWord(word, ~valid.words[word]) }
  }
}

extension PeriodReader {
  /// Leaves in a full set only those elements that are valid in the window.
  fileprivate func select(in window: ValidTimeWindow, into set: ValidElements) {
    let dates = holdsDatesOnly ? (window.first.day, window.last.day) : nil
    for page in 0..<set.wordCount / Page.words {
      let isDated = [from, to].contains { $0.map { $0.kind(page: page) != .absent } ?? false }
      if !isDated { continue }
      let words = set.words + page * Page.words
      if let (first, last) = dates {
        select(page: page, first: first, last: last, into: words)
      } else {
        for row in 0..<Page.rows where !window.meets(period(row: page << Page.shift + row)) {
          words[row >> 6] &= ~(1 << UInt64(row & 63))
        }
      }
    }
  }

  /// The same for a page of dates: word by word, without branches.
  private func select(
    page: Int, first: Int64, last: Int64, into words: UnsafeMutablePointer<UInt64>
  ) {
    let starts = days(of: from, page)
    let ends = days(of: to, page)
    for word in 0..<Page.words {
      var isLate: UInt64 = 0
      var isOver: UInt64 = 0
      var isReversed: UInt64 = 0
      for bit in 0..<64 {
        let row = word << 6 | bit
        let (start, end) = (starts.days[row], ends.days[row])
        isLate |= (start > last ? 1 : 0) << UInt64(bit)
        isOver |= (end <= first ? 1 : 0) << UInt64(bit)
        isReversed |= (end <= start ? 1 : 0) << UInt64(bit)
      }
      let (hasStart, hasEnd) = (starts.validity[word], ends.validity[word])
      words[word] &=
        ~(isLate & hasStart | isOver & hasEnd | isReversed & hasStart & hasEnd)
    }
  }

  private func days(
    of bound: PropertyReader?, _ page: Int
  ) -> (days: UnsafePointer<Int64>, validity: UnsafePointer<UInt64>) {
    guard let bound, bound.kind(page: page) != .absent else {
      let absent = PropertyPage.absentAddress
      return (
        PropertyPage.values(at: absent).assumingMemoryBound(to: Int64.self),
        PropertyPage.validity(at: absent)
      )
    }
    let days = bound.values(page: page).assumingMemoryBound(to: Int64.self)
    return (days, bound.validity(page: page))
  }
}
