/// Whose physical operators can run again in another run of the statement.
extension LogicalOperator {
  /// Whether all operators of the plan know how to rest, and all expressions compute the same from the
  /// same rows in each run. Plans of many rows are not among them: making operators is nothing there.
  var canBeKept: Bool {
    switch self {
    case .argument, .unit: return true
    case .nodeIndexSeek(let input, _, _, _, let value):
      return input.canBeKept && value.canBeKept
    case .expand(let input, _): return input.canBeKept
    case .filter(let input, let predicate): return input.canBeKept && predicate.canBeKept
    case .projection(let input, let items):
      return input.canBeKept && items.allSatisfy(\.expression.canBeKept)
    case .sort(let input, let keys):
      return input.canBeKept && keys.allSatisfy(\.expression.canBeKept)
    case .top(let input, let keys, let limit, _):
      return input.canBeKept && limit.canBeKept && keys.allSatisfy(\.expression.canBeKept)
    case .skip(let input, let count, _), .limit(let input, let count, _):
      return input.canBeKept && count.canBeKept
    case .cartesianProduct(let left, let right): return left.canBeKept && right.canBeKept
    case .apply(let input, let right), .optionalApply(let input, let right, _),
      .semiApply(let input, let right, _):
      return input.canBeKept && right.canBeKept
    case .create(let input, let items): return input.canBeKept && items.allSatisfy(\.canBeKept)
    case .merge(let input, let match, let create, let onCreate, let onMatch, _):
      return input.canBeKept && match.canBeKept && create.allSatisfy(\.canBeKept)
        && onCreate.allSatisfy(\.canBeKept) && onMatch.allSatisfy(\.canBeKept)
    case .set(let input, let items): return input.canBeKept && items.allSatisfy(\.canBeKept)
    case .delete(let input, let targets, _):
      return input.canBeKept && targets.allSatisfy(\.expression.canBeKept)
    case .emptyResult(let input), .produceResults(let input, _): return input.canBeKept
    case .nodeScan, .expandGrouped, .statementExpand, .expandIntersect,
      .variableLengthExpand, .shortestPath, .aggregation, .patternCount, .distinct, .unwind,
      .loadCSV, .evidence, .union, .hashJoin, .procedureCall:
      return false
    }
  }
}

extension BoundExpression {
  fileprivate var canBeKept: Bool {
    switch self {
    case .constant, .parameter, .slot: return true
    case .property(let e, _, _), .hasLabels(let e, _, _), .not(let e, _), .negate(let e, _),
      .isNull(let e), .isNotNull(let e):
      return e.canBeKept
    case .index(let a, let b, _), .xor(let a, let b, _), .arithmetic(_, let a, let b, _),
      .comparison(_, let a, let b), .in(let a, let b, _):
      return a.canBeKept && b.canBeKept
    case .and(let list, _), .or(let list, _), .list(let list), .function(_, let list, _):
      return list.allSatisfy(\.canBeKept)
    case .map(let entries): return entries.allSatisfy(\.value.canBeKept)
    case .stringPredicate, .slice, .isValid, .isTrusted, .areContemporaneous, .caseWhen,
      .listComprehension, .quantifier, .reduce, .mapProjection, .path, .exists, .count,
      .patternCount, .validCount, .endCount, .collect:
      return false
    }
  }
}

extension CreateItem {
  fileprivate var canBeKept: Bool {
    switch self {
    case .node(_, _, let properties, _), .relationship(_, _, _, _, _, let properties, _):
      properties?.canBeKept ?? true
    }
  }
}

extension BoundSetItem {
  fileprivate var canBeKept: Bool {
    switch self {
    case .property(let element, _, let value, _), .replace(let element, let value, _),
      .merge(let element, let value, _):
      element.canBeKept && value.canBeKept
    case .addLabels(let element, _, _), .removeLabels(let element, _, _): element.canBeKept
    }
  }
}
