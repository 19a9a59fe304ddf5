import DossierSyntax
import Testing

@testable import Dossier

@Suite("Look-ups by property")
struct NodeIndexSeekRuleTests {
  private let statistics = TableStatistics(nodeCount: 10_000, labels: ["L": 10_000])

  @Test func equalityWithAValueIsLookedUp() throws {
    let text = "MATCH (n:L {id: $id}) RETURN n.x"
    let before = try plan(
      text, rules: .all.subtracting(.nodeIndexSeek), statistics: statistics)
    #expect(outline(before).contains { $0.contains("NodeByLabelScan") })
    let after = try plan(text, statistics: statistics)
    #expect(
      outline(after).suffix(2).map { String($0.drop { $0 == " " }) } == [
        "NodeIndexSeek (n:L {id: $id})", "Unit",
      ])
    #expect(after.seekKeys == ["id"])
  }

  @Test func smallLabelsAreScanned() throws {
    let few = TableStatistics(labels: ["L": 20])
    #expect(
      outline(try plan("MATCH (n:L {id: 1}) RETURN n", statistics: few)).contains {
        $0.contains("NodeByLabelScan")
      })
  }

  @Test func valuesOfOtherRowsAreLookedUp() throws {
    let after = try plan(
      "UNWIND $rows AS r MATCH (n:L) WHERE n.id = r RETURN n", statistics: statistics)
    #expect(outline(after).contains { $0.contains("NodeIndexSeek") })
  }

  @Test func mergesOfManyRowsAreLookedUp() throws {
    let empty = TableStatistics()
    let many = try plan("UNWIND $rows AS r MERGE (n:L {id: r})", statistics: empty)
    #expect(outline(many).contains { $0.contains("NodeIndexSeek") })
    let one = try plan("MERGE (n:L {id: 1})", statistics: empty)
    #expect(!outline(one).contains { $0.contains("NodeIndexSeek") })
  }

  static let statements = [
    "MATCH (n {id: 3}) RETURN n.x",
    "MATCH (n:A {x: 2}) RETURN n.id",
    "MATCH (n {x: 2.0}) RETURN n.id",
    "MATCH (n {x: null}) RETURN n.id",
    "MATCH (a {id: 1}), (b {id: 2}) RETURN a.x, b.x",
    "UNWIND [1, 2, 2, null, 99] AS r MATCH (n {id: r}) RETURN r, n.x",
    "MATCH (a)-[:R]->(b) MATCH (n) WHERE n.id = b.x RETURN a.id, n.id",
    "MATCH (a) WHERE EXISTS { MATCH (n) WHERE n.x = a.id } RETURN a.id",
    "MATCH (a) OPTIONAL MATCH (n {x: a.id}) RETURN a.id, n.id",
  ]

  @Test(arguments: statements)
  func answersStayTheSame(statement: String) throws {
    for seed in UInt64(1)...4 {
      let database = try RuleTesting.database(seed: seed)
      let expected = RuleTesting.rows(statement, database, [])
      #expect(
        RuleTesting.rows(statement, database, .all.union(.seekAlways)) == expected, "seed \(seed)")
    }
  }

  @Test func writesAreSeen() throws {
    let database = Database()
    let session = database.session()
    session.optimizerRules = .all.union(.seekAlways)
    func ids(_ session: Session) throws -> [String] {
      try session.run("MATCH (n {k: 1}) RETURN n.id ORDER BY n.id").rows.map { "\($0[0])" }
    }
    _ = try session.run("UNWIND range(1, 5) AS i CREATE ({id: i, k: i % 2})")
    #expect(try ids(session) == ["1", "3", "5"])
    _ = try session.run("MATCH (n {id: 2}) SET n.k = 1")
    _ = try session.run("MATCH (n {id: 3}) DELETE n")
    _ = try session.run("MATCH (n {id: 5}) SET n.k = 7")
    #expect(try ids(session) == ["1", "2"])
    try session.begin()
    _ = try session.run("CREATE ({id: 9, k: 1, fresh: 4})")
    #expect(try ids(session) == ["1", "2", "9"])
    #expect(try session.run("MATCH (n {fresh: 4}) RETURN n.id").rows.count == 1)
    let other = database.session()
    other.optimizerRules = session.optimizerRules
    #expect(try ids(other) == ["1", "2"])
    try session.rollback()
    #expect(try ids(session) == ["1", "2"])
    #expect(try session.run("MATCH (n {fresh: 4}) RETURN n.id").rows.isEmpty)
    _ = try session.run("MERGE (n {id: 1}) ON MATCH SET n.k = 3")
    _ = try session.run("UNWIND [1, 1, 20, 20] AS i MERGE (n {id: i}) ON CREATE SET n.k = 1")
    #expect(try ids(session) == ["2", "20"])
  }
}
