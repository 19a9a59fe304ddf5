import DossierSyntax

/// A breadth-first search for the shortest chains between two nodes whose relationships, with their
/// ends, are all valid at one instant.
///
/// A node is reached anew when it is reached at other times than before: the first way to it may be
/// one that cannot be gone on.
struct ContemporaneousSearch {
  typealias Step = (neighbour: UInt32, relationship: UInt32)

  /// A node reached by chains of one length that share one period.
  private struct Arrival {
    var node: UInt32
    var period: Period
    /// The arrivals before, each with the relationship from there.
    var origins: [(arrival: Int, relationship: UInt32)]
  }

  private struct Key: Hashable {
    var node: UInt32
    var period: Period
  }

  private let periods: GraphPeriods
  private let length: VariableLength
  private let all: Bool
  private let start: Period

  init(_ periods: GraphPeriods, _ length: VariableLength, all: Bool, within start: Period) {
    self.periods = periods
    self.length = length
    self.all = all
    self.start = start
  }

  /// One shortest chain, or all of them; `steps` gives the relationships at a node.
  func chains(
    from first: UInt32, to last: UInt32, _ steps: (UInt32) throws(QueryError) -> [Step]
  ) throws(QueryError) -> [[UInt32]] {
    if first == last { return length.minimum == 0 ? [[]] : [] }
    var arrivals = [Arrival(node: first, period: start, origins: [])]
    var known: [UInt32: [Period]] = [first: [start]]
    var level = 0..<1
    var depth = 0
    while !level.isEmpty, length.maximum.map({ depth < $0 }) ?? true {
      depth += 1
      var positions: [Key: Int] = [:]
      let begin = arrivals.count
      for position in level {
        for step in try steps(arrivals[position].node) {
          let period = arrivals[position].period.intersection(
            periods.period(relationshipWithEnds: step.relationship))
          if period.isEmpty || isKnown(step.neighbour, period, known) { continue }
          let origin = (arrival: position, relationship: step.relationship)
          let key = Key(node: step.neighbour, period: period)
          if let place = positions[key] {
            if all { arrivals[place].origins.append(origin) }
          } else {
            positions[key] = arrivals.count
            arrivals.append(Arrival(node: step.neighbour, period: period, origins: [origin]))
          }
        }
      }
      level = begin..<arrivals.count
      let found = level.filter { arrivals[$0].node == last }
      if !found.isEmpty { return walkBack(from: found, arrivals) }
      for position in level {
        known[arrivals[position].node, default: []].append(arrivals[position].period)
      }
    }
    return []
  }

  /// Whether a shorter chain reaches the node at all these times.
  private func isKnown(_ node: UInt32, _ period: Period, _ known: [UInt32: [Period]]) -> Bool {
    known[node]?.contains { $0.contains(period) } ?? false
  }

  private func walkBack(from found: [Int], _ arrivals: [Arrival]) -> [[UInt32]] {
    var complete: [[UInt32]] = []
    var open: [(arrival: Int, chain: [UInt32])] = found.reversed().map { ($0, []) }
    while let (position, chain) = open.popLast() {
      let arrival = arrivals[position]
      if arrival.origins.isEmpty {
        complete.append(chain.reversed())
        if !all { return complete }
        continue
      }
      for origin in arrival.origins.reversed() {
        open.append((origin.arrival, chain + [origin.relationship]))
      }
    }
    return complete
  }
}
