import DossierSyntax
import Testing

@testable import Dossier

@Suite("Who says what a graph holds")
struct ProvenanceTests {
  @Test func modesAreOrderedByStrength() {
    let names = ClaimMode.allCases.map(\.rawValue)
    #expect(
      names == [
        "ruled", "asserted", "claimed", "alleged", "reported", "negated", "hypothetical",
      ])
    #expect(ClaimMode.allCases.map(\.rank) == Array(0..<7))
    #expect(ClaimMode(Cell(Int64(1))) == nil)
    #expect(ClaimMode(.null) == nil)
  }

  @Test func sourcesKeepTheOrderInWhichTheyWereGiven() throws {
    var graph = Graph()
    let (fact, reported) = (
      graph.catalog.internRelationshipType("R"),
      graph.catalog.internRelationshipType("reported-by")
    )
    let nodes = try (0..<4).map { _ throws(QueryError) in try graph.createNode(labels: []) }
    let r = ElementID.relationship(
      try graph.createRelationship(type: fact, from: nodes[0], to: nodes[1]))
    for end in [nodes[3], nodes[2], nodes[3]] {
      _ = try graph.createRelationship(type: reported, from: r, to: .node(end))
    }
    let said = ElementID.node(nodes[0])
    _ = try graph.createRelationship(type: reported, from: said, to: r)
    let reader = ProvenanceReader(graph)
    #expect(reader.sources(of: r) == [.node(nodes[3]), .node(nodes[2])])
    #expect(reader.sources(of: said) == [r])
    #expect(reader.sources(of: .node(nodes[1])) == [])
    #expect(reader.claim(of: r) == nil)
    #expect(!reader.isEmpty)
  }

  @Test func aGraphWithoutSourcesIsNotSearched() throws {
    var graph = Graph()
    let node = try graph.createNode(labels: [])
    let type = graph.catalog.internRelationshipType("R")
    _ = try graph.createRelationship(type: type, from: node, to: node)
    #expect(ProvenanceReader(graph).isEmpty)
    #expect(ConflictList(graph).conflicts.isEmpty)
  }

  @Test func deletedElementsHaveNoSources() throws {
    let session = Database().session()
    _ = try session.run("CREATE ()-[:R]->()")
    #expect(throws: QueryError.self) {
      _ = try session.run("MATCH ()-[r]->() DELETE r RETURN sources(r)")
    }
    #expect(throws: QueryError.self) {
      _ = try session.run("MATCH (n) DETACH DELETE n RETURN claim(n)")
    }
  }

  @Test func conflictsAreFoundAmongManyStatements() throws {
    let session = Database().session()
    _ = try session.run(
      "CREATE (x) WITH x UNWIND range(1, 5000) AS i "
        + "CREATE (x)-[:R {i: i, source: CASE WHEN i % 2 = 0 THEN 'p' ELSE 'q' END}]->()")
    let result = try session.run(
      "CALL dossier.conflicts() YIELD first, second RETURN count(*) AS n, max(first.i) AS last")
    #expect(result.rows.first == [.integer(4999), .integer(2)])
  }
}
