import DossierSyntax
import Testing

@testable import Dossier

@Suite("Aggregate functions")
struct AggregateTests {
  let bench = FunctionBench()

  /// The result for each group, over cells and over typed columns, which must agree.
  func aggregate(
    _ name: String, _ values: [Value], groups: [UInt32]? = nil, extra: Value? = nil
  ) throws -> [Value] {
    let groups = groups ?? Array(repeating: 0, count: values.count)
    let groupCount = Int(groups.max() ?? 0) + 1
    let results = try [try bench.cells(values), try bench.typed(values)].map { column in
      let definition = try #require(FunctionRegistry.standard.aggregate(named: name))
      let accumulator = definition.make()
      var arguments = [column]
      if let extra {
        arguments.append(Column(constant: try bench.state.arena.cell(extra), count: values.count))
      }
      accumulator.resize(groups: groupCount)
      try groups.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress, !buffer.isEmpty else { return }
        try accumulator.add(
          arguments, groups: base, count: buffer.count, context: bench.context)
      }
      return bench.values(try accumulator.finish(groups: groupCount, context: bench.context))
    }
    #expect(results[0] == results[1])
    return results[0]
  }

  @Test func counting() throws {
    #expect(try aggregate("count", [.integer(1), .null, .string("a")]) == [.integer(2)])
    #expect(try aggregate("count", []) == [.integer(0)])
    #expect(
      try aggregate("COUNT", [.integer(1), .null, .integer(2)], groups: [0, 1, 1])
        == [.integer(1), .integer(1)])
    let rows = try #require(FunctionRegistry.standard.aggregate(named: "count")).make()
    rows.resize(groups: 2)
    try [UInt32(0), 1, 1].withUnsafeBufferPointer { groups in
      guard let base = groups.baseAddress else { return }
      try rows.add([], groups: base, count: 3, context: bench.context)
    }
    #expect(
      bench.values(try rows.finish(groups: 2, context: bench.context))
        == [.integer(1), .integer(2)])
  }

  @Test func sums() throws {
    #expect(try aggregate("sum", [.integer(1), .null, .integer(2)]) == [.integer(3)])
    #expect(try aggregate("sum", [])[0].description == "0")
    #expect(try aggregate("sum", [.null, .null])[0].description == "0")
    #expect(try aggregate("sum", [.integer(1), .float(0.5)]) == [.float(1.5)])
    let tenths = Array(repeating: Value.float(0.1), count: 10)
    #expect(try aggregate("sum", tenths) == [.float(1)])
    #expect(try aggregate("sum", [.float(.infinity), .float(1)]) == [.float(.infinity)])
    #expect(
      try aggregate("sum", [.integer(.max), .integer(1), .integer(-1)]) == [.integer(.max)])
    #expect(throws: QueryError.self) { try aggregate("sum", [.integer(.max), .integer(1)]) }
    #expect(throws: QueryError.self) { try aggregate("sum", [.string("a")]) }
    let day = Value.duration(DurationValue(months: 0, days: 1, seconds: 0, nanoseconds: 0))
    #expect(try aggregate("sum", [day, day])[0].description == "P2D")
    #expect(throws: QueryError.self) { try aggregate("sum", [day, .integer(1)]) }
  }

  @Test func longRunsSumExactly() throws {
    var random = SeededGenerator(3)
    let integers = (0..<2_051).map { _ in Int64.random(in: -1_000_000...1_000_000, using: &random) }
    #expect(
      try aggregate("sum", integers.map(Value.integer)) == [.integer(integers.reduce(0, +))])
    let floats = (0..<2_051).map { _ in Double.random(in: -1...1, using: &random) }
    _ = try aggregate("sum", floats.map(Value.float))
    _ = try aggregate("avg", floats.map(Value.float))
  }

  @Test func means() throws {
    #expect(try aggregate("avg", [.integer(1), .integer(2), .null]) == [.float(1.5)])
    #expect(try aggregate("avg", [.null]) == [.null])
    #expect(
      try aggregate("avg", [.integer(.max), .integer(.max)]) == [.float(Double(Int64.max))])
    let day = Value.duration(DurationValue(months: 0, days: 1, seconds: 0, nanoseconds: 0))
    #expect(try aggregate("avg", [day, day])[0].description == "P1D")
  }

  @Test func extremes() throws {
    let mixed: [Value] = [
      .integer(1), .string("a"), .null, .list([.integer(1), .integer(2)]), .float(0.2),
      .string("b"),
    ]
    #expect(try aggregate("max", mixed) == [.integer(1)])
    #expect(try aggregate("min", mixed) == [.list([.integer(1), .integer(2)])])
    #expect(try aggregate("min", [.null]) == [.null])
    #expect(try aggregate("max", [.integer(3), .integer(7), .integer(5)]) == [.integer(7)])
    #expect(
      try aggregate("min", [.integer(3), .null, .integer(5)], groups: [0, 0, 1])
        == [.integer(3), .integer(5)])
    #expect(try aggregate("max", [.float(1), .float(.nan)]) == [.float(.nan)])
  }

  @Test func collecting() throws {
    #expect(
      try aggregate(
        "collect", [.integer(1), .null, .integer(3), .integer(2)], groups: [1, 0, 1, 0])
        == [.list([.integer(2)]), .list([.integer(1), .integer(3)])])
    #expect(try aggregate("collect", []) == [.list([])])
    let many = (0..<1_000).map { Value.integer($0) }
    #expect(try aggregate("collect", many) == [.list(many)])
  }

  @Test func percentiles() throws {
    let prices: [Value] = [.float(10), .null, .float(20), .float(30)]
    for (share, expected) in [(0.0, 10.0), (0.5, 20), (1, 30)] {
      #expect(try aggregate("percentileCont", prices, extra: .float(share)) == [.float(expected)])
      #expect(try aggregate("percentileDisc", prices, extra: .float(share)) == [.float(expected)])
    }
    #expect(try aggregate("percentileCont", prices, extra: .float(0.25)) == [.float(15)])
    #expect(try aggregate("percentileDisc", prices, extra: .float(0.34)) == [.float(20)])
    #expect(
      try aggregate("percentileDisc", [.integer(1)], extra: .float(0.5))[0].description == "1")
    #expect(try aggregate("percentileCont", [.null], extra: .float(0.5)) == [.null])
    for share in [Value.integer(1_000), .float(-1), .float(1.1), .float(.nan)] {
      #expect(throws: QueryError.self) {
        try aggregate("percentileCont", prices, extra: share)
      }
    }
  }

  @Test func deviations() throws {
    let values = [2, 4, 4, 4, 5, 5, 7, 9].map { Value.integer($0) }
    #expect(try aggregate("stDevP", values) == [.float(2)])
    #expect(try aggregate("stDev", [.integer(1), .integer(3)]) == [.float(2.0.squareRoot())])
    #expect(try aggregate("stDev", [.integer(1)]) == [.float(0)])
  }
}
