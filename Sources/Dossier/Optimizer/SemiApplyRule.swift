/// A subquery that decides on rows becomes a join that looks for one match:
///
///     Filter EXISTS { plan }             SemiApply
///       input                    →         input
///                                          plan
///
/// Holds always; `NOT EXISTS` gives the anti-join.
struct SemiApplyRule {
  func apply(to plan: LogicalOperator) -> LogicalOperator {
    let plan = plan.mapChildren(apply)
    switch plan {
    case .filter(let input, .exists(let right)):
      return .semiApply(input, right: right, negated: false)
    case .filter(let input, .not(.exists(let right), _)):
      return .semiApply(input, right: right, negated: true)
    default: return plan
    }
  }
}
