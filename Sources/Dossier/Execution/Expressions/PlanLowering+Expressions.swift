import DossierSyntax

/// Kernels for expressions.
extension PlanLowering {
  /// Makes counted patterns of the plan countable.
  var countTermBuilder: CountTermBuilder {
    CountTermBuilder { (e, slots) throws(QueryError) in try self.kernel(e, slots) }
  }

  /// The kernel of an expression whose rows have values in `slots`.
  func kernel(
    _ expression: BoundExpression, _ slots: SlotSet
  ) throws(QueryError) -> ExpressionKernel {
    switch expression {
    case .constant(let value): return ConstantKernel(try constants.cell(value))
    case .parameter(let name, let range): return ParameterKernel(name, range)
    case .slot(let slot): return SlotKernel(slot)
    case .property(let base, let key, let range):
      return PropertyKernel(try kernel(base, slots), key: key, range)
    case .index(let base, let index, let range):
      return IndexKernel(try kernel(base, slots), try kernel(index, slots), range)
    case .slice(let base, let from, let to, let range):
      return SliceKernel(
        try kernel(base, slots), from: try optional(from, slots), to: try optional(to, slots), range
      )
    case .hasLabels(let base, let labels, let range):
      return LabelTestKernel(try kernel(base, slots), labels, range)
    case .isValid(let element, let subject, let window):
      return ValidTimeKernel(
        try kernel(element, slots), subject, window: try windowKernel(window, slots))
    case .isTrusted(let element, _): return TrustKernel(try kernel(element, slots))
    case .areContemporaneous(let elements, let window):
      return ContemporaneityKernel(
        elements, window: try window.map { (e) throws(QueryError) in try windowKernel(e, slots) })
    case .not(let operand, let range): return NotKernel(try kernel(operand, slots), range)
    case .negate(let operand, let range): return NegationKernel(try kernel(operand, slots), range)
    case .and(let operands, let range):
      return JunctionKernel(try kernels(operands, slots), isAnd: true, range)
    case .or(let operands, let range):
      return JunctionKernel(try kernels(operands, slots), isAnd: false, range)
    case .xor(let a, let b, let range):
      return ExclusiveOrKernel(try kernel(a, slots), try kernel(b, slots), range)
    case .arithmetic: return try arithmetic(expression, slots)
    case .comparison(let op, let a, let b):
      return ComparisonKernel(op, try kernel(a, slots), try kernel(b, slots))
    case .in(let element, let list, let range):
      return MembershipKernel(try kernel(element, slots), try kernel(list, slots), range)
    case .stringPredicate(.matches, let a, let b, let range):
      return RegexKernel(try kernel(a, slots), try kernel(b, slots), range)
    case .stringPredicate(let op, let a, let b, _):
      return StringPredicateKernel(op, try kernel(a, slots), try kernel(b, slots))
    case .isNull(let operand): return NullTestKernel(try kernel(operand, slots), isNull: true)
    case .isNotNull(let operand): return NullTestKernel(try kernel(operand, slots), isNull: false)
    case .list(let elements): return ListKernel(try kernels(elements, slots))
    case .map(let entries): return try map(entries, slots)
    case .caseWhen(let operand, let alternatives, let otherwise):
      return try caseWhen(operand, alternatives, otherwise, slots)
    case .function(let definition, let arguments, let range):
      if definition.drawsRandomly { drawsRandomly = true }
      if definition.name == "coalesce" { return CoalesceKernel(try kernels(arguments, slots)) }
      return FunctionCallKernel(definition, try kernels(arguments, slots), range)
    case .listComprehension, .quantifier, .reduce: return try comprehension(expression, slots)
    case .mapProjection(let base, let items): return try mapProjection(base, items, slots)
    case .path(let start, let steps): return PathKernel(start: start, steps: steps)
    case .exists(let plan):
      return ExistsKernel(try expressionSubplan(plan, outer: slots, needed: []))
    case .count(let plan): return CountKernel(try expressionSubplan(plan, outer: slots, needed: []))
    case .patternCount(let root, let terms):
      return PatternCountKernel(SlotKernel(root), terms, countTermBuilder)
    case .validCount(let count, let window):
      return ValidCountKernel(
        try kernel(count, slots),
        ValidPart(window: try windowKernel(window, slots), types: count.countedTypes))
    case .endCount(let end): return try countKernel(end, slots)
    case .collect(let plan, let projection):
      let inner = SlotSets.visible(plan, argument: slots).union(slots)
      return CollectKernel(
        try expressionSubplan(plan, outer: slots, needed: SlotSets.read(by: [projection])),
        try kernel(projection, inner))
    }
  }

  private func countKernel(
    _ end: CountedEnd, _ slots: SlotSet
  ) throws(QueryError) -> ExpressionKernel {
    switch end.shape {
    case .step(let step, let op, let key, let value):
      StepCountKernel(
        step, NodeComparison(op, key: key), value: try kernel(value, slots), bound: end.bound)
    case .intersection(let first, let second, let tail):
      IntersectionCountKernel(first, second, tail: tail, bound: end.bound)
    case .twoWays(let first, let second, let condition):
      TwoWayCountKernel(first, second, condition)
    case .distinctEnds(let steps, let exceptStart):
      DistinctEndCountKernel(steps, exceptStart: exceptStart)
    }
  }

  /// Numbers of matches over all nodes that have the labels.
  func lower(
    _ counts: [(slot: Slot, number: BoundExpression)], labels: [String]
  ) throws(QueryError) -> PhysicalPatternCount {
    var lowered: [PhysicalPatternCount.Count] = []
    for (slot, number) in counts {
      var part: ValidPart?
      if case .validCount(_, let window) = number {
        part = ValidPart(window: try windowKernel(window, []), types: number.countedTypes)
      }
      lowered.append(
        PhysicalPatternCount.Count(slot: slot, terms: number.countedTerms, part: part))
    }
    return PhysicalPatternCount(labels: labels, lowered, countTermBuilder)
  }

  /// The kernel of a window of valid time; one that is the same for all rows is computed here, so
  /// that its errors are those of the statement.
  func windowKernel(
    _ window: BoundExpression, _ slots: SlotSet
  ) throws(QueryError) -> ExpressionKernel {
    let kernel = try kernel(window, slots)
    guard SlotSets.read(by: [window]).isEmpty else { return kernel }
    let row = Batch(count: 1, slotCount: state.slotCount)
    return ConstantKernel(try kernel.evaluate(row, state).cell(0))
  }

  func kernels(
    _ expressions: [BoundExpression], _ slots: SlotSet
  ) throws(QueryError) -> [ExpressionKernel] {
    var made: [ExpressionKernel] = []
    made.reserveCapacity(expressions.count)
    for expression in expressions { made.append(try kernel(expression, slots)) }
    return made
  }

  private func optional(
    _ expression: BoundExpression?, _ slots: SlotSet
  ) throws(QueryError) -> ExpressionKernel? {
    guard let expression else { return nil }
    return try kernel(expression, slots)
  }

  /// Walks down the left side of long operator chains without recursion.
  private func arithmetic(
    _ expression: BoundExpression, _ slots: SlotSet
  ) throws(QueryError) -> ExpressionKernel {
    var steps: [(op: BinaryOperator, right: BoundExpression, range: SourceRange)] = []
    var rest = expression
    while case .arithmetic(let op, let left, let right, let range) = rest {
      steps.append((op, right, range))
      rest = left
    }
    var made = try kernel(rest, slots)
    for step in steps.reversed() {
      made = ArithmeticKernel(step.op, made, try kernel(step.right, slots), step.range)
    }
    return made
  }

  private func map(
    _ entries: [(key: String, value: BoundExpression)], _ slots: SlotSet
  ) throws(QueryError) -> ExpressionKernel {
    var keys: [Cell] = []
    for entry in entries { keys.append(try constants.string(entry.key)) }
    return MapKernel(keys: keys, values: try kernels(entries.map(\.value), slots))
  }

  private func caseWhen(
    _ operand: BoundExpression?,
    _ alternatives: [(when: BoundExpression, then: BoundExpression)],
    _ otherwise: BoundExpression?, _ slots: SlotSet
  ) throws(QueryError) -> ExpressionKernel {
    var made: [(when: ExpressionKernel, then: ExpressionKernel)] = []
    for alternative in alternatives {
      made.append((try kernel(alternative.when, slots), try kernel(alternative.then, slots)))
    }
    return CaseKernel(
      operand: try optional(operand, slots), alternatives: made,
      otherwise: try optional(otherwise, slots))
  }

  private func comprehension(
    _ expression: BoundExpression, _ slots: SlotSet
  ) throws(QueryError) -> ExpressionKernel {
    switch expression {
    case .listComprehension(let variable, let list, let predicate, let projection, let range):
      let inner = slots.union([variable])
      return ListComprehensionKernel(
        variable: variable, list: try kernel(list, slots),
        predicate: try optional(predicate, inner), projection: try optional(projection, inner),
        range)
    case .quantifier(let quantifier, let variable, let list, let predicate, let range):
      return QuantifierKernel(
        quantifier, variable: variable, list: try kernel(list, slots),
        predicate: try kernel(predicate, slots.union([variable])), range)
    case .reduce(let accumulator, let initial, let variable, let list, let step, let range):
      return ReduceKernel(
        accumulator: accumulator, initial: try kernel(initial, slots), variable: variable,
        list: try kernel(list, slots),
        step: try kernel(step, slots.union([accumulator, variable])), range)
    default: throw QueryError(.internalError, "not a comprehension")
    }
  }

  private func mapProjection(
    _ base: BoundExpression, _ items: [(key: String?, value: BoundExpression?)], _ slots: SlotSet
  ) throws(QueryError) -> ExpressionKernel {
    guard let properties = FunctionRegistry.standard.function(named: "properties") else {
      throw QueryError(.internalError, "the function `properties` is missing")
    }
    var made: [(key: Cell?, value: ExpressionKernel?)] = []
    for item in items {
      var key: Cell?
      if let name = item.key { key = try constants.string(name) }
      made.append((key, try optional(item.value, slots)))
    }
    return MapProjectionKernel(
      base: try kernel(base, slots), items: made, properties: properties,
      SourceRange(start: 0, end: 0))
  }
}
