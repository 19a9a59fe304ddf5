import DossierSyntax

/// Which nodes of one version of a graph have all of some labels, laid out so that many neighbours
/// are tested quickly.
///
/// The nodes of a label often follow each other without gaps, as those of a table that was loaded
/// do: then two comparisons tell, and of a sorted list only the ends are looked for. Elsewhere there
/// is a bit for each node. Making it costs O(pages of nodes).
final class LabelledNodes {
  /// Reads the nodes in tight loops, while somebody holds them.
  enum Reader {
    /// The ids `first ... first + span`.
    case run(first: UInt32, span: UInt32)
    /// A bit for each id.
    case bits(UnsafePointer<UInt64>)
  }

  let reader: Reader
  private let words: UnsafeMutablePointer<UInt64>?

  /// Precondition: there is a label. Errors: `memoryLimit`.
  init(_ labels: [LabelID], _ graph: Graph, _ arena: Arena) throws(QueryError) {
    if labels.count == 1, let (first, last) = Self.run(labels[0], graph) {
      words = nil
      reader = .run(first: first, span: last &- first)
      return
    }
    let count = max(graph.nodePageCount, 1) * Page.words
    try arena.charge(count * MemoryLayout<UInt64>.stride)
    let words = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
    words.initialize(repeating: 0, count: count)
    for page in 0..<graph.nodePageCount {
      guard let first = labels.first, let bits = graph.labelBitmap(page: page, first) else {
        continue
      }
      let target = words + page * Page.words
      target.update(from: bits, count: Page.words)
      for label in labels.dropFirst() {
        let others = graph.labelBitmap(page: page, label)
        for i in 0..<Page.words { target[i] &= others?[i] ?? 0 }
      }
    }
    self.words = words
    reader = .bits(words)
  }

  deinit { words?.deallocate() }

  /// The first and the last node with a label, where all nodes between them have it.
  private static func run(_ label: LabelID, _ graph: Graph) -> (first: UInt32, last: UInt32)? {
    let count = graph.nodeCount(label: label)
    guard count > 0 else { return nil }
    var page = 0
    while page < graph.nodePageCount {
      if let bits = graph.labelBitmap(page: page, label), let row = Bitmap.first(bits) {
        let first = page << Page.shift + row
        let last = first + count - 1
        return isLast(last, label, graph)
          ? (UInt32(truncatingIfNeeded: first), UInt32(truncatingIfNeeded: last)) : nil
      }
      page += 1
    }
    return nil
  }

  /// Whether the last node with a label is that one.
  private static func isLast(_ node: Int, _ label: LabelID, _ graph: Graph) -> Bool {
    for page in (0..<graph.nodePageCount).reversed() {
      if let bits = graph.labelBitmap(page: page, label), let row = Bitmap.last(bits) {
        return page << Page.shift + row == node
      }
    }
    return false
  }
}

extension LabelledNodes.Reader {
  /// Longer lists are searched for the ends of a run.
  private static let shortList = 32

  /// How many of the entries of a sorted list have the labels.
  @inline(__always)
  func count(_ list: UnsafePointer<UInt32>, _ count: Int) -> Int {
    switch self {
    case .run(let first, let span): Self.count(list, count, first: first, span: span)
    case .bits(let words): Self.count(list, count, words)
    }
  }

  @inline(__always)
  static func count(
    _ list: UnsafePointer<UInt32>, _ count: Int, first: UInt32, span: UInt32
  ) -> Int {
    if count <= shortList {
      var total: UInt32 = 0
      for k in 0..<count { total &+= UInt32(truncatingIfNeeded: bit(list[k] &- first <= span)) }
      return Int(total)
    }
    let last = first &+ span
    let start = list[0] >= first ? 0 : lowerBound(list, count, first)
    let end = list[count &- 1] <= last ? count : lowerBound(list, count, last &+ 1)
    return end &- start
  }

  @inline(__always)
  static func count(
    _ list: UnsafePointer<UInt32>, _ count: Int, _ words: UnsafePointer<UInt64>
  ) -> Int {
    var total: UInt64 = 0
    for k in 0..<count { total &+= words[Int(list[k] >> 6)] >> UInt64(list[k] & 63) & 1 }
    return Int(truncatingIfNeeded: total)
  }

  /// Whether a node that exists has the labels.
  @inline(__always)
  func contains(_ node: UInt32) -> Bool {
    switch self {
    case .run(let first, let span): node &- first <= span
    case .bits(let words): words[Int(node >> 6)] >> UInt64(node & 63) & 1 != 0
    }
  }
}
