import DossierSyntax

/// `CALL`.
extension Binder {
  /// A call that is the whole statement: arguments may come from parameters, and all result fields
  /// are columns.
  func bindStandalone(_ call: ProcedureCall) throws(QueryError) -> BoundQuery {
    let procedure = try find(call)
    let arguments =
      if let written = call.arguments {
        try bindArguments(written, of: procedure, call)
      } else {
        try implicitArguments(of: procedure, call)
      }
    var yields: [(field: Int, slot: Slot)] = []
    var columns: [(name: String, slot: Slot)] = []
    if let items = call.yields, !call.yieldsAll {
      (yields, columns) = try bindYields(items, of: procedure)
    } else {
      for (index, field) in procedure.outputs.enumerated() {
        let slot = slots.add(field.type, named: field.name)
        declare(Name(field.name, call.range), slot, field.type)
        yields.append((index, slot))
        columns.append((field.name, slot))
      }
    }
    let bound = BoundProcedureCall(
      procedure: procedure, arguments: arguments, yields: yields,
      predicates: try call.predicate.map(or: []) { predicate throws(QueryError) in
        try bindConjuncts(predicate)
      },
      range: call.range)
    return BoundQuery(
      parts: [
        BoundSingleQuery(clauses: [.call(bound)], columns: columns, returns: !columns.isEmpty)
      ],
      all: false, columns: columns, imports: [])
  }

  /// A call among other clauses: arguments and results are written out.
  func bindInQuery(_ call: ProcedureCall) throws(QueryError) -> BoundProcedureCall {
    let procedure = try find(call)
    guard let written = call.arguments else {
      throw QueryError(
        .invalidArgumentPassingMode,
        "a call inside a query needs its arguments in parentheses", at: call.name.range,
        help: "write `\(call.name.text)(…)`")
    }
    if call.yieldsAll {
      throw QueryError(
        .unexpectedSyntax, "`YIELD *` is possible only when the call is the whole statement",
        at: call.range, help: "name the fields behind `YIELD`")
    }
    let arguments = try bindArguments(written, of: procedure, call)
    let (yields, _) = try bindYields(call.yields ?? [], of: procedure)
    return BoundProcedureCall(
      procedure: procedure, arguments: arguments, yields: yields,
      predicates: try call.predicate.map(or: []) { predicate throws(QueryError) in
        try bindConjuncts(predicate)
      },
      range: call.range)
  }

  private func find(_ call: ProcedureCall) throws(QueryError) -> ProcedureDefinition {
    if let procedure = procedures[call.name.text] {
      if procedure.change != nil { try noteChange(by: call) }
      return procedure
    }
    let near = EditDistance.nearest(to: call.name.text, among: procedures.keys.sorted())
    throw QueryError(
      .procedureNotFound, "procedure `\(call.name.text)` does not exist", at: call.name.range,
      label: "unknown", help: near.map { "did you mean `\($0)`?" })
  }

  /// Errors: `invalidClauseComposition` where nothing may be changed.
  private func noteChange(by call: ProcedureCall) throws(QueryError) {
    if why != nil { throw writesUnderWhy(call.name.text, at: call.range) }
    if trust != nil { throw writesUnderTrust(call.name.text, at: call.range) }
    guard queryFrame <= 1, systemTime == nil, statementValidTime == nil else {
      throw QueryError(
        .invalidClauseComposition,
        "`\(call.name.text)` changes the graph and cannot be called here",
        at: call.range, help: "call it in a statement of its own")
    }
    writes = true
  }

  // MARK: Arguments

  private func bindArguments(
    _ written: [Expression], of procedure: ProcedureDefinition, _ call: ProcedureCall
  ) throws(QueryError) -> [BoundExpression] {
    let most = procedure.inputs.count
    let fewest = procedure.inputs.count { !$0.isOptional }
    guard written.count >= fewest, written.count <= most else {
      let expected = fewest == most ? "\(most)" : "\(fewest) to \(most)"
      throw QueryError(
        .invalidNumberOfArguments,
        "`\(procedure.name)` expects \(expected) arguments, found \(written.count)",
        at: call.range)
    }
    var arguments: [BoundExpression] = []
    for (argument, field) in zip(written, procedure.inputs) {
      let value = try bind(argument)
      let accepted: [StaticType] = field.type == .float ? [.number] : [field.type]
      try check(value, canBe: accepted, at: argument.range)
      arguments.append(value.expression)
    }
    while arguments.count < most { arguments.append(.constant(.null)) }
    return arguments
  }

  private func implicitArguments(
    of procedure: ProcedureDefinition, _ call: ProcedureCall
  ) throws(QueryError) -> [BoundExpression] {
    try procedure.inputs.mapTyped { field throws(QueryError) in
      if let known = parameterNames, !known.contains(field.name) {
        if field.isOptional { return .constant(.null) }
        throw QueryError(
          .missingParameter,
          "`\(procedure.name)` takes its argument `\(field.name)` from the parameter "
            + "`$\(field.name)`, which has no value",
          at: call.name.range, help: "give the parameter, or write the arguments in parentheses")
      }
      return .parameter(field.name, call.name.range)
    }
  }

  // MARK: Results

  private func bindYields(
    _ items: [ProcedureCall.YieldItem], of procedure: ProcedureDefinition
  ) throws(QueryError) -> ([(field: Int, slot: Slot)], [(name: String, slot: Slot)]) {
    var yields: [(field: Int, slot: Slot)] = []
    var columns: [(name: String, slot: Slot)] = []
    for item in items {
      let wanted = VariableName(item.field.text)
      guard let index = procedure.outputs.firstIndex(where: { VariableName($0.name) == wanted })
      else {
        let near = EditDistance.nearest(
          to: item.field.text, among: procedure.outputs.map(\.name).sorted())
        throw QueryError(
          .undefinedVariable, "`\(procedure.name)` has no result field `\(item.field.text)`",
          at: item.field.range, help: near.map { "did you mean `\($0)`?" })
      }
      let name = item.alias ?? item.field
      try checkUnbound(name)
      let type = procedure.outputs[index].type
      let slot = slots.add(type, named: name.text)
      declare(name, slot, type)
      yields.append((index, slot))
      columns.append((name.text, slot))
    }
    return (yields, columns)
  }
}

extension Optional {
  /// `map` with a default, for closures that throw a query error.
  fileprivate func map<Result>(
    or fallback: Result, _ transform: (Wrapped) throws(QueryError) -> Result
  ) throws(QueryError) -> Result {
    guard let self else { return fallback }
    return try transform(self)
  }
}
