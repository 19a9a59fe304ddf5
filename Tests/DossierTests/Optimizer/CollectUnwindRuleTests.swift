import DossierSyntax
import Testing

@testable import Dossier

@Suite("Lists that are taken apart again")
struct CollectUnwindRuleTests {
  @Test func theListIsNotMade() throws {
    for text in [
      "MATCH (a)-[:R]->(b) WITH a, collect(b.x) AS l UNWIND l AS x RETURN x, count(*)",
      "MATCH (a)-[:R]->(b) WITH collect(b) AS l UNWIND l AS x RETURN x.x, count(DISTINCT x)",
      "MATCH (a)-[:R]->(b) WITH a.x AS k, collect(b.x) AS l UNWIND l AS x WITH k, x WHERE x > 1 "
        + "RETURN k, max(x)",
    ] {
      let before = outline(try plan(text, rules: .all.subtracting(.collectUnwind)))
      #expect(before.contains { $0.contains("Unwind") }, "\(text)")
      #expect(!outline(try plan(text)).contains { $0.contains("Unwind") }, "\(text)")
    }
  }

  @Test func listsThatMatterStay() throws {
    for text in [
      "MATCH (a)-[:R]->(b) WITH a, collect(b.x) AS l UNWIND l AS x RETURN a, x",
      "MATCH (a)-[:R]->(b) WITH a, collect(b.x) AS l UNWIND l AS x RETURN x, collect(a)",
      "MATCH (a)-[:R]->(b) WITH a, collect(b.x) AS l UNWIND l AS x RETURN size(l), count(*)",
      "MATCH (a)-[:R]->(b) WITH a, collect(DISTINCT b.x) AS l UNWIND l AS x RETURN x, count(*)",
      "MATCH (a)-[:R]->(b) WITH a, collect(b.x) AS l UNWIND l[1..] AS x RETURN x, count(*)",
      "MATCH (a)-[:R]->(b) WITH a, collect(b.x) AS l, count(*) AS n UNWIND l AS x RETURN x, n, count(*)",
      "MATCH (a)-[:R]->(b) WITH a, collect(b.x / a.x) AS l UNWIND l AS x RETURN x, count(*)",
      "MATCH (a)-[:R]->(b) WITH a, collect(b.x) AS l LIMIT 2 UNWIND l AS x RETURN x, count(*)",
    ] {
      #expect(outline(try plan(text)).contains { $0.contains("Unwind") }, "\(text)")
    }
  }

  static let statements = [
    "MATCH (a)-[:R]->(b) WITH a, collect(b.x) AS l UNWIND l AS x RETURN x, count(*)",
    "MATCH (a)-[:R]->(b) WITH a, collect(b.missing) AS l UNWIND l AS x RETURN x, count(*)",
    "MATCH (a)-[:R]->(b) WITH collect(b) AS l UNWIND l AS x RETURN count(*), min(x.x)",
    "MATCH (a:Missing)-[:R]->(b) WITH collect(b) AS l UNWIND l AS x RETURN count(*), max(x.x)",
    "MATCH (a) OPTIONAL MATCH (a)-[:R]->(b:B) WITH a, collect(b) AS l UNWIND l AS b "
      + "RETURN a.id, b.id, count(*)",
    "MATCH (a)-[r:R]-(b) WITH a, b, collect(r) AS l UNWIND l AS s RETURN a.id, count(DISTINCT s)",
    "MATCH (a)-[:R]->(b) WITH a.x AS k, collect(b.x) AS l UNWIND l AS x WITH k, x WHERE x > k "
      + "RETURN k, max(x), count(*)",
    "MATCH (a)-[:R]->(b) WITH a.x AS k, collect(labels(b)) AS l UNWIND l AS x RETURN k, x, count(*)",
    "MATCH (a)-[:R]->(b) WITH a.x AS k, b.x AS j, collect(b) AS l UNWIND l AS x "
      + "RETURN j + k, x.id + 1, count(x)",
    "MATCH (a)-[:R]->(b) WITH a AS b, collect(b) AS l UNWIND l AS a RETURN a.id, b.id, count(*)",
    "UNWIND [1, 2] AS i MATCH (a {x: i}) WITH i, collect(a) AS l UNWIND l AS a "
      + "MATCH (a)-[:S]->(c) RETURN i, count(*)",
  ]

  @Test(arguments: statements)
  func answersStayTheSame(statement: String) throws {
    for seed in UInt64(1)...6 {
      let database = try RuleTesting.database(seed: seed)
      let expected = RuleTesting.rows(statement, database, [])
      #expect(RuleTesting.rows(statement, database, .all) == expected, "seed \(seed)")
      #expect(
        RuleTesting.rows(statement, database, .all.subtracting(.patternCount)) == expected,
        "seed \(seed)")
    }
  }
}
