import DossierSyntax

/// Operators: null in, null out, except where logic decides.
extension ReferenceEngine {
  func apply(_ symbol: UnaryOperator, _ operand: ReferenceValue) throws -> ReferenceValue {
    if operand.isNull { return .null }
    switch (symbol, operand) {
    case (.not, .boolean(let value)): return .boolean(!value)
    case (.plus, .integer), (.plus, .float): return operand
    case (.minus, .float(let value)): return .float(-value)
    case (.minus, .integer(let value)):
      return try Self.checked(Int64(0).subtractingReportingOverflow(value))
    default: throw ReferenceError.type
    }
  }

  func apply(
    _ symbol: BinaryOperator, _ left: Expression, _ right: Expression,
    _ value: (Expression) throws -> ReferenceValue
  ) throws -> ReferenceValue {
    let a = try value(left)
    let b = try value(right)
    switch symbol {
    case .and: return Self.boolean(ReferenceValue.conjunction([try truth(a), try truth(b)]))
    case .or: return Self.boolean(ReferenceValue.disjunction([try truth(a), try truth(b)]))
    case .xor:
      guard let x = try truth(a), let y = try truth(b) else { return .null }
      return .boolean(x != y)
    case .in:
      if b.isNull { return .null }
      guard case .list(let elements) = b else { throw ReferenceError.type }
      return Self.boolean(
        ReferenceValue.disjunction(elements.map { ReferenceValue.equal(a, $0) }))
    case .startsWith, .endsWith, .contains:
      guard case .string(let text) = a, case .string(let part) = b else { return .null }
      return .boolean(Self.holds(symbol, Array(text.utf8), Array(part.utf8)))
    case .matches: throw ReferenceError("Unsupported")
    case .add, .subtract, .multiply, .divide, .modulo, .power:
      return try arithmetic(symbol, a, b)
    }
  }

  private static func boolean(_ value: Bool?) -> ReferenceValue {
    value.map { .boolean($0) } ?? .null
  }

  private static func holds(_ symbol: BinaryOperator, _ text: [UInt8], _ part: [UInt8]) -> Bool {
    if part.count > text.count { return false }
    switch symbol {
    case .startsWith: return Array(text.prefix(part.count)) == part
    case .endsWith: return Array(text.suffix(part.count)) == part
    default:
      return (0...text.count - part.count).contains { Array(text[$0..<$0 + part.count]) == part }
    }
  }

  /// `a < b <= c`: each pair by itself, joined by AND.
  func compare(
    _ first: Expression, _ steps: [ComparisonStep],
    _ value: (Expression) throws -> ReferenceValue
  ) throws -> ReferenceValue {
    var left = try value(first)
    var truths: [Bool?] = []
    for step in steps {
      let right = try value(step.operand)
      truths.append(Self.compare(step.operator, left, right))
      left = right
    }
    return Self.boolean(ReferenceValue.conjunction(truths))
  }

  private static func compare(
    _ symbol: ComparisonOperator, _ a: ReferenceValue, _ b: ReferenceValue
  ) -> Bool? {
    if symbol == .equal { return ReferenceValue.equal(a, b) }
    if symbol == .notEqual { return ReferenceValue.equal(a, b).map { !$0 } }
    switch ReferenceValue.compare(a, b) {
    case .alwaysNull: return nil
    case .alwaysFalse: return false
    case .less: return symbol == .less || symbol == .lessOrEqual
    case .greater: return symbol == .greater || symbol == .greaterOrEqual
    case .equal: return symbol == .lessOrEqual || symbol == .greaterOrEqual
    }
  }

  // MARK: Arithmetic

  func arithmetic(
    _ symbol: BinaryOperator, _ a: ReferenceValue, _ b: ReferenceValue
  ) throws -> ReferenceValue {
    if a.isNull || b.isNull { return .null }
    switch (symbol, a, b) {
    case (.add, .list(let x), .list(let y)): return .list(x + y)
    case (.add, .list(let x), _): return .list(x + [b])
    case (.add, _, .list(let y)): return .list([a] + y)
    case (.add, .string(let x), .string(let y)): return .string(x + y)
    case (_, .integer(let x), .integer(let y)): return try integers(symbol, x, y)
    case (_, .integer(let x), .float(let y)): return try floats(symbol, Double(x), y)
    case (_, .float(let x), .integer(let y)): return try floats(symbol, x, Double(y))
    case (_, .float(let x), .float(let y)): return try floats(symbol, x, y)
    default: throw ReferenceError.type
    }
  }

  private func integers(_ symbol: BinaryOperator, _ x: Int64, _ y: Int64) throws -> ReferenceValue {
    switch symbol {
    case .add: return try Self.checked(x.addingReportingOverflow(y))
    case .subtract: return try Self.checked(x.subtractingReportingOverflow(y))
    case .multiply: return try Self.checked(x.multipliedReportingOverflow(by: y))
    case .divide, .modulo:
      if y == 0 { throw ReferenceError("DivisionByZero") }
      return try Self.checked(
        symbol == .divide
          ? x.dividedReportingOverflow(by: y) : x.remainderReportingOverflow(dividingBy: y))
    default: return try floats(symbol, Double(x), Double(y))
    }
  }

  private func floats(_ symbol: BinaryOperator, _ x: Double, _ y: Double) throws -> ReferenceValue {
    switch symbol {
    case .add: return .float(x + y)
    case .subtract: return .float(x - y)
    case .multiply: return .float(x * y)
    case .divide: return .float(x / y)
    case .modulo: return .float(x.truncatingRemainder(dividingBy: y))
    default: return .float(Self.power(x, y))
    }
  }

  /// Powers with small whole exponents, which are all that generated queries have.
  private static func power(_ base: Double, _ exponent: Double) -> Double {
    var result = 1.0
    for _ in 0..<Int(abs(exponent)) { result *= base }
    return exponent < 0 ? 1 / result : result
  }

  static func checked(_ result: (partialValue: Int64, overflow: Bool)) throws -> ReferenceValue {
    if result.overflow { throw ReferenceError("IntegerOverflow") }
    return .integer(result.partialValue)
  }
}
