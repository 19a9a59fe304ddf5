/// A sort whose first rows are wanted only keeps no more than those:
///
///     Limit n                            Top n
///       Sort                     →         input
///         input
///
///     Limit n                            Skip m
///       Skip m                   →         Top m + n
///         Sort                               input
///           input
///
/// The second form holds for constants whose sum fits.
struct TopRule {
  func apply(to plan: LogicalOperator) -> LogicalOperator {
    let plan = plan.mapChildren(apply)
    switch plan {
    case .limit(.sort(let input, let keys), let count, let range):
      return .top(input, keys, limit: count, range)
    case .limit(.skip(.sort(let input, let keys), let skipped, let skipRange), let count, let range):
      guard case .constant(.integer(let m)) = skipped, case .constant(.integer(let n)) = count,
        m >= 0, n >= 0
      else { return plan }
      let (sum, overflow) = m.addingReportingOverflow(n)
      if overflow { return plan }
      return .skip(
        .top(input, keys, limit: .constant(.integer(sum)), range), skipped, skipRange)
    default: return plan
    }
  }
}
