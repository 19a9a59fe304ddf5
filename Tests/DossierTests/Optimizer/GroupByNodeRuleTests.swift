import DossierSyntax
import Testing

@testable import Dossier

@Suite("Grouping by nodes before their properties")
struct GroupByNodeRuleTests {
  private static let few = TableStatistics(
    nodeCount: 1_000, relationshipCount: 100_000, labels: ["A": 10, "B": 900],
    types: ["R": 100_000])

  private func aggregations(
    _ text: String, _ rules: OptimizerRules = .all.subtracting([.patternCount, .countedEnd])
  ) throws -> [String] {
    outline(try plan(text, rules: rules, statistics: Self.few))
      .map { $0.drop { $0 == " " } }.filter { $0.hasPrefix("Aggregation") }.map(String.init)
  }

  @Test func nodesComeFirst() throws {
    let text = "MATCH (a:A)-[r:R]->(b:A) RETURN a.x, count(*), min(r.x)"
    let rules = OptimizerRules.all.subtracting([.patternCount, .countedEnd])
    #expect(try aggregations(text, rules.subtracting(.groupByNode)).count == 1)
    let found = try aggregations(text)
    #expect(found.count == 2)
    #expect(found.first?.hasPrefix("Aggregation a.x, sum(") == true)
    #expect(found.last == "Aggregation a, count(*), min(r.x)")
  }

  @Test func whatCannotBePutTogetherStays() throws {
    for text in [
      "MATCH (a:A)-[r:R]->(b) RETURN a.x, count(DISTINCT b)",
      "MATCH (a:A)-[r:R]->(b) RETURN a.x, sum(r.x)",
      "MATCH (a:A)-[r:R]->(b) RETURN a.x, collect(r.x)",
      "MATCH (a:A)-[r:R]->(b) RETURN a.x + 1, count(*)",
      "MATCH (a:A)-[r:R]->(b) RETURN r.x, count(*)",
      "MATCH (a:A)-[r:R]->(b) RETURN a, count(*)",
      "MATCH (a:B)-[r:R]->(b:B) RETURN a.x, b.x, count(*)",
      "MATCH (a:A) RETURN a.x, count(*)",
    ] {
      #expect(try aggregations(text).count == 1, "\(text)")
    }
  }

  static let statements = [
    "MATCH (a)-[r]-(b)-[s]-(c) RETURN a.x, count(*)",
    "MATCH (a)-[r]-(b)-[s]-(c) RETURN a.x AS x, c.x AS y, count(*), count(b.missing)",
    "MATCH (a)-[r]-(b)-[s]-(c)-[t]-(d) RETURN a.x, a.id, min(t.x), max(s.x), count(r)",
    "MATCH (a)-[r]-(b)-[s]-(c) RETURN a.missing, count(*)",
    "MATCH (a)-[r]-(b)-[s]-(c) WITH a, a.x AS x, count(*) AS n RETURN a.id, x, n",
    "MATCH (a)-[r]-(b) OPTIONAL MATCH (b)-[:S]->(c)-[]-(d) RETURN c.x, count(*), count(d)",
    "MATCH (a:A)-[r]-(b)-[s]-(c) RETURN a.x, min(DISTINCT c.x)",
  ]

  @Test(arguments: statements)
  func answersStayTheSame(statement: String) throws {
    for seed in UInt64(1)...6 {
      let database = try RuleTesting.database(seed: seed)
      let expected = RuleTesting.rows(statement, database, [])
      for rules in [.all, .all.subtracting([.patternCount, .countedEnd])] as [OptimizerRules] {
        #expect(RuleTesting.rows(statement, database, rules) == expected, "seed \(seed)")
      }
    }
  }

  @Test func groupsComeInTheSameOrder() throws {
    let database = try RuleTesting.database(seed: 3)
    let statement = "MATCH (a)-[r]-(b)-[s]-(c) RETURN a.x, c.x, count(*)"
    func rows(_ rules: OptimizerRules) throws -> [[Value]] {
      let session = database.session()
      session.optimizerRules = rules
      return try session.run(statement).rows.map { Array($0) }
    }
    let rules = OptimizerRules.all.subtracting([.patternCount, .countedEnd])
    #expect(try rows(rules) == rows(rules.subtracting(.groupByNode)))
  }
}
