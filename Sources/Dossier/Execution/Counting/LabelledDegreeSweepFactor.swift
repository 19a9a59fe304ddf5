import DossierSyntax

/// The number of a node's neighbours that have labels. Nothing but the node's own lists is read.
final class LabelledDegreeSweepFactor: SweepFactor {
  private let adjacency: StepAdjacency
  private let labels: [LabelID]
  private let relationshipCount: Int
  private var nodes: LabelledNodes?

  /// Precondition: there is a label.
  init(_ adjacency: StepAdjacency, _ labels: [LabelID], _ graph: Graph) {
    self.adjacency = adjacency
    self.labels = labels
    relationshipCount = adjacency.relationshipCount(graph)
  }

  override var cost: Int { 1 }
  override var work: Int { relationshipCount }
  override var isLocal: Bool { true }

  override func knownTotal(_ graph: Graph) -> Int64? {
    guard labels.count == 1, !adjacency.parts.contains(where: \.skipsLoops) else { return nil }
    return adjacency.parts.reduce(0) { total, part in
      let far: RelationshipEnd = part.direction == .outgoing ? .end : .start
      return total + Int64(graph.relationshipCount(type: part.type, at: far, labels[0]))
    }
  }

  override func prepare(_ sweep: CountSweep) throws(QueryError) {
    if nodes == nil { nodes = try LabelledNodes(labels, sweep.state.graph, sweep.state.arena) }
  }

  override func multiply(
    _ page: Int, _ numbers: SweepNumbers, _ worker: SweepWorker, _ sweep: CountSweep
  ) throws(QueryError) {
    guard let nodes else { throw QueryError(.internalError, "labels that were not laid out") }
    if numbers.bound == 1, adjacency.parts.count == 1 {
      return Self.count(adjacency.parts[0], page, nodes.reader, where: numbers, into: numbers)
    }
    let sums = worker.take()
    let more = worker.take()
    defer {
      worker.give(sums)
      worker.give(more)
    }
    sums.setZero()
    for part in adjacency.parts {
      Self.count(part, page, nodes.reader, where: numbers, into: more)
      try sums.add(more)
    }
    try numbers.multiply(sums)
  }

  /// Counts in the lists of a page, for rows whose number is not 0.
  private static func count(
    _ part: StepAdjacency.Part, _ page: Int, _ nodes: LabelledNodes.Reader,
    where numbers: SweepNumbers, into counts: SweepNumbers
  ) {
    let address = part.reader.page(page)
    switch nodes {
    case .run(let first, let span):
      count(address, where: numbers, into: counts) { list, count in
        LabelledNodes.Reader.count(list, count, first: first, span: span)
      }
    case .bits(let words):
      count(address, where: numbers, into: counts) { list, count in
        LabelledNodes.Reader.count(list, count, words)
      }
    }
    if part.skipsLoops { subtractLoops(part, page, nodes, counts) }
  }

  @inline(__always)
  private static func count(
    _ address: UnsafeRawPointer, where numbers: SweepNumbers, into counts: SweepNumbers,
    _ body: (UnsafePointer<UInt32>, Int) -> Int
  ) {
    let (wanted, results) = (numbers.base, counts.base)
    var any = 0
    if let offsets = AdjacencyPage.offsets(at: address) {
      if offsets[Page.rows] == 0 { return counts.setZero() }
      let neighbours = offsets + AdjacencyBlock.neighboursOffset
      for row in 0..<Page.rows {
        let start = Int(offsets[row])
        let length = wanted[row] == 0 ? 0 : Int(offsets[row &+ 1]) &- start
        let count = length == 0 ? 0 : body(neighbours + start, length)
        results[row] = Int64(truncatingIfNeeded: count)
        any |= count
      }
    } else {
      for row in 0..<Page.rows {
        let list = AdjacencyPage.list(at: address, row)
        let length = wanted[row] == 0 ? 0 : list.count
        let count = length == 0 ? 0 : body(list.neighbours, length)
        results[row] = Int64(truncatingIfNeeded: count)
        any |= count
      }
    }
    counts.setBound(UInt64(truncatingIfNeeded: any))
  }

  /// Takes back what was counted of relationships that another part has given already.
  private static func subtractLoops(
    _ part: StepAdjacency.Part, _ page: Int, _ nodes: LabelledNodes.Reader, _ counts: SweepNumbers
  ) {
    let first = UInt32(truncatingIfNeeded: page << Page.shift)
    for row in 0..<Page.rows where !counts.isZero && counts.base[row] != 0 {
      let node = first &+ UInt32(truncatingIfNeeded: row)
      guard nodes.contains(node) else { continue }
      counts.base[row] &-= Int64(truncatingIfNeeded: part.multiplicity(node, node))
    }
  }
}
