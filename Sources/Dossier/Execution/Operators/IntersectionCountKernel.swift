import DossierSyntax

/// How many nodes, each with its relationships, are neighbours of both of two nodes of each row; with a
/// tail, of how many ways from there on to a third node.
///
/// The neighbours of one of the two nodes are laid out with their numbers of ways, then the neighbours
/// of the other one pick them up. Rows follow each other that share a node: its neighbours stay where
/// they are. What the tail multiplies by is laid out from its end, which changes seldom.
final class IntersectionCountKernel: ExpressionKernel {
  private let first: ExpandStep
  private let second: ExpandStep
  private let tail: (first: ExpandStep, second: ExpandStep)?
  private let bound: [CountedEnd.BoundRelationship]
  private var laid: NodeTotals?
  private var laidOf: (node: UInt32, side: Int)?
  private var ways: NodeTotals?
  private var waysTo: UInt32?
  /// Lists of the nodes that are not laid out, without nodes that the tail does not lead on from.
  private var sifted: SiftedNeighbours?

  init(
    _ first: ExpandStep, _ second: ExpandStep, tail: (ExpandStep, ExpandStep)?,
    bound: [CountedEnd.BoundRelationship]
  ) {
    self.first = first
    self.second = second
    self.tail = tail.map { (first: $0.0, second: $0.1) }
    self.bound = bound
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let near = try batch.column(first.from).nodeIDs()
    let far = try batch.column(second.otherEnd(than: first.to)).nodeIDs()
    let end = try tail.map { (tail) throws(QueryError) in
      try batch.column(tail.second.otherEnd(than: tail.first.to)).nodeIDs()
    }
    let steps = IntersectionSteps(first, second, tail, state.graph)
    var excluded: [BoundColumns] = []
    for one in bound { excluded.append(try BoundColumns(one, batch)) }
    let bounds = RowBounds(near: nearEnds(excluded), far: farEnds(excluded, steps))
    let (nearLists, farLists) = (steps.forward.copiedLists(), steps.backward.copiedLists())
    defer {
      bounds.deallocate()
      nearLists.deallocate()
      farLists.deallocate()
    }
    try forget(state)
    guard let laid else { throw QueryError(.memoryLimit, "no memory for numbers of nodes") }
    let (nearIDs, farIDs, endIDs) = (near.ids, far.ids, end?.ids)
    let isDense = near.validity == nil && far.validity == nil && end?.validity == nil
    let result = Column(.integer, count: batch.count)
    let totals = result.integers
    var row = 0
    var checkAt = 0
    while row < batch.count {
      if isDense || near.isValid(row) && far.isValid(row) && end?.isValid(row) ?? true,
        steps.isPossible
      {
        let ends = RowEnds(near: nearIDs[row], far: farIDs[row], end: endIDs?[row])
        if !isLaid(ends) {
          let hasNext = row + 1 < batch.count
          let shared = (
            near: hasNext && nearIDs[row + 1] == ends.near,
            far: hasNext && farIDs[row + 1] == ends.far
          )
          try prepare(ends, shared, steps, state)
        }
        if let side = laidOf?.side {
          let next =
            isDense ? runEnd(from: row, side, nearIDs, farIDs, endIDs, batch.count) : row + 1
          if row >= checkAt {
            try state.control.check()
            checkAt = row + 256
          }
          let others = (side == 0 ? farIDs : nearIDs) + row
          let lists = side == 0 ? farLists : nearLists
          if let sifted {
            if sifted.side != side { sifted.clear(side: side) }
            sifted.sum(laid, lists, at: others, next - row, into: totals + row)
          } else {
            laid.sum(lists, at: others, next - row, into: totals + row)
          }
          if !bounds.isEmpty {
            for row in row..<next where totals[row] != 0 {
              let ends = RowEnds(near: nearIDs[row], far: farIDs[row], end: endIDs?[row])
              let touched = bounds.touched(ends.near, ends.far, laid, row)
              if touched.isEmpty { continue }
              totals[row] &-= excess(ends, over: touched, steps, excluded, row)
            }
          }
          row = next
          continue
        }
        totals[row] = try walk(ends, steps, excluded, row, state)
      } else {
        totals[row] = 0
      }
      row += 1
    }
    return result
  }

  /// The first row from `row` on that needs something else than what is laid out on a side.
  @inline(__always)
  private func runEnd(
    from row: Int, _ side: Int, _ near: UnsafeMutablePointer<UInt32>,
    _ far: UnsafeMutablePointer<UInt32>, _ ends: UnsafeMutablePointer<UInt32>?, _ count: Int
  ) -> Int {
    let (shared, other) = side == 0 ? (near, far) : (far, near)
    let (node, end) = (shared[row], ends?[row] ?? 0)
    var next = row &+ 1
    while next < count, shared[next] == node, other[next] != node, (ends?[next] ?? 0) == end {
      next &+= 1
    }
    return next
  }

  /// The nodes of a row between which ways are counted.
  private struct RowEnds {
    var near: UInt32
    var far: UInt32
    var end: UInt32?
  }

  /// Makes the arrays, and forgets what was laid out of a graph that may have changed.
  private func forget(_ state: ExecutionState) throws(QueryError) {
    if laid == nil { laid = try NodeTotals(state) }
    if tail != nil, ways == nil {
      ways = try NodeTotals(state)
      sifted = try SiftedNeighbours(state)
    }
    if state.isReadOnly { return }
    laid?.clear()
    laidOf = nil
    ways?.clear()
    if let ways { sifted?.set(ways) }
    waysTo = nil
  }

  /// How much longer one list must be for the other one's nodes to be searched in it.
  private static let skew = 32

  /// Whether what is laid out is what the row needs.
  @inline(__always)
  private func isLaid(_ ends: RowEnds) -> Bool {
    guard let (node, side) = laidOf, ends.near != ends.far, ends.end == waysTo else { return false }
    return node == (side == 0 ? ends.near : ends.far)
  }

  /// Lays out the neighbours of one of the row's nodes, or nothing where the row has to be counted node
  /// by node. `shared` tells which of the nodes the next row has, too.
  private func prepare(
    _ ends: RowEnds, _ shared: (near: Bool, far: Bool), _ steps: IntersectionSteps,
    _ state: ExecutionState
  ) throws(QueryError) {
    guard let laid else { return }
    if waysTo != ends.end, let end = ends.end { layWays(to: end, steps) }
    laidOf = nil
    if steps.hasLoops || ends.near == ends.far || ways?.isTooLarge == true { return }
    if !shared.near && !shared.far, steps.isSkewed(ends.near, ends.far, by: Self.skew) { return }
    lay(shared.near ? ends.near : ends.far, side: shared.near ? 0 : 1, steps, laid)
    if laid.isTooLarge { laidOf = nil }
  }

  /// Lays out the neighbours of a node.
  private func lay(
    _ node: UInt32, side: Int, _ steps: IntersectionSteps, _ laid: NodeTotals
  ) {
    laid.clear()
    laidOf = (node, side)
    let adjacency = side == 0 ? steps.forward : steps.backward
    let labels = steps.labels
    if let ways {
      adjacency.forEach(node) { neighbour, _ in
        let number = ways[neighbour]
        if number != 0, labels.accepts(neighbour) { laid.add(neighbour, number) }
      }
      sifted?.lay(laid)
    } else {
      adjacency.forEach(node) { neighbour, _ in
        if labels.accepts(neighbour) { laid.add(neighbour, 1) }
      }
    }
  }

  /// Lays out how many ways the tail has from each node to its end.
  private func layWays(to end: UInt32, _ steps: IntersectionSteps) {
    guard let ways, let tail = steps.tail else { return }
    ways.clear()
    waysTo = end
    laidOf = nil
    tail.backward.forEach(end) { middle, b in
      guard tail.labels.accepts(middle) else { return }
      tail.reversed.forEach(middle) { node, a in
        if !(tail.mustDiffer && a == b) { ways.add(node, 1) }
      }
    }
    sifted?.set(ways)
  }

  // MARK: Relationships that must differ

  /// Whether a relationship of the rows could be found once more. One between the two nodes could not:
  /// without loops neither of them is counted.
  private func canRecur(_ bound: CountedEnd.BoundRelationship) -> Bool {
    let ends: SlotSet = [first.from, second.otherEnd(than: first.to)]
    return !(ends.contains(bound.from) && ends.contains(bound.to))
  }

  /// The relationships of the rows from which the first counted one must differ, seen by its step.
  private func nearEnds(_ excluded: [BoundColumns]) -> [BoundEnds] {
    zip(bound, excluded).filter { first.different.contains($0.0.slot) && canRecur($0.0) }
      .map { $0.1.ends(seenBy: first.direction) }
  }

  private func farEnds(_ excluded: [BoundColumns], _ steps: IntersectionSteps) -> [BoundEnds] {
    zip(bound, excluded).filter { second.different.contains($0.0.slot) && canRecur($0.0) }
      .map { $0.1.ends(seenBy: steps.backwardDirection) }
  }

  /// What was counted over these nodes, without what is right.
  private func excess(
    _ ends: RowEnds, over nodes: [UInt32], _ steps: IntersectionSteps, _ excluded: [BoundColumns],
    _ row: Int
  ) -> Int64 {
    var excess: Int64 = 0
    for node in nodes {
      let all =
        steps.forward.multiplicity(ends.near, node) &* steps.backward.multiplicity(ends.far, node)
      let right = pairs(ends, over: node, steps, excluded, row)
      excess &+= (Int64(all) &- right) &* (ways.map { Int64($0[node]) } ?? 1)
    }
    return excess
  }

  /// The pairs of relationships over a node that differ from each other and from those of the row as
  /// far as the statement asks for it.
  private func pairs(
    _ ends: RowEnds, over node: UInt32, _ steps: IntersectionSteps, _ excluded: [BoundColumns],
    _ row: Int
  ) -> Int64 {
    var total: Int64 = 0
    steps.forward.between(ends.near, node) { a in
      if isExcluded(a, first, excluded, row) { return }
      steps.backward.between(ends.far, node) { b in
        if steps.mustDiffer && a == b || isExcluded(b, second, excluded, row) { return }
        total &+= 1
      }
    }
    return total
  }

  private func isExcluded(
    _ relationship: UInt32, _ step: ExpandStep, _ excluded: [BoundColumns], _ row: Int
  ) -> Bool {
    for (one, columns) in zip(bound, excluded)
    where step.different.contains(one.slot) && columns.relationship(row) == relationship {
      return true
    }
    return false
  }

  /// Counts node by node: where relationships may coincide in more ways, and where few nodes are to be
  /// searched among many.
  private func walk(
    _ ends: RowEnds, _ steps: IntersectionSteps, _ excluded: [BoundColumns], _ row: Int,
    _ state: ExecutionState
  ) throws(QueryError) -> Int64 {
    try state.control.check()
    var middles: [UInt32] = []
    if steps.forward.degreeBound(of: ends.near) <= steps.backward.degreeBound(of: ends.far) {
      steps.forward.forEach(ends.near) { node, _ in middles.append(node) }
    } else {
      steps.backward.forEach(ends.far) { node, _ in middles.append(node) }
    }
    middles.sort()
    var total: Int64 = 0
    for (i, node) in middles.enumerated()
    where (i == 0 || middles[i - 1] != node) && steps.labels.accepts(node) {
      let pairs = pairs(ends, over: node, steps, excluded, row)
      if pairs == 0 { continue }
      total = try sum(total, try product(pairs, walkTail(from: node, to: ends.end, steps)))
    }
    return total
  }

  private func walkTail(from node: UInt32, to end: UInt32?, _ steps: IntersectionSteps) -> Int64 {
    guard let tail = steps.tail, let end else { return 1 }
    var total: Int64 = 0
    tail.forward.forEach(node) { middle, a in
      guard tail.labels.accepts(middle) else { return }
      tail.backward.between(end, middle) { b in
        if !(tail.mustDiffer && a == b) { total &+= 1 }
      }
    }
    return total
  }
}

/// What an intersection walks in one graph.
private struct IntersectionSteps {
  struct Tail {
    var forward: StepAdjacency
    /// The first step from its far node.
    var reversed: StepAdjacency
    /// The second step from the end.
    var backward: StepAdjacency
    var labels: LabelReader
    var mustDiffer: Bool
  }

  let forward: StepAdjacency
  /// The second step from the node that is bound.
  let backward: StepAdjacency
  let backwardDirection: ExpandStep.Direction
  let labels: LabelReader
  let mustDiffer: Bool
  let hasLoops: Bool
  let isPossible: Bool
  let tail: Tail?

  /// Whether one of two nodes has many times the neighbours of the other one.
  func isSkewed(_ near: UInt32, _ far: UInt32, by factor: Int) -> Bool {
    let (a, b) = (forward.degreeBound(of: near), backward.degreeBound(of: far))
    return max(a, b) > factor * max(min(a, b), 1)
  }

  init(
    _ first: ExpandStep, _ second: ExpandStep, _ tail: (first: ExpandStep, second: ExpandStep)?,
    _ graph: Graph
  ) {
    forward = StepAdjacency(first.types, first.direction, graph)
    let isReversed = second.from == first.to
    backward = StepAdjacency(second.types, second.direction, graph, reversed: isReversed)
    backwardDirection = isReversed ? second.direction.opposite : second.direction
    let known = first.toLabels.compactMap { graph.catalog.label($0) }
    let forward = forward
    labels = LabelReader(known.filter { !forward.implies($0, graph) }, graph)
    mustDiffer = second.different.contains(first.relationship)
    hasLoops = (forward.parts + backward.parts).contains { graph.hasLoops($0.type) }
    guard let tail else {
      self.tail = nil
      isPossible = known.count == first.toLabels.count
      return
    }
    let onward = StepAdjacency(tail.first.types, tail.first.direction, graph)
    let tailLabels = tail.first.toLabels.compactMap { graph.catalog.label($0) }
    self.tail = Tail(
      forward: onward,
      reversed: StepAdjacency(tail.first.types, tail.first.direction, graph, reversed: true),
      backward: StepAdjacency(
        tail.second.types, tail.second.direction, graph,
        reversed: tail.second.from == tail.first.to),
      labels: LabelReader(tailLabels.filter { !onward.implies($0, graph) }, graph),
      mustDiffer: tail.second.different.contains(tail.first.relationship))
    isPossible =
      known.count == first.toLabels.count && tailLabels.count == tail.first.toLabels.count
  }
}
