import Testing

@testable import Dossier

@Suite("Conversions")
struct ConversionFunctionTests {
  let bench = FunctionBench()

  @Test(arguments: [
    ("42", 42), ("-1.7", -1), ("1.7", 1), (" 8 ", 8), ("1e3", 1_000), ("+5", 5), (".9", 0),
    ("9223372036854775807", .max), ("-9223372036854775808", .min), ("0042", 42), ("7.", 7),
  ])
  func integersFromTexts(_ text: String, _ expected: Int64) throws {
    #expect(try bench.call("toInteger", .string(text)) == .integer(expected))
  }

  @Test(arguments: [
    "", " ", "foo", "nan", "inf", "0x10", "1_000", "1 2", "--1", "1e", ".", "9223372036854775808",
    "1e400", "٣",
  ])
  func textsThatAreNoInteger(_ text: String) throws {
    #expect(try bench.call("toInteger", .string(text)) == .null)
  }

  @Test func integersFromFloats() throws {
    #expect(try bench.call("toInteger", .float(82.9)) == .integer(82))
    #expect(try bench.failure("toInteger", .float(1e30)) == .integerOverflowAtRuntime)
    #expect(try bench.call("toIntegerOrNull", .float(1e30)) == .null)
    #expect(try bench.failure("toInteger", .list([])) == .invalidArgumentValue)
    #expect(try bench.failure("toInteger", .boolean(true)) == .invalidArgumentValue)
  }

  @Test func floats() throws {
    #expect(try bench.call("toFloat", .string("-1.5e-3")) == .float(-0.0015))
    #expect(try bench.call("toFloat", .integer(3)) == .float(3))
    for text in ["nan", "infinity", "0x1p3", "1e999", "", "1,5"] {
      #expect(try bench.call("toFloat", .string(text)) == .null)
    }
    #expect(try bench.failure("toFloat", .boolean(true)) == .invalidArgumentValue)
  }

  @Test func booleans() throws {
    #expect(try bench.call("toBoolean", .string("TRUE")) == .boolean(true))
    #expect(try bench.call("toBoolean", .string(" tru ")) == .null)
    #expect(try bench.call("toBoolean", .integer(0)) == .boolean(false))
    #expect(try bench.failure("toBoolean", .float(1)) == .invalidArgumentValue)
    #expect(try bench.call("toBooleanOrNull", .float(1)) == .null)
  }

  @Test func strings() throws {
    #expect(
      try bench.call("toString", .integer(.min)) == .string("-9223372036854775808"))
    #expect(try bench.call("toString", .integer(0)) == .string("0"))
    #expect(try bench.call("toString", .float(1)) == .string("1.0"))
    #expect(try bench.call("toString", .float(1e20)) == .string("1.0E20"))
    #expect(try bench.call("toString", .boolean(true)) == .string("true"))
    #expect(
      try bench.call("toString", .date(DateValue(daysSinceEpoch: 0))) == .string("1970-01-01"))
    #expect(try bench.failure("toString", .list([])) == .invalidArgumentValue)
    #expect(
      try bench.call("toStringList", .list([.integer(1), .null, .list([])]))
        == .list([.string("1"), .null, .null]))
  }
}
