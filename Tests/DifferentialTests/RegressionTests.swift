import TestSupport
import Testing

/// Queries that once gave a wrong answer, shrunk; both engines must still agree on them.
@Suite("Shrunk failures")
struct RegressionTests {
  /// One node without labels and properties.
  private static let oneNode: ReferenceGraph = {
    var graph = ReferenceGraph()
    graph.nodes = [ReferenceGraph.Node()]
    return graph
  }()

  @Test(arguments: [
    // Parts of a union share the argument row.
    "RETURN 0 AS x UNION ALL UNWIND [1] AS y MATCH (n) RETURN n AS x",
    "OPTIONAL MATCH (n) RETURN n AS x UNION UNWIND [true] AS y RETURN y AS x",
    // An empty list or string is the first value of a statement.
    "RETURN [] AS x",
    "MATCH (n) WHERE n.key <= '' RETURN n",
  ])
  func query(_ text: String) throws {
    let readCase = ReadCase(graph: Self.oneNode, text: text)
    #expect(try readCase.difference(EngineConfiguration.all) == nil)
  }

  @Test(arguments: [
    // What a clause writes, the next one finds, joined to its rows in whatever way.
    "CREATE (:A {i: 2}) WITH count(*) AS rows MATCH (m) RETURN rows, m.i AS i",
    "MATCH (n) DETACH DELETE n WITH count(*) AS rows MATCH (m) RETURN rows, m.i AS i",
    "CREATE (a:A {i: 2}) WITH a.i AS i MATCH (m) WHERE m.i = i RETURN m.i AS i",
  ])
  func writing(_ text: String) throws {
    let writeCase = WriteCase(graph: Self.oneNode, statements: [text])
    for configuration in EngineConfiguration.all {
      #expect(try writeCase.difference(configuration) == nil)
    }
  }
}
