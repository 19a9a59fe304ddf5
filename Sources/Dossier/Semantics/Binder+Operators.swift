import DossierSyntax

/// Operators: boolean, arithmetic, comparison, strings, membership.
extension Binder {
  /// The conjuncts of a predicate, in order. Very long conjunctions stay in one piece, so that the
  /// plan does not get as deep as they are long.
  func bindConjuncts(_ predicate: Expression) throws(QueryError) -> [BoundExpression] {
    let bound = try bindPredicate(predicate)
    if case .and(let operands, _) = bound, operands.count <= 256 { return operands }
    return [bound]
  }

  /// An expression that decides on a row: a boolean, or a pattern.
  func bindPredicate(_ predicate: Expression) throws(QueryError) -> BoundExpression {
    if case .patternPredicate(let path) = predicate.kind {
      return try bindPatternPredicate(path, predicate.range)
    }
    let value = try bind(predicate, asPredicate: true)
    try check(value, canBe: [.boolean], at: predicate.range)
    return value.expression
  }

  /// An operand of a boolean operator.
  private func bindBoolean(
    _ operand: Expression, asPredicate: Bool
  ) throws(QueryError) -> TypedExpression {
    if asPredicate { return TypedExpression(try bindPredicate(operand), .boolean) }
    let value = try bind(operand)
    try check(value, canBe: [.boolean], at: operand.range)
    return value
  }

  func bindUnary(
    _ op: UnaryOperator, _ operand: Expression, _ range: SourceRange, asPredicate: Bool
  ) throws(QueryError) -> TypedExpression {
    if op == .not {
      let value = try bindBoolean(operand, asPredicate: asPredicate)
      return TypedExpression(.not(value.expression, range), .boolean)
    }
    let value = try bind(operand)
    try check(value, canBe: op == .minus ? [.number, .duration] : [.number], at: operand.range)
    if op == .plus { return value }
    switch value.constant {
    case .integer(let number):
      let (result, overflow) = (0 as Int64).subtractingReportingOverflow(number)
      if !overflow { return TypedExpression(.constant(.integer(result)), .integer) }
    case .float(let number): return TypedExpression(.constant(.float(-number)), .float)
    default: break
    }
    return TypedExpression(.negate(value.expression, range), value.type)
  }

  // MARK: Chains

  /// Operators of two operands. Chains are left-deep and may be very long, so the left operands are
  /// walked in a loop.
  func bindChain(
    _ expression: Expression, asPredicate: Bool
  ) throws(QueryError) -> TypedExpression {
    var steps: [ChainStep] = []
    var rest = expression
    var isPredicate = asPredicate
    var current: TypedExpression?
    while case .binary(let op, let left, let right) = rest.kind {
      isPredicate = isPredicate && op.isBoolean
      steps.append(ChainStep(op, left.range, right, rest.range, isPredicate))
      rest = left
      // Looking for a computed prefix costs as much as the prefix is long.
      if steps.count <= 64, let computed = try replacement(of: rest) {
        current = computed
        break
      }
    }
    let first: TypedExpression
    if let current {
      first = current
    } else if let innermost = steps.last {
      first = try bindOperand(rest, of: innermost.op, innermost.isPredicate)
    } else {
      first = try bind(rest)
    }
    return try fold(first, steps)
  }

  private func fold(
    _ first: TypedExpression, _ steps: [ChainStep]
  ) throws(QueryError) -> TypedExpression {
    var chain = ChainBuilder(first)
    for step in steps.reversed() {
      let right = try bindOperand(step.right, of: step.op, step.isPredicate)
      if step.op.isBoolean {
        try check(chain.value, canBe: [.boolean], at: step.leftRange)
        chain.join(step.op, right.expression, step.range)
      } else {
        chain.value = try bindOperator(chain.value, step, right)
      }
    }
    return chain.value
  }

  private func bindOperand(
    _ operand: Expression, of op: BinaryOperator, _ isPredicate: Bool
  ) throws(QueryError) -> TypedExpression {
    op.isBoolean ? try bindBoolean(operand, asPredicate: isPredicate) : try bind(operand)
  }

  private func bindOperator(
    _ left: TypedExpression, _ step: ChainStep, _ right: TypedExpression
  ) throws(QueryError) -> TypedExpression {
    let (a, b) = (left.expression, right.expression)
    switch step.op {
    case .in:
      try check(right, canBe: [.list(.any)], at: step.right.range)
      return TypedExpression(.in(a, b, step.range), .boolean)
    case .startsWith, .endsWith, .contains, .matches:
      return TypedExpression(.stringPredicate(step.op, a, b, step.range), .boolean)
    default:
      let type = try ArithmeticTyping.result(
        of: step.op, left.type, right.type, at: (step.leftRange, step.right.range))
      return TypedExpression(.arithmetic(step.op, a, b, step.range), type)
    }
  }

  // MARK: Comparisons

  func bindComparison(
    _ first: Expression, _ steps: [ComparisonStep], _ range: SourceRange
  ) throws(QueryError) -> TypedExpression {
    var left = try bind(first).expression
    var comparisons: [BoundExpression] = []
    for step in steps {
      let right = try bind(step.operand).expression
      comparisons.append(.comparison(step.operator, left, right))
      left = right
    }
    if comparisons.count == 1 { return TypedExpression(comparisons[0], .boolean) }
    return TypedExpression(.and(comparisons, range), .boolean)
  }
}

/// One operator of a chain with its right operand.
private struct ChainStep {
  var op: BinaryOperator
  var leftRange: SourceRange
  var right: Expression
  var range: SourceRange
  /// Patterns may stand as the operands.
  var isPredicate: Bool

  init(
    _ op: BinaryOperator, _ leftRange: SourceRange, _ right: Expression, _ range: SourceRange,
    _ isPredicate: Bool
  ) {
    self.op = op
    self.leftRange = leftRange
    self.right = right
    self.range = range
    self.isPredicate = isPredicate
  }
}

/// Gathers the operands of neighbouring ANDs, and of neighbouring ORs, in one list.
private struct ChainBuilder {
  private var operands: [BoundExpression] = []
  private var joint: BinaryOperator = .and
  private var range = SourceRange(start: 0, end: 0)
  private var single: TypedExpression

  init(_ first: TypedExpression) { single = first }

  var value: TypedExpression {
    get {
      if operands.isEmpty { return single }
      return TypedExpression(
        joint == .and ? .and(operands, range) : .or(operands, range), .boolean)
    }
    set {
      operands = []
      single = newValue
    }
  }

  mutating func join(_ op: BinaryOperator, _ operand: BoundExpression, _ range: SourceRange) {
    if op == .xor {
      value = TypedExpression(.xor(value.expression, operand, range), .boolean)
      return
    }
    if operands.isEmpty || joint != op {
      operands = [value.expression]
      joint = op
    }
    operands.append(operand)
    self.range = range
  }
}

extension BinaryOperator {
  /// AND, OR and XOR.
  var isBoolean: Bool { self == .and || self == .or || self == .xor }
}
