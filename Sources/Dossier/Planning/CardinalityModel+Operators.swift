extension CardinalityModel {
  /// The expected rows of an operator from those of its children, which stand in
  /// `LogicalOperator.children` order.
  func rows(of plan: LogicalOperator, over children: [Double]) -> Double {
    let input = children.first ?? 1
    switch plan {
    case .argument, .unit, .nodeIndexSeek: return input
    case .nodeScan(_, let labels): return rows(ofNodesWith: labels)
    case .expand(_, let step): return input * factor(of: step, nil)
    case .expandIntersect(_, let first, let second):
      return input * factor(of: first, nil) * factor(of: second, nil)
    case .variableLengthExpand(_, let step, let length): return input * factor(of: step, length)
    case .filter(_, let predicate): return input * selectivity(of: predicate)
    case .aggregation(_, let keys, _): return keys.isEmpty ? 1 : input.squareRoot()
    case .distinct: return input * 0.9
    case .top(_, _, let limit, _), .limit(_, let limit, _):
      if case .constant(.integer(let count)) = limit { return min(input, Double(count)) }
      return input
    case .skip(_, let count, _):
      if case .constant(.integer(let count)) = count { return max(0, input - Double(count)) }
      return input
    case .unwind(_, let list, _):
      switch list {
      case .constant(.list(let elements)): return input * Double(elements.count)
      case .list(let elements): return input * Double(elements.count)
      default: return input * 10
      }
    case .loadCSV: return input * 1_000
    case .union: return children.reduce(0, +)
    case .cartesianProduct, .apply: return children.reduce(1, *)
    case .hashJoin: return children.reduce(1, *) * 0.05
    case .optionalApply: return input * max(1, children.last ?? 1)
    case .semiApply: return input * 0.5
    case .merge: return input * max(1, children.last ?? 1)
    case .emptyResult: return 0
    default: return input
    }
  }

  private func factor(of step: ExpandStep, _ length: VariableLength?) -> Double {
    let degree = degree(types: step.types, direction: step.direction, labels: [])
    let rows = fanOut(degree, length)
    if step.toIsBound {
      return rows / max(farNodes(types: step.types, direction: step.direction, labels: []), 1)
    }
    return rows
      * farShare(types: step.types, direction: step.direction, labels: step.toLabels)
  }
}
