import DossierSyntax
import Testing

@testable import Dossier

@Suite("Counting the last steps of a pattern")
struct CountedEndRuleTests {
  private func shows(
    _ text: String, _ part: String, _ rules: OptimizerRules = .all
  ) throws -> Bool {
    outline(try plan(text, rules: rules)).contains { $0.contains(part) }
  }

  @Test func comparisonsOfTheLastNode() throws {
    let text = "MATCH (a)-[:R]->(b)-[:R]->(c) WHERE a.x < c.x RETURN count(*)"
    #expect(try shows(text, "Filter", .all.subtracting(.countedEnd)))
    #expect(try !shows(text, "Filter"))
    #expect(try shows(text, "matches((b)-[:R]->(c) WHERE c.x > a.x)"))
  }

  @Test func intersections() throws {
    let text = "MATCH (a)-[r:R]->(b)-[s:R]->(c), (a)-[t:R]->(c) WHERE r.x < 3 RETURN count(*)"
    #expect(try shows(text, "ExpandIntersect", .all.subtracting(.countedEnd)))
    #expect(try !shows(text, "ExpandIntersect"))
    #expect(try shows(text, "matches("))
  }

  @Test func twoWays() throws {
    let text =
      "MATCH (a)-[:R]->(b)-[:R]->(d), (a)-[:R]->(c)-[:R]->(d) WHERE b.id < c.id RETURN count(*)"
    #expect(try shows(text, "ExpandIntersect", .all.subtracting(.countedEnd)))
    #expect(try shows(text, " WHERE b.id < c.id)"))
  }

  @Test func whatIsReadStays() throws {
    for text in [
      "MATCH (a)-[:R]->(b)-[:R]->(c) WHERE a.x < c.x RETURN c.x, count(*)",
      "MATCH (a)-[:R]->(b)-[:R]->(c) WHERE a.x < c.x RETURN count(DISTINCT c)",
      "MATCH (a)-[:R]->(b)-[:R]->(c) WHERE a.x < c.x RETURN sum(c.x)",
      "MATCH (a)-[:R]->(b)-[s:R]->(c) WHERE a.x < c.x + s.x RETURN count(*)",
    ] {
      #expect(try !shows(text, "matches("), "\(text)")
    }
  }

  static let statements = [
    "MATCH (a)-[:R]->(b)-[:R]->(c) WHERE a.x < c.x RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:R]->(c) WHERE a.x >= c.x RETURN count(c)",
    "MATCH (a)-[:R]-(b)-[:R]-(c) WHERE a.x <= c.x RETURN count(*)",
    "MATCH (a)-[:R]-(b)-[:R]->(c) WHERE c.x > b.x RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:R]-(c:A) WHERE c.x = b.x RETURN count(*)",
    "MATCH (a)-[]-(b)-[]-(c) WHERE c.x <> a.id RETURN count(*)",
    "MATCH (a)-[:R]-(b)-[:R]-(c)-[:R]-(d) WHERE d.x < a.x RETURN a.x, count(*)",
    "MATCH (a)-[:R]->(b)-[:R]->(c) WHERE c.x < a.missing RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:R]->(c) WHERE c.missing < a.x RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:R]->(c) WHERE c.x < 2.5 AND b.x < a.x RETURN count(*)",
    "MATCH (a)-[r:R]->(b)-[:R]->(c), (a)-[:R]->(c) WHERE r.x < 3 RETURN count(*)",
    "MATCH (a)-[r:R]-(b)-[:R]-(c), (a)-[:R]-(c) WHERE r.x < 3 RETURN count(*)",
    "MATCH (a)-[r:R]-(b)-[:S]-(c:A), (a)-[:R]-(c) WHERE r.x < 3 RETURN a.x, count(c)",
    "MATCH (a)-[r:R]->(b)<-[:R]-(c), (a)-[]-(c) WHERE r.x < 3 RETURN count(*)",
    "MATCH (a)-[r:R]-(b), (a)<-[:S]-(c)-[:R]->(p)-[:S]->(b) WHERE r.x <> p.x RETURN count(*)",
    "MATCH (x) MATCH (a)-[:S]->()-[:S]->(x) MATCH (b)-[:S]->()-[:S]->(x) "
      + "MATCH (c)-[:S]->()-[:S]->(x) MATCH (a)-[:R]-(b)-[:R]-(c)-[:R]-(a) RETURN count(*)",
    "MATCH (x:A) MATCH (b)-[:S]->()-[:S]->(x) MATCH (c)-[:S]-()-[:S]-(x) "
      + "MATCH (b)-[r:R]->(c)-[:R]->(x) WHERE r.x > 0 RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:R]->(d), (a)-[:R]->(c)-[:R]->(d) WHERE b.id < c.id RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:R]->(d), (a)-[:R]->(c)-[:R]->(d) WHERE b.x < c.x RETURN count(*)",
    "MATCH (a)-[:R]->(b:A)-[:S]->(d:B), (a)-[:R]->(c)-[:S]->(d) WHERE b.x > c.x RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:S]->(d), (a)-[:S]->(c)-[:R]->(d) WHERE b.x > c.id RETURN a.x, count(*)",
    "MATCH (a)-[:R]-(b)-[:R]-(d), (a)-[:R]-(c)-[:R]-(d) WHERE b.x < c.x RETURN count(*)",
    "MATCH (a)-[:R]-(b)-[:R]->(d), (a)<-[:R]-(c)-[:R]-(d) WHERE b.x = c.x RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:R]->(d), (a)-[:R]->(c)-[:R]->(d) WHERE b.id <> c.id RETURN count(*)",
    "MATCH (a)<-[:R]-(b)<-[:R]-(d), (a)<-[:R]-(c)<-[:R]-(d) WHERE b.id > c.id RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:R]->(d) MATCH (a)-[:R]->(c)-[:R]->(d) WHERE b.x < c.x RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:R]->(d) MATCH (a)-[:R]->(c)-[:R]->(d) RETURN count(*)",
  ]

  @Test(arguments: statements)
  func answersStayTheSame(statement: String) throws {
    for seed in UInt64(1)...6 {
      let database = try RuleTesting.database(seed: seed)
      let expected = RuleTesting.rows(statement, database, [])
      #expect(RuleTesting.rows(statement, database, .all) == expected, "seed \(seed)")
      #expect(
        RuleTesting.rows(statement, database, .all.subtracting(.countedEnd)) == expected,
        "seed \(seed)")
    }
  }

  /// A larger graph without loops and without parallel relationships, of which codes are made.
  @Test(arguments: statements)
  func answersStayTheSameWithoutLoops(statement: String) throws {
    let database = Database()
    let session = database.session()
    _ = try session.run("UNWIND range(0, 23) AS i CREATE (n {id: i, x: (i * 7) % 5})")
    _ = try session.run("MATCH (n) WHERE n.id % 2 = 0 SET n:A")
    _ = try session.run("MATCH (n) WHERE n.id % 3 = 0 SET n:B")
    _ = try session.run(
      "MATCH (a), (b) WHERE a.id <> b.id AND (a.id * 5 + b.id * 3) % 7 < 2 "
        + "CREATE (a)-[:R {x: a.id % 4}]->(b)")
    _ = try session.run(
      "MATCH (a), (b) WHERE a.id <> b.id AND (a.id + b.id * 2) % 11 = 0 CREATE (a)-[:S]->(b)")
    #expect(
      RuleTesting.rows(statement, database, .all)
        == RuleTesting.rows(statement, database, .all.subtracting(.countedEnd)))
  }

  @Test func stepsFromAScanAreTurnedRound() throws {
    let text = "MATCH (a:A)-[:R]->(b:B)-[:R]->(c) WHERE a.x < c.x RETURN count(*)"
    #expect(try shows(text, "(b:B)"))
    #expect(try shows(text, "(b)<-[:R]-(a:A)"))
  }

  /// Nodes with so many neighbours that they are put in order, by codes of one byte (`x`) and of four
  /// (`y`), some without a value.
  @Test(arguments: ["x", "y", "z"])
  func nodesWithManyNeighbours(key: String) throws {
    let database = Database()
    let session = database.session()
    _ = try session.run(
      "UNWIND range(0, 399) AS i CREATE (:A {id: i, x: (i * 7) % 23, y: (i * 37) % 401 * 1000})")
    _ = try session.run("MATCH (n) WHERE n.id % 5 <> 0 SET n.z = n.y + 0.5, n:B")
    _ = try session.run("MATCH (n) WHERE n.id % 11 = 0 REMOVE n.x, n.y")
    _ = try session.run(
      "MATCH (a), (b) WHERE b.id IN [1, 2, 3] AND a.id % (b.id + 1) = 1 CREATE (a)-[:R]->(b)")
    _ = try session.run(
      "MATCH (a), (b) WHERE a.id IN [1, 2, 3] AND b.id % (a.id + 1) = 0 CREATE (a)-[:R]->(b)")
    for op in ["<", "<=", ">", ">=", "=", "<>"] {
      for pattern in [
        "(a)-[:R]->(b)-[:R]->(c)", "(a:B)-[:R]->(b)-[:R]->(c:B)", "(a)-[:R]-(b)-[:R]-(c)",
        "(a)<-[:R]-(b)-[:R]->(c)",
      ] {
        let statement = "MATCH \(pattern) WHERE a.\(key) \(op) c.\(key) RETURN count(*)"
        #expect(
          RuleTesting.rows(statement, database, .all)
            == RuleTesting.rows(statement, database, .all.subtracting(.countedEnd)),
          "\(statement)")
      }
    }
  }
}
