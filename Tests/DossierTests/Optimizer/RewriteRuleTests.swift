import DossierSyntax
import Testing

@testable import Dossier

/// A statement with what its plan shows without a rule and with it.
struct RewriteCase: CustomTestStringConvertible, Sendable {
  var rule: OptimizerRules
  var text: String
  /// A part of the operator tree that only the rule makes.
  var after: String

  var testDescription: String { text }
}

@Suite("Rules of the optimiser, before and after")
struct RewriteRuleTests {
  private static let statistics = TableStatistics(
    nodeCount: 10_000, relationshipCount: 50_000, labels: ["A": 9_000, "B": 10],
    types: ["R": 40_000, "S": 10_000])

  static let cases = [
    RewriteCase(
      rule: .labelScan, text: "MATCH (n) WHERE n:A RETURN n", after: "NodeByLabelScan (n:A)"),
    RewriteCase(
      rule: .hashJoin, text: "MATCH (a:A), (b:A) WHERE a.x = b.x RETURN a, b", after: "HashJoin"),
    RewriteCase(
      rule: .semiApply, text: "MATCH (a:A) WHERE EXISTS { MATCH (a)-[:R]->() } RETURN a",
      after: "SemiApply"),
    RewriteCase(rule: .top, text: "MATCH (n:A) RETURN n.x ORDER BY n.x LIMIT 3", after: "Top"),
    RewriteCase(
      rule: .expandIntersect,
      text: "MATCH (a:B)-[:R]->(b)-[:R]->(c)<-[:R]-(a) RETURN a.x, b.x, c.x",
      after: "ExpandIntersect"),
  ]

  @Test(arguments: cases)
  func theRuleMakesTheOperator(_ rewrite: RewriteCase) throws {
    let before = outline(
      try plan(rewrite.text, rules: .all.subtracting(rewrite.rule), statistics: Self.statistics))
    #expect(!before.contains { $0.contains(rewrite.after) }, "\(before)")
    let after = outline(try plan(rewrite.text, statistics: Self.statistics))
    #expect(after.contains { $0.contains(rewrite.after) }, "\(after)")
  }

  @Test func conditionsOnChainsAreTestedOnTheWay() throws {
    let text = "MATCH (a:B)-[rs:R*]->(b) WHERE all(r IN rs WHERE r.x > 1) RETURN b.x"
    let before = outline(
      try plan(text, rules: .all.subtracting(.chainPredicate), statistics: Self.statistics))
    #expect(before.contains { $0.contains("Filter") && $0.contains("all(") })
    let after = outline(try plan(text, statistics: Self.statistics))
    #expect(!after.contains { $0.contains("Filter") && $0.contains("all(") }, "\(after)")
  }

  @Test func filtersMoveBelowTheNextStep() throws {
    let text = "MATCH (a:B)-[:R]->(b) WHERE a.x = 1 RETURN b.x"
    let rules = OptimizerRules.all.subtracting(.nodeIndexSeek)
    func depths(_ rules: OptimizerRules) throws -> (filter: Int?, step: Int?) {
      let lines = outline(try plan(text, rules: rules, statistics: Self.statistics))
      return (
        lines.firstIndex { $0.contains("Filter") }, lines.firstIndex { $0.contains("Expand") }
      )
    }
    let before = try depths(rules.subtracting(.filterPushdown))
    #expect(try #require(before.filter) < #require(before.step))
    let after = try depths(rules)
    #expect(try #require(after.filter) > #require(after.step))
  }

  @Test func neighbouringMatchesAreOnePattern() throws {
    let text = "MATCH (a:A)-[:R]->(x) MATCH (b:B)-[:R]->(x) RETURN a.x, b.x"
    let start = { (rules: OptimizerRules) in
      outline(try plan(text, rules: rules, statistics: Self.statistics))
        .last { $0.contains("Scan") } ?? ""
    }
    #expect(try start(.all.subtracting(.mergeMatches)).contains(":A"))
    #expect(try start(.all).contains(":B"))
  }

  @Test func matchesThatShareNothingOrMayFailStayApart() throws {
    for text in [
      "MATCH (a:A) MATCH (b:B) RETURN a, b",
      "MATCH (a:A)-[:R]->(x) MATCH (b:B)-[:R]->(x) WHERE 1 / b.x = 1 RETURN a, b",
      "MATCH (a:A)-[:R]->(x) OPTIONAL MATCH (b:B)-[:R]->(x) RETURN a, b",
    ] {
      let merged = outline(try plan(text, statistics: Self.statistics))
      let apart = outline(
        try plan(text, rules: .all.subtracting(.mergeMatches), statistics: Self.statistics))
      #expect(merged == apart, "\(text)")
    }
  }

  @Test func patternsBeginWhereFewRowsAre() throws {
    let text = "MATCH (a:A)-[:R]->(b)-[:S]->(c:B) RETURN a.x, b.x, c.x"
    let start = { (rules: OptimizerRules) in
      outline(try plan(text, rules: rules, statistics: Self.statistics))
        .last { $0.contains("Scan") } ?? ""
    }
    #expect(try start(.all.subtracting(.patternOrder)).contains(":A"))
    #expect(try start(.all).contains(":B"))
  }

  static let statements = [
    "MATCH (a:A)-[:R]->(b)-[:R]->(c)<-[:R]-(a) RETURN a.id, b.id, c.id",
    "MATCH (a)-[r:R]-(b)-[s]-(c)-[t:R]-(a) RETURN a.id, b.id, c.id, r.x, s.x, t.x",
    "MATCH (a)-[:R]->(x) MATCH (b:B)-[:R]->(x) RETURN a.id, b.id",
    "MATCH (a)-[r]->(x) MATCH (x)<-[s]-(b) WHERE a.x = 1 MATCH (a)-[t]-(b) RETURN a.id, b.id, x.id",
    "MATCH (a)-[rs*1..3]-(b) WHERE all(r IN rs WHERE r.x > 0) RETURN a.id, b.id, size(rs)",
    "MATCH (a)-[rs:R*1..3 {x: 2}]->(b) RETURN a.id, b.id",
    "MATCH (a), (b) WHERE a.x = b.x AND a.id < b.id RETURN a.id, b.id",
    "MATCH (a)-[:R]->(b) WHERE NOT EXISTS { MATCH (b)-[:S]->(a) } RETURN a.id, b.id",
    "MATCH (a)-[:R]->(b) RETURN a.x, count(*), collect(DISTINCT b.x)",
    "MATCH (a) RETURN a.id ORDER BY a.x DESC, a.id SKIP 1 LIMIT 3",
  ]

  /// With each rule left out, and with each alone.
  @Test(arguments: statements)
  func answersStayTheSame(statement: String) throws {
    let rules = (0..<32).map { OptimizerRules(rawValue: 1 << $0) }
      .filter { OptimizerRules.all.contains($0) }
    for seed in UInt64(1)...2 {
      let database = try RuleTesting.database(seed: seed, nodes: 7, relationships: 16)
      // Lists of `collect` have no order of their own.
      func rows(_ rules: OptimizerRules) -> [String] {
        RuleTesting.rows(statement, database, rules).map { String($0.sorted()) }.sorted()
      }
      let expected = rows([])
      for rule in rules {
        #expect(rows(.all.subtracting(rule)) == expected, "seed \(seed), without \(rule)")
        #expect(rows(rule) == expected, "seed \(seed), \(rule) alone")
      }
    }
  }
}
