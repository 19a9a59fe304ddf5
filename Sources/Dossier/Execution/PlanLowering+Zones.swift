import DossierSyntax

/// Lowering of what filters directly above a scan tell about its pages.
extension PlanLowering {
  /// The tests of a stack of filters over a node scan; nil where there are none.
  func zoneFilter(_ plan: LogicalOperator) throws(QueryError) -> ZoneFilter? {
    guard state.usesZones, state.isReadOnly else { return nil }
    var predicates: [BoundExpression] = []
    var bottom = plan
    while case .filter(let input, let predicate) = bottom {
      predicates.append(predicate)
      bottom = input
    }
    guard case .nodeScan(let node, _) = bottom else { return nil }
    var tests: [ZoneFilter.Test] = []
    var operands: [ExpressionKernel] = []
    for predicate in predicates.reversed().flatMap(\.conjuncts) {
      switch predicate {
      case .comparison(let op, .property(.slot(let slot), let key, _), let operand)
      where slot == node && operand.isSameForAllRows:
        tests.append(ZoneFilter.Test(op: op, key: key, operand: try kernel(operand, [])))
      case .comparison(let op, let operand, .property(.slot(let slot), let key, _))
      where slot == node && operand.isSameForAllRows:
        tests.append(ZoneFilter.Test(op: op.mirrored, key: key, operand: try kernel(operand, [])))
      case .stringPredicate(let op, .property(.slot(let slot), _, _), let operand, _)
      where slot == node && op != .matches && operand.isSameForAllRows:
        operands.append(try kernel(operand, []))
      case .isNull(.property(.slot(let slot), _, _)), .isNotNull(.property(.slot(let slot), _, _)),
        .hasLabels(.slot(let slot), _, _):
        if slot == node { continue }
        return tests.isEmpty ? nil : ZoneFilter(tests, operands: operands)
      default: return tests.isEmpty ? nil : ZoneFilter(tests, operands: operands)
      }
    }
    return tests.isEmpty ? nil : ZoneFilter(tests, operands: operands)
  }
}

extension BoundExpression {
  /// What is joined by `AND`, in the order of evaluation.
  fileprivate var conjuncts: [BoundExpression] {
    if case .and(let operands, _) = self { return operands.flatMap(\.conjuncts) }
    return [self]
  }

  /// Whether the expression reads neither rows nor the graph, and draws nothing.
  fileprivate var isSameForAllRows: Bool {
    switch self {
    case .constant, .parameter: true
    case .negate(let operand, _): operand.isSameForAllRows
    case .arithmetic(_, let a, let b, _): a.isSameForAllRows && b.isSameForAllRows
    case .function(let definition, let arguments, _):
      !definition.drawsRandomly && arguments.allSatisfy(\.isSameForAllRows)
    default: false
    }
  }
}
