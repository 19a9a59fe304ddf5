import Testing

@testable import Dossier

@Suite("Values as text")
struct ValueDescriptionTests {
  @Test func scalars() {
    #expect(Value.null.description == "null")
    #expect(Value.string("it's\n\\").description == "'it\\'s\\n\\\\'")
    #expect(Value.float(1).description == "1.0")
    #expect(Value.float(0.1).description == "0.1")
    #expect(Value.float(1e16).description == "1.0E16")
    #expect(Value.float(-2.5e-7).description == "-2.5E-7")
    #expect(Value.float(.nan).description == "NaN")
    #expect(Value.float(-.infinity).description == "-Infinity")
  }

  @Test func composites() {
    #expect(Value.list([.integer(1), .string("a")]).description == "[1, 'a']")
    #expect(
      Value.map(MapValue([("a b", .null), ("c", .list([]))])).description == "{`a b`: null, c: []}")
    let node = Node(
      id: NodeID(rawValue: 0), labels: ["A", "B-C"], properties: MapValue([("k", .integer(1))]))
    #expect(node.description == "(:A:`B-C` {k: 1})")
    let bare = Node(id: NodeID(rawValue: 1), labels: [], properties: MapValue())
    #expect(bare.description == "()")
    let relationship = Relationship(
      id: RelationshipID(rawValue: 0), type: "T", start: node.id, end: bare.id,
      properties: MapValue())
    #expect(
      Path(nodes: [bare, node], relationships: [relationship]).description
        == "<()<-[:T]-(:A:`B-C` {k: 1})>")
  }

  @Test func equivalence() {
    #expect(Value.integer(1) == .float(1))
    #expect(Value.float(.nan) == .float(.nan))
    #expect(Value.null == .null)
    #expect(
      Value.map(MapValue([("a", .integer(1)), ("b", .null)]))
        == .map(MapValue([("b", .null), ("a", .float(1))])))
    #expect(Value.string("1") != .integer(1))
  }
}
