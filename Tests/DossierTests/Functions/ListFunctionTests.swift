import DossierSyntax
import Testing

@testable import Dossier

@Suite("List and scalar functions")
struct ListFunctionTests {
  let bench = FunctionBench()
  let list = Value.list([.integer(1), .integer(2), .integer(3)])

  @Test func partsOfLists() throws {
    #expect(try bench.call("head", list) == .integer(1))
    #expect(try bench.call("last", list) == .integer(3))
    #expect(try bench.call("tail", list) == .list([.integer(2), .integer(3)]))
    #expect(try bench.call("tail", .list([])) == .list([]))
    #expect(try bench.call("head", .list([])) == .null)
    #expect(try bench.call("reverse", list) == .list([.integer(3), .integer(2), .integer(1)]))
    #expect(try bench.call("size", list) == .integer(3))
    #expect(try bench.call("isEmpty", .list([])) == .boolean(true))
    #expect(try bench.failure("head", .integer(1)) == .invalidArgumentTypeAtRuntime)
  }

  static let rangeSamples: [(start: Int64, end: Int64, step: Int64, expected: [Int64])] = [
    (0, 10, 3, [0, 3, 6, 9]), (10, 0, -5, [10, 5, 0]), (0, -1, 1, []), (1, 0, 1, []),
    (Int64.max - 1, Int64.max, 1, [Int64.max - 1, Int64.max]),
    (Int64.min, Int64.max, Int64.max, [Int64.min, -1, Int64.max - 1]), (5, 5, -7, [5]),
  ]

  @Test(arguments: rangeSamples)
  func ranges(_ start: Int64, _ end: Int64, _ step: Int64, _ expected: [Int64]) throws {
    let result = try bench.call("range", .integer(start), .integer(end), .integer(step))
    #expect(result == .list(expected.map(Value.integer)))
  }

  @Test func rangeErrors() throws {
    #expect(
      try bench.failure("range", .integer(2), .integer(8), .integer(0)) == .numberOutOfRange)
    #expect(
      try bench.failure("range", .integer(.min), .integer(.max), .integer(1)) == .memoryLimit)
    let small = FunctionBench(memoryBytes: 1 << 20)
    let code = small.code { () throws(QueryError) in
      guard let range = FunctionRegistry.standard.function(named: "range") else { return }
      _ = try small.context.located { () throws(QueryError) in
        try range.kernel(
          [
            Column(constant: Cell(Int64(0)), count: 1),
            Column(constant: Cell(Int64(1_000_000_000)), count: 1),
          ], 1, small.context)
      }
    }
    #expect(code == .memoryLimit)
  }

  @Test func scalars() throws {
    #expect(try bench.call("coalesce", .null, .integer(1)) == .integer(1))
    #expect(try bench.call("nullIf", .integer(1), .float(1)) == .null)
    #expect(try bench.call("nullIf", .integer(1), .integer(2)) == .integer(1))
    #expect(try bench.call("exists", .null) == .boolean(false))
    #expect(try bench.call("timestamp") == .integer(1_709_209_815_000))
  }

  @Test func valueTypes() throws {
    func name(_ value: Value) throws -> Value { try bench.call("valueType", value) }
    #expect(try name(.null) == .string("NULL"))
    #expect(try name(.integer(1)) == .string("INTEGER NOT NULL"))
    #expect(try name(.list([])) == .string("LIST<NOTHING> NOT NULL"))
    #expect(
      try name(.list([.integer(1), .string("a"), .null]))
        == .string("LIST<STRING | INTEGER> NOT NULL"))
    #expect(
      try name(.list([.list([.integer(1)]), .boolean(true)]))
        == .string("LIST<BOOLEAN NOT NULL | LIST<INTEGER NOT NULL> NOT NULL> NOT NULL"))
  }

  @Test func randomNumbers() throws {
    let random = try #require(FunctionRegistry.standard.function(named: "rand"))
    let column = try random.kernel([], 1_000, bench.context)
    let numbers = (0..<1_000).map { column.cell($0).float }
    #expect(numbers.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(Set(numbers).count == 1_000)
    guard case .string(let uuid) = try bench.call("randomUUID") else {
      Issue.record("no string")
      return
    }
    #expect(uuid.utf8.count == 36)
    #expect(Array(uuid.utf8)[14] == UInt8(ascii: "4"))
    #expect("89ab".utf8.contains(Array(uuid.utf8)[19]))
  }
}
