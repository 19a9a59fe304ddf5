import DossierSyntax
import Testing

@testable import Dossier

@Suite("Arithmetic over columns and values")
struct ArithmeticTests {
  let bench = FunctionBench()

  func evaluate(_ op: BinaryOperator, _ a: Value, _ b: Value) throws -> Value {
    let result = try Arithmetic.evaluate(
      op, try bench.cells([a]), try bench.cells([b]), count: 1, context: bench.context)
    return bench.values(result)[0]
  }

  func failure(_ op: BinaryOperator, _ a: Value, _ b: Value) throws -> DiagnosticCode? {
    let (x, y) = (try bench.cells([a]), try bench.cells([b]))
    return bench.code { () throws(QueryError) in
      _ = try Arithmetic.evaluate(op, x, y, count: 1, context: bench.context)
    }
  }

  @Test func integersAreChecked() throws {
    #expect(try evaluate(.add, .integer(1), .integer(2)) == .integer(3))
    #expect(try evaluate(.divide, .integer(-7), .integer(2)) == .integer(-3))
    #expect(try evaluate(.modulo, .integer(-7), .integer(2)) == .integer(-1))
    #expect(try evaluate(.modulo, .integer(.min), .integer(-1)) == .integer(0))
    #expect(try evaluate(.power, .integer(2), .integer(10)) == .float(1_024))
    #expect(try failure(.add, .integer(.max), .integer(1)) == .integerOverflowAtRuntime)
    #expect(try failure(.subtract, .integer(.min), .integer(1)) == .integerOverflowAtRuntime)
    #expect(try failure(.multiply, .integer(.max), .integer(2)) == .integerOverflowAtRuntime)
    #expect(try failure(.divide, .integer(.min), .integer(-1)) == .integerOverflowAtRuntime)
    #expect(try failure(.divide, .integer(1), .integer(0)) == .divisionByZero)
    #expect(try failure(.modulo, .integer(1), .integer(0)) == .divisionByZero)
  }

  @Test func floatsFollowIEEE() throws {
    #expect(try evaluate(.divide, .float(1), .integer(0)) == .float(.infinity))
    #expect(try evaluate(.divide, .float(0), .float(0)) == .float(.nan))
    #expect(try evaluate(.modulo, .float(-5.5), .integer(2)) == .float(-1.5))
    #expect(try evaluate(.add, .integer(1), .float(0.5)) == .float(1.5))
  }

  @Test func stringsAndListsAreConcatenated() throws {
    #expect(try evaluate(.add, .string("a"), .string("b")) == .string("ab"))
    #expect(try evaluate(.add, .string("a"), .integer(1)) == .string("a1"))
    #expect(try evaluate(.add, .float(1), .string("a")) == .string("1.0a"))
    #expect(
      try evaluate(.add, .list([.integer(1)]), .list([.null])) == .list([.integer(1), .null]))
    #expect(
      try evaluate(.add, .list([.integer(1)]), .string("x")) == .list([.integer(1), .string("x")]))
    #expect(
      try evaluate(.add, .integer(0), .list([.integer(1)])) == .list([.integer(0), .integer(1)]))
    #expect(try evaluate(.add, .list([.integer(1)]), .null) == .null)
  }

  @Test func temporalValuesMove() throws {
    let day = Value.date(DateValue(daysSinceEpoch: 0))
    let month = DurationValue(months: 1, days: 0, seconds: 0, nanoseconds: 0)
    #expect(try evaluate(.add, day, .duration(month)) == .date(DateValue(daysSinceEpoch: 31)))
    #expect(try evaluate(.add, .duration(month), day) == .date(DateValue(daysSinceEpoch: 31)))
    #expect(try evaluate(.subtract, day, .duration(month)) == .date(DateValue(daysSinceEpoch: -31)))
    let two = DurationValue(months: 2, days: 0, seconds: 0, nanoseconds: 0)
    #expect(try evaluate(.multiply, .integer(2), .duration(month)) == .duration(two))
    #expect(try evaluate(.add, .duration(month), .duration(month)) == .duration(two))
    #expect(try evaluate(.divide, .duration(two), .integer(2)) == .duration(month))
    #expect(try failure(.divide, .duration(two), .integer(0)) == .divisionByZero)
    #expect(try failure(.subtract, day, day) == .invalidArgumentTypeAtRuntime)
  }

  @Test func otherTypesAreErrors() throws {
    #expect(try failure(.add, .boolean(true), .integer(1)) == .invalidArgumentTypeAtRuntime)
    #expect(try failure(.subtract, .string("a"), .string("b")) == .invalidArgumentTypeAtRuntime)
    #expect(try evaluate(.add, .boolean(true), .null) == .null)
  }

  @Test func negation() throws {
    func negate(_ values: [Value]) throws -> [Value] {
      bench.values(
        try Arithmetic.negate(
          try bench.typed(values), count: values.count, context: bench.context))
    }
    #expect(try negate([.integer(1), .null]) == [.integer(-1), .null])
    #expect(try negate([.float(0), .float(2)])[0].description == "-0.0")
    #expect(throws: QueryError.self) { try negate([.integer(.min)]) }
    #expect(throws: QueryError.self) { try negate([.string("a")]) }
  }

  /// Typed loops give what the value-by-value path gives, for columns, constants and nulls.
  @Test(arguments: [BinaryOperator.add, .subtract, .multiply, .divide, .modulo, .power])
  func typedLoopsAgreeWithCells(_ op: BinaryOperator) throws {
    var random = SeededGenerator(7)
    func number(_ isFloat: Bool) -> Value {
      if Int.random(in: 0..<5, using: &random) == 0 { return .null }
      if isFloat { return .float(Double.random(in: -10...10, using: &random)) }
      return .integer(Int64.random(in: 1...1_000, using: &random))
    }
    for shape in 0..<64 {
      let values = (0..<2).map { side in
        (0..<100).map { _ in number(shape >> side & 1 == 1) }
      }
      let columns = try (0..<2).map { side in
        switch shape >> (2 + side * 2) & 3 {
        case 0: try bench.typed(values[side])
        case 1: try bench.typed(values[side].map { $0 == .null ? .integer(3) : $0 })
        case 2: Column(constant: try bench.state.arena.cell(values[side][0]), count: 100)
        default: try bench.cells(values[side])
        }
      }
      let generic = try columns.map { try bench.cells(bench.values($0)) }
      let fast = try Arithmetic.evaluate(
        op, columns[0], columns[1], count: 100, context: bench.context)
      let slow = try Arithmetic.evaluate(
        op, generic[0], generic[1], count: 100, context: bench.context)
      #expect(bench.values(fast) == bench.values(slow), "shape \(shape)")
    }
  }

  @Test func overflowUnderNullIsNone() throws {
    let column = try bench.typed([.integer(1), .null])
    let result = try Arithmetic.evaluate(
      .add, column, column, count: 2, context: bench.context)
    #expect(bench.values(result) == [.integer(2), .null])
  }

  @Test func overflowInTypedColumnsIsFound() throws {
    let column = try bench.typed([.integer(1), .integer(.max)])
    let code = bench.code { () throws(QueryError) in
      _ = try Arithmetic.evaluate(.add, column, column, count: 2, context: bench.context)
    }
    #expect(code == .integerOverflowAtRuntime)
  }
}
