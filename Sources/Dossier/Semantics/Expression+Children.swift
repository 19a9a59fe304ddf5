import DossierSyntax

extension Expression {
  /// The expressions that stand directly in this one, from left to right.
  ///
  /// Patterns and subqueries are scopes of their own; of them only what a comprehension computes
  /// counts.
  var children: [Expression] {
    switch kind {
    case .null, .boolean, .integer, .float, .string, .parameter, .variable, .countAll: []
    case .patternPredicate, .exists, .count, .shortestPath: []
    case .list(let elements): elements
    case .map(let entries): entries.map(\.value)
    case .property(let base, _), .hasLabels(let base, _): [base]
    case .index(let base, let index): [base, index]
    case .slice(let base, let from, let to): [base, from, to].compactMap { $0 }
    case .unary(_, let operand), .isNull(let operand), .isNotNull(let operand): [operand]
    case .binary(_, let left, let right): [left, right]
    case .comparison(let first, let steps): [first] + steps.map(\.operand)
    case .function(let call): call.arguments
    case .caseWhen(let expression):
      [expression.operand].compactMap { $0 }
        + expression.alternatives.flatMap { [$0.when, $0.then] }
        + [expression.otherwise].compactMap { $0 }
    case .listComprehension(let comprehension):
      [comprehension.list, comprehension.predicate, comprehension.projection].compactMap { $0 }
    case .patternComprehension(let comprehension):
      (comprehension.validTime?.instants ?? [])
        + [comprehension.predicate, comprehension.projection].compactMap { $0 }
    case .quantifier(_, _, let list, let predicate): [list, predicate].compactMap { $0 }
    case .reduce(let reduction): [reduction.initial, reduction.list, reduction.step]
    case .mapProjection(let projection):
      projection.items.compactMap {
        if case .entry(_, let value) = $0 { return value }
        return nil
      }
    }
  }

  /// The first expression in this one, itself included, that satisfies the condition; nil if none.
  /// Needs no stack however deep the expression is.
  func first(where condition: (Expression) -> Bool) -> Expression? {
    var pending = [self]
    while let expression = pending.popLast() {
      if condition(expression) { return expression }
      pending.append(contentsOf: expression.children.reversed())
    }
    return nil
  }

  /// The first aggregate function call in the expression.
  func firstAggregate(in functions: FunctionRegistry) -> Expression? {
    first { $0.isAggregate(in: functions) }
  }

  /// True for `count(*)` and for a call of an aggregate function.
  func isAggregate(in functions: FunctionRegistry) -> Bool {
    switch kind {
    case .countAll: true
    case .function(let call): functions.aggregate(named: call.name.text) != nil
    default: false
    }
  }

  /// True for a variable and for properties of properties of a variable: the only grouping keys
  /// that an expression with aggregates may repeat.
  var isSimpleGroupingKey: Bool {
    var expression = self
    while case .property(let base, _) = expression.kind { expression = base }
    if case .variable = expression.kind { return true }
    return false
  }
}
