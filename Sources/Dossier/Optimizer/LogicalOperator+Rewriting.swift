extension LogicalOperator {
  /// The operator over rewritten inputs and right sides.
  func mapChildren(_ transform: (LogicalOperator) -> LogicalOperator) -> LogicalOperator {
    switch self {
    case .argument, .nodeScan, .unit, .patternCount: self
    case .nodeIndexSeek(let input, let node, let labels, let key, let value):
      .nodeIndexSeek(transform(input), node: node, labels: labels, key: key, value: value)
    case .expand(let input, let step): .expand(transform(input), step)
    case .statementExpand(let input, let step): .statementExpand(transform(input), step)
    case .expandIntersect(let input, let first, let second):
      .expandIntersect(transform(input), first, second)
    case .expandGrouped(let input, let first, let second, let ways):
      .expandGrouped(transform(input), first, second, ways: ways)
    case .variableLengthExpand(let input, let step, let length):
      .variableLengthExpand(transform(input), step, length)
    case .shortestPath(let input, let step, let length, let all):
      .shortestPath(transform(input), step, length, all: all)
    case .filter(let input, let predicate): .filter(transform(input), predicate)
    case .projection(let input, let items): .projection(transform(input), items)
    case .aggregation(let input, let keys, let aggregates):
      .aggregation(transform(input), keys: keys, aggregates: aggregates)
    case .distinct(let input, let slots): .distinct(transform(input), slots)
    case .sort(let input, let keys): .sort(transform(input), keys)
    case .top(let input, let keys, let limit, let range):
      .top(transform(input), keys, limit: limit, range)
    case .skip(let input, let count, let range): .skip(transform(input), count, range)
    case .limit(let input, let count, let range): .limit(transform(input), count, range)
    case .unwind(let input, let list, let element):
      .unwind(transform(input), list: list, element: element)
    case .loadCSV(let input, let load): .loadCSV(transform(input), load)
    case .evidence(let input, let evidence): .evidence(transform(input), evidence)
    default: mapBranches(transform)
    }
  }

  private func mapBranches(
    _ transform: (LogicalOperator) -> LogicalOperator
  ) -> LogicalOperator {
    switch self {
    case .union(let inputs, let slots, let all):
      .union(
        inputs.map { (input: transform($0.input), slots: $0.slots) }, slots: slots, all: all)
    case .cartesianProduct(let left, let right):
      .cartesianProduct(transform(left), transform(right))
    case .hashJoin(let left, let right, let leftKeys, let rightKeys):
      .hashJoin(transform(left), transform(right), leftKeys: leftKeys, rightKeys: rightKeys)
    case .apply(let input, let right): .apply(transform(input), right: transform(right))
    case .optionalApply(let input, let right, let nullable):
      .optionalApply(transform(input), right: transform(right), nullable: nullable)
    case .semiApply(let input, let right, let negated):
      .semiApply(transform(input), right: transform(right), negated: negated)
    case .procedureCall(let input, let procedure, let arguments, let yields, let range):
      .procedureCall(transform(input), procedure, arguments: arguments, yields: yields, range)
    default: mapWrites(transform)
    }
  }

  private func mapWrites(
    _ transform: (LogicalOperator) -> LogicalOperator
  ) -> LogicalOperator {
    switch self {
    case .create(let input, let items): .create(transform(input), items)
    case .merge(let input, let match, let create, let onCreate, let onMatch, let range):
      .merge(
        transform(input), match: transform(match), create: create, onCreate: onCreate,
        onMatch: onMatch, range)
    case .set(let input, let items): .set(transform(input), items)
    case .delete(let input, let targets, let detach):
      .delete(transform(input), targets, detach: detach)
    case .emptyResult(let input): .emptyResult(transform(input))
    case .produceResults(let input, let columns): .produceResults(transform(input), columns)
    default: self
    }
  }
}
