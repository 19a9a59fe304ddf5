import DossierSyntax
import Testing

@testable import Dossier

@Suite("Grouping by both ends of two steps")
struct ExpandGroupedRuleTests {
  @Test func waysAreCountedWhereTheyAreFound() throws {
    let text =
      "MATCH (a:A)<-[:R]-(b:B)-[:R]->(c:A) WHERE a.id < c.id WITH a, c, count(*) AS n "
      + "WHERE n >= 2 RETURN count(*)"
    let before = outline(try plan(text, rules: .all.subtracting(.expandGrouped)))
    #expect(!before.contains { $0.contains("ExpandGrouped") })
    #expect(outline(try plan(text)).contains { $0.contains("ExpandGrouped") })
  }

  @Test func whatIsReadStays() throws {
    for text in [
      "MATCH (a)-[:R]->(b)-[:R]->(c) RETURN a, c, count(DISTINCT b)",
      "MATCH (a)-[:R]->(b)-[:R]->(c) WHERE b.x > 1 RETURN a, c, count(*)",
      "MATCH (a)-[:R]->(b)-[:R]->(c) RETURN a, b, count(*)",
      "MATCH (a)-[:R]->(b)-[:R]->(a) RETURN a, b, count(*)",
      "UNWIND [1, 1] AS i MATCH (a {id: i}) WITH a MATCH (a)-[:R]->(b)-[:R]->(c) "
        + "RETURN a, c, count(*)",
    ] {
      #expect(!outline(try plan(text)).contains { $0.contains("ExpandGrouped") }, "\(text)")
    }
  }

  static let statements = [
    "MATCH (a)-[:R]->(b)-[:R]->(c) WITH a, c, count(*) AS n RETURN a.id, c.id, n",
    "MATCH (a)-[:R]-(b)-[:R]-(c) WITH a, c, count(*) AS n RETURN a.id, c.id, n",
    "MATCH (a:A)<-[:R]-(b:B)-[:R]->(c:A) WHERE a.id < c.id WITH a, c, count(*) AS n RETURN a.id, c.id, n",
    "MATCH (a)<-[:R]-(b)-[:R]->(c) WITH c, a, count(*) AS n, count(*) AS m RETURN a.id, c.id, n, m",
    "MATCH (a)-[:R]->(b:A)-[:S]-(c:B) WITH a AS x, c AS y, count(*) AS n RETURN x.id, y.id, n",
    "MATCH (a)-[]-(b)-[:S]-(c) WHERE a <> c WITH a, c, count(*) AS n RETURN a.id, c.id, n",
    "MATCH (a)-[:R]->(b) MATCH (b)-[:R]->(c) WITH a, c, count(*) AS n RETURN a.id, c.id, n",
    "MATCH (a {id: 3})-[:R]-(b)-[:R]-(c) WITH a, c, count(*) AS n RETURN a.id, c.id, n",
    "MATCH (a)-[:R]->(b)-[:Missing]->(c) WITH a, c, count(*) AS n RETURN a.id, c.id, n",
    "MATCH (a)-[:R]->(b:Missing)-[:R]->(c) WITH a, c, count(*) AS n RETURN a.id, c.id, n",
    "MATCH (a)-[:R]->(b)-[:R]->(c) WITH a, c, count(*) AS n WHERE n > 1 RETURN count(*), sum(n)",
  ]

  @Test(arguments: statements)
  func answersStayTheSame(statement: String) throws {
    for seed in UInt64(1)...6 {
      let database = try RuleTesting.database(seed: seed)
      let expected = RuleTesting.rows(statement, database, [])
      #expect(RuleTesting.rows(statement, database, .all) == expected, "seed \(seed)")
      #expect(
        RuleTesting.rows(statement, database, .all.subtracting(.patternOrder)) == expected,
        "seed \(seed)")
    }
  }
}
