import DossierSyntax
import Glibc

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
    let state = sweep.state
    let first = firstVertex.isTrivial ? nil : try firstVertex.laidOut(sweep)
    let second = secondVertex.isTrivial ? nil : try secondVertex.laidOut(sweep)
    let (a, b) = (SweepWeights.Reader(first), SweepWeights.Reader(second))
    let pairs = Double(relationshipCount) * Double(relationshipCount)
    if Double(a.bound) * Double(b.bound) * pairs > 4e18 { _ = try product(.max, 2) }
    let nodes = state.graph.nodeIDBound
    let lists = try OrientedLists(
      adjacency.parts.map(\.reader), nodes: nodes, relationships: relationshipCount, state)
    let made = try ZeroedMemory<Int64>(nodes, state.arena)
    try lists.forEachTriangle(state) { x, y, z in
      made.base[Int(x)] &+= a[y] &* b[z] &+ a[z] &* b[y]
      made.base[Int(y)] &+= a[x] &* b[z] &+ a[z] &* b[x]
      made.base[Int(z)] &+= a[x] &* b[y] &+ a[y] &* b[x]
    }
    sums = made
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
  /// Pages with nodes that have neighbours.
  private var pages: [Int] = []

  /// Errors: `memoryLimit`, `cancelled`, `timeLimit`.
  init(
    _ lists: [AdjacencyLists], nodes: Int, relationships: Int, _ state: ExecutionState
  ) throws(QueryError) {
    degrees = try ZeroedMemory(nodes, state.arena)
    starts = try ZeroedMemory(nodes, state.arena)
    counts = try ZeroedMemory(nodes, state.arena)
    neighbours = try ZeroedMemory(relationships, state.arena)
    let pageCount = lists.map(\.pageCount).max() ?? 0
    for page in 0..<pageCount
    where lists.contains(where: { AdjacencyPage.longestList(at: $0.page(page)) > 0 }) {
      pages.append(page)
      for list in lists {
        for node in nodesOfPage(page) {
          degrees.base[node] &+= UInt32(
            truncatingIfNeeded: AdjacencyPage.list(at: list.page(page), node & Page.mask).count)
        }
      }
    }
    var end = 0
    for page in pages {
      try state.control.check()
      for node in nodesOfPage(page) { append(node, lists, page, &end) }
    }
  }

  private func nodesOfPage(_ page: Int) -> Range<Int> {
    let first = page << Page.shift
    return first..<max(first, min(first + Page.rows, degrees.count))
  }

  @inline(__always)
  private func append(_ node: Int, _ lists: [AdjacencyLists], _ page: Int, _ end: inout Int) {
    let (degrees, neighbours) = (degrees.base, neighbours.base)
    let own = degrees[node]
    starts.base[node] = UInt32(truncatingIfNeeded: end)
    let start = end
    for list in lists {
      let found = AdjacencyPage.list(at: list.page(page), node & Page.mask)
      for k in 0..<found.count {
        let other = Int(found.neighbours[k])
        if degrees[other] < own || degrees[other] == own && other <= node { continue }
        neighbours[end] = found.neighbours[k]
        end &+= 1
      }
    }
    counts.base[node] = UInt32(truncatingIfNeeded: end &- start)
  }

  /// Calls `body` with the nodes of each triangle, once.
  /// Errors: `memoryLimit`, `cancelled`, `timeLimit`.
  @inline(__always)
  func forEachTriangle(
    _ state: ExecutionState, _ body: (UInt32, UInt32, UInt32) -> Void
  ) throws(QueryError) {
    let marked = try ZeroedMemory<UInt32>(degrees.count, state.arena)
    let (marks, starts, counts, neighbours) = (
      marked.base, starts.base, counts.base, neighbours.base
    )
    for page in pages {
      for node in nodesOfPage(page) where counts[node] > 1 {
        if node & 127 == 0 { try state.control.check() }
        let mark = UInt32(truncatingIfNeeded: node &+ 1)
        let own = neighbours + Int(starts[node])
        for i in 0..<Int(counts[node]) { marks[Int(own[i])] = mark }
        for i in 0..<Int(counts[node]) {
          let second = own[i]
          let others = neighbours + Int(starts[Int(second)])
          for k in 0..<Int(counts[Int(second)]) where marks[Int(others[k])] == mark {
            body(mark &- 1, second, others[k])
          }
        }
      }
    }
    withExtendedLifetime(marked) {}
  }
}

/// Memory that is zero at first and is taken from the system as it is touched.
private final class ZeroedMemory<Element: BitwiseCopyable> {
  let base: UnsafeMutablePointer<Element>
  let count: Int

  /// Charged to an arena. Errors: `memoryLimit`.
  init(_ count: Int, _ arena: Arena) throws(QueryError) {
    try arena.charge(count * MemoryLayout<Element>.stride)
    guard let memory = calloc(max(count, 1), MemoryLayout<Element>.stride) else {
      throw QueryError(.memoryLimit, "no memory for \(count) numbers")
    }
    base = memory.assumingMemoryBound(to: Element.self)
    self.count = count
  }

  deinit { free(base) }
}
