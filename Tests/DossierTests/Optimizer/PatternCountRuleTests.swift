import DossierSyntax
import Testing

@testable import Dossier

@Suite("Counting without enumerating")
struct PatternCountRuleTests {
  @Test func chainsBecomeNumbers() throws {
    let before = try plan(
      "MATCH (a)-[:R]->(b)-[:S]->(c) RETURN count(*)", rules: .all.subtracting(.patternCount))
    #expect(outline(before).filter { $0.contains("Expand") }.count == 2)
    let after = try plan("MATCH (a)-[:R]->(b)-[:S]->(c) RETURN count(*)")
    #expect(!outline(after).contains { $0.contains("Expand") })
    #expect(outline(after).contains { $0.contains("matches(") })
  }

  @Test func keysStay() throws {
    let after = try plan("MATCH (a)-[:R]->(b)-[:S]->(c) RETURN a.x, count(*)")
    #expect(outline(after).contains { $0.contains("matches(a: R, S)") || $0.contains("Expand") })
  }

  static let statements = [
    "MATCH (a)-[:R]->(b) RETURN count(*)",
    "MATCH (a)-[:R]-(b) RETURN count(*)",
    "MATCH (a:A)-[:R]->(b:B) RETURN count(*)",
    "MATCH (a)-[]-(b)-[]-(c) RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:R]->(c) RETURN count(*)",
    "MATCH (a)-[:R]->(b)<-[:R]-(c) RETURN count(*)",
    "MATCH (a)-[:R]-(b)-[:R]-(c) RETURN count(*)",
    "MATCH (a)-[:R]-(b)-[:R]->(c) RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:R]->(c)-[:R]->(d) RETURN count(*)",
    "MATCH (a)-[:R]-(b)-[:R]-(c)-[:R]-(d) RETURN count(*)",
    "MATCH (a)-[:R]-(b)-[:R]->(c)-[:R]-(d) RETURN count(*)",
    "MATCH (a)-[:R|S]->(b)-[:S]->(c)-[:R]->(d:A) RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:R]->(c), (a)-[:R]->(c) RETURN count(*)",
    "MATCH (a)-[:R]-(b)-[:R]-(c), (a)-[:R]-(c) RETURN count(*)",
    "MATCH (a)-[:R]->(a) RETURN count(*)",
    "MATCH (a)-[:R]-(a)-[:S]-(b) RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:S]->(a) RETURN count(*)",
    "MATCH (a)-[:R]-(b)-[:R]-(c)-[:S]->(d) WHERE a <> c RETURN count(*)",
    "MATCH (a)-[:R]-(b)-[:R]-(c)-[:S]->(d) WHERE NOT (a)-[:R]-(c) AND a <> c RETURN count(*)",
    "MATCH (a)-[:R]-(b)-[:R]-(c) WHERE (a)-[:S]->(c) RETURN count(*)",
    "MATCH (t)<-[:R]-(m)<-[:S]-(c)-[:R]->(u) WHERE t <> u RETURN count(*)",
    "MATCH (t)<-[:R]-(m)<-[:S]-(c)-[:R]->(u) WHERE NOT (c)-[:R]->(t) AND t <> u RETURN count(*)",
    "MATCH (a)-[:R]->(m)-[:S]->(b), (m)<-[:R]-(c), (m)<-[:S]-(d) RETURN count(*)",
    "MATCH (a)-[:R]->(m) OPTIONAL MATCH (m)-[:S]->(b) OPTIONAL MATCH (m)<-[:R]-(c:A) RETURN count(*)",
    "MATCH (a) OPTIONAL MATCH (a)-[:R]->(b:B) RETURN a.id, count(b)",
    "MATCH (a) OPTIONAL MATCH (a)-[:R]->(b)-[:R]->(c) WHERE b.x > 1 RETURN a.id, count(c), count(*)",
    "MATCH (a)-[:R]->(b)-[:S]->(c) RETURN a.x, count(*)",
    "MATCH (a)-[:R]->(b)-[:S]->(c) RETURN b.x, count(*), count(c), min(b.id), count(DISTINCT b)",
    "MATCH (a)-[:R]->(b) WHERE b.x = 2 RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:R]->(c) WHERE b.x = 2 AND c.x < 3 AND a.x <> 1 RETURN count(*)",
    "MATCH (a) WHERE NOT EXISTS { MATCH (a)-[:R]->(b) WHERE b.x = 1 } RETURN count(*)",
    "MATCH (a)-[:S]->(d) WHERE NOT EXISTS { MATCH (d)-[:R]->(b) WHERE b.x = 1 } RETURN count(*)",
    "MATCH (a)-[r:R]->(b), (c)-[s:R]->(d) RETURN count(*)",
    "MATCH (a)-[:R]->(b) MATCH (b)-[:R]->(c) RETURN count(*)",
    "MATCH (a)-[:R]->(b) WITH a, count(*) AS n MATCH (a)-[:S]->(c) RETURN n, count(*)",
    "MATCH (a)-[:R]->(b) WITH a, count(DISTINCT b) AS n RETURN sum(n)",
    "MATCH (a)-[:Missing]->(b) RETURN count(*)",
    "MATCH (a)-[:R]->(b:Missing) RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:S]-(c) RETURN a.id, b.id, count(*)",
    "MATCH (a) RETURN a.id, COUNT { (a)-[:R]->()-[:R]->() } AS n",
  ]

  @Test(arguments: statements)
  func answersStayTheSame(statement: String) throws {
    for seed in UInt64(1)...12 {
      let database = try RuleTesting.database(seed: seed)
      let expected = RuleTesting.rows(statement, database, [])
      #expect(RuleTesting.rows(statement, database, .all) == expected, "seed \(seed)")
      #expect(
        RuleTesting.rows(statement, database, [.patternCount, .semiApply]) == expected,
        "seed \(seed), without other rules")
    }
  }
}
