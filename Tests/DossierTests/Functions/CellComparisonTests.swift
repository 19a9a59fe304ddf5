import DossierSyntax
import Testing

@testable import Dossier

@Suite("Equality, equivalence, comparability and order of cells")
struct CellComparisonTests {
  let bench = FunctionBench()

  func cell(_ value: Value) throws -> Cell { try bench.state.arena.cell(value) }

  func equals(_ a: Value, _ b: Value) throws -> Bool? { try cell(a).equals(cell(b)) }

  func compare(_ a: Value, _ b: Value) throws -> CellComparison { try cell(a).compare(cell(b)) }

  @Test func equalityIsThreeValued() throws {
    #expect(try equals(.null, .null) == nil)
    #expect(try equals(.integer(1), .null) == nil)
    #expect(try equals(.integer(1), .float(1)) == true)
    #expect(try equals(.float(.nan), .float(.nan)) == false)
    #expect(try equals(.string("1"), .integer(1)) == false)
    #expect(try equals(.list([.null]), .list([.integer(1)])) == nil)
    #expect(try equals(.list([.integer(1)]), .list([.integer(1), .null])) == false)
    #expect(
      try equals(.list([.integer(1), .integer(2)]), .list([.null, .string("foo")])) == false)
    #expect(try equals(.list([.integer(1), .null]), .integer(1)) == false)
  }

  @Test func mapsCompareWithoutOrder() throws {
    let a = Value.map(MapValue([("a", .integer(1)), ("b", .null)]))
    let b = Value.map(MapValue([("b", .null), ("a", .integer(1))]))
    let c = Value.map(MapValue([("b", .null), ("a", .integer(2))]))
    #expect(try equals(a, b) == nil)
    #expect(try equals(a, c) == false)
    #expect(try cell(a).isEquivalent(cell(b)))
    #expect(try cell(a).hash == cell(b).hash)
    #expect(try equals(.map(MapValue([("a", .integer(1))])), .map(MapValue())) == false)
  }

  @Test func largeIntegersAndFloatsCompareExactly() throws {
    let big: Int64 = 9_007_199_254_740_993
    #expect(try equals(.integer(big), .float(Double(big))) == false)
    #expect(try compare(.integer(big), .float(Double(big))) == .greater)
    #expect(try compare(.float(Double(big)), .integer(big)) == .less)
    #expect(try compare(.integer(.max), .float(0x1p63)) == .less)
    #expect(try compare(.integer(.min), .float(-0x1p63)) == .equal)
    #expect(try compare(.integer(.min), .float(-.infinity)) == .greater)
    #expect(try compare(.integer(3), .float(3.5)) == .less)
    #expect(try compare(.integer(-3), .float(-3.5)) == .greater)
    #expect(try compare(.integer(0), .float(-0.0)) == .equal)
  }

  @Test func onlyLikeTypesCompare() throws {
    #expect(try compare(.integer(1), .string("a")) == .unknown)
    #expect(try compare(.null, .integer(1)) == .unknown)
    #expect(try compare(.float(.nan), .integer(1)) == .unordered)
    #expect(try compare(.float(.nan), .string("a")) == .unknown)
    #expect(try compare(.boolean(false), .boolean(true)) == .less)
    #expect(try compare(.string("Z"), .string("a")) == .less)
    #expect(try compare(.string("a"), .string("ab")) == .less)
    #expect(try compare(.string("\u{ffff}"), .string("\u{10000}")) == .less)
    #expect(try compare(.map(MapValue()), .map(MapValue())) == .unknown)
  }

  @Test func listsCompareElementByElement() throws {
    func list(_ values: Value...) -> Value { .list(values) }
    #expect(try compare(list(.integer(1), .integer(0)), list(.integer(1))) == .greater)
    #expect(try compare(list(.integer(1), .null), list(.integer(1))) == .greater)
    #expect(try compare(list(.integer(1), .integer(2)), list(.integer(1), .null)) == .unknown)
    #expect(try compare(list(.integer(1), .integer(2)), list(.integer(3), .null)) == .less)
  }

  @Test func typesHaveAnOrder() throws {
    let node = try cell(.node(Node(id: NodeID(rawValue: 0), labels: [], properties: MapValue())))
    let relationship = Cell(RelationshipID(rawValue: 0))
    let ascending: [Cell] = [
      try cell(.map(MapValue([("a", .string("map"))]))), node, relationship,
      try cell(.list([.string("list")])), try bench.state.arena.path([node]),
      try cell(.string("text")), try cell(.boolean(false)), try cell(.float(1.5)),
      try cell(.float(.nan)), .null,
    ]
    for (i, a) in ascending.enumerated() {
      for (j, b) in ascending.enumerated() {
        #expect(a.order(b).signum() == (i - j).signum())
      }
    }
  }

  @Test func stringsCompareByCodePoints() throws {
    let (composed, decomposed) = (Value.string("Zu\u{308}rich"), Value.string("Z\u{fc}rich"))
    #expect(try equals(composed, decomposed) == false)
    #expect(composed != decomposed)
    #expect(Set([composed, decomposed]).count == 2)
  }

  @Test func internedAndComputedStringsAreEqual() throws {
    let strings = bench.state.graph.strings
    let id = Array("Wien".utf8).withUnsafeBufferPointer { strings.intern($0) }
    let (interned, computed) = (strings.cell(id), try cell(.string("Wien")))
    #expect(interned.isInterned && !computed.isInterned)
    #expect(interned.equals(computed) == true)
    #expect(interned.hash == computed.hash)
    #expect(strings.hash(id) == computed.hash)
  }

  /// Equivalence, hash, order and the values' own equality agree on many pairs.
  @Test func equivalenceHashAndOrderAgree() throws {
    let samples: [Value] = [
      .null, .boolean(true), .boolean(false), .integer(0), .float(0), .float(-0.0), .integer(1),
      .float(1), .float(1.5), .float(.nan), .float(-.nan), .float(.infinity), .integer(.max),
      .float(0x1p63), .integer(.min), .float(-0x1p63), .string(""), .string("a"), .string("1"),
      .list([]), .list([.null]), .list([.integer(1), .float(2)]), .list([.float(1), .integer(2)]),
      .list([.float(.nan)]), .map(MapValue()), .map(MapValue([("a", .integer(1))])),
      .map(MapValue([("a", .float(1))])), .map(MapValue([("b", .integer(1))])),
      .date(DateValue(daysSinceEpoch: 1)), .localTime(LocalTimeValue(nanosecondOfDay: 1)),
      .time(TimeValue(nanosecondOfDay: 1, offsetSeconds: 0)),
      .time(TimeValue(nanosecondOfDay: 3_600_000_000_001, offsetSeconds: 3_600)),
      .localDateTime(LocalDateTimeValue(secondsSinceEpoch: 1, nanosecond: 0)),
      .dateTime(DateTimeValue(secondsSinceEpoch: 1, nanosecond: 0, zone: .utc)),
      .duration(DurationValue(months: 1, days: 0, seconds: 0, nanoseconds: 0)),
      .duration(DurationValue(months: 0, days: 30, seconds: 37_746, nanoseconds: 0)),
    ]
    for a in samples {
      for b in samples {
        let (x, y) = (try cell(a), try cell(b))
        let same = x.isEquivalent(y)
        #expect(same == (a == b), "\(a) \(b)")
        #expect(same == (x.order(y) == 0), "\(a) \(b)")
        #expect(x.order(y).signum() == -y.order(x).signum(), "\(a) \(b)")
        if same {
          #expect(x.hash == y.hash, "\(a) \(b)")
          #expect(a.hashValue == b.hashValue)
        }
        if let equal = x.equals(y), equal { #expect(same) }
        #expect(x.compare(y).reversed == y.compare(x))
      }
    }
  }

  @Test func deepValuesAreRefused() throws {
    var value = Value.integer(1)
    for _ in 0..<1_001 { value = .list([value]) }
    #expect(throws: QueryError.self) { try cell(value) }
  }
}
