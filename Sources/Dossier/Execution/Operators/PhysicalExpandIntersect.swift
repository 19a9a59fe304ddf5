import DossierSyntax

/// `ExpandIntersect`: from two nodes of each row to the nodes that are neighbours of both.
///
/// The sorted neighbour lists of the two nodes are walked side by side; where one is much longer, it
/// is searched for the entries of the other.
final class PhysicalExpandIntersect: PhysicalUnaryOperator {
  private let first: ExpandStep
  private let second: ExpandStep
  private var slicer: BatchSlicer?
  private var batch: Batch?
  private var near: Column?
  private var far: Column?
  private var row = 0
  private var rows: [UInt32] = []
  private var found: [UInt32] = []
  private var firstRelationships: [UInt32] = []
  private var secondRelationships: [UInt32] = []

  /// How much longer a list must be to be searched.
  private static let skew = 16

  /// `first` finds the node, `second` connects it with another node of the row.
  init(_ input: PhysicalOperator, _ first: ExpandStep, _ second: ExpandStep) {
    self.first = first
    self.second = second
    super.init(input)
  }

  override func rewind() {
    slicer = nil
    batch = nil
    super.rewind()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    if let result = slicer?.next(state.batchRows) { return result }
    slicer = nil
    if batch == nil {
      guard let next = try input.next(state) else { return nil }
      batch = next
      near = try next.column(first.from).nodeIDs()
      far = try next.column(second.from == first.to ? second.to : second.from).nodeIDs()
      row = 0
    }
    guard let batch else { return nil }
    fill(batch, state)
    let result = Batch(parent: batch, rows: RowIndices(rows))
    result.set(first.to, Column(ids: found, .node))
    result.set(first.relationship, Column(ids: firstRelationships, .relationship))
    result.set(second.relationship, Column(ids: secondRelationships, .relationship))
    if row == batch.count { self.batch = nil }
    slicer = BatchSlicer(second.keepingDifferent(first.keepingDifferent(result)))
    return slicer?.next(state.batchRows) ?? Batch(count: 0, slotCount: state.slotCount)
  }

  /// Takes rows of the input until there is a batch of matches.
  private func fill(_ batch: Batch, _ state: ExecutionState) {
    rows.removeAll(keepingCapacity: true)
    found.removeAll(keepingCapacity: true)
    firstRelationships.removeAll(keepingCapacity: true)
    secondRelationships.removeAll(keepingCapacity: true)
    let labels = first.toLabels.compactMap { state.graph.catalog.label($0) }
    guard let near, let far, labels.count == first.toLabels.count else {
      row = batch.count
      return
    }
    let checked = labels.filter { !first.implies($0, state.graph) }
    let forward = StepAdjacency(first.types, first.direction, state.graph)
    let backward = StepAdjacency(
      second.types, second.direction, state.graph, reversed: second.from == first.to)
    while row < batch.count, rows.count < state.batchRows {
      defer { row += 1 }
      guard near.isValid(row), far.isValid(row) else { continue }
      for a in forward.parts {
        for b in backward.parts {
          intersect(a, near.ids[row], b, far.ids[row], checked, state.graph)
        }
      }
    }
  }

  private func intersect(
    _ a: StepAdjacency.Part, _ near: UInt32, _ b: StepAdjacency.Part, _ far: UInt32,
    _ labels: [LabelID], _ graph: Graph
  ) {
    let x = a.reader.neighbours(of: near)
    let y = b.reader.neighbours(of: far)
    var i = 0
    var j = 0
    while i < x.count, j < y.count {
      let (u, v) = (x.neighbours[i], y.neighbours[j])
      if u < v {
        i = x.count > Self.skew * y.count ? i + lowerBound(x.neighbours + i, x.count - i, v) : i + 1
      } else if v < u {
        j = y.count > Self.skew * x.count ? j + lowerBound(y.neighbours + j, y.count - j, u) : j + 1
      } else {
        var (endX, endY) = (i, j)
        while endX < x.count, x.neighbours[endX] == u { endX += 1 }
        while endY < y.count, y.neighbours[endY] == u { endY += 1 }
        let isLoop = (a.skipsLoops && u == near) || (b.skipsLoops && u == far)
        if !isLoop, labels.allSatisfy({ graph.hasLabel(NodeID(rawValue: u), $0) }) {
          for p in i..<endX {
            for q in j..<endY {
              rows.append(UInt32(truncatingIfNeeded: row))
              found.append(u)
              firstRelationships.append(x.relationships[p])
              secondRelationships.append(y.relationships[q])
            }
          }
        }
        (i, j) = (endX, endY)
      }
    }
  }
}
