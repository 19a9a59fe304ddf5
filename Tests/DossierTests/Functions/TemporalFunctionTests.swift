import DossierSyntax
import Testing

@testable import Dossier

@Suite("Temporal functions")
struct TemporalFunctionTests {
  let bench = FunctionBench()

  func map(_ entries: KeyValuePairs<String, Value>) -> Value {
    .map(MapValue(entries.map { ($0.key, $0.value) }))
  }

  @Test func constructors() throws {
    #expect(try bench.call("date", .string("2015-07-21")).description == "2015-07-21")
    #expect(
      try bench.call("date", map(["year": .integer(1984), "week": .integer(10)])).description
        == "1984-03-05")
    let time = try bench.call("localtime", .string("12:31:14"))
    #expect(try bench.call("time", time).description == "12:31:14Z")
    #expect(
      try bench.call(
        "datetime", map(["year": .integer(1984), "timezone": .string("+01:00")])
      ).description == "1984-01-01T00:00+01:00")
    #expect(try bench.call("date", map(["year": .null])) == .null)
    #expect(try bench.failure("date", .string("foo")) == .invalidArgumentValue)
    #expect(try bench.failure("date", .integer(1)) == .invalidArgumentTypeAtRuntime)
    #expect(
      try bench.failure("date", map(["year": .float(1)])) == .invalidArgumentTypeAtRuntime)
  }

  @Test func clocks() throws {
    #expect(try bench.call("date").description == "2024-02-29")
    #expect(try bench.call("datetime").description == "2024-02-29T12:30:15.000000007Z")
    #expect(
      try bench.call("localtime.statement", .string("+02:00")).description
        == "14:30:15.000000007")
    #expect(try bench.call("date.realtime", .null) == .null)
    #expect(
      try bench.call("datetime", map(["timezone": .string("+01:00")])).description
        == "2024-02-29T13:30:15.000000007+01:00")
  }

  @Test func truncation() throws {
    let day = try bench.call("date", .string("2017-10-11"))
    #expect(
      try bench.call("date.truncate", .string("month"), day, map([:])).description
        == "2017-10-01")
    #expect(
      try bench.call("datetime.truncate", .string("year"), day, map(["day": .integer(2)]))
        .description == "2017-01-02T00:00Z")
    #expect(try bench.call("date.truncate", .string("month"), .null) == .null)
    #expect(try bench.failure("date.truncate", .string("x"), day) == .invalidArgumentValue)
  }

  @Test func epochs() throws {
    #expect(
      try bench.call("datetime.fromepoch", .integer(416_779), .integer(999_999_999)).description
        == "1970-01-05T19:46:19.999999999Z")
    #expect(
      try bench.call("datetime.fromepochmillis", .integer(237_821_673_987)).description
        == "1977-07-15T13:34:33.987Z")
  }

  @Test func durations() throws {
    #expect(try bench.call("duration", .string("P1Y2M")).description == "P1Y2M")
    #expect(
      try bench.call("duration", map(["days": .integer(14), "hours": .float(1.5)])).description
        == "P14DT1H30M")
    let (from, to) = (
      try bench.call("date", .string("1984-10-11")), try bench.call("date", .string("2015-06-24"))
    )
    #expect(try bench.call("duration.between", from, to).description == "P30Y8M13D")
    #expect(try bench.call("duration.inDays", from, to).description == "P11213D")
    #expect(try bench.failure("duration", map(["x": .integer(1)])) == .invalidArgumentValue)
    #expect(
      try bench.failure("duration.between", from, .integer(1)) == .invalidArgumentTypeAtRuntime)
  }

  @Test func components() throws {
    let arena = bench.state.arena
    func component(_ value: Value, _ name: String) throws -> Value? {
      let cell = try arena.cell(value)
      return try Array(name.utf8).withUnsafeBufferPointer { key in
        try cell.component(key: key, arena: arena).map {
          Dossier.value(of: $0, in: bench.state.graph)
        }
      }
    }
    let day = try bench.call("date", .string("1984-10-11"))
    #expect(try component(day, "quarter") == .integer(4))
    #expect(try component(day, "hour") == .some(.null))
    #expect(try component(.integer(1), "year") == nil)
    #expect(try component(try bench.call("datetime"), "timezone") == .string("Z"))
  }
}
