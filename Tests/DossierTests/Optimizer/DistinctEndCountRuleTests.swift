import DossierSyntax
import Testing

@testable import Dossier

@Suite("Counting the distinct ends of a chain")
struct DistinctEndCountRuleTests {
  private func shows(
    _ text: String, _ part: String, _ rules: OptimizerRules = .all
  ) throws -> Bool {
    outline(try plan(text, rules: rules)).contains { $0.contains(part) }
  }

  @Test func eachNodeOfAScan() throws {
    let text = "MATCH (a:A)-[:R]->(b)-[:R]->(c) RETURN a, count(DISTINCT c)"
    #expect(try shows(text, "Expand", .all.subtracting(.distinctEndCount)))
    #expect(try shows(text, "ends((a)-[:R]->(b), (b)-[:R]->(c))"))
    #expect(try !shows(text, "Expand"))
    #expect(try !shows(text, "Aggregation"))
  }

  @Test func otherNodesThanTheFirst() throws {
    let text = "MATCH (a:A)-[:R]->(b)-[:R]->(c) WHERE c <> a RETURN a, count(DISTINCT c)"
    #expect(try shows(text, " WHERE c <> a)"))
    #expect(try !shows(text, "Aggregation"))
  }

  @Test func optionalChainsKeepEachRow() throws {
    let text = "MATCH (a:A) OPTIONAL MATCH (a)-[:R]->()-[:R]->(c) RETURN a, count(DISTINCT c)"
    #expect(try shows(text, "ends("))
    #expect(try !shows(text, "Filter"))
    #expect(try !shows(text, "OptionalApply"))
  }

  @Test func severalRowsOfAGroup() throws {
    let text =
      "MATCH (a)-[:S]->(b) MATCH (b)-[:R]->()-[:R]->(c) RETURN b, min(a.x), count(DISTINCT c)"
    #expect(try shows(text, "ends("))
    #expect(try shows(text, "Aggregation"))
  }

  @Test func whatIsReadStays() throws {
    for text in [
      "MATCH (a)-[:R]->(b)-[:R]->(c) RETURN a, b, count(DISTINCT c)",
      "MATCH (a)-[:R]->(b)-[:R]->(c) RETURN a.x, count(DISTINCT c)",
      "MATCH (a)-[:R]->(b)-[:R]->(c) RETURN a, count(DISTINCT c.x)",
      "MATCH (a)-[:R]->(b)-[:R]->(c) RETURN a, count(*), count(DISTINCT c)",
      "MATCH (a)-[:R]->(b)-[:R]->(c) WHERE b.x < 3 RETURN a, count(DISTINCT c)",
      "MATCH (a)-[:R]->(b)-[:R]->(c)-[:R]->(d) RETURN a, count(DISTINCT d)",
    ] {
      #expect(try !shows(text, "ends((a)"), "\(text)")
    }
  }

  static let statements = [
    "MATCH (a)-[:R]->(c) RETURN a, count(DISTINCT c)",
    "MATCH (a)-[]-(c) RETURN a, count(DISTINCT c) AS n",
    "MATCH (a)-[:R]->(b)-[:R]->(c) RETURN a, count(DISTINCT c)",
    "MATCH (a:A)-[:R]->(b:B)-[:R]->(c:A) RETURN a, count(DISTINCT c)",
    "MATCH (a)-[:R]-(b)-[:R]-(c) RETURN a, count(DISTINCT c)",
    "MATCH (a)-[:R]-(b)-[:R]-(c) WHERE a <> c RETURN a, count(DISTINCT c)",
    "MATCH (a)-[:R]->(b)<-[:R]-(c) RETURN a.id AS id, a, count(DISTINCT c)",
    "MATCH (a)-[:R]->(b)<-[:R]-(c) WHERE c <> a RETURN a, count(DISTINCT c)",
    "MATCH (a)-[]-(b)-[]-(c:A) RETURN a, count(DISTINCT c)",
    "MATCH (a)-[]-(b)-[:R]->(c) RETURN a, count(DISTINCT c)",
    "MATCH (a)-[:R]-(b)-[:R]-(c) MATCH (c)-[:S]->(d:B) RETURN a, count(DISTINCT d)",
    "MATCH (a)-[:R]-(b) MATCH (b)-[:R]-(c) RETURN a, count(DISTINCT c)",
    "MATCH (a)-[:R]->(b)-[:S]->(c) MATCH (c)-[:R]-(d) RETURN a, count(DISTINCT d)",
    "MATCH (a)-[:S]->(b) MATCH (b)-[:R]-()-[:R]-(c) RETURN b, min(a.x), count(DISTINCT c)",
    "MATCH (a)-[:S]->(b) MATCH (b)-[:R]->()-[:R]->(c) RETURN a.x, b, count(DISTINCT c)",
    "MATCH (a)-[:R]->(b)-[:R]->(c) WITH a, count(DISTINCT c) AS n RETURN sum(n), max(n), count(*)",
    "MATCH (a) OPTIONAL MATCH (a)-[:R]->()-[:R]->(c) RETURN a, count(DISTINCT c)",
    "MATCH (a:A) OPTIONAL MATCH (a)-[:R]-()-[:R]-(c:B) WHERE c <> a RETURN a, count(DISTINCT c)",
    "MATCH (a:A) OPTIONAL MATCH (a)-[:S]->(b) OPTIONAL MATCH (b)-[:R]-()-[:R]-(c) "
      + "RETURN a, b, count(DISTINCT c)",
    "MATCH (c:A)<-[:S]-(b)<-[:R]-(a) RETURN a, count(DISTINCT c)",
    "MATCH (b)-[:R]->(a), (b)-[:R]->(c) RETURN a, count(DISTINCT c), count(DISTINCT c) AS again",
    "MATCH (a)-[:Missing]->(b)-[:R]->(c) RETURN a, count(DISTINCT c)",
    "MATCH (a)-[:R]->(b:Missing)-[:R]->(c) RETURN a, count(DISTINCT c)",
    "MATCH (a)-[:R]->(b)-[:R]->(c) RETURN a, count(DISTINCT c) AS n ORDER BY n DESC, a.id LIMIT 3",
  ]

  @Test(arguments: statements)
  func answersStayTheSame(statement: String) throws {
    for seed in UInt64(1)...8 {
      let database = try RuleTesting.database(seed: seed)
      let expected = RuleTesting.rows(statement, database, [])
      #expect(RuleTesting.rows(statement, database, .all) == expected, "seed \(seed)")
      #expect(
        RuleTesting.rows(statement, database, .all.subtracting(.distinctEndCount)) == expected,
        "seed \(seed)")
    }
  }

  /// More rounds than a byte has values.
  @Test func manyStarts() throws {
    let database = Database()
    let session = database.session()
    _ = try session.run("UNWIND range(0, 699) AS i CREATE (:A {id: i})")
    _ = try session.run(
      "MATCH (a), (b) WHERE b.id IN [a.id * 7 % 700, a.id * 3 % 700, a.id / 2] CREATE (a)-[:R]->(b)"
    )
    for statement in [
      "MATCH (a)-[:R]->()-[:R]->(c) RETURN a.id, a, count(DISTINCT c)",
      "MATCH (a)-[:R]-()-[:R]-(c) RETURN a.id, a, count(DISTINCT c)",
    ] {
      #expect(
        RuleTesting.rows(statement, database, .all)
          == RuleTesting.rows(statement, database, .all.subtracting(.distinctEndCount)))
    }
  }
}
