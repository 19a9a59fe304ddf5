import DossierSyntax
import Testing

@testable import Dossier

/// Steps that lead from a node to another one at most go their own ways.
@Suite("Steps to one node at most")
struct SingleStepTests {
  /// Everybody lives in a place, some places lie in a region, some in two; `MEETS` runs between people.
  private static func database(placesOfRegion: Int = 4) throws -> Database {
    let database = Database()
    let session = database.session()
    for statement in [
      "UNWIND range(0, 5) AS i CREATE (:Region {i: i})",
      "UNWIND range(0, 23) AS i CREATE (:Place {i: i})",
      "UNWIND range(0, 6) AS i CREATE (:Ship {i: i})",
      "UNWIND range(0, 299) AS i CREATE (:Person {i: i})",
      """
      MATCH (p:Place), (r:Region {i: p.i / \(placesOfRegion)}) WHERE p.i % 7 <> 3
      CREATE (p)-[:IN]->(r)
      """,
      "MATCH (p:Person) WHERE p.i % 5 <> 0 MATCH (q:Place {i: p.i % 24}) CREATE (p)-[:LIVES]->(q)",
      "MATCH (p:Person) WHERE p.i % 10 = 5 MATCH (q:Ship {i: p.i % 7}) CREATE (p)-[:LIVES]->(q)",
      """
      MATCH (a:Person) UNWIND [1, 2, 24, 48, 49] AS d MATCH (b:Person {i: (a.i + d) % 300})
      WHERE (a.i * d) % 3 <> 1 CREATE (a)-[:MEETS]->(b)
      """,
    ] { _ = try session.run(statement) }
    return database
  }

  static let statements = [
    "MATCH (a:Person)-[:MEETS]->(b)-[:LIVES]->(p:Place)-[:IN]->(r) RETURN a.i, b.i, p.i, r.i",
    "MATCH (a:Person)-[:LIVES]->(p) RETURN a.i, p.i, labels(p)",
    "MATCH (a:Person)-[l:LIVES]->(p:Ship) RETURN a.i, p.i, type(l)",
    "MATCH (a:Person)-[:LIVES]->(p:Nowhere) RETURN a.i",
    "MATCH (a:Person)-[:LIVES]->(p:Place)-[:IN]->(r)<-[:IN]-(q)<-[:LIVES]-(b) RETURN a.i, b.i",
    """
    MATCH (x)<-[:IN]-(p)<-[:LIVES]-(a)-[:MEETS]->(b)-[:LIVES]->(q)-[:IN]->(y)
    RETURN x.i, y.i, count(*)
    """,
    """
    MATCH (a)-[:MEETS]-(b) MATCH (a)-[:LIVES]->(p)-[:IN]->(x), (b)-[:LIVES]->(q)
    MATCH (q)-[:IN]->(x) RETURN a.i, b.i, x.i
    """,
    """
    MATCH (x:Region) MATCH (a)-[:LIVES]->(:Place)-[:IN]->(x) MATCH (b)-[:LIVES]->(:Place)-[:IN]->(x)
    MATCH (c)-[:LIVES]->(:Place)-[:IN]->(x) MATCH (a)-[:MEETS]-(b)-[:MEETS]-(c)-[:MEETS]-(a)
    RETURN count(*)
    """,
    """
    MATCH (x:Region) MATCH (a)-[:LIVES]->()-[:IN]->(x) MATCH (b)-[:LIVES]->()-[:IN]->(x)
    MATCH (a)-[:MEETS]-(b) RETURN x.i, count(*)
    """,
    """
    MATCH (a:Person) OPTIONAL MATCH (a)-[:LIVES]->(p:Place) OPTIONAL MATCH (p)-[:IN]->(r)
    RETURN a.i, p.i, r.i
    """,
  ]

  @Test(arguments: statements)
  func answersAreThoseOfPlainPlans(statement: String) throws {
    for places in [4, 9] {
      let database = try Self.database(placesOfRegion: places)
      let expected = RuleTesting.rows(statement, database, [])
      #expect(RuleTesting.rows(statement, database, .all) == expected)
      let session = database.session()
      session.parallelism = .always(3, morselRows: 64)
      #expect(RuleTesting.rows(statement, session, .all) == expected)
    }
  }

  @Test func secondEntriesAreSeen() throws {
    let database = try Self.database()
    let session = database.session()
    let statement = "MATCH (p:Place {i: 1})-[:IN]->(r) RETURN r.i"
    let all = "MATCH (p:Place)-[:IN]->(r) RETURN p.i, r.i"
    #expect(RuleTesting.rows(statement, session, .all).count == 1)
    let before = RuleTesting.rows(all, session, .all).count
    _ = try session.run("MATCH (p:Place {i: 1}), (r:Region {i: 5}) CREATE (p)-[:IN]->(r)")
    #expect(RuleTesting.rows(statement, session, .all).count == 2)
    #expect(RuleTesting.rows(all, session, .all).count == before + 1)
    let rows = try session.run(
      """
      MATCH (p:Place {i: 2}), (r:Region {i: 5}) CREATE (p)-[:IN]->(r)
      WITH p MATCH (p)-[:IN]->(s) RETURN s.i
      """
    ).rows
    #expect(rows.count == 2)
  }

  @Test func factsFollowWrites() throws {
    let database = try Self.database()
    let session = database.session()
    func leadsToOne(_ direction: AdjacencyDirection) throws -> Bool {
      let graph = database.snapshot
      return graph.leadsToOne(try #require(graph.catalog.relationshipType("IN")), direction)
    }
    #expect(try leadsToOne(.outgoing))
    #expect(try !leadsToOne(.incoming))
    _ = try session.run("MATCH (p:Place {i: 1}), (r:Region {i: 5}) CREATE (p)-[x:IN {x: 1}]->(r)")
    #expect(try !leadsToOne(.outgoing))
    _ = try session.run("MATCH ()-[x:IN {x: 1}]->() DELETE x")
    #expect(try leadsToOne(.outgoing))
  }
}
