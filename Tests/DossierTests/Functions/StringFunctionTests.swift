import Testing

@testable import Dossier

@Suite("String functions")
struct StringFunctionTests {
  let bench = FunctionBench()

  func text(_ name: String, _ arguments: Value...) throws -> String? {
    let value: Value =
      switch arguments.count {
      case 1: try bench.call(name, arguments[0])
      case 2: try bench.call(name, arguments[0], arguments[1])
      case 3: try bench.call(name, arguments[0], arguments[1], arguments[2])
      default: try bench.call(name, arguments[0], arguments[1], arguments[2], arguments[3])
      }
    if case .string(let text) = value { return text }
    return nil
  }

  @Test func lengthsCountCodePoints() throws {
    #expect(try bench.call("size", .string("a\u{308}b")) == .integer(3))
    #expect(try bench.call("char_length", .string("🇦🇹")) == .integer(2))
    #expect(try bench.call("byte_length", .string("ü")) == .integer(2))
    #expect(try bench.call("size", .null) == .null)
  }

  @Test func letterCase() throws {
    #expect(try text("toUpper", .string("Straße")) == "STRASSE")
    #expect(try text("toLower", .string("ÄBC1")) == "äbc1")
    #expect(try text("upper", .string("aZ-09{")) == "AZ-09{")
    #expect(try text("lower", .string("aZ-09[")) == "az-09[")
  }

  @Test func substrings() throws {
    #expect(try text("substring", .string("0123456789"), .integer(1)) == "123456789")
    #expect(try text("substring", .string("äöü€"), .integer(1), .integer(2)) == "öü")
    #expect(try text("substring", .string("abc"), .integer(5)) == "")
    #expect(try text("substring", .string("abc"), .integer(1), .integer(.max)) == "bc")
    #expect(try text("left", .string("äöü"), .integer(2)) == "äö")
    #expect(try text("right", .string("äöü"), .integer(2)) == "öü")
    #expect(try text("right", .string("äöü"), .integer(9)) == "äöü")
    #expect(try bench.failure("substring", .string("a"), .integer(-1)) == .numberOutOfRange)
    #expect(try bench.failure("left", .string("a"), .integer(-1)) == .numberOutOfRange)
    #expect(try bench.failure("left", .integer(1), .integer(1)) == .invalidArgumentTypeAtRuntime)
  }

  @Test func trimming() throws {
    #expect(try text("trim", .string(" \u{a0}\u{3000}a b\t\n")) == "a b")
    #expect(try text("ltrim", .string(" a ")) == "a ")
    #expect(try text("rtrim", .string(" a ")) == " a")
    #expect(try text("btrim", .string("xyaxbyx"), .string("xy")) == "axb")
    #expect(try text("trim", .string("   ")) == "")
    #expect(try text("trim", .string("")) == "")
  }

  @Test func splitting() throws {
    func split(_ text: String, _ delimiter: Value) throws -> Value {
      try bench.call("split", .string(text), delimiter)
    }
    func list(_ parts: String...) -> Value { .list(parts.map(Value.string)) }
    #expect(try split("one,two", .string(",")) == list("one", "two"))
    #expect(try split(",a,", .string(",")) == list("", "a", ""))
    #expect(try split("aöc", .string("")) == list("a", "ö", "c"))
    #expect(try split("", .string("")) == list(""))
    #expect(try split("", .string(",")) == list(""))
    #expect(try split("a-b_c", .list([.string("-"), .string("_")])) == list("a", "b", "c"))
    #expect(try split("a", .null) == .null)
  }

  @Test func replacing() throws {
    #expect(try text("replace", .string("hello"), .string("l"), .string("w")) == "hewwo")
    #expect(try text("replace", .string("aaa"), .string("aa"), .string("b")) == "ba")
    #expect(try text("replace", .string("abc"), .string(""), .string("x")) == "abc")
    #expect(
      try text("replace", .string("aaa"), .string("a"), .string("b"), .integer(2)) == "bba")
    #expect(try text("replace", .string("abc"), .string("abcd"), .string("x")) == "abc")
  }

  @Test func reversing() throws {
    #expect(try text("reverse", .string("aö€😀")) == "😀€öa")
  }
}
