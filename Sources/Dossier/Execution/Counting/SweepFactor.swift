import DossierSyntax

/// What the numbers of all nodes are multiplied by: the matches of one part that hangs off each.
class SweepFactor {
  /// Cheaper factors are multiplied first; they may leave little for the others.
  var cost: Int { 0 }
  /// Relationships that are looked at for the factor itself.
  var work: Int { 0 }
  /// Relationships that are walked for the factor and all below it.
  var totalWork: Int { work }
  /// Only the thread of the statement may compute the factor.
  var isBoundToCaller: Bool { false }
  /// Nothing is laid out over the graph: only what hangs off a node itself is read.
  var isLocal: Bool { false }

  /// Computes what the factor is made from.
  func prepare(_ sweep: CountSweep) throws(QueryError) {}

  /// Sets the numbers of a page to the factor alone; false when that is not simpler than to multiply.
  func assign(_ page: Int, _ numbers: SweepNumbers) -> Bool { false }

  /// Multiplies the numbers of a page.
  func multiply(
    _ page: Int, _ numbers: SweepNumbers, _ worker: SweepWorker, _ sweep: CountSweep
  ) throws(QueryError) {}

  /// The sum of the factor over all nodes where statistics tell it.
  func knownTotal(_ graph: Graph) -> Int64? { nil }
}

/// The number of relationships of a node.
final class DegreeSweepFactor: SweepFactor {
  private let adjacency: StepAdjacency

  init(_ adjacency: StepAdjacency) { self.adjacency = adjacency }

  var plainLists: AdjacencyLists? { adjacency.plainLists }

  override var isLocal: Bool { true }

  override func knownTotal(_ graph: Graph) -> Int64? {
    adjacency.parts.reduce(0) { total, part in
      total + Int64(graph.relationshipCount(type: part.type))
        - (part.skipsLoops ? Int64(graph.loopCount(part.type)) : 0)
    }
  }

  override func assign(_ page: Int, _ numbers: SweepNumbers) -> Bool {
    guard let lists = adjacency.plainLists else { return false }
    numbers.set(degreesAt: lists.page(page))
    return true
  }

  override func multiply(
    _ page: Int, _ numbers: SweepNumbers, _ worker: SweepWorker, _ sweep: CountSweep
  ) throws(QueryError) {
    if let lists = adjacency.plainLists, numbers.multiply(degreesAt: lists.page(page)) { return }
    let degrees = worker.take()
    let more = worker.take()
    defer {
      worker.give(degrees)
      worker.give(more)
    }
    degrees.setZero()
    for part in adjacency.parts {
      more.set(degreesAt: part.reader.page(page))
      if part.skipsLoops, !more.isZero { subtractLoops(part, page, more) }
      try degrees.add(more)
    }
    try numbers.multiply(degrees)
  }

  private func subtractLoops(_ part: StepAdjacency.Part, _ page: Int, _ degrees: SweepNumbers) {
    let first = page << Page.shift
    for i in 0..<Page.rows where degrees.base[i] != 0 {
      let node = UInt32(truncatingIfNeeded: first + i)
      degrees.base[i] -= Int64(part.multiplicity(node, node))
    }
  }
}

/// 1 for nodes that a step leads from, 0 for all others.
final class ReachedSweepFactor: SweepFactor {
  private let degrees: DegreeSweepFactor

  init(_ adjacency: StepAdjacency) { degrees = DegreeSweepFactor(adjacency) }

  override var cost: Int { -1 }
  override var isLocal: Bool { true }

  override func assign(_ page: Int, _ numbers: SweepNumbers) -> Bool {
    guard degrees.assign(page, numbers) else { return false }
    numbers.fold(.exists)
    return true
  }

  override func multiply(
    _ page: Int, _ numbers: SweepNumbers, _ worker: SweepWorker, _ sweep: CountSweep
  ) throws(QueryError) {
    try degrees.multiply(page, numbers, worker, sweep)
    numbers.fold(.exists)
  }
}

/// The sum of the numbers of a node's neighbours.
final class NeighbourSweepFactor: SweepFactor {
  private let adjacency: StepAdjacency
  private let far: SweepVertex
  private let degrees: DegreeSweepFactor
  private let relationshipCount: Int
  private var weights: SweepWeights?

  init(_ adjacency: StepAdjacency, _ far: SweepVertex, _ graph: Graph) {
    self.adjacency = adjacency
    degrees = DegreeSweepFactor(adjacency)
    self.far = far
    relationshipCount = adjacency.relationshipCount(graph)
  }

  override var cost: Int { 2 }
  override var work: Int { relationshipCount }
  override var totalWork: Int { relationshipCount + far.totalWork }

  override func prepare(_ sweep: CountSweep) throws(QueryError) {
    weights = try far.laidOut(sweep)
  }

  override func multiply(
    _ page: Int, _ numbers: SweepNumbers, _ worker: SweepWorker, _ sweep: CountSweep
  ) throws(QueryError) {
    guard let weights else { return }
    if let number = weights.common {
      // The neighbours need not be looked at.
      try degrees.multiply(page, numbers, worker, sweep)
      return number == 1 ? () : try numbers.scale(number)
    }
    let sums = worker.take()
    let more = worker.take()
    defer {
      worker.give(sums)
      worker.give(more)
    }
    sums.setZero()
    for part in adjacency.parts {
      try Self.gather(part, page, weights, where: numbers, into: more)
      try sums.add(more)
    }
    try numbers.multiply(sums)
  }

  /// Sums over the lists of a page, for rows whose number is not 0.
  private static func gather(
    _ part: StepAdjacency.Part, _ page: Int, _ weights: SweepWeights, where numbers: SweepNumbers,
    into sums: SweepNumbers
  ) throws(QueryError) {
    let address = part.reader.page(page)
    let entries = AdjacencyPage.longestList(at: address)
    let (high, low) = weights.bound.multipliedFullWidth(by: UInt64(entries))
    if entries == 0 || weights.bound == 0 { return sums.setZero() }
    guard high == 0, low <= UInt64(Int64.max) else {
      return try gatherChecked(part, page, weights, where: numbers, into: sums)
    }
    if let wide = weights.wide {
      gather(part, page, UnsafePointer(wide), where: numbers, into: sums)
    } else {
      gather(part, page, UnsafePointer(weights.narrow), where: numbers, into: sums)
    }
  }

  @inline(__always)
  private static func gather<Weight: FixedWidthInteger>(
    _ part: StepAdjacency.Part, _ page: Int, _ weights: UnsafePointer<Weight>,
    where numbers: SweepNumbers, into sums: SweepNumbers
  ) {
    let address = part.reader.page(page)
    let (wanted, results) = (numbers.base, sums.base)
    var bits: Int64 = 0
    for row in 0..<Page.rows {
      if wanted[row] == 0 {
        results[row] = 0
        continue
      }
      let list = AdjacencyPage.list(at: address, row)
      var sum: Int64 = 0
      for k in 0..<list.count {
        sum &+= Int64(truncatingIfNeeded: weights[Int(list.neighbours[k])])
      }
      results[row] = sum
      bits |= sum
    }
    if part.skipsLoops {
      let first = page << Page.shift
      for row in 0..<Page.rows where results[row] != 0 {
        let node = UInt32(truncatingIfNeeded: first &+ row)
        let loops = Int64(truncatingIfNeeded: part.multiplicity(node, node))
        if loops != 0 { results[row] &-= loops &* Int64(truncatingIfNeeded: weights[Int(node)]) }
      }
    }
    sums.setBound(UInt64(bitPattern: bits))
  }

  private static func gatherChecked(
    _ part: StepAdjacency.Part, _ page: Int, _ weights: SweepWeights, where numbers: SweepNumbers,
    into sums: SweepNumbers
  ) throws(QueryError) {
    let first = page << Page.shift
    var bits: Int64 = 0
    for row in 0..<Page.rows {
      var total: Int64 = 0
      let node = UInt32(truncatingIfNeeded: first + row)
      let list = part.reader.neighbours(of: node)
      for k in 0..<(numbers.base[row] == 0 ? 0 : list.count)
      where !(part.skipsLoops && list.neighbours[k] == node) {
        total = try sum(total, weights[list.neighbours[k]])
      }
      sums.base[row] = total
      bits |= total
    }
    sums.setBound(UInt64(bitPattern: bits))
  }
}

/// The matches of patterns that hang off a node and are counted by themselves.
final class BranchSweepFactor: SweepFactor {
  private let terms: [SweptTerm]
  private let mode: CountTerm.Branch.Mode

  /// The only list of neighbours, where their number is all that is asked.
  private let optionalLists: AdjacencyLists?

  init(_ terms: [SweptTerm], _ mode: CountTerm.Branch.Mode) {
    self.terms = terms
    self.mode = mode
    optionalLists =
      terms.count == 1 && terms[0].coefficient == 1 ? terms[0].root.onlyDegree : nil
  }

  override var cost: Int { 3 }
  override var work: Int { terms.reduce(0) { $0 + $1.root.work } }
  override var totalWork: Int { terms.reduce(0) { $0 + $1.root.totalWork } }
  override var isBoundToCaller: Bool { terms.contains { $0.root.isBoundToCaller } }
  override var isLocal: Bool { terms.allSatisfy { $0.root.isLocal } }

  override func prepare(_ sweep: CountSweep) throws(QueryError) {
    for term in terms { try term.root.prepare(sweep) }
  }

  override func multiply(
    _ page: Int, _ numbers: SweepNumbers, _ worker: SweepWorker, _ sweep: CountSweep
  ) throws(QueryError) {
    if case .optional = mode, let lists = optionalLists,
      numbers.multiply(degreesAt: lists.page(page), isOptional: true)
    {
      return
    }
    var made: [(coefficient: Int64, numbers: SweepNumbers)] = []
    let total = worker.take()
    defer {
      for term in made { worker.give(term.numbers) }
      worker.give(total)
    }
    for term in terms {
      let numbers = worker.take()
      made.append((term.coefficient, numbers))
      try term.root.fill(page, numbers, worker, sweep)
    }
    if made.count == 1, made[0].coefficient == 1 {
      made[0].numbers.fold(mode)
      return try numbers.multiply(made[0].numbers)
    }
    try total.set(sumOf: made)
    total.fold(mode)
    try numbers.multiply(total)
  }
}

/// A part that is counted node by node.
final class SingleSweepFactor: SweepFactor {
  private let factor: CountFactor
  private let relationshipCount: Int

  init(_ factor: CountFactor, work: Int) {
    self.factor = factor
    relationshipCount = work
  }

  override var cost: Int { 5 }
  override var work: Int { relationshipCount }
  override var isBoundToCaller: Bool { true }

  override func multiply(
    _ page: Int, _ numbers: SweepNumbers, _ worker: SweepWorker, _ sweep: CountSweep
  ) throws(QueryError) {
    let first = UInt32(truncatingIfNeeded: page << Page.shift)
    var nodes: [UInt32] = []
    var values: [Int64] = []
    for i in 0..<Page.rows where numbers.base[i] != 0 {
      nodes.append(first + UInt32(truncatingIfNeeded: i))
      values.append(numbers.base[i])
    }
    try factor.multiply(&values, of: nodes, sweep.state)
    var bits: UInt64 = 0
    for (node, value) in zip(nodes, values) {
      numbers.base[Int(node &- first)] = value
      bits |= UInt64(bitPattern: value)
    }
    numbers.setBound(bits)
  }
}
