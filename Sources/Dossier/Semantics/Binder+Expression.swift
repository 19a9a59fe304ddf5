import DossierSyntax

/// Expressions: the dispatch, names, and what reads a part of a value.
extension Binder {
  /// Binds an expression. `asPredicate` is true where a pattern may stand for a boolean.
  func bind(
    _ expression: Expression, asPredicate: Bool = false
  ) throws(QueryError) -> TypedExpression {
    if let computed = try replacement(of: expression) { return computed }
    switch expression.kind {
    case .null: return TypedExpression(.constant(.null), .null)
    case .boolean(let value): return TypedExpression(.constant(.boolean(value)), .boolean)
    case .integer(let value): return TypedExpression(.constant(.integer(value)), .integer)
    case .float(let value): return TypedExpression(.constant(.float(value)), .float)
    case .string(let value): return TypedExpression(.constant(.string(value)), .string)
    case .parameter(let name): return try bindParameter(name, expression.range)
    case .variable(let name): return try bindVariable(name, expression.range)
    case .binary: return try bindChain(expression, asPredicate: asPredicate)
    case .unary(let op, let operand):
      return try bindUnary(op, operand, expression.range, asPredicate: asPredicate)
    case .comparison(let first, let steps):
      return try bindComparison(first, steps, expression.range)
    case .isNull(let operand):
      return TypedExpression(.isNull(try bind(operand).expression), .boolean)
    case .isNotNull(let operand):
      return TypedExpression(.isNotNull(try bind(operand).expression), .boolean)
    default: return try bindComposite(expression)
    }
  }

  private func bindComposite(_ expression: Expression) throws(QueryError) -> TypedExpression {
    let range = expression.range
    switch expression.kind {
    case .property(let base, let key): return try bindProperty(base, key, range)
    case .index(let base, let index): return try bindIndex(base, index, range)
    case .slice(let base, let from, let to): return try bindSlice(base, from, to, range)
    case .hasLabels(let base, let labels): return try bindHasLabels(base, labels, range)
    case .list(let elements): return try bindList(elements)
    case .map(let entries): return try bindMap(entries)
    case .function(let call): return try bindFunction(call, expression)
    case .countAll: return try bindCountAll(expression)
    case .caseWhen(let expression): return try bindCase(expression)
    default: return try bindScoped(expression)
    }
  }

  private func bindScoped(_ expression: Expression) throws(QueryError) -> TypedExpression {
    let range = expression.range
    switch expression.kind {
    case .listComprehension(let comprehension):
      return try bindListComprehension(comprehension, range)
    case .quantifier(let quantifier, let variable, let list, let predicate):
      return try bindQuantifier(quantifier, variable, list, predicate, range)
    case .reduce(let reduction): return try bindReduce(reduction, range)
    case .mapProjection(let projection): return try bindMapProjection(projection, range)
    case .patternComprehension(let comprehension):
      return try bindPatternComprehension(comprehension, range)
    case .exists(let subquery): return try bindExists(subquery, range)
    case .count(let subquery): return try bindCount(subquery, range)
    case .shortestPath(let path): return try bindShortestPath(path, range)
    default:
      throw QueryError(
        .unexpectedSyntax, "a pattern cannot stand for a value", at: range,
        label: "a pattern",
        help: "patterns are predicates in `WHERE`; for a boolean use `EXISTS { … }`, "
          + "for a list `[(a)-->(b) | b]`")
    }
  }

  /// The expression's value when it is computed already.
  /// Errors: `ambiguousAggregationExpression` for a grouping key that cannot be repeated.
  func replacement(of expression: Expression) throws(QueryError) -> TypedExpression? {
    if context.replacements.isEmpty && context.compositeKeys.isEmpty { return nil }
    if mentionsInnerVariable(expression) { return nil }
    let key = ExpressionKey(expression)
    if context.compositeKeys.contains(key) {
      throw QueryError(
        .ambiguousAggregationExpression,
        "a grouping key that is more than a variable or property stands beside an aggregate",
        at: expression.range, help: "give the key a name in a `WITH` before, and use the name")
    }
    return context.replacements[key]
  }

  /// True when the expression reads a variable of a comprehension around it.
  private func mentionsInnerVariable(_ expression: Expression) -> Bool {
    if frames.count == queryFrame + 1 { return false }
    let inner = frames[(queryFrame + 1)...]
    return expression.first { part in
      guard case .variable(let name) = part.kind else { return false }
      return inner.contains { $0[VariableName(name)] != nil }
    } != nil
  }

  // MARK: Names

  private func bindVariable(
    _ name: String, _ range: SourceRange
  ) throws(QueryError) -> TypedExpression {
    guard let variable = try resolve(name, at: range) else { throw undefined(name, at: range) }
    return TypedExpression(.slot(variable.slot), variable.type)
  }

  private func bindParameter(
    _ name: String, _ range: SourceRange
  ) throws(QueryError) -> TypedExpression {
    if let known = parameterNames, !known.contains(name) {
      let near = EditDistance.nearest(to: name, among: known.sorted())
      throw QueryError(
        .missingParameter, "parameter `$\(name)` has no value", at: range,
        help: near.map { "did you mean `$\($0)`?" })
    }
    return TypedExpression(.parameter(name, range), .any)
  }

  // MARK: Parts of values

  private func bindProperty(
    _ base: Expression, _ key: Name, _ range: SourceRange
  ) throws(QueryError) -> TypedExpression {
    let value = try bind(base)
    guard value.type.hasProperties else {
      throw QueryError(
        .invalidElementAccess,
        "`.\(key.text)` needs a node, a relationship or a map, found \(value.type.title)",
        at: base.range, label: value.type.title)
    }
    return TypedExpression(.property(value.expression, key: key.text, range), .any)
  }

  private func bindIndex(
    _ base: Expression, _ index: Expression, _ range: SourceRange
  ) throws(QueryError) -> TypedExpression {
    let value = try bind(base)
    let position = try bind(index)
    let result = BoundExpression.index(value.expression, position.expression, range)
    switch value.type {
    case .list(let element):
      try checkElementAccess(position, [.integer], at: index.range)
      return TypedExpression(result, element)
    case .any, .null, .map, .node, .relationship: return TypedExpression(result, .any)
    default:
      throw QueryError(
        .invalidElementAccess, "`[…]` needs a list or a map, found \(value.type.title)",
        at: base.range, label: value.type.title)
    }
  }

  private func bindSlice(
    _ base: Expression, _ from: Expression?, _ to: Expression?, _ range: SourceRange
  ) throws(QueryError) -> TypedExpression {
    let value = try bind(base)
    try checkElementAccess(value, [.list(.any)], at: base.range)
    var bounds: [BoundExpression?] = []
    for bound in [from, to] {
      guard let bound else {
        bounds.append(nil)
        continue
      }
      let position = try bind(bound)
      try checkElementAccess(position, [.integer], at: bound.range)
      bounds.append(position.expression)
    }
    return TypedExpression(
      .slice(value.expression, from: bounds[0], to: bounds[1], range),
      value.type.isList ? value.type : .list(.any))
  }

  private func checkElementAccess(
    _ value: TypedExpression, _ types: [StaticType], at range: SourceRange
  ) throws(QueryError) {
    guard !value.type.canBe(anyOf: types) else { return }
    throw QueryError(
      .invalidElementAccess, "expected \(types.titles), found \(value.type.title)", at: range,
      label: value.type.title)
  }

  private func bindHasLabels(
    _ base: Expression, _ labels: [Name], _ range: SourceRange
  ) throws(QueryError) -> TypedExpression {
    let value = try bind(base)
    try check(value, canBe: [.node, .relationship], at: base.range)
    return TypedExpression(.hasLabels(value.expression, labels.map(\.text), range), .boolean)
  }

  // MARK: Types

  /// Errors: `invalidArgumentType` when the value can have none of the types.
  func check(
    _ value: TypedExpression, canBe types: [StaticType], at range: SourceRange
  ) throws(QueryError) {
    guard !value.type.canBe(anyOf: types) else { return }
    throw QueryError(
      .invalidArgumentType, "expected \(types.titles), found \(value.type.title)", at: range,
      label: value.type.title)
  }
}
