import DossierSyntax

/// What the number of a node is multiplied by: the matches of one part that hangs off it.
class CountFactor {
  /// Multiplies `numbers[i]` by the matches at `nodes[i]`.
  func multiply(
    _ numbers: inout [Int64], of nodes: [UInt32], _ state: ExecutionState
  ) throws(QueryError) {}

  /// The matches at a node are its degree.
  var isDegree: Bool { false }

  func degree(_ node: UInt32) -> Int64 { 0 }
}

/// Along edges to another node: the sum of the far nodes' numbers.
final class EdgeFactor: CountFactor {
  private let bundle: EdgeBundle
  private let far: CountVertex
  private var scratch: [UInt32] = []

  init(_ bundle: EdgeBundle, _ far: CountVertex) {
    self.bundle = bundle
    self.far = far
  }

  override var isDegree: Bool { far.isTrivial && bundle.isDegree }

  override func degree(_ node: UInt32) -> Int64 { Int64(bundle.degree(of: node)) }

  override func multiply(
    _ numbers: inout [Int64], of nodes: [UInt32], _ state: ExecutionState
  ) throws(QueryError) {
    if isDegree {
      for i in nodes.indices {
        numbers[i] = try product(numbers[i], Int64(bundle.degree(of: nodes[i])))
      }
      return
    }
    if far.isCheap { return try multiplyCheap(&numbers, nodes) }
    if let labels = far.labelTest(state.graph), let reader = bundle.plainReader {
      return try multiply(&numbers, nodes, reader, labels)
    }
    let weights = try far.prepared(state)
    try prepareFar(nodes, weights, state)
    for i in nodes.indices { numbers[i] = try product(numbers[i], try total(nodes[i], weights)) }
  }

  /// For far nodes of which nothing but labels is asked.
  private func multiply(
    _ numbers: inout [Int64], _ nodes: [UInt32], _ reader: AdjacencyLists, _ labels: LabelReader
  ) throws(QueryError) {
    for i in nodes.indices {
      let list = reader.neighbours(of: nodes[i])
      var total: Int64 = 0
      for k in 0..<list.count where labels.accepts(list.neighbours[k]) { total &+= 1 }
      numbers[i] = try product(numbers[i], total)
    }
  }

  private func prepareFar(
    _ nodes: [UInt32], _ weights: NodeWeights, _ state: ExecutionState
  ) throws(QueryError) {
    var unknown: [UInt32] = []
    for node in nodes {
      if let reader = bundle.plainReader {
        let list = reader.neighbours(of: node)
        for k in 0..<list.count where !weights.isKnown(list.neighbours[k]) {
          unknown.append(list.neighbours[k])
        }
      } else {
        bundle.forEach(node, &scratch) { neighbour, _ in
          if !weights.isKnown(neighbour) { unknown.append(neighbour) }
        }
      }
      if unknown.count >= 8 * Batch.capacity {
        try far.prepare(unknown, state)
        unknown.removeAll(keepingCapacity: true)
      }
    }
    try far.prepare(unknown, state)
  }

  private func total(_ node: UInt32, _ weights: NodeWeights) throws(QueryError) -> Int64 {
    if let reader = bundle.plainReader {
      let list = reader.neighbours(of: node)
      if !weights.largest.multipliedReportingOverflow(by: Int64(list.count)).overflow {
        var sum: Int64 = 0
        for k in 0..<list.count { sum &+= weights[list.neighbours[k]] }
        return sum
      }
    }
    var total: Int64 = 0
    var overflow = false
    bundle.forEach(node, &scratch) { neighbour, count in
      let (part, partOverflow) = weights[neighbour].multipliedReportingOverflow(by: Int64(count))
      let (next, sumOverflow) = total.addingReportingOverflow(part)
      overflow = overflow || partOverflow || sumOverflow
      total = next
    }
    return overflow ? try product(.max, 2) : total
  }

  private func multiplyCheap(
    _ numbers: inout [Int64], _ nodes: [UInt32]
  ) throws(QueryError) {
    for i in nodes.indices {
      var total: Int64 = 0
      var overflow = false
      bundle.forEach(nodes[i], &scratch) { neighbour, count in
        let weight = far.cheapWeight(neighbour)
        let (part, partOverflow) = weight.multipliedReportingOverflow(by: Int64(count))
        let (next, sumOverflow) = total.addingReportingOverflow(part)
        overflow = overflow || partOverflow || sumOverflow || weight < 0
        total = next
      }
      if overflow { total = try product(.max, 2) }
      numbers[i] = try product(numbers[i], total)
    }
  }
}

/// Along edges to two nodes that are connected themselves.
///
/// The numbers of the second node are laid out over the graph, then picked up along the edges from
/// each first node: no list is searched.
final class TriangleFactor: CountFactor {
  private let first: EdgeBundle
  private let firstVertex: CountVertex
  private let second: EdgeBundle
  private let secondVertex: CountVertex
  private let between: EdgeBundle
  private var laid: NodeWeights?
  private var scratch: [UInt32] = []
  private var innerScratch: [UInt32] = []

  /// `between` is seen from the first node.
  init(
    _ first: EdgeBundle, _ firstVertex: CountVertex, _ second: EdgeBundle,
    _ secondVertex: CountVertex, between: EdgeBundle
  ) {
    self.first = first
    self.firstVertex = firstVertex
    self.second = second
    self.secondVertex = secondVertex
    self.between = between
  }

  override func multiply(
    _ numbers: inout [Int64], of nodes: [UInt32], _ state: ExecutionState
  ) throws(QueryError) {
    let a = try prepare(first, firstVertex, nodes, state)
    let b = try prepare(second, secondVertex, nodes, state)
    if laid == nil {
      try state.arena.charge(state.graph.nodeIDBound * MemoryLayout<Int64>.stride)
      laid = NodeWeights(count: state.graph.nodeIDBound)
    }
    guard let laid else { throw QueryError(.memoryLimit, "no memory for numbers of nodes") }
    for i in nodes.indices {
      if i & 255 == 255 { try state.control.check() }
      numbers[i] = try product(numbers[i], try total(nodes[i], a, b, laid))
    }
  }

  /// The numbers of the neighbours; nil when all are 1.
  private func prepare(
    _ bundle: EdgeBundle, _ vertex: CountVertex, _ nodes: [UInt32], _ state: ExecutionState
  ) throws(QueryError) -> NodeWeights? {
    if vertex.isTrivial { return nil }
    let weights = try vertex.prepared(state)
    var unknown: [UInt32] = []
    for node in nodes {
      bundle.forEach(node, &scratch) { neighbour, _ in
        if !weights.isKnown(neighbour) { unknown.append(neighbour) }
      }
      if unknown.count >= 8 * Batch.capacity {
        try vertex.prepare(unknown, state)
        unknown.removeAll(keepingCapacity: true)
      }
    }
    try vertex.prepare(unknown, state)
    return weights
  }

  private func total(
    _ node: UInt32, _ a: NodeWeights?, _ b: NodeWeights?, _ laid: NodeWeights
  ) throws(QueryError) -> Int64 {
    var overflow = false
    var isEmpty = true
    second.forEach(node, &scratch) { far, count in
      let weight = b.map { $0[far] } ?? 1
      let (part, partOverflow) = weight.multipliedReportingOverflow(by: Int64(count))
      let (sum, sumOverflow) = laid.total(far).addingReportingOverflow(part)
      overflow = overflow || partOverflow || sumOverflow
      isEmpty = isEmpty && part == 0
      laid.add(far, sumOverflow ? 0 : sum &- laid.total(far))
    }
    var total: Int64 = 0
    if !isEmpty && !overflow {
      let plain = between.plainReader
      first.forEach(node, &scratch) { near, count in
        let weight = a.map { $0[near] } ?? 1
        if weight == 0 { return }
        var inner: Int64 = 0
        if let plain {
          let list = plain.neighbours(of: near)
          for k in 0..<list.count {
            let (next, isTooLarge) = inner.addingReportingOverflow(laid.total(list.neighbours[k]))
            overflow = overflow || isTooLarge
            inner = next
          }
        } else {
          between.forEach(near, &innerScratch) { far, times in
            let (part, partOverflow) = laid.total(far).multipliedReportingOverflow(by: Int64(times))
            let (next, isTooLarge) = inner.addingReportingOverflow(part)
            overflow = overflow || partOverflow || isTooLarge
            inner = next
          }
        }
        let (all, allOverflow) = inner.multipliedReportingOverflow(by: weight)
        let (part, partOverflow) = all.multipliedReportingOverflow(by: Int64(count))
        let (next, isTooLarge) = total.addingReportingOverflow(part)
        overflow = overflow || allOverflow || partOverflow || isTooLarge
        total = next
      }
    }
    second.forEach(node, &scratch) { far, _ in laid.clear(far) }
    return overflow ? try product(.max, 2) : total
  }
}

/// Along chains of relationships, each of which is walked.
final class ChainFactor: CountFactor {
  private let walk: TrailWalk
  private let far: CountVertex

  init(_ walk: TrailWalk, _ far: CountVertex) {
    self.walk = walk
    self.far = far
  }

  override func multiply(
    _ numbers: inout [Int64], of nodes: [UInt32], _ state: ExecutionState
  ) throws(QueryError) {
    let batch = Batch(count: 1, slotCount: state.slotCount)
    for i in nodes.indices {
      try walk.begin(at: nodes[i], excluding: [], row: 0, of: batch, state)
      var total: Int64 = 0
      var ends: [UInt32] = []
      while true {
        let end = try walk.next(row: 0, of: batch, state)
        if let end { ends.append(end) }
        if end == nil || ends.count == Batch.capacity {
          for number in try far.numbers(of: ends, state) { total = try sum(total, number) }
          ends.removeAll(keepingCapacity: true)
        }
        if end == nil { break }
      }
      numbers[i] = try product(numbers[i], total)
    }
  }
}

/// Relationships from the node to itself.
final class LoopFactor: CountFactor {
  private let loops: EdgeBundle

  init(_ loops: EdgeBundle) { self.loops = loops }

  override func multiply(
    _ numbers: inout [Int64], of nodes: [UInt32], _ state: ExecutionState
  ) throws(QueryError) {
    for i in nodes.indices {
      numbers[i] = try product(numbers[i], Int64(loops.multiplicity(nodes[i], nodes[i])))
    }
  }
}

/// Patterns that hang off a node and are counted by themselves.
final class BranchFactor: CountFactor {
  private let terms: [CountedTerm]
  private let mode: CountTerm.Branch.Mode

  init(_ terms: [CountedTerm], _ mode: CountTerm.Branch.Mode) {
    self.terms = terms
    self.mode = mode
  }

  override func multiply(
    _ numbers: inout [Int64], of nodes: [UInt32], _ state: ExecutionState
  ) throws(QueryError) {
    let counts = try CountedTerm.total(terms, nodes, state)
    for i in nodes.indices {
      switch mode {
      case .counted: numbers[i] = try product(numbers[i], counts[i])
      case .optional: numbers[i] = try product(numbers[i], max(counts[i], 1))
      case .exists: if counts[i] == 0 { numbers[i] = 0 }
      case .absent: if counts[i] != 0 { numbers[i] = 0 }
      }
    }
  }
}

/// A term ready to be counted.
struct CountedTerm {
  var coefficient: Int64
  var root: CountVertex

  /// The signed sum of the terms for each node.
  static func total(
    _ terms: [CountedTerm], _ nodes: [UInt32], _ state: ExecutionState
  ) throws(QueryError) -> [Int64] {
    var totals = [Int64](repeating: 0, count: nodes.count)
    for term in terms {
      if term.root.isCheap {
        for i in nodes.indices {
          let weight = term.root.cheapWeight(nodes[i])
          let part = try product(weight < 0 ? try product(.max, 2) : weight, term.coefficient)
          totals[i] = try sum(totals[i], part)
        }
        continue
      }
      let numbers = try term.root.numbers(of: nodes, state)
      for i in nodes.indices {
        totals[i] = try sum(totals[i], try product(numbers[i], term.coefficient))
      }
    }
    return totals
  }
}
