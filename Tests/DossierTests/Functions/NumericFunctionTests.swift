import Testing

@testable import Dossier

@Suite("Mathematical functions")
struct NumericFunctionTests {
  let bench = FunctionBench()

  @Test func signsAndMagnitudes() throws {
    #expect(try bench.call("abs", .integer(-3)) == .integer(3))
    #expect(try bench.call("abs", .float(-3.5)) == .float(3.5))
    #expect(try bench.failure("abs", .integer(.min)) == .integerOverflowAtRuntime)
    #expect(try bench.call("sign", .float(-0.1)) == .integer(-1))
    #expect(try bench.call("sign", .integer(0)) == .integer(0))
    #expect(try bench.call("isNaN", .float(.nan)) == .boolean(true))
  }

  @Test func rounding() throws {
    #expect(try bench.call("ceil", .float(0.1)) == .float(1))
    #expect(try bench.call("floor", .float(-0.1)) == .float(-1))
    #expect(try bench.call("round", .float(1.5)) == .float(2))
    #expect(try bench.call("round", .float(-1.5)) == .float(-1))
    #expect(try bench.call("round", .float(0.499_999_999_999_999_94)) == .float(0))
    #expect(try bench.call("round", .integer(3)) == .float(3))
  }

  @Test(arguments: [
    (1.005, 2, 1.01), (3.141_592_6, 3, 3.142), (-1.55, 1, -1.6), (9.99, 1, 10), (0.04, 1, 0),
    (0.06, 1, 0.1), (1e300, 2, 1e300), (1e-300, 2, 0), (123.456, 0, 123), (5, 2, 5),
    (99.5, 0, 100),
  ])
  func roundingToDecimals(_ value: Double, _ precision: Int64, _ expected: Double) throws {
    #expect(
      try bench.call("round", .float(value), .integer(precision)) == .float(expected))
  }

  @Test(arguments: [
    ("UP", 1.21, 1.3), ("DOWN", 1.29, 1.2), ("CEILING", -1.29, -1.2), ("FLOOR", -1.21, -1.3),
    ("HALF_UP", -1.25, -1.3), ("HALF_DOWN", 1.25, 1.2), ("HALF_EVEN", 1.25, 1.2),
    ("HALF_EVEN", 1.35, 1.4), ("half_even", 0.05, 0), ("UP", 0.01, 0.1),
  ])
  func roundingModes(_ mode: String, _ value: Double, _ expected: Double) throws {
    #expect(
      try bench.call("round", .float(value), .integer(1), .string(mode)) == .float(expected))
  }

  @Test func roundingErrors() throws {
    #expect(try bench.failure("round", .float(1), .integer(-1)) == .numberOutOfRange)
    #expect(
      try bench.failure("round", .float(1), .integer(1), .string("x")) == .invalidArgumentValue)
  }

  @Test func rootsAndAngles() throws {
    #expect(try bench.call("sqrt", .float(12.96)) == .float(3.6))
    #expect(try bench.call("sqrt", .integer(-1)) == .float(.nan))
    #expect(try bench.call("ln", .integer(1)) == .float(0))
    #expect(try bench.call("log10", .integer(1_000)) == .float(3))
    #expect(try bench.call("degrees", .float(.pi)) == .float(180))
    #expect(try bench.call("atan2", .integer(0), .integer(-1)) == .float(.pi))
    #expect(try bench.call("pi") == .float(.pi))
    #expect(try bench.failure("sin", .string("1")) == .invalidArgumentTypeAtRuntime)
    #expect(try bench.call("mod", .integer(-7), .integer(3)) == .integer(-1))
    #expect(try bench.call("power", .integer(2), .integer(3)) == .float(8))
  }
}
