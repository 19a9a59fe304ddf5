extension CardinalityModel {
  /// The expected rows of an operator from those of its children, which stand in
  /// `LogicalOperator.children` order.
  func rows(of plan: LogicalOperator, over children: [Double]) -> Double {
    let input = children.first ?? 1
    switch plan {
    case .argument, .unit, .nodeIndexSeek: return input
    case .patternCount: return 1
    case .nodeScan(_, let labels): return rows(ofNodesWith: labels)
    case .expand(let below, let step): return input * factor(of: step, nil, over: below)
    case .statementExpand(_, let step): return input * statementFactor(closes: step.toIsBound)
    case .expandIntersect(let below, let first, let second):
      var closing = second
      closing.toIsBound = true
      return input * factor(of: first, nil, over: below)
        * factor(of: closing, nil, over: .expand(below, first))
    case .expandGrouped(let below, let first, let second, _):
      return input * factor(of: first, nil, over: below)
        * factor(of: second, nil, over: .expand(below, first))
    case .variableLengthExpand(let below, let step, let length):
      let ends = length.distinctEnds ? rows(ofNodesWith: step.toLabels) : .infinity
      return input * min(factor(of: step, length, over: below), ends)
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
    case .evidence: return input * 4
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

  private func factor(
    of step: ExpandStep, _ length: VariableLength?, over plan: LogicalOperator
  ) -> Double {
    let farLabels = step.toIsBound ? plan.labels(of: step.to) : step.toLabels
    let degree = degree(
      types: step.types, direction: step.direction, labels: plan.labels(of: step.from),
      farLabels: farLabels)
    let rows = fanOut(degree, length)
    if !step.toIsBound { return rows }
    return rows
      / max(farNodes(types: step.types, direction: step.direction, labels: farLabels), 1)
  }
}

extension LogicalOperator {
  /// The labels that nodes in a slot are known to have by how they were found.
  func labels(of slot: Slot) -> [String] {
    switch self {
    case .nodeScan(let node, let labels) where node == slot: return labels
    case .nodeIndexSeek(_, let node, let labels, _, _) where node == slot: return labels
    case .expand(_, let step) where step.to == slot && !step.toIsBound: return step.toLabels
    case .expandIntersect(_, let step, _) where step.to == slot: return step.toLabels
    case .expandGrouped(_, _, let step, _) where step.to == slot: return step.toLabels
    case .variableLengthExpand(_, let step, _) where step.to == slot && !step.toIsBound:
      return step.toLabels
    default: break
    }
    for input in children {
      let labels = input.labels(of: slot)
      if !labels.isEmpty { return labels }
    }
    return []
  }
}
