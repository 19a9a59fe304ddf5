import DossierSyntax

/// Relationships to two nodes that are connected themselves: short lists are compared entry by entry,
/// for longer ones the neighbours on one side are marked.
final class TriangleSweepFactor: SweepFactor {
  private let first: EdgeBundle
  private let firstVertex: SweepVertex
  private let second: EdgeBundle
  private let secondVertex: SweepVertex
  private let between: EdgeBundle
  private let secondExists: Bool
  /// The lists, where each side has one.
  private let plain: (first: AdjacencyLists, second: AdjacencyLists, between: AdjacencyLists)?
  private let relationshipCount: Int
  private var firstWeights: SweepWeights?
  private var secondWeights: SweepWeights?

  /// Lists with more pairs of entries are not compared entry by entry.
  private static let fewPairs = 64

  /// `first` and `between`, which is seen from the first node, are single relationships that count.
  init(
    _ first: EdgeBundle, _ firstVertex: SweepVertex, _ second: EdgeBundle,
    _ secondVertex: SweepVertex, between: EdgeBundle, _ graph: Graph
  ) {
    self.first = first
    self.firstVertex = firstVertex
    self.second = second
    self.secondVertex = secondVertex
    self.between = between
    secondExists = second.onlyExists
    if let a = first.onlyList, let b = second.onlyList, let c = between.onlyList {
      plain = (a, b, c)
    } else {
      plain = nil
    }
    relationshipCount =
      first.relationshipCount(graph) + second.relationshipCount(graph)
      + between.relationshipCount(graph)
  }

  override var cost: Int { 4 }
  override var work: Int { 2 * relationshipCount }
  override var totalWork: Int { work + firstVertex.totalWork + secondVertex.totalWork }

  override func prepare(_ sweep: CountSweep) throws(QueryError) {
    sweep.usesMarks = true
    if !firstVertex.isTrivial { firstWeights = try firstVertex.laidOut(sweep) }
    if !secondVertex.isTrivial { secondWeights = try secondVertex.laidOut(sweep) }
  }

  override func multiply(
    _ page: Int, _ numbers: SweepNumbers, _ worker: SweepWorker, _ sweep: CountSweep
  ) throws(QueryError) {
    guard let marks = worker.marks else {
      throw QueryError(.internalError, "a worker without marks")
    }
    let start = UInt32(truncatingIfNeeded: page << Page.shift)
    let (a, b) = (SweepWeights.Reader(firstWeights), SweepWeights.Reader(secondWeights))
    // A node has fewer pairs of neighbours than there are pairs of relationships.
    let pairs = Double(relationshipCount) * Double(relationshipCount)
    let isBounded = Double(a.bound) * Double(b.bound) * pairs < 9e18
    let lists = (first: first.firstLists, second: second.firstLists, between: between.firstLists)
    let own = plain.map {
      (first: $0.first.page(page), second: $0.second.page(page), between: $0.between)
    }
    let target = numbers.base
    var bits: UInt64 = 0
    for row in 0..<Page.rows where target[row] != 0 {
      if row & 255 == 255 { try sweep.state.control.check() }
      let node = start &+ UInt32(truncatingIfNeeded: row)
      var factor: Int64?
      if isBounded {
        if let own {
          factor = Self.entryByEntry(
            AdjacencyPage.list(at: own.first, row), AdjacencyPage.list(at: own.second, row),
            own.between, secondExists, a, b)
        }
        if factor == nil { factor = Self.byMarks(node, lists, secondExists, marks, a, b) }
      }
      let value = if let factor { factor } else { try checkedTotal(node) }
      let (result, isTooLarge) = target[row].multipliedReportingOverflow(by: value)
      if isTooLarge { _ = try product(target[row], value) }
      target[row] = result
      bits |= UInt64(bitPattern: result)
    }
    numbers.setBound(bits)
  }

  /// nil when lists are long.
  @inline(__always)
  private static func entryByEntry(
    _ a: NeighbourList, _ b: NeighbourList, _ between: AdjacencyLists, _ secondExists: Bool,
    _ firstWeights: SweepWeights.Reader, _ secondWeights: SweepWeights.Reader
  ) -> Int64? {
    if a.count == 0 || b.count == 0 { return 0 }
    if a.count > 2 { return nil }
    var total: Int64 = 0
    for k in 0..<a.count {
      let near = a.neighbours[k]
      let c = between.neighbours(of: near)
      if b.count &* c.count > fewPairs { return nil }
      var inner: Int64 = 0
      for j in 0..<c.count {
        let far = c.neighbours[j]
        var times = 0
        if secondExists {
          for i in 0..<b.count { times |= bit(b.neighbours[i] == far) }
        } else {
          for i in 0..<b.count { times &+= bit(b.neighbours[i] == far) }
        }
        inner &+= Int64(truncatingIfNeeded: times) &* secondWeights[far]
      }
      total &+= inner &* firstWeights[near]
    }
    return total
  }

  /// nil when a neighbour on the second side counts several times.
  @inline(__always)
  private static func byMarks(
    _ node: UInt32, _ lists: (first: StepLists, second: StepLists, between: StepLists),
    _ secondExists: Bool, _ marks: SweepMarks, _ firstWeights: SweepWeights.Reader,
    _ secondWeights: SweepWeights.Reader
  ) -> Int64? {
    let (marks, round) = marks.begin()
    var repeated = 0
    for part in lists.second {
      let list = part.reader.neighbours(of: node)
      for k in 0..<list.count {
        let other = list.neighbours[k]
        if part.skipsLoops && other == node { continue }
        repeated |= bit(marks[Int(other)] == round)
        marks[Int(other)] = round
      }
    }
    if repeated != 0 && !secondExists { return nil }
    var total: Int64 = 0
    for part in lists.first {
      let list = part.reader.neighbours(of: node)
      for k in 0..<list.count {
        let near = list.neighbours[k]
        if part.skipsLoops && near == node { continue }
        let weight = firstWeights[near]
        if weight == 0 { continue }
        total &+= weight &* marked(near, lists.between, marks, round, secondWeights)
      }
    }
    return total
  }

  /// The sum over the neighbours of a first node that are marked.
  @inline(__always)
  private static func marked(
    _ near: UInt32, _ between: StepLists, _ marks: UnsafeMutablePointer<UInt32>, _ round: UInt32,
    _ weights: SweepWeights.Reader
  ) -> Int64 {
    var sum: Int64 = 0
    for part in between {
      let list = part.reader.neighbours(of: near)
      if weights.isOne && !part.skipsLoops {
        for k in 0..<list.count {
          sum &+= Int64(truncatingIfNeeded: bit(marks[Int(list.neighbours[k])] == round))
        }
        continue
      }
      for k in 0..<list.count where marks[Int(list.neighbours[k])] == round {
        if part.skipsLoops && list.neighbours[k] == near { continue }
        sum &+= weights[list.neighbours[k]]
      }
    }
    return sum
  }

  private func checkedTotal(_ node: UInt32) throws(QueryError) -> Int64 {
    let (a, b) = (SweepWeights.Reader(firstWeights), SweepWeights.Reader(secondWeights))
    var scratch: [UInt32] = []
    var inner: [UInt32] = []
    var total: Int64 = 0
    var overflow = false
    first.forEach(node, &scratch) { near, count in
      if a[near] == 0 { return }
      between.forEach(near, &inner) { far, times in
        var value = a[near]
        let found = second.multiplicity(node, far)
        if found == 0 { return }
        for factor in [Int64(count), Int64(times), Int64(found), b[far]] {
          let (next, isTooLarge) = value.multipliedReportingOverflow(by: factor)
          overflow = overflow || isTooLarge
          value = next
        }
        let (next, isTooLarge) = total.addingReportingOverflow(value)
        overflow = overflow || isTooLarge
        total = next
      }
    }
    return overflow ? try product(.max, 2) : total
  }
}
