/// Label predicates become part of the operator that finds the node:
///
///     Filter n:L                         NodeByLabelScan n:K:L
///       NodeByLabelScan n:K      →
///
///     Filter b:L                         Expand (a)-->(b:L)
///       Expand (a)-->(b)         →
///
/// Holds always; other filters in between are passed, as they stay above.
struct LabelScan {
  func apply(to plan: LogicalOperator) -> LogicalOperator {
    let plan = plan.mapChildren(apply)
    guard case .filter(let input, .hasLabels(.slot(let node), let labels, _)) = plan,
      let absorbed = absorb(labels, of: node, into: input)
    else { return plan }
    return absorbed
  }

  private func absorb(
    _ labels: [String], of node: Slot, into plan: LogicalOperator
  ) -> LogicalOperator? {
    switch plan {
    case .nodeScan(node, let known): return .nodeScan(node: node, labels: union(known, labels))
    case .expand(let input, var step) where step.to == node && !step.toIsBound:
      step.toLabels = union(step.toLabels, labels)
      return .expand(input, step)
    case .variableLengthExpand(let input, var step, let length)
    where step.to == node && !step.toIsBound:
      step.toLabels = union(step.toLabels, labels)
      return .variableLengthExpand(input, step, length)
    case .filter(let input, let predicate):
      return absorb(labels, of: node, into: input).map { .filter($0, predicate) }
    default: return nil
    }
  }

  private func union(_ known: [String], _ labels: [String]) -> [String] {
    known
      + labels.filter { label in
        !known.contains { VariableName($0) == VariableName(label) }
      }
  }
}
