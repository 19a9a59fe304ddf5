import DossierSyntax
import Glibc

/// `ExpandGrouped`: from the node of each row along two steps to each node that they lead to, once,
/// with the number of ways.
///
/// Ways are counted in an array over all nodes, which is cleared by the nodes that were reached.
final class PhysicalExpandGrouped: PhysicalUnaryOperator {
  private let first: ExpandStep
  private let second: ExpandStep
  private let ways: Slot
  private var batch: Batch?
  private var near: Column?
  private var adjacency: WayAdjacency?
  /// What ends must have; nil when a label is unknown, so that no node has it.
  private var labels: LabelReader?
  private var row = 0
  /// The row's ends and their numbers of ways, and how many of them were passed on.
  private let ends = IDBuffer()
  private let numbers = IDBuffer()
  private var passed = 0
  /// By node; all 0 between rows.
  private var counts: UnsafeMutablePointer<UInt32>?
  private var countedNodes = 0
  /// What was read ahead of time; of no meaning.
  private var touched: UInt32 = 0

  init(_ input: PhysicalOperator, _ first: ExpandStep, _ second: ExpandStep, ways: Slot) {
    self.first = first
    self.second = second
    self.ways = ways
    super.init(input)
  }

  deinit { free(counts) }

  override func rewind() {
    batch = nil
    super.rewind()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    while true {
      if batch == nil {
        guard let next = try input.next(state) else { return nil }
        try begin(next, state)
      }
      guard let batch else { return nil }
      if let result = try fill(batch, state) { return result }
      self.batch = nil
    }
  }

  private func begin(_ next: Batch, _ state: ExecutionState) throws(QueryError) {
    batch = next
    near = try next.column(first.from).nodeIDs()
    let adjacency = WayAdjacency(first, second, state.graph)
    self.adjacency = adjacency
    let known = second.toLabels.compactMap { state.graph.catalog.label($0) }
    labels =
      known.count == second.toLabels.count && adjacency.isPossible
      ? LabelReader(known.filter { !adjacency.second.implies($0, state.graph) }, state.graph) : nil
    row = 0
    ends.removeAll()
    numbers.removeAll()
    passed = 0
    try makeCounts(state)
  }

  private func makeCounts(_ state: ExecutionState) throws(QueryError) {
    let bound = max(state.graph.nodeIDBound, 1)
    if counts != nil, countedNodes >= bound { return }
    free(counts)
    counts = nil
    try state.arena.charge(bound * MemoryLayout<UInt32>.stride)
    guard let memory = calloc(bound, MemoryLayout<UInt32>.stride) else {
      throw QueryError(.memoryLimit, "no memory for counts of \(bound) nodes")
    }
    counts = memory.assumingMemoryBound(to: UInt32.self)
    countedNodes = bound
  }

  /// The ends of the next rows, up to a batch of them; nil when the input batch is used up.
  private func fill(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Batch? {
    guard let near, let labels, let adjacency, let counts else { return nil }
    let rows = IDBuffer(capacity: min(state.batchRows, Batch.capacity))
    let found = IDBuffer(capacity: min(state.batchRows, Batch.capacity))
    let totals = Column(.integer, count: state.batchRows)
    while rows.count < state.batchRows {
      if passed == ends.count {
        if row == batch.count { break }
        if row & (Self.lookAhead - 1) == 0 {
          try state.control.check()
          touch(near, row..<min(row + Self.lookAhead, batch.count), adjacency)
        }
        if near.isValid(row) { walk(from: near.ids[row], adjacency, labels, counts) }
        row += 1
        continue
      }
      let taken = min(ends.count - passed, state.batchRows - rows.count)
      for i in 0..<taken {
        totals.integers[rows.count + i] = Int64(numbers.base[passed + i])
      }
      rows.append(repeating: UInt32(truncatingIfNeeded: row - 1), count: taken)
      found.append(from: ends.base + passed, count: taken)
      passed += taken
    }
    if rows.count == 0 { return nil }
    let result = Batch(parent: batch, rows: rows.indices)
    result.set(second.to, found.column(.node))
    result.set(ways, Column(prefix: rows.count, of: totals))
    return result
  }

  /// How many rows ahead of the walks lists are touched.
  private static let lookAhead = 16

  /// Reads the beginnings of the lists that some rows will walk, so that they come from memory together
  /// and not one after the other.
  private func touch(_ near: Column, _ rows: Range<Int>, _ adjacency: WayAdjacency) {
    guard let first = adjacency.first.plainLists, let second = adjacency.second.plainLists else {
      return
    }
    var sink: UInt32 = 0
    for pass in 0..<2 {
      for row in rows where near.isValid(row) {
        let middles = first.neighbours(of: near.ids[row])
        for i in 0..<min(middles.count, Self.lookAhead) {
          let list = second.neighbours(of: middles.neighbours[i])
          sink &+= UInt32(truncatingIfNeeded: list.count)
          if pass == 1, list.count > 0 { sink &+= list.neighbours[0] }
        }
      }
    }
    touched = sink
  }

  /// Writes the nodes that a node leads to, and their numbers of ways.
  private func walk(
    from node: UInt32, _ adjacency: WayAdjacency, _ labels: LabelReader,
    _ counts: UnsafeMutablePointer<UInt32>
  ) {
    ends.removeAll()
    numbers.removeAll()
    passed = 0
    let mustDiffer = second.different.contains(first.relationship)
    let plain = mustDiffer && !adjacency.isPlain ? nil : adjacency.second.plainLists
    adjacency.first.forEach(node) { middle, a in
      guard adjacency.labels.accepts(middle) else { return }
      if let plain {
        let list = plain.neighbours(of: middle)
        ends.reserve(list.count)
        let found = Self.count(list.neighbours, list.count, counts, ends.base + ends.count)
        ends.extend(by: found)
      } else {
        adjacency.second.forEach(middle) { end, b in
          if mustDiffer && a == b { return }
          if counts[Int(end)] == 0 { ends.append(end) }
          counts[Int(end)] &+= 1
        }
      }
    }
    var kept = 0
    for i in 0..<ends.count {
      let end = ends.base[i]
      let count = counts[Int(end)]
      counts[Int(end)] = 0
      guard labels.accepts(end) else { continue }
      ends.base[kept] = end
      kept &+= 1
      numbers.append(count)
    }
    ends.keepFirst(kept)
  }

  /// Counts the nodes of a list and writes those that were not met before; gives how many.
  @inline(__always)
  private static func count(
    _ nodes: UnsafePointer<UInt32>, _ n: Int, _ counts: UnsafeMutablePointer<UInt32>,
    _ target: UnsafeMutablePointer<UInt32>
  ) -> Int {
    var found = 0
    for i in 0..<n {
      let node = nodes[i]
      let count = counts[Int(node)]
      target[found] = node
      found &+= Int(byte(count == 0))
      counts[Int(node)] = count &+ 1
    }
    return found
  }
}
