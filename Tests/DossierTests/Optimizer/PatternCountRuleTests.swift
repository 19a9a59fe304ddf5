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

  @Test func validMatchesBecomeNumbers() throws {
    let database = Database()
    _ = try database.session().run("CREATE (:A)-[:R {to: date('2020-01-01')}]->(:B)-[:S]->(:C)")
    func lines(_ statement: String, _ rules: OptimizerRules = .all) throws -> [String] {
      let session = database.session()
      session.optimizerRules = rules
      return try session.run("EXPLAIN " + statement).plan?.lines.map { "\($0.name) \($0.details)" }
        ?? []
    }
    let both = "MATCH (a)-[:R]->(b)-[:S]->(c) AS OF date('2021-01-01')"
    let counted = try lines("\(both) RETURN count(*)")
    #expect(counted.contains { $0.contains("matches(") && $0.contains("VALID AS OF date(") })
    #expect(!counted.contains { $0.contains("Expand") })
    let found = try lines("\(both) RETURN count(*)", .all.subtracting(.patternCount))
    #expect(found.filter { $0.contains("Expand") }.count == 2)
    for statement in [
      // Relationships of one number that are to be valid at different times, or not all of them.
      "\(both) MATCH (c)-[:R]->(d) RETURN count(*)",
      "\(both) MATCH (c)-[:R]->(d) AS OF date('2022-01-01') RETURN count(*)",
      "\(both) WHERE NOT (a)-[:S]->(c) RETURN count(*)",
      "UNWIND [date('2021-01-01')] AS d MATCH (a)-[:R]->(b) AS OF d RETURN count(*)",
    ] {
      #expect(
        try !lines(statement).contains {
          $0.contains("VALID AS OF date(") && $0.contains("matches(")
        })
    }
  }

  /// Restrictions of the patterns of a statement.
  static let restrictions = [
    " AS OF date('2020-06-01')", " AS OF date('2021-06-01')",
    " BETWEEN date('2020-06-01') AND date('2021-06-01')", " AS OF null",
  ]

  @Test(arguments: statements)
  func datedAnswersStayTheSame(statement: String) throws {
    for seed in UInt64(1)...2 {
      let database = try RuleTesting.database(seed: seed)
      let session = database.session()
      _ = try session.run(
        "MATCH ()-[r]->() WHERE r.x > 0 SET r.from = date({year: 2019 + r.x})")
      _ = try session.run(
        "MATCH ()-[r]->() WHERE id(r) % 3 = 0 SET r.to = date({year: 2023 - r.x % 2})")
      if seed % 2 == 0 {
        _ = try session.run("MATCH (n) WHERE n.x > 1 SET n.from = date({year: 2018 + n.x})")
      }
      for (index, restriction) in Self.restrictions.enumerated() {
        let whole = "FOR VALID_TIME\(restriction) \(statement)"
        var first = statement
        if let place = first.firstRange(of: " RETURN"), !first.contains("WHERE"),
          !first.contains("WITH"), index % 2 == 0
        {
          first.insert(contentsOf: restriction, at: place.lowerBound)
        }
        for text in [whole, first] {
          let expected = RuleTesting.rows(text, database, [])
          #expect(RuleTesting.rows(text, database, .all) == expected, "seed \(seed): \(text)")
          #expect(
            RuleTesting.rows(text, database, [.patternCount, .semiApply]) == expected,
            "seed \(seed), without other rules: \(text)")
        }
      }
    }
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
