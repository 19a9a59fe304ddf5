import DossierSyntax

/// Calls: look-up, arity, argument types, aggregates.
extension Binder {
  func bindFunction(
    _ call: FunctionCall, _ expression: Expression
  ) throws(QueryError) -> TypedExpression {
    if let aggregate = functions.aggregate(named: call.name.text) {
      return try bindAggregate(aggregate, call.distinct, call.arguments, expression)
    }
    if call.distinct {
      throw QueryError(
        .unexpectedSyntax, "`DISTINCT` needs an aggregate function, `\(call.name.text)` is none",
        at: call.name.range)
    }
    if let existence = try bindExistsFunction(call) { return existence }
    guard let function = functions.function(named: call.name.text) else {
      let near = EditDistance.nearest(to: call.name.text, among: functionNames)
      throw QueryError(
        .unknownFunction, "function `\(call.name.text)` does not exist", at: call.name.range,
        label: "unknown", help: near.map { "did you mean `\($0)`?" })
    }
    if context.insideAggregate, !function.isDeterministic, call.arguments.isEmpty,
      function.family != "Temporal"
    {
      throw QueryError(
        .nonConstantExpression,
        "`\(function.name)()` gives another value for each row and cannot be aggregated",
        at: expression.range, help: "compute it in a `WITH` before")
    }
    let arguments = try bindArguments(call.arguments)
    let type = try check(
      arguments, of: call, against: function.signatures, range: expression.range)
    return bindRecordFunction(function)
      ?? TypedExpression(.function(function, arguments.map(\.expression), expression.range), type)
  }

  private var functionNames: [String] {
    functions.allFunctions.map(\.name) + functions.allAggregates.map(\.name)
  }

  private func bindArguments(
    _ arguments: [Expression]
  ) throws(QueryError) -> [TypedExpression] {
    var bound: [TypedExpression] = []
    bound.reserveCapacity(arguments.count)
    for argument in arguments { bound.append(try bind(argument)) }
    return bound
  }

  /// `exists(n.key)` and `exists((a)-->(b))`, which older queries use.
  private func bindExistsFunction(_ call: FunctionCall) throws(QueryError) -> TypedExpression? {
    guard VariableName(call.name.text.lowercased()) == VariableName("exists"),
      call.arguments.count == 1, let argument = call.arguments.first
    else { return nil }
    if case .patternPredicate(let path) = argument.kind {
      return TypedExpression(try bindPatternPredicate(path, argument.range), .boolean)
    }
    return TypedExpression(.isNotNull(try bind(argument).expression), .boolean)
  }

  // MARK: Signatures

  /// The type of the result. Errors: `invalidNumberOfArguments`, `invalidArgumentType`.
  private func check(
    _ arguments: [TypedExpression], of call: FunctionCall,
    against signatures: [FunctionSignature], range: SourceRange
  ) throws(QueryError) -> StaticType {
    let fitting = signatures.filter { $0.accepts(count: arguments.count) }
    if fitting.isEmpty {
      throw QueryError(
        .invalidNumberOfArguments,
        "`\(call.name.text)` expects \(signatures.countTitle), found \(arguments.count)",
        at: range)
    }
    let matching = fitting.filter { $0.firstMismatch(in: arguments) == nil }
    if let first = matching.first {
      return matching.dropFirst().reduce(first.result) { type, signature in
        type == signature.result ? type : .any
      }
    }
    let position = fitting.map { $0.firstMismatch(in: arguments) ?? 0 }.max() ?? 0
    let accepted = fitting.compactMap { $0.parameter(at: position)?.types }.flatMap { $0 }
    var distinct: [StaticType] = []
    for type in accepted where !distinct.contains(type) { distinct.append(type) }
    throw QueryError(
      .invalidArgumentType,
      "`\(call.name.text)` expects \(distinct.titles), found \(arguments[position].type.title)",
      at: call.arguments[position].range, label: arguments[position].type.title)
  }

  // MARK: Aggregates

  func bindCountAll(_ expression: Expression) throws(QueryError) -> TypedExpression {
    guard let count = functions.aggregate(named: "count") else {
      throw QueryError(.unknownFunction, "function `count` does not exist", at: expression.range)
    }
    return try bindAggregate(count, false, [], expression)
  }

  private func bindAggregate(
    _ aggregate: AggregateDefinition, _ distinct: Bool, _ arguments: [Expression],
    _ expression: Expression
  ) throws(QueryError) -> TypedExpression {
    if context.insideAggregate {
      throw QueryError(
        .nestedAggregation, "an aggregate cannot stand inside another aggregate",
        at: expression.range, help: "compute the inner aggregate in a `WITH` before")
    }
    guard let grouping = context.grouping else {
      throw misplaced(aggregate, at: expression.range)
    }
    let key = ExpressionKey(expression)
    if let known = grouping.slot(of: key) { return known }
    var inside = ExpressionContext()
    inside.insideAggregate = true
    let bound = try within(inside) { () throws(QueryError) in try bindArguments(arguments) }
    if context.isBehindAggregation, expression.readsVariable {
      throw misplaced(aggregate, at: expression.range)
    }
    var type = StaticType.integer
    if case .function(let call) = expression.kind {
      type = try check(bound, of: call, against: aggregate.signatures, range: expression.range)
      type = refine(type, of: aggregate, bound)
    }
    let slot = slots.add(type)
    grouping.add(
      BoundAggregate(
        function: aggregate, distinct: distinct, arguments: bound.map(\.expression),
        range: expression.range),
      as: slot, type: type, key: key)
    return TypedExpression(.slot(slot), type)
  }

  /// Expressions that are computed for each element of a list or each match of a pattern, where
  /// aggregates have no rows to gather.
  ///
  /// Errors: `invalidAggregation`, before what surrounds the aggregate is blamed for it.
  func refuseAggregates(in expressions: Expression?...) throws(QueryError) {
    if context.insideAggregate { return }
    for expression in expressions {
      guard let found = expression?.firstAggregate(in: functions) else { continue }
      var name = "count"
      if case .function(let call) = found.kind { name = call.name.text }
      throw misplaced(name, at: found.range)
    }
  }

  private func misplaced(_ aggregate: AggregateDefinition, at range: SourceRange) -> QueryError {
    misplaced(aggregate.name, at: range)
  }

  private func misplaced(_ name: String, at range: SourceRange) -> QueryError {
    QueryError(
      .invalidAggregation, "`\(name)` aggregates rows, which is not possible here",
      at: range, label: "an aggregate",
      help: "aggregate in a `WITH` before, and use its result here")
  }

  /// `collect`, `min` and `max` keep the type of what they gather.
  private func refine(
    _ type: StaticType, of aggregate: AggregateDefinition, _ arguments: [TypedExpression]
  ) -> StaticType {
    guard let argument = arguments.first?.type else { return type }
    switch (aggregate.name.lowercased(), type) {
    case ("collect", _): return .list(argument == .null ? .any : argument)
    case ("min", .any), ("max", .any): return argument
    default: return type
    }
  }
}

extension FunctionSignature {
  fileprivate func accepts(count: Int) -> Bool {
    let required = parameters.count { !$0.optional }
    return count >= required && (variadic || count <= parameters.count)
  }

  /// The parameter that takes the argument at a position.
  fileprivate func parameter(at position: Int) -> Parameter? {
    position < parameters.count ? parameters[position] : parameters.last
  }

  /// The position of the first argument that the parameter can never accept.
  fileprivate func firstMismatch(in arguments: [TypedExpression]) -> Int? {
    arguments.indices.first { position in
      guard let parameter = parameter(at: position) else { return false }
      return !arguments[position].type.canBe(anyOf: parameter.types)
    }
  }
}

extension [FunctionSignature] {
  /// `one argument`, `2 to 3 arguments`.
  fileprivate var countTitle: String {
    let least = map { $0.parameters.count { !$0.optional } }.min() ?? 0
    if contains(where: \.variadic) { return "at least \(least) arguments" }
    let most = map(\.parameters.count).max() ?? 0
    if least == most {
      return least == 0 ? "no arguments" : least == 1 ? "one argument" : "\(least) arguments"
    }
    return "\(least) to \(most) arguments"
  }
}
