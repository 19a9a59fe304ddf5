extension Printer {
  /// An expression where only operators of at least the given level may stand; any other is put in
  /// parentheses.
  mutating func printExpression(_ expression: Expression, at minimum: OperatorLevel) {
    let needsParentheses = expression.level < minimum
    if needsParentheses { output += "(" }
    switch expression.kind {
    case .binary: printChain(expression)
    case .comparison(let first, let steps): printComparison(first, steps)
    case .unary(let sign, let operand): printUnary(sign, operand)
    case .isNull(let operand):
      printExpression(operand, at: .predicate)
      output += " IS NULL"
    case .isNotNull(let operand):
      printExpression(operand, at: .predicate)
      output += " IS NOT NULL"
    default: printPostfix(expression)
    }
    if needsParentheses { output += ")" }
  }

  /// A binary operator. The left operands are walked in a loop, for chains may be long.
  private mutating func printChain(_ expression: Expression) {
    var spine: [(BinaryOperator, Expression)] = []
    var left = expression
    var closings = 0
    while case .binary(let sign, let first, let second) = left.kind {
      spine.append((sign, second))
      left = first
      if case .binary = first.kind, first.level < sign.level { closings += 1 }
    }
    output += String(repeating: "(", count: closings)
    let innermost = spine.last.map { $0.0.level } ?? .or
    printExpression(left, at: innermost)
    var outerLevels = spine.map { $0.0.level }
    for (sign, right) in spine.reversed() {
      output += " " + sign.spelling + " "
      printExpression(right, at: sign.level.next)
      let level = outerLevels.removeLast()
      if let outer = outerLevels.last, level < outer { output += ")" }
    }
  }

  private mutating func printComparison(_ first: Expression, _ steps: [ComparisonStep]) {
    printExpression(first, at: .predicate)
    for step in steps {
      output += " " + step.operator.spelling + " "
      printExpression(step.operand, at: .predicate)
    }
  }

  private mutating func printUnary(_ sign: UnaryOperator, _ operand: Expression) {
    switch sign {
    case .not:
      output += "NOT "
      printExpression(operand, at: .not)
    case .plus:
      output += "+"
      printExpression(operand, at: .sign)
    case .minus:
      output += operand.level == .sign ? "- " : "-"
      printExpression(operand, at: operand.isNumber && operand.level > .sign ? .never : .sign)
    }
  }

  private mutating func printPostfix(_ expression: Expression) {
    switch expression.kind {
    case .property(let base, let key):
      printExpression(base, at: .postfix)
      output += "." + Spelling.name(key.text)
    case .index(let base, let index):
      printExpression(base, at: .postfix)
      output += "["
      printExpression(index, at: .or)
      output += "]"
    case .slice(let base, let first, let last):
      printExpression(base, at: .postfix)
      output += "["
      if let first { printExpression(first, at: .or) }
      output += ".."
      if let last { printExpression(last, at: .or) }
      output += "]"
    case .hasLabels(let base, let labels):
      printExpression(base, at: .postfix)
      for label in labels { output += ":" + Spelling.name(label.text) }
    default: printPrimary(expression)
    }
  }
}

extension Expression {
  /// How tightly the outermost operator of the expression's text binds.
  var level: OperatorLevel {
    switch kind {
    case .binary(let sign, _, _): sign.level
    case .comparison: .comparison
    case .isNull, .isNotNull: .predicate
    case .unary(.not, _): .not
    case .unary: .sign
    case .integer(let value): value < 0 ? .sign : .postfix
    case .float(let value): value.sign == .minus ? .sign : .postfix
    case .hasLabels: .labels
    case .patternPredicate: .not
    default: .postfix
    }
  }

  /// An integer or a float.
  var isNumber: Bool {
    switch kind {
    case .integer, .float: true
    default: false
    }
  }
}

extension BinaryOperator {
  /// The operator as it is written.
  public var spelling: String {
    switch self {
    case .or: "OR"
    case .xor: "XOR"
    case .and: "AND"
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .modulo: "%"
    case .power: "^"
    case .in: "IN"
    case .startsWith: "STARTS WITH"
    case .endsWith: "ENDS WITH"
    case .contains: "CONTAINS"
    case .matches: "=~"
    }
  }
}

extension ComparisonOperator {
  /// The operator as it is written.
  public var spelling: String {
    switch self {
    case .equal: "="
    case .notEqual: "<>"
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    }
  }
}
