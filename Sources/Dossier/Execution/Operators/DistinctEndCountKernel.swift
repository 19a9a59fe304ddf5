import DossierSyntax

/// How many nodes, each once, steps one after the other lead to from the node of each row.
///
/// From the nodes of one level to those of the next one, each node is gone on from once. Nodes of the
/// last level are counted and not kept.
final class DistinctEndCountKernel: ExpressionKernel {
  private let steps: [ExpandStep]
  private let exceptStart: Bool
  private var visited: VisitedNodes?
  private var level = IDBuffer(capacity: 64)
  private var next = IDBuffer(capacity: 64)

  init(_ steps: [ExpandStep], exceptStart: Bool) {
    self.steps = steps
    self.exceptStart = exceptStart
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let near = try batch.column(steps[0].from).nodeIDs()
    let chain = ChainAdjacency(steps, state.graph)
    if visited.map({ $0.count < state.graph.nodeIDBound }) ?? true {
      visited = try VisitedNodes(state)
    }
    let result = Column(.integer, count: batch.count)
    var previous: (node: UInt32, ends: Int)?
    for row in 0..<batch.count {
      if row & 63 == 0 { try state.control.check() }
      var ends = 0
      if chain.isPossible, near.isValid(row) {
        let node = near.ids[row]
        if let previous, previous.node == node {
          ends = previous.ends
        } else {
          ends = try count(from: node, chain, state)
          previous = (node, ends)
        }
      }
      result.integers[row] = Int64(ends)
    }
    return result
  }

  /// Lists of neighbours that are looked at between two checks of the time limit.
  private static let listsPerCheck = 4096

  private func count(
    from node: UInt32, _ chain: ChainAdjacency, _ state: ExecutionState
  ) throws(QueryError) -> Int {
    guard let visited else { return 0 }
    level.removeAll()
    level.append(node)
    for place in 0..<chain.last {
      visited.begin()
      next.removeAll()
      if place == 1, chain.mayComeBack {
        _ = visited.insert(node)
        if chain.comesBack(to: node, over: level) { next.append(node) }
      }
      try findNext(chain.steps[place], visited, state)
      swap(&level, &next)
    }
    visited.begin()
    var total = 0
    if exceptStart {
      _ = visited.insert(node)
    } else if chain.last == 1, chain.mayComeBack {
      _ = visited.insert(node)
      total = bit(chain.comesBack(to: node, over: level))
    }
    var start = 0
    while start < level.count {
      let end = min(start + Self.listsPerCheck, level.count)
      total &+= countEnds(start..<end, chain, visited)
      if end < level.count { try state.control.check() }
      start = end
    }
    return total
  }

  /// Adds the nodes to `next` that were not visited before and that a step leads to from the level.
  private func findNext(
    _ step: ChainAdjacency.Step, _ visited: VisitedNodes, _ state: ExecutionState
  ) throws(QueryError) {
    let next = next
    for i in 0..<level.count {
      if i & (Self.listsPerCheck - 1) == Self.listsPerCheck - 1 { try state.control.check() }
      step.adjacency.forEach(level.base[i]) { neighbour, _ in
        if visited.insert(neighbour) != 0, step.labels.accepts(neighbour) { next.append(neighbour) }
      }
    }
  }

  /// How many nodes that were not visited before the last step leads to from a part of the level.
  private func countEnds(
    _ part: Range<Int>, _ chain: ChainAdjacency, _ visited: VisitedNodes
  ) -> Int {
    let nodes = level.base
    var total = 0
    if let labels = chain.lastLabels {
      for i in part {
        chain.steps[chain.last].adjacency.forEach(nodes[i]) { neighbour, _ in
          if visited.insert(neighbour) != 0 { total &+= bit(labels.accepts(neighbour)) }
        }
      }
      return total
    }
    for lists in chain.lastLists {
      for i in part {
        let list = lists.neighbours(of: nodes[i])
        total &+= visited.insert(list.neighbours, list.count)
      }
    }
    return total
  }
}

/// The steps of a chain in one graph.
private struct ChainAdjacency {
  struct Step {
    var adjacency: StepAdjacency
    /// Of the node that the step leads to, as far as its relationships do not imply them.
    var labels: LabelReader
  }

  let steps: [Step]
  /// The lists of the last step, and what its ends must have; nil where that is nothing.
  let lastLists: [AdjacencyLists]
  let lastLabels: LabelReader?
  let isPossible: Bool
  /// A second relationship back to the first node may be the one that led away from it.
  let mayComeBack: Bool

  init(_ steps: [ExpandStep], _ graph: Graph) {
    var isPossible = true
    self.steps = steps.map { step in
      let adjacency = StepAdjacency(step.types, step.direction, graph)
      let known = step.toLabels.compactMap { graph.catalog.label($0) }
      if known.count < step.toLabels.count { isPossible = false }
      return Step(
        adjacency: adjacency,
        labels: LabelReader(known.filter { !adjacency.implies($0, graph) }, graph))
    }
    lastLists = self.steps.last?.adjacency.parts.map(\.reader) ?? []
    lastLabels = self.steps.last.flatMap { $0.labels.isTrivial ? nil : $0.labels }
    self.isPossible = isPossible
    mayComeBack =
      steps.count > 1 && !steps[1].different.isEmpty
      && !WayAdjacency(steps[0], steps[1], graph).isPlain
  }

  /// The place of the last step.
  var last: Int { steps.count - 1 }

  /// Whether two different relationships lead over one of the nodes to the first node. Only a way back
  /// there can use a relationship twice.
  func comesBack(to node: UInt32, over middles: IDBuffer) -> Bool {
    guard steps[1].labels.accepts(node) else { return false }
    var found = false
    for i in 0..<middles.count where !found {
      steps[0].adjacency.between(node, middles.base[i]) { first in
        if found { return }
        steps[1].adjacency.between(middles.base[i], node) { found = found || $0 != first }
      }
    }
    return found
  }
}
