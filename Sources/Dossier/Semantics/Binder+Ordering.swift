import DossierSyntax

/// What stands behind the items of a projection: `ORDER BY` and the `WHERE` of `WITH`.
///
/// Both see the new columns; without `DISTINCT` and aggregation they see the old variables as well.
/// An expression that is projected already is not computed again.
extension Binder {
  func bindTail(
    of clause: ProjectionClause, _ items: [NamedItem], _ output: Scope, _ draft: ProjectionDraft,
    _ result: inout BoundProjection
  ) throws(QueryError) {
    guard !clause.orderBy.isEmpty || clause.predicate != nil else { return }
    let input = scope
    defer { scope = input }
    if clause.distinct || draft.isAggregating {
      scope = output
    } else {
      scope.declare(all: output)
    }
    let tail = ProjectionTail(items, draft, input: input, functions: functions)
    for item in clause.orderBy {
      let inner = tail.context(for: item.expression, in: context)
      let key = try within(inner) { () throws(QueryError) in try bind(item.expression) }
      result.orderBy.append(SortKey(expression: key.expression, descending: item.descending))
    }
    if let predicate = clause.predicate {
      var inner = tail.context(for: predicate, in: context)
      inner.grouping = nil
      result.predicates = try within(inner) { () throws(QueryError) in
        try bindConjuncts(predicate)
      }
    }
  }
}

/// The expressions of a projection by structure, as its tail may repeat them.
private struct ProjectionTail {
  private let isAggregating: Bool
  private let grouping: Grouping
  private let functions: FunctionRegistry
  /// Names that stand for something else than before the projection.
  private var shadowing: Set<VariableName> = []
  private var computed: [ExpressionKey: TypedExpression] = [:]
  private var composite: Set<ExpressionKey> = []

  init(
    _ items: [NamedItem], _ draft: ProjectionDraft, input: Scope, functions: FunctionRegistry
  ) {
    isAggregating = draft.isAggregating
    grouping = draft.grouping
    self.functions = functions
    for (item, value) in zip(items, draft.items) {
      let name = VariableName(item.name.text)
      if case .variable(let text) = item.expression.kind, VariableName(text) == name { continue }
      if input[name] != nil { shadowing.insert(name) }
      let key = ExpressionKey(item.expression)
      computed[key] = value
      if !item.expression.isSimpleGroupingKey, item.expression.readsVariable,
        item.expression.firstAggregate(in: functions) == nil
      {
        composite.insert(key)
      }
    }
  }

  /// What an expression of the tail may repeat, added to the context of the clause.
  func context(
    for expression: Expression, in surroundings: ExpressionContext
  ) -> ExpressionContext {
    var context = surroundings
    let mentionsNewName =
      expression.first { part in
        guard case .variable(let name) = part.kind else { return false }
        return shadowing.contains(VariableName(name))
      } != nil
    if !mentionsNewName { context.replacements = computed }
    guard isAggregating else { return context }
    context.grouping = grouping
    context.isBehindAggregation = true
    guard expression.firstAggregate(in: functions) != nil else { return context }
    if computed[ExpressionKey(expression)] == nil { context.compositeKeys = composite }
    return context
  }
}

extension Expression {
  /// True when the value depends on a variable.
  var readsVariable: Bool {
    first { part in
      switch part.kind {
      case .variable, .patternPredicate, .patternComprehension, .exists, .count, .shortestPath,
        .mapProjection:
        true
      default: false
      }
    } != nil
  }
}
