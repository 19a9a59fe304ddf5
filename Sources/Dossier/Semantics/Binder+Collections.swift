import DossierSyntax

/// Lists, maps, CASE, and the expressions that have variables of their own.
extension Binder {
  func bindList(_ elements: [Expression]) throws(QueryError) -> TypedExpression {
    var bound: [BoundExpression] = []
    bound.reserveCapacity(elements.count)
    var constants: [Value] = []
    var type = StaticType.null
    for element in elements {
      let value = try bind(element)
      type = bound.isEmpty ? value.type : type.joined(with: value.type)
      if let constant = value.constant { constants.append(constant) }
      bound.append(value.expression)
    }
    if constants.count == bound.count {
      return TypedExpression(.constant(.list(constants)), .list(type))
    }
    return TypedExpression(.list(bound), .list(type))
  }

  /// A key that is written twice keeps its first place and its last value.
  func bindMap(_ entries: [MapEntry]) throws(QueryError) -> TypedExpression {
    var bound: [(key: String, value: BoundExpression)] = []
    var positions: [VariableName: Int] = [:]
    for entry in entries {
      let value = try bind(entry.value).expression
      if let position = positions[VariableName(entry.key.text)] {
        bound[position].value = value
      } else {
        positions[VariableName(entry.key.text)] = bound.count
        bound.append((entry.key.text, value))
      }
    }
    var constants: [(key: String, value: Value)] = []
    for case (let key, .constant(let value)) in bound { constants.append((key, value)) }
    if constants.count == bound.count {
      return TypedExpression(.constant(.map(MapValue(constants))), .map)
    }
    return TypedExpression(.map(bound), .map)
  }

  func bindCase(_ expression: CaseExpression) throws(QueryError) -> TypedExpression {
    var operand: BoundExpression?
    if let tested = expression.operand { operand = try bind(tested).expression }
    var type = StaticType.null
    var alternatives: [(when: BoundExpression, then: BoundExpression)] = []
    for alternative in expression.alternatives {
      let when =
        operand == nil
        ? try bindPredicate(alternative.when) : try bind(alternative.when).expression
      let then = try bind(alternative.then)
      type = type.joined(with: then.type)
      alternatives.append((when, then.expression))
    }
    var otherwise: BoundExpression?
    if let last = expression.otherwise {
      let value = try bind(last)
      type = type.joined(with: value.type)
      otherwise = value.expression
    }
    return TypedExpression(
      .caseWhen(operand: operand, alternatives: alternatives, otherwise: otherwise), type)
  }

  // MARK: Variables over lists

  /// A list and the variable that stands for its elements.
  private func bindElement(
    _ variable: Name, of list: Expression
  ) throws(QueryError) -> (list: TypedExpression, slot: Slot, scope: Scope) {
    let value = try bind(list)
    try check(value, canBe: [.list(.any)], at: list.range)
    let slot = slots.add(value.type.element, named: variable.text)
    var scope = Scope()
    scope.declare(
      Variable(name: VariableName(variable.text), slot: slot, type: value.type.element))
    return (value, slot, scope)
  }

  /// Runs `body`, which binds what is computed for each element: aggregates may not stand there.
  private func perElement<Result>(
    _ scope: Scope, _ body: () throws(QueryError) -> Result
  ) throws(QueryError) -> Result {
    var inner = context
    inner.grouping = nil
    return try within(inner) { () throws(QueryError) in try nested(scope, body) }
  }

  func bindListComprehension(
    _ comprehension: ListComprehension, _ range: SourceRange
  ) throws(QueryError) -> TypedExpression {
    try refuseAggregates(in: comprehension.predicate, comprehension.projection)
    let (list, slot, scope) = try bindElement(comprehension.variable, of: comprehension.list)
    return try perElement(scope) { () throws(QueryError) in
      var predicate: BoundExpression?
      if let condition = comprehension.predicate { predicate = try bindPredicate(condition) }
      var projection: TypedExpression?
      if let value = comprehension.projection { projection = try bind(value) }
      return TypedExpression(
        .listComprehension(
          variable: slot, list: list.expression, predicate: predicate,
          projection: projection?.expression, range),
        .list(projection?.type ?? list.type.element))
    }
  }

  func bindQuantifier(
    _ quantifier: Quantifier, _ variable: Name, _ list: Expression, _ predicate: Expression?,
    _ range: SourceRange
  ) throws(QueryError) -> TypedExpression {
    try refuseAggregates(in: predicate)
    let (list, slot, scope) = try bindElement(variable, of: list)
    return try perElement(scope) { () throws(QueryError) in
      var condition = BoundExpression.slot(slot)
      if let predicate {
        condition = try bindPredicate(predicate)
      } else {
        try check(
          TypedExpression(condition, list.type.element), canBe: [.boolean], at: variable.range)
      }
      return TypedExpression(
        .quantifier(quantifier, variable: slot, list: list.expression, predicate: condition, range),
        .boolean)
    }
  }

  func bindReduce(
    _ reduction: ReduceExpression, _ range: SourceRange
  ) throws(QueryError) -> TypedExpression {
    try refuseAggregates(in: reduction.step)
    let initial = try bind(reduction.initial)
    var (list, slot, scope) = try bindElement(reduction.variable, of: reduction.list)
    if VariableName(reduction.variable.text) == VariableName(reduction.accumulator.text) {
      throw alreadyBound(reduction.variable)
    }
    let accumulator = slots.add(.any, named: reduction.accumulator.text)
    scope.declare(
      Variable(name: VariableName(reduction.accumulator.text), slot: accumulator, type: .any))
    return try perElement(scope) { () throws(QueryError) in
      let step = try bind(reduction.step)
      return TypedExpression(
        .reduce(
          accumulator: accumulator, initial: initial.expression, variable: slot,
          list: list.expression, step: step.expression, range),
        initial.type == step.type ? initial.type : .any)
    }
  }

  func bindMapProjection(
    _ projection: MapProjection, _ range: SourceRange
  ) throws(QueryError) -> TypedExpression {
    let variable = projection.variable
    let base = try bind(Expression(.variable(variable.text), variable.range))
    try check(base, canBe: [.map, .node, .relationship], at: variable.range)
    var items: [(key: String?, value: BoundExpression?)] = []
    for item in projection.items {
      switch item {
      case .allProperties: items.append((nil, nil))
      case .property(let key):
        items.append((key.text, .property(base.expression, key: key.text, key.range)))
      case .entry(let key, let value): items.append((key.text, try bind(value).expression))
      case .variable(let name):
        let value = try bind(Expression(.variable(name.text), name.range))
        items.append((name.text, value.expression))
      }
    }
    return TypedExpression(.mapProjection(base: base.expression, items: items), .map)
  }
}
