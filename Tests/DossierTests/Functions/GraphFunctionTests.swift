import DossierSyntax
import Testing

@testable import Dossier

@Suite("Functions on nodes, relationships and paths")
struct GraphFunctionTests {
  let bench: FunctionBench
  let nodes: [NodeID]
  let relationship: RelationshipID

  /// `(:Person:Admin {name: 'Ada'})-[:KNOWS {since: 1}]->()`.
  init() throws {
    let catalog = Catalog()
    let graph = Graph(catalog: catalog, strings: StringDictionary())
    bench = FunctionBench(graph)
    let state = bench.state
    let ada = try state.graph.createNode(labels: [
      catalog.internLabel("Person"), catalog.internLabel("Admin"),
    ])
    let other = try state.graph.createNode(labels: [])
    nodes = [ada, other]
    relationship = try state.graph.createRelationship(
      type: catalog.internRelationshipType("KNOWS"), from: ada, to: other)
    try state.graph.setProperty(
      ada, catalog.internPropertyKey("name"), try state.arena.string("Ada"))
    try state.graph.setProperty(
      relationship, catalog.internPropertyKey("since"), Cell(Int64(1)))
  }

  /// The results of a function for cells and, where there is one, for the typed column.
  func call(_ name: String, _ cell: Cell) throws -> Value {
    let function = try #require(FunctionRegistry.standard.function(named: name))
    let general = Column(.cell, count: 2)
    (general.cells[0], general.cells[1]) = (cell, .null)
    let result = bench.values(try function.kernel([general], 2, bench.context))
    #expect(result[1] == .null)
    if cell.tag == .node || cell.tag == .relationship {
      let typed = Column(
        cell.tag == .node ? .node : .relationship, count: 2, nullable: true)
      typed.ids[0] = UInt32(cell.raw)
      typed.ids[1] = 0
      typed.setValid(0)
      #expect(bench.values(try function.kernel([typed], 2, bench.context)) == result)
    }
    return result[0]
  }

  @Test func identity() throws {
    #expect(try call("id", Cell(nodes[1])) == .integer(1))
    #expect(try call("elementId", Cell(relationship)) == .string("0"))
    #expect(try call("type", Cell(relationship)) == .string("KNOWS"))
    #expect(try call("labels", Cell(nodes[0])) == .list([.string("Person"), .string("Admin")]))
    #expect(try call("labels", Cell(nodes[1])) == .list([]))
  }

  @Test func properties() throws {
    #expect(try call("keys", Cell(nodes[0])) == .list([.string("name")]))
    #expect(
      try call("properties", Cell(relationship)) == .map(MapValue([("since", .integer(1))])))
    let map = try bench.state.arena.cell(.map(MapValue([("a", .null)])))
    #expect(try call("keys", map) == .list([.string("a")]))
    #expect(try call("properties", map) == .map(MapValue([("a", .null)])))
  }

  @Test func paths() throws {
    let path = try bench.state.arena.path([
      Cell(nodes[0]), Cell(relationship), Cell(nodes[1]),
    ])
    #expect(try call("length", path) == .integer(1))
    guard case .list(let found) = try call("nodes", path) else {
      Issue.record("no list")
      return
    }
    #expect(found.count == 2)
    guard case .list(let steps) = try call("relationships", path) else {
      Issue.record("no list")
      return
    }
    #expect(steps.count == 1)
    #expect(try call("startNode", Cell(relationship)) == .node(bench.state.graph.node(nodes[0])))
    #expect(try call("endNode", Cell(relationship)) == .node(bench.state.graph.node(nodes[1])))
    #expect(
      value(of: path, in: bench.state.graph).description
        == "<(:Admin:Person {name: 'Ada'})-[:KNOWS {since: 1}]->()>")
  }

  @Test func wrongTypes() throws {
    #expect(try bench.failure("labels", .integer(1)) == .invalidArgumentValue)
    #expect(try bench.failure("type", .string("a")) == .invalidArgumentValue)
    #expect(try bench.failure("nodes", .list([])) == .invalidArgumentTypeAtRuntime)
    #expect(try bench.failure("keys", .integer(1)) == .invalidArgumentTypeAtRuntime)
  }

  @Test func deletedElements() throws {
    bench.state.graph.deleteRelationship(relationship)
    bench.state.graph.deleteNode(nodes[0])
    #expect(try call("type", Cell(relationship)) == .string("KNOWS"))
    #expect(try call("id", Cell(nodes[0])) == .integer(0))
    for name in ["labels", "keys", "properties"] {
      let function = try #require(FunctionRegistry.standard.function(named: name))
      let column = Column(constant: Cell(nodes[0]), count: 1)
      let code = bench.code { () throws(QueryError) in
        _ = try function.kernel([column], 1, bench.context)
      }
      #expect(code == .deletedEntityAccess)
    }
    #expect(value(of: Cell(nodes[0]), in: bench.state.graph).description == "()")
    #expect(value(of: Cell(relationship), in: bench.state.graph).description == "[:KNOWS]")
  }
}
