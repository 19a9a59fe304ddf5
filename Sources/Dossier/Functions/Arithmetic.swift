import DossierSyntax
import Glibc

/// `+ - * / % ^` and unary minus over columns and cells.
///
/// Integers are checked 64-bit numbers, floats follow IEEE 754, null gives null.
enum Arithmetic {
  /// The operator applied row by row.
  ///
  /// Errors: `integerOverflowAtRuntime`, `divisionByZero`, `invalidArgumentTypeAtRuntime`.
  static func evaluate(
    _ op: BinaryOperator, _ a: Column, _ b: Column, count: Int, context: FunctionContext
  ) throws(QueryError) -> Column {
    if count == 0 { return Column(.cell, count: 0) }
    if a.isConstant && b.isConstant {
      return Column(constant: try apply(op, a.cell(0), b.cell(0), context), count: count)
    }
    if isConstantNull(a) || isConstantNull(b) { return Column(constant: .null, count: count) }
    if let left = NumericOperand(a), let right = NumericOperand(b) {
      return try evaluate(op, left, right, count: count, context: context)
    }
    return try context.mapRows(a, b, count) { (x, y) throws(QueryError) in
      try apply(op, x, y, context)
    }
  }

  /// The negative of each row. Errors as `evaluate`.
  static func negate(
    _ a: Column, count: Int, context: FunctionContext
  ) throws(QueryError) -> Column {
    if count > 0, !a.isConstant, let operand = NumericOperand(a) {
      let zero = operand.isFloat ? NumericOperand(float: -0.0) : NumericOperand(integer: 0)
      return try evaluate(.subtract, zero, operand, count: count, context: context)
    }
    return try context.mapRows(a, count) { (x) throws(QueryError) in try negate(x, context) }
  }

  private static func isConstantNull(_ column: Column) -> Bool {
    column.isConstant && !column.isValid(0)
  }

  // MARK: Cells

  /// The operator applied to two values.
  @inline(__always)
  static func apply(
    _ op: BinaryOperator, _ a: Cell, _ b: Cell, _ context: FunctionContext
  ) throws(QueryError) -> Cell {
    switch (a.tag, b.tag) {
    case (.integer, .integer): try integers(op, a.integer, b.integer, context)
    case (.float, .float): Cell(floats(op, a.float, b.float))
    case (.integer, .float): Cell(floats(op, Double(a.integer), b.float))
    case (.float, .integer): Cell(floats(op, a.float, Double(b.integer)))
    case (.null, _), (_, .null): .null
    default: try applyOther(op, a, b, context)
    }
  }

  static func negate(_ a: Cell, _ context: FunctionContext) throws(QueryError) -> Cell {
    switch a.tag {
    case .null: return .null
    case .integer: return try integers(.subtract, 0, a.integer, context)
    case .float: return Cell(-a.float)
    case .duration: return try negateDuration(a.duration, context)
    default:
      throw context.error(
        .invalidArgumentTypeAtRuntime, "`-` expects a number, found \(a.tag.typeName)")
    }
  }

  static func integers(
    _ op: BinaryOperator, _ a: Int64, _ b: Int64, _ context: FunctionContext
  ) throws(QueryError) -> Cell {
    let (value, overflow): (Int64, Bool)
    switch op {
    case .add: (value, overflow) = a.addingReportingOverflow(b)
    case .subtract: (value, overflow) = a.subtractingReportingOverflow(b)
    case .multiply: (value, overflow) = a.multipliedReportingOverflow(by: b)
    case .divide:
      if b == 0 { throw divisionByZero(op, context) }
      (value, overflow) = a.dividedReportingOverflow(by: b)
    case .modulo:
      if b == 0 { throw divisionByZero(op, context) }
      (value, overflow) = (b == -1 ? 0 : a % b, false)
    default: return Cell(floats(op, Double(a), Double(b)))
    }
    if overflow { throw self.overflow(op, context) }
    return Cell(value)
  }

  @inline(__always)
  static func floats(_ op: BinaryOperator, _ a: Double, _ b: Double) -> Double {
    switch op {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .modulo: fmod(a, b)
    default: pow(a, b)
    }
  }

  private static func applyOther(
    _ op: BinaryOperator, _ a: Cell, _ b: Cell, _ context: FunctionContext
  ) throws(QueryError) -> Cell {
    if op == .add, let sum = try concatenate(a, b, context) { return sum }
    if let result = try temporal(op, a, b, context) { return result }
    throw context.error(
      .invalidArgumentTypeAtRuntime,
      "`\(op.symbol)` cannot take \(a.tag.typeName) and \(b.tag.typeName)")
  }

  // MARK: Errors

  static func overflow(_ op: BinaryOperator, _ context: FunctionContext) -> QueryError {
    context.error(
      .integerOverflowAtRuntime, "the result of `\(op.symbol)` does not fit a 64-bit integer",
      help: "use floats: `toFloat(…)`")
  }

  static func divisionByZero(_ op: BinaryOperator, _ context: FunctionContext) -> QueryError {
    context.error(.divisionByZero, "`\(op.symbol)` divides an integer by zero")
  }
}

extension BinaryOperator {
  /// The operator as it is written.
  var symbol: String {
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
