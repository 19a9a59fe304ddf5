/// How tightly an operator binds; the loosest stands first.
enum OperatorLevel: Int, Comparable {
  case or = 1
  case xor
  case and
  case not
  case comparison
  case predicate
  case additive
  case multiplicative
  case power
  case sign
  /// A postfix expression that ends with labels.
  case labels
  case postfix
  /// Above all operators: asks for parentheses whatever the expression is.
  case never

  static func < (left: OperatorLevel, right: OperatorLevel) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The level of the right operand of a left-associative operator.
  var next: OperatorLevel { OperatorLevel(rawValue: rawValue + 1) ?? .postfix }
}

/// An operator that stands behind its left operand.
enum InfixOperator {
  case binary(BinaryOperator)
  case comparison(ComparisonOperator)
  /// `IS NULL` and `IS NOT NULL`.
  case nullPredicate

  var level: OperatorLevel {
    switch self {
    case .binary(let binary): binary.level
    case .comparison: .comparison
    case .nullPredicate: .predicate
    }
  }
}

extension BinaryOperator {
  var level: OperatorLevel {
    switch self {
    case .or: .or
    case .xor: .xor
    case .and: .and
    case .in, .startsWith, .endsWith, .contains, .matches: .predicate
    case .add, .subtract: .additive
    case .multiply, .divide, .modulo: .multiplicative
    case .power: .power
    }
  }
}
