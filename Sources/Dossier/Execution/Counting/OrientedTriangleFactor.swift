import DossierSyntax

/// Triangles of relationships of one type that may run either way, where no two nodes have two of them.
///
/// Each triangle is found once, from its node with the fewest neighbours: a relationship is kept at that
/// end only, so that no list is long. It then counts for each of its nodes.
final class OrientedTriangleFactor: SweepFactor {
  private let adjacency: StepAdjacency
  private let firstVertex: SweepVertex
  private let secondVertex: SweepVertex
  private let relationshipCount: Int
  /// For each node the sum over its triangles.
  private var sums: ZeroedMemory<Int64>?

  /// `adjacency` are the lists to and fro of a type.
  init(
    _ adjacency: StepAdjacency, _ firstVertex: SweepVertex, _ secondVertex: SweepVertex,
    _ graph: Graph
  ) {
    self.adjacency = adjacency
    self.firstVertex = firstVertex
    self.secondVertex = secondVertex
    relationshipCount = adjacency.relationshipCount(graph) / 2
  }

  override var cost: Int { 4 }
  override var work: Int { 4 * relationshipCount }
  override var totalWork: Int { work + firstVertex.totalWork + secondVertex.totalWork }

  /// Errors: those of the two nodes, and `integerOverflowAtRuntime` where sums might be too large.
  override func prepare(_ sweep: CountSweep) throws(QueryError) {
    if sums != nil { return }
    let first = firstVertex.isTrivial ? nil : try firstVertex.laidOut(sweep)
    let second = secondVertex.isTrivial ? nil : try secondVertex.laidOut(sweep)
    let (a, b) = (SweepWeights.Reader(first), SweepWeights.Reader(second))
    let pairs = Double(relationshipCount) * Double(relationshipCount)
    if Double(a.bound) * Double(b.bound) * pairs > 4e18 { _ = try product(.max, 2) }
    sums = try OrientedLists(adjacency.parts.map(\.reader), sweep).sums(a, b, sweep)
  }

  override func multiply(
    _ page: Int, _ numbers: SweepNumbers, _ worker: SweepWorker, _ sweep: CountSweep
  ) throws(QueryError) {
    guard let sums else { return }
    let first = page << Page.shift
    let (target, factors) = (numbers.base, sums.base)
    var bits: UInt64 = 0
    for row in 0..<min(Page.rows, sums.count - first) where target[row] != 0 {
      let (result, isTooLarge) = target[row].multipliedReportingOverflow(by: factors[first &+ row])
      if isTooLarge { _ = try product(.max, 2) }
      target[row] = result
      bits |= UInt64(bitPattern: result)
    }
    numbers.setBound(bits)
  }
}

/// The neighbours of each node that have more neighbours than itself, or as many and a higher id.
private struct OrientedLists {
  private let degrees: ZeroedMemory<UInt32>
  private let starts: ZeroedMemory<UInt32>
  private let counts: ZeroedMemory<UInt32>
  private let neighbours: ZeroedMemory<UInt32>
  /// Pages with nodes that have neighbours, and where theirs begin.
  private let pages: [(page: Int, start: Int)]

  /// Errors: `memoryLimit`, `cancelled`, `timeLimit`.
  init(_ lists: [AdjacencyLists], _ sweep: CountSweep) throws(QueryError) {
    let (arena, nodes) = (sweep.state.arena, sweep.state.graph.nodeIDBound)
    degrees = try ZeroedMemory(nodes, arena)
    starts = try ZeroedMemory(nodes, arena)
    counts = try ZeroedMemory(nodes, arena)
    var pages: [(page: Int, start: Int)] = []
    var end = 0
    for page in 0..<(lists.map(\.pageCount).max() ?? 0) {
      let start = end
      for node in Self.nodes(page, below: nodes) {
        var degree = 0
        for list in lists {
          degree &+= AdjacencyPage.list(at: list.page(page), node & Page.mask).count
        }
        degrees.base[node] = UInt32(truncatingIfNeeded: degree)
        end &+= degree
      }
      if end > start { pages.append((page, start)) }
    }
    // Half of it stays empty, here and there.
    neighbours = try ZeroedMemory(end, arena)
    self.pages = pages
    let made = self
    _ = try sweep.share(pages.count, atATime: 1, work: Self.workOfEntry * end) { _ in
    } among: { (index, _) throws(QueryError) in
      try sweep.state.control.check()
      made.fill(made.pages[index].page, from: made.pages[index].start, lists)
    }
  }

  /// What an entry costs when lists are made and when triangles are found, in relationships of a sweep.
  private static let workOfEntry = 4
  private static let workOfTriangles = 32

  private static func nodes(_ page: Int, below bound: Int) -> Range<Int> {
    let first = page << Page.shift
    return first..<max(first, min(first + Page.rows, bound))
  }

  /// Writes the lists of a page.
  private func fill(_ page: Int, from start: Int, _ lists: [AdjacencyLists]) {
    let (degrees, neighbours) = (degrees.base, neighbours.base)
    let addresses = lists.map { $0.page(page) }
    var end = start
    for node in Self.nodes(page, below: self.degrees.count) {
      let own = degrees[node]
      let start = end
      for address in addresses {
        let found = AdjacencyPage.list(at: address, node & Page.mask)
        for k in 0..<found.count {
          let other = Int(found.neighbours[k])
          let degree = degrees[other]
          neighbours[end] = found.neighbours[k]
          end &+= bit(degree > own) | bit(degree == own) & bit(other > node)
        }
      }
      starts.base[node] = UInt32(truncatingIfNeeded: start)
      counts.base[node] = UInt32(truncatingIfNeeded: end &- start)
    }
  }

  /// Nodes of a page that a thread takes at a time.
  private static let nodesAtATime = 128

  /// For each node the sum over its triangles of the products of the other nodes' numbers, either way
  /// round. Errors: `memoryLimit`, `cancelled`, `timeLimit`.
  func sums(
    _ a: SweepWeights.Reader, _ b: SweepWeights.Reader, _ sweep: CountSweep
  ) throws(QueryError) -> ZeroedMemory<Int64> {
    let pieces = Page.rows / Self.nodesAtATime
    let work = Self.workOfTriangles * neighbours.count
    let workers = try sweep.share(pages.count * pieces, atATime: 1, work: work) {
      (worker) throws(QueryError) in
      try worker.makeMarks(sweep.state)
      try worker.makeSums(sweep.state)
    } among: { (piece, worker) throws(QueryError) in
      try sweep.state.control.check()
      let all = Self.nodes(pages[piece / pieces].page, below: degrees.count)
      let first = all.lowerBound + piece % pieces * Self.nodesAtATime
      guard first < all.upperBound, let marks = worker.marks, let sums = worker.sums else { return }
      add(first..<min(first + Self.nodesAtATime, all.upperBound), a, b, marks, to: sums.base)
    }
    guard let total = workers.first?.sums else {
      throw QueryError(.internalError, "a worker without sums")
    }
    for worker in workers.dropFirst() {
      guard let sums = worker.sums else { continue }
      for page in pages {
        for node in Self.nodes(page.page, below: total.count) {
          total.base[node] &+= sums.base[node]
        }
      }
    }
    return total
  }

  /// Adds the triangles that are found from some nodes.
  private func add(
    _ nodes: Range<Int>, _ a: SweepWeights.Reader, _ b: SweepWeights.Reader, _ set: SweepMarks,
    to sums: UnsafeMutablePointer<Int64>
  ) {
    var longest = 0
    for node in nodes {
      let list = neighbours.base + Int(starts.base[node])
      for i in 0..<Int(counts.base[node]) {
        longest = max(longest, Int(counts.base[Int(list[i])]))
      }
    }
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: longest + 1) { buffer in
      guard let third = buffer.baseAddress else { return }
      for node in nodes where counts.base[node] > 1 { add(node, a, b, set.begin(), third, sums) }
    }
  }

  /// Adds the triangles that are found from a node. `third` has room for the neighbours of another one.
  @inline(__always)
  private func add(
    _ node: Int, _ a: SweepWeights.Reader, _ b: SweepWeights.Reader,
    _ set: (marks: UnsafeMutablePointer<UInt32>, round: UInt32),
    _ third: UnsafeMutablePointer<UInt32>, _ sums: UnsafeMutablePointer<Int64>
  ) {
    let (starts, counts, neighbours) = (starts.base, counts.base, neighbours.base)
    let (marks, round) = set
    let x = UInt32(truncatingIfNeeded: node)
    let (ax, bx) = (a[x], b[x])
    let own = neighbours + Int(starts[node])
    for i in 0..<Int(counts[node]) { marks[Int(own[i])] = round }
    var sumX: Int64 = 0
    for i in 0..<Int(counts[node]) {
      let y = own[i]
      let others = neighbours + Int(starts[Int(y)])
      // Which neighbours are common is hard to foretell, so they are picked out without branches.
      var found = 0
      for k in 0..<Int(counts[Int(y)]) {
        third[found] = others[k]
        found &+= bit(marks[Int(others[k])] == round)
      }
      let (ay, by) = (a[y], b[y])
      let both = ax &* by &+ ay &* bx
      var sumY: Int64 = 0
      for k in 0..<found {
        let z = third[k]
        let (az, bz) = (a[z], b[z])
        sumX &+= ay &* bz &+ az &* by
        sumY &+= ax &* bz &+ az &* bx
        sums[Int(z)] &+= both
      }
      sums[Int(y)] &+= sumY
    }
    sums[node] &+= sumX
  }
}
