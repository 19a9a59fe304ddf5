import DossierSyntax
import Testing

@testable import Dossier

@Suite("Chains of relationships")
struct ChainRuleTests {
  @Test func endsAreFoundOnce() throws {
    let text = "MATCH (a)-[:R*1..]->(b) RETURN count(DISTINCT b)"
    let before = try plan(text, rules: .all.subtracting(.distinctEnds))
    #expect(!outline(before).contains { $0.contains("ends once") })
    #expect(outline(try plan(text)).contains { $0.contains("ends once") })
  }

  @Test func chainsWhoseRelationshipsMatterStay() throws {
    for text in [
      "MATCH (a)-[r:R*1..]->(b) RETURN count(DISTINCT r)",
      "MATCH (a)-[r:R*2..]->(b) RETURN count(DISTINCT b)",
      "MATCH (a)-[r:R*1..]-(b) RETURN count(DISTINCT b)",
      "MATCH (a)-[r:R*1..]->(b) RETURN count(b)",
    ] {
      #expect(!outline(try plan(text)).contains { $0.contains("ends once") }, "\(text)")
    }
  }

  static let statements = [
    "MATCH (a {id: 1})-[:R*1..]->(b) RETURN count(DISTINCT b)",
    "MATCH (a {id: 1})-[:R*0..3]-(b) RETURN DISTINCT b.id",
    "MATCH (a)-[:R*1..2]->(b:A) WHERE a <> b RETURN a.id, count(DISTINCT b)",
    "MATCH (a)-[:R|S*1..3]->(b) RETURN DISTINCT a.id, b.id",
    "MATCH (a {id: 2})-[w:R*1..]->(b) WHERE all(r IN w WHERE r.x >= 1) RETURN count(DISTINCT b)",
    "MATCH (a {id: 2})-[w:R*1..4]->(b) WHERE all(r IN w WHERE r.x >= 1) RETURN b.id, size(w)",
    "MATCH (a) WHERE EXISTS { MATCH (a)-[:R*1..3]->(b:B) } RETURN a.id",
    "MATCH (a)-[:R*0..1]->(b)-[:S]->(c) RETURN a.id, count(DISTINCT c)",
  ]

  @Test(arguments: statements)
  func answersStayTheSame(statement: String) throws {
    for seed in UInt64(1)...6 {
      let database = try RuleTesting.database(seed: seed, relationships: 14)
      #expect(
        RuleTesting.rows(statement, database, .all) == RuleTesting.rows(statement, database, []),
        "seed \(seed)")
    }
  }
}
