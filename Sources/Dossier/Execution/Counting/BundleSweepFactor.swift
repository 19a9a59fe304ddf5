import DossierSyntax

/// Several relationships, or at least one, between a node and a neighbour: the products of their
/// numbers, times the number of the neighbour, summed over neighbours.
///
/// Two nodes seldom have more than one relationship of a kind, and that is found out quickly by
/// marks. Only nodes where it is otherwise are looked at neighbour by neighbour.
final class BundleSweepFactor: SweepFactor {
  private enum Kind {
    /// The same step several times.
    case repeated
    /// Two steps; the first counts once if told so, and so does the second.
    case pair(firstExists: Bool, secondExists: Bool)
    case other
  }

  private let bundle: EdgeBundle
  private let kind: Kind
  private let far: SweepVertex
  private let relationshipCount: Int
  private var weights: SweepWeights?

  init(_ bundle: EdgeBundle, _ far: SweepVertex, _ graph: Graph) {
    self.bundle = bundle
    self.far = far
    relationshipCount = bundle.relationshipCount(graph)
    if bundle.repeatsOneStep {
      kind = .repeated
    } else if let (first, second) = bundle.pairExists {
      kind = .pair(firstExists: first, secondExists: second)
    } else {
      kind = .other
    }
  }

  override var cost: Int { 4 }
  override var work: Int { 2 * relationshipCount }
  override var totalWork: Int { work + far.totalWork }

  override func prepare(_ sweep: CountSweep) throws(QueryError) {
    sweep.usesMarks = true
    if !far.isTrivial { weights = try far.laidOut(sweep) }
  }

  override func multiply(
    _ page: Int, _ numbers: SweepNumbers, _ worker: SweepWorker, _ sweep: CountSweep
  ) throws(QueryError) {
    guard let marks = worker.marks else {
      throw QueryError(.internalError, "a worker without marks")
    }
    let start = UInt32(truncatingIfNeeded: page << Page.shift)
    let reader = SweepWeights.Reader(weights)
    let isBounded = Double(reader.bound) * Double(relationshipCount) < 4e18
    let (first, second) = (bundle.firstLists, bundle.secondLists)
    let target = numbers.base
    var scratch: [UInt32] = []
    var bits: UInt64 = 0
    for row in 0..<Page.rows where target[row] != 0 {
      let node = start &+ UInt32(truncatingIfNeeded: row)
      var sum: Int64?
      if isBounded {
        switch kind {
        case .repeated: sum = Self.sumOfSingles(node, first, marks, reader)
        case .pair(let a, let b): sum = Self.sumOfPairs(node, first, a, second, b, marks, reader)
        case .other: break
        }
      }
      let factor = if let sum { sum } else { try checkedSum(node, &scratch) }
      let (result, isTooLarge) = target[row].multipliedReportingOverflow(by: factor)
      if isTooLarge { _ = try product(target[row], factor) }
      target[row] = result
      bits |= UInt64(bitPattern: result)
    }
    numbers.setBound(bits)
  }

  /// The sum over neighbours that have one relationship each; nil when some have more.
  @inline(__always)
  private static func sumOfSingles(
    _ node: UInt32, _ parts: StepLists, _ marks: SweepMarks, _ weights: SweepWeights.Reader
  ) -> Int64? {
    let (marks, round) = marks.begin()
    var repeated: UInt32 = 0
    var sum: Int64 = 0
    for part in parts {
      let list = part.reader.neighbours(of: node)
      for k in 0..<list.count {
        let other = list.neighbours[k]
        if part.skipsLoops && other == node { continue }
        repeated |= UInt32(truncatingIfNeeded: bit(marks[Int(other)] == round))
        marks[Int(other)] = round
        sum &+= weights[other]
      }
    }
    return repeated == 0 ? sum : nil
  }

  /// The sum over neighbours by both steps; nil when some count several times on the first.
  @inline(__always)
  private static func sumOfPairs(
    _ node: UInt32, _ first: StepLists, _ firstExists: Bool, _ second: StepLists,
    _ secondExists: Bool, _ marks: SweepMarks, _ weights: SweepWeights.Reader
  ) -> Int64? {
    let (marks, round) = marks.begin()
    var repeated = 0
    for part in first {
      let list = part.reader.neighbours(of: node)
      for k in 0..<list.count {
        let other = list.neighbours[k]
        if part.skipsLoops && other == node { continue }
        repeated |= bit(marks[Int(other)] == round)
        marks[Int(other)] = round
      }
    }
    if repeated != 0 && !firstExists { return nil }
    var sum: Int64 = 0
    for part in second {
      let list = part.reader.neighbours(of: node)
      for k in 0..<list.count where marks[Int(list.neighbours[k])] == round {
        let other = list.neighbours[k]
        if part.skipsLoops && other == node { continue }
        sum &+= weights[other]
        if secondExists { marks[Int(other)] = 0 }
      }
    }
    return sum
  }

  private func checkedSum(
    _ node: UInt32, _ scratch: inout [UInt32]
  ) throws(QueryError) -> Int64 {
    let reader = SweepWeights.Reader(weights)
    var total: Int64 = 0
    var overflow = false
    bundle.forEach(node, &scratch) { neighbour, count in
      let (part, isTooLarge) = reader[neighbour].multipliedReportingOverflow(by: Int64(count))
      let (next, sumIsTooLarge) = total.addingReportingOverflow(part)
      overflow = overflow || isTooLarge || sumIsTooLarge
      total = next
    }
    return overflow ? try product(.max, 2) : total
  }
}
