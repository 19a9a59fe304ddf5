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

  /// The average number of relationships of any of the types at a node with the labels.
  func degree(types: [String], isDirected: Bool, labels: [String]) -> Double {
    let count =
      types.isEmpty
      ? statistics.relationshipCount
      : types.reduce(0) { $0 + statistics.relationshipCount(type: $1) }
    let near = max(rows(ofNodesWith: labels), 1)
    return Double(count) * (isDirected ? 1 : 2) / near
  }

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
