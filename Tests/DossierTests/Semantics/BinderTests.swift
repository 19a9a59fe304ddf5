import DossierSyntax
import Testing

@testable import Dossier

@Suite("Binding")
struct BinderTests {
  @Test(arguments: [
    "MATCH (n) WITH n.a AS n RETURN n + 1",
    "MATCH (n) WITH n, count(*) AS c WHERE c > 1 RETURN n",
    "MATCH (n) WITH n.a AS x WHERE n.b = 1 RETURN x",
    "MATCH (n) WITH DISTINCT n.a AS x WHERE n.a = 1 RETURN x",
    "MATCH (n) RETURN n.a AS a, count(n.b) AS c ORDER BY a + count(n.b), n.a",
    "MATCH (n) RETURN n.a, count(*) ORDER BY count(*), max(1)",
    "MATCH (n) RETURN n, n.a + count(*)",
    "MATCH (n) RETURN DISTINCT n ORDER BY n.a",
    "MATCH (a)-[rs*]->(b) MATCH (c)-[rs*]->(d) RETURN d",
    "MATCH ()-[r]->() WITH [r] AS rs MATCH (a)-[rs*]-(b) RETURN b",
    "MATCH (b {x: a.y}), (a) RETURN b",
    "CREATE (a {x: 1}), (b {y: a.x})",
    "MATCH (n) WHERE EXISTS { MATCH (n)-->(m) WITH count(m) AS c WHERE c > n.a RETURN c } RETURN n",
    "MATCH (n) RETURN [(n)-->(m) WHERE m.a > n.a | m.a] AS l",
    "MATCH (a), (b) RETURN shortestPath((a)-[*]-(b)) AS p",
    "UNWIND [1, 'a'] AS x RETURN x + 1",
    "RETURN exists({a: 1}.a) AS e",
    "OPTIONAL MATCH (n) WITH null AS m MATCH (m) RETURN m",
    "RETURN all(x IN [true] WHERE x) AS a",
    "RETURN 1 AS a, 2 AS b UNION RETURN 3 AS b, 4 AS a",
    "MATCH (n) CALL my.nothing() RETURN n",
    "CALL my.search('a', 1)",
    "MATCH (n) RETURN n SKIP $a LIMIT toInteger(rand() * 3)",
  ])
  func isAccepted(_ text: String) throws {
    _ = try plan(text, parameters: ["a"])
    _ = try plan(text, parameters: ["a"], rules: [])
  }

  @Test func columnsAreNamedAsWritten() throws {
    #expect(
      try plan("MATCH (n) RETURN n.age+1, count( * ) , n AS `a b`").columns
        == ["n.age+1", "count( * )", "a b"])
  }

  @Test func starIsInCodePointOrder() throws {
    #expect(
      try plan("WITH 1 AS b, 2 AS a, 3 AS é, 4 AS B RETURN *").columns
        == ["B", "a", "b", "é"])
  }

  @Test func unionKeepsTheColumnsOfItsFirstPart() throws {
    let plan = try plan("RETURN 1 AS a, 2 AS b UNION ALL RETURN 3 AS b, 4 AS a")
    #expect(plan.columns == ["a", "b"])
  }

  @Test func canonicallyEquivalentNamesDiffer() throws {
    let composed = "\u{e9}"
    let decomposed = "e\u{301}"
    #expect(throws: QueryError.self) {
      _ = try plan("WITH 1 AS `\(composed)` RETURN `\(decomposed)`")
    }
  }

  @Test func onlyWritingStatementsWrite() throws {
    #expect(try plan("CREATE ()").writes)
    #expect(try plan("MATCH (n) REMOVE n:L").writes)
    #expect(try !plan("MATCH (n) RETURN n").writes)
  }

  @Test func expressionsThatAreEqualHaveEqualKeys() throws {
    let pairs = [
      ("n.a+1", "n . a + 1", true), ("count(*)", "COUNT( * )", true),
      ("a - b", "b - a", false), ("[1, 2]", "[1,2]", true), ("a.b", "a.c", false),
    ]
    for (a, b, equal) in pairs {
      let keys = try [a, b].map { ExpressionKey(try Parser.parseExpression(SourceText($0))) }
      #expect((keys[0] == keys[1]) == equal, "\(a) and \(b)")
    }
  }

  @Test func longChainsNeedNoStack() throws {
    for op in ["AND", "OR", "XOR"] {
      let chain = Array(repeating: "true", count: 20_000).joined(separator: " \(op) ")
      _ = try plan("RETURN \(chain) AS x")
    }
  }
}
