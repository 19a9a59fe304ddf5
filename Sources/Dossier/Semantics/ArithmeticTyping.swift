import DossierSyntax

/// The static types of `+ - * / % ^`.
enum ArithmeticTyping {
  /// The type of the result. Errors: `invalidArgumentType` where the operands can never fit.
  static func result(
    of op: BinaryOperator, _ left: StaticType, _ right: StaticType,
    at ranges: (left: SourceRange, right: SourceRange)
  ) throws(QueryError) -> StaticType {
    let operands = operandTypes(of: op)
    for (type, range) in [(left, ranges.left), (right, ranges.right)]
    where !type.canBe(anyOf: operands) && !(op == .add && (left.isList || right.isList)) {
      throw QueryError(
        .invalidArgumentType,
        "`\(op.symbol)` needs \(operands.titles), found \(type.title)", at: range,
        label: type.title)
    }
    guard let type = combined(op, left, right) else {
      throw QueryError(
        .invalidArgumentType,
        "`\(op.symbol)` cannot combine \(left.title) with \(right.title)", at: ranges.right,
        label: right.title)
    }
    return type
  }

  private static func operandTypes(of op: BinaryOperator) -> [StaticType] {
    let instants: [StaticType] = [.date, .localTime, .time, .localDateTime, .dateTime]
    return switch op {
    case .add: [.number, .string, .list(.any), .duration] + instants
    case .subtract: [.number, .duration] + instants
    case .multiply, .divide: [.number, .duration]
    default: [.number]
    }
  }

  /// nil when the types exclude each other.
  private static func combined(
    _ op: BinaryOperator, _ left: StaticType, _ right: StaticType
  ) -> StaticType? {
    if op == .add, left.isList || right.isList { return concatenated(left, right) }
    if left == .any || left == .null || right == .any || right == .null {
      return op == .power ? .float : .any
    }
    if left.isNumeric, right.isNumeric { return number(op, left, right) }
    switch op {
    case .add:
      if left == .string || right == .string { return .string }
      if left == .duration, right == .duration { return .duration }
      if left.isInstant, right == .duration { return left }
      if left == .duration, right.isInstant { return right }
    case .subtract:
      if right == .duration, left.isInstant || left == .duration { return left }
    case .multiply:
      if left == .duration, right.isNumeric { return .duration }
      if left.isNumeric, right == .duration { return .duration }
    case .divide:
      if left == .duration, right.isNumeric { return .duration }
    default: break
    }
    return nil
  }

  private static func number(
    _ op: BinaryOperator, _ left: StaticType, _ right: StaticType
  ) -> StaticType {
    if op == .power || left == .float || right == .float { return .float }
    return left == .integer && right == .integer ? .integer : .number
  }

  private static func concatenated(_ left: StaticType, _ right: StaticType) -> StaticType {
    switch (left, right) {
    case (.list(let a), .list(let b)): .list(a.joined(with: b))
    default: .list(.any)
    }
  }
}
