import DossierSyntax

/// How many rows to expect, from counts of labels and types and fixed shares for predicates.
struct CardinalityModel {
  let statistics: any GraphStatistics

  private static let equality = 0.05
  /// The nodes that one value of a property is expected to lead to.
  private static let equalNodes = 16.0
  private static let range = 0.3
  private static let other = 0.5
  /// Chains without an upper bound are taken to be this much longer than their minimum.
  private static let openLength = 3

  private var nodes: Double { Double(max(statistics.nodeCount, 1)) }

  /// The nodes that have all of the labels, labels taken as independent.
  func rows(ofNodesWith labels: [String]) -> Double {
    labels.reduce(Double(statistics.nodeCount)) { rows, label in
      rows * Double(statistics.nodeCount(label: label)) / nodes
    }
  }

  /// The share of nodes that have all of the labels.
  func selectivity(of labels: [String]) -> Double {
    rows(ofNodesWith: labels) / nodes
  }

  /// The average number of relationships of any of the types from a node with the labels to nodes with
  /// the far labels; a node of unknown labels is one that may have such relationships.
  func degree(
    types: [String], direction: ExpandStep.Direction, labels: [String], farLabels: [String]
  ) -> Double {
    if types.isEmpty {
      return relationships(types: [], direction: direction) / max(rows(ofNodesWith: labels), 1)
        * selectivity(of: farLabels)
    }
    return types.reduce(0) { sum, type in
      sum + direction.nearEnds.reduce(0) { $0 + degree(type, $1, labels, farLabels) }
    }
  }

  /// The relationships of any of the types, each once for each direction in which it may be followed.
  func relationships(types: [String], direction: ExpandStep.Direction) -> Double {
    let count =
      types.isEmpty
      ? statistics.relationshipCount
      : types.reduce(0) { $0 + statistics.relationshipCount(type: $1) }
    return Double(count) * (direction == .both ? 2 : 1)
  }

  /// Labels of both ends are taken to go together: the relationships of one kind of near node are those
  /// of one kind of far node.
  private func degree(
    _ type: String, _ near: RelationshipEnd, _ labels: [String], _ farLabels: [String]
  ) -> Double {
    let share = min(share(type, near, labels), share(type, near.other, farLabels))
    let count = Double(statistics.relationshipCount(type: type)) * share
    if labels.isEmpty {
      return count / Double(max(statistics.nodeCount(at: near, ofType: type), 1))
    }
    return count / max(rows(ofNodesWith: labels), 1)
  }

  /// The share of the relationships of a type whose node at an end has the labels.
  private func share(_ type: String, _ end: RelationshipEnd, _ labels: [String]) -> Double {
    let total = Double(max(statistics.relationshipCount(type: type), 1))
    return labels.reduce(1) { share, label in
      min(share, Double(statistics.relationshipCount(type: type, at: end, label: label)) / total)
    }
  }

  /// How many nodes may stand at the far end of a step, all of them with the labels.
  func farNodes(
    types: [String], direction: ExpandStep.Direction, labels: [String]
  ) -> Double {
    if !labels.isEmpty || types.isEmpty { return rows(ofNodesWith: labels) }
    return Double(
      types.flatMap { type in
        direction.opposite.nearEnds.map { statistics.nodeCount(at: $0, ofType: type) }
      }.max() ?? 0)
  }

  /// The rows that one row becomes along relationships with a relationship at an end: little is said
  /// about most relationships.
  func statementFactor(closes: Bool) -> Double { closes ? Self.other : 1 }

  /// The rows that one row becomes when a chain of the length is followed.
  func fanOut(_ degree: Double, _ length: VariableLength?) -> Double {
    guard let length else { return degree }
    let longest = min(length.maximum ?? .max, length.minimum + Self.openLength)
    guard longest >= length.minimum else { return 0 }
    var rows = 0.0
    for hops in length.minimum...longest {
      rows += power(degree, hops)
      if rows > 1e18 { return 1e18 }
    }
    return rows
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<min(exponent, 64) {
      result *= base
      if result > 1e18 || result < 1e-18 { break }
    }
    return result
  }

  /// The share of the nodes with the labels that a predicate on one of their properties keeps:
  /// equality with a value is taken to find few of them.
  func selectivity(of predicate: BoundExpression, labels: [String]) -> Double {
    let share = selectivity(of: predicate)
    guard case .comparison(.equal, let a, let b) = predicate else { return share }
    switch (a, b) {
    case (.property(.slot, _, _), _), (_, .property(.slot, _, _)):
      return min(share, Self.equalNodes / max(rows(ofNodesWith: labels), 1))
    default: return share
    }
  }

  /// The share of rows that a predicate keeps.
  func selectivity(of predicate: BoundExpression) -> Double {
    switch predicate {
    case .comparison(.equal, _, _): Self.equality
    case .comparison(.notEqual, _, _), .isNotNull: 1 - Self.equality
    case .comparison: Self.range
    case .in(_, .constant(.list(let list)), _): min(1, Double(list.count) * Self.equality)
    case .hasLabels(_, let labels, _): selectivity(of: labels)
    case .isNull: Self.equality
    case .not(let operand, _): 1 - selectivity(of: operand)
    case .and(let operands, _): operands.reduce(1) { $0 * selectivity(of: $1) }
    case .or(let operands, _):
      1 - operands.reduce(1) { $0 * (1 - selectivity(of: $1)) }
    case .stringPredicate: Self.range
    default: Self.other
    }
  }
}

extension ExpandStep.Direction {
  /// The direction as seen from the other end.
  var opposite: ExpandStep.Direction {
    switch self {
    case .outgoing: .incoming
    case .incoming: .outgoing
    case .both: .both
    }
  }

  /// Which ends of relationships the node is at where the step begins.
  fileprivate var nearEnds: [RelationshipEnd] {
    switch self {
    case .outgoing: [.start]
    case .incoming: [.end]
    case .both: [.start, .end]
    }
  }
}

extension RelationshipEnd {
  fileprivate var other: RelationshipEnd { self == .start ? .end : .start }
}
