/// The rewrites that make a plan fast; each can be left out, without any the plan is naive.
struct OptimizerRules: OptionSet, Sendable {
  let rawValue: UInt32

  /// Patterns are found in the order in which few rows are expected (`PatternSteps`).
  static let patternOrder = OptimizerRules(rawValue: 1 << 0)
  static let filterPushdown = OptimizerRules(rawValue: 1 << 1)
  static let labelScan = OptimizerRules(rawValue: 1 << 2)
  static let hashJoin = OptimizerRules(rawValue: 1 << 3)
  static let semiApply = OptimizerRules(rawValue: 1 << 4)
  static let top = OptimizerRules(rawValue: 1 << 5)

  static let nodeIndexSeek = OptimizerRules(rawValue: 1 << 6)
  /// With `nodeIndexSeek`: in graphs of any size, where a scan would be as quick. For tests.
  static let seekAlways = OptimizerRules(rawValue: 1 << 7)
  static let patternCount = OptimizerRules(rawValue: 1 << 8)
  static let chainPredicate = OptimizerRules(rawValue: 1 << 9)
  static let distinctEnds = OptimizerRules(rawValue: 1 << 10)
  static let expandIntersect = OptimizerRules(rawValue: 1 << 11)
  static let mergeMatches = OptimizerRules(rawValue: 1 << 12)
  static let countedEnd = OptimizerRules(rawValue: 1 << 13)
  static let expandGrouped = OptimizerRules(rawValue: 1 << 14)
  static let groupByNode = OptimizerRules(rawValue: 1 << 15)
  static let distinctEndCount = OptimizerRules(rawValue: 1 << 16)
  static let collectUnwind = OptimizerRules(rawValue: 1 << 17)
  /// Not a rewrite: pages of values whose zone tells enough are not read (`Zone`).
  static let zoneMaps = OptimizerRules(rawValue: 1 << 18)

  static let all: OptimizerRules = [
    .patternOrder, .filterPushdown, .labelScan, .hashJoin, .semiApply, .top, .nodeIndexSeek,
    .patternCount, .chainPredicate, .distinctEnds, .expandIntersect, .mergeMatches, .countedEnd,
    .expandGrouped, .groupByNode, .distinctEndCount, .collectUnwind, .zoneMaps,
  ]
}
