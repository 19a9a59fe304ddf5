extension LogicalPlan {
  /// The operators as `EXPLAIN` shows them, the root first, children below their parents.
  ///
  /// `estimatedRows` is nil for statements that were not planned to be explained.
  func describe() -> [(depth: Int, name: String, details: String, estimatedRows: Double?)] {
    let text = PlanText(names: slotNames)
    var lines: [(depth: Int, name: String, details: String, estimatedRows: Double?)] = []
    var pending = [(plan: root, depth: 0)]
    while let (plan, depth) = pending.popLast() {
      let estimate = lines.count < estimates.count ? estimates[lines.count] : nil
      lines.append((depth, plan.title, text.details(of: plan), estimate))
      pending.append(contentsOf: plan.children.reversed().map { ($0, depth + 1) })
    }
    if let systemTime {
      let instant = "FOR SYSTEM_TIME AS OF \(text.text(systemTime.instant))"
      lines[0].details += lines[0].details.isEmpty ? instant : " · \(instant)"
    }
    return lines
  }
}

extension CardinalityModel {
  /// The expected rows of all operators of a plan, in the order of `LogicalPlan.describe()`.
  func estimates(of plan: LogicalOperator) -> [Double] {
    var estimates: [Double] = []
    addEstimates(of: plan, to: &estimates)
    return estimates
  }

  private func addEstimates(of plan: LogicalOperator, to estimates: inout [Double]) {
    let place = estimates.count
    estimates.append(0)
    var below: [Double] = []
    for child in plan.children {
      let childPlace = estimates.count
      addEstimates(of: child, to: &estimates)
      below.append(estimates[childPlace])
    }
    estimates[place] = rows(of: plan, over: below)
  }
}
