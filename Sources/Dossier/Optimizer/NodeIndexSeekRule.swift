/// Nodes whose property must equal a value known before are looked up, not searched for:
///
///     Filter n.k = $v                    NodeIndexSeek (n:L {k: $v})
///       NodeByLabelScan n:L      →         Unit
///
///     HashJoin f(a) = n.k                NodeIndexSeek (n:L {k: f(a)})
///       …a…                      →         …a…
///       NodeByLabelScan n:L
///
/// Holds for values that cannot fail. Worthwhile in larger graphs; the second form when the left side
/// is expected to have far fewer rows than there are nodes. Further filters stay above. A `MERGE` for
/// several rows makes the graph larger while it runs, so it always looks up.
struct NodeIndexSeekRule {
  let errorFreedom: ErrorFreedom
  let model: CardinalityModel
  /// Labels with fewer nodes are scanned.
  let fewestNodes: Int

  /// From here on building and asking an index beats comparing a column.
  static let worthwhileNodes = 512
  /// Nodes per row of the left side from which on asking for each row beats one scan.
  private static let nodesPerRow = 8.0

  func apply(to plan: LogicalOperator, argument: SlotSet) -> LogicalOperator {
    let plan = plan.mapWithArgument(argument) { apply(to: $0, argument: $1) }
    switch plan {
    case .filter(let input, let predicate): return seek(predicate, over: input) ?? plan
    case .hashJoin(let left, let right, let leftKeys, let rightKeys):
      return join(left, right, leftKeys, rightKeys) ?? plan
    case .merge(let input, let match, let create, let onCreate, let onMatch, let range):
      guard fewestNodes > 0, (model.estimates(of: input).first ?? 1) > 1 else { return plan }
      let rule = NodeIndexSeekRule(errorFreedom: errorFreedom, model: model, fewestNodes: 0)
      let seek = rule.apply(to: match, argument: SlotSets.visible(input, argument: argument))
      return .merge(
        input, match: seek, create: create, onCreate: onCreate, onMatch: onMatch, range)
    default: return plan
    }
  }

  // MARK: Constants

  private func seek(
    _ predicate: BoundExpression, over plan: LogicalOperator
  ) -> LogicalOperator? {
    guard case .comparison(.equal, let a, let b) = predicate else { return nil }
    for (property, value) in [(a, b), (b, a)] {
      guard case .property(.slot(let node), let key, _) = property,
        errorFreedom.isSafe(value), SlotSets.read(by: [value]).isEmpty
      else { continue }
      if let found = replaceScan(of: node, in: plan, key, value, over: .unit) { return found }
    }
    return nil
  }

  /// The plan with its scan of the node replaced; filters above the scan stay.
  private func replaceScan(
    of node: Slot, in plan: LogicalOperator, _ key: String, _ value: BoundExpression,
    over input: LogicalOperator
  ) -> LogicalOperator? {
    switch plan {
    case .nodeScan(let scanned, let labels) where scanned == node && isWorthwhile(labels):
      errorFreedom.slots.noteSeek(key)
      return .nodeIndexSeek(input, node: node, labels: labels, key: key, value: value)
    case .filter(let inner, let predicate):
      return replaceScan(of: node, in: inner, key, value, over: input)
        .map { .filter($0, predicate) }
    default: return nil
    }
  }

  private func isWorthwhile(_ labels: [String]) -> Bool {
    let nodes =
      labels.map { model.statistics.nodeCount(label: $0) }.min() ?? model.statistics.nodeCount
    return nodes >= fewestNodes
  }

  // MARK: Values of other rows

  private func join(
    _ left: LogicalOperator, _ right: LogicalOperator, _ leftKeys: [BoundExpression],
    _ rightKeys: [BoundExpression]
  ) -> LogicalOperator? {
    guard let (node, labels) = scan(in: right),
      fewestNodes == 0 || isSmall(left, beside: labels)
    else { return nil }
    for index in rightKeys.indices {
      guard case .property(.slot(let slot), let key, _) = rightKeys[index], slot == node,
        let found = replaceScan(of: node, in: right, key, leftKeys[index], over: left)
      else { continue }
      var plan = found
      for other in rightKeys.indices where other != index {
        plan = .filter(plan, .comparison(.equal, leftKeys[other], rightKeys[other]))
      }
      return plan
    }
    return nil
  }

  private func scan(in plan: LogicalOperator) -> (node: Slot, labels: [String])? {
    switch plan {
    case .nodeScan(let node, let labels): (node, labels)
    case .filter(let input, _): scan(in: input)
    default: nil
    }
  }

  private func isSmall(_ left: LogicalOperator, beside labels: [String]) -> Bool {
    (model.estimates(of: left).first ?? 1) * Self.nodesPerRow < model.rows(ofNodesWith: labels)
  }
}

extension LogicalOperator {
  /// The operator over rewritten children, each with the slots of the rows that it runs for.
  func mapWithArgument(
    _ argument: SlotSet, _ transform: (LogicalOperator, SlotSet) -> LogicalOperator
  ) -> LogicalOperator {
    switch self {
    case .apply(let input, let right):
      return .apply(
        transform(input, argument),
        right: transform(right, SlotSets.visible(input, argument: argument)))
    case .optionalApply(let input, let right, let nullable):
      return .optionalApply(
        transform(input, argument),
        right: transform(right, SlotSets.visible(input, argument: argument)), nullable: nullable)
    case .semiApply(let input, let right, let negated):
      return .semiApply(
        transform(input, argument),
        right: transform(right, SlotSets.visible(input, argument: argument)), negated: negated)
    case .merge(let input, let match, let create, let onCreate, let onMatch, let range):
      return .merge(
        transform(input, argument),
        match: transform(match, SlotSets.visible(input, argument: argument)), create: create,
        onCreate: onCreate, onMatch: onMatch, range)
    default: return mapChildren { transform($0, argument) }
    }
  }
}
