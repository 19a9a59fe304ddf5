import DossierSyntax
import Testing

@testable import Dossier

/// Counting page by page comes to what is found match by match, on graphs of several pages.
@Suite("Counting at all nodes at once")
struct CountSweepTests {
  /// 5,000 nodes; `R` and `S` have parallel and opposite relationships and loops, `T` leads from later
  /// nodes to earlier ones, `U` leads round in circles here and there.
  private static func database() throws -> Database {
    let database = Database()
    let session = database.session()
    for statement in [
      "UNWIND range(0, 4999) AS i CREATE (n:N {i: i, k: i % 13})",
      "MATCH (n:N) WHERE n.i % 3 = 0 SET n:A",
      "MATCH (n:N) WHERE n.i >= 4500 SET n:Late",
      """
      MATCH (a:N) WHERE a.k < 6 UNWIND [1, 5, 2600] AS d
      MATCH (b:N {i: (a.i * d + d) % 5000}) CREATE (a)-[:R {x: a.i % 4}]->(b)
      """,
      """
      MATCH (a:N) WHERE a.k IN [1, 2, 7] UNWIND [3, 5, 5, 0] AS d
      MATCH (b:N {i: (a.i + d) % 5000}) CREATE (a)-[:S]->(b)
      """,
      "MATCH (a:N)-[:S]->(b) WHERE a.k = 1 CREATE (b)-[:S]->(a)",
      "MATCH (a:N), (b:N {i: a.i / 2}) WHERE a.i > 0 CREATE (a)-[:T {x: a.i % 4}]->(b)",
      """
      MATCH (a:N), (b:N {i: a.i - a.i % 7 + (a.i + 1) % 7}) WHERE a.i % 7 < 6
      CREATE (a)-[:U {x: a.i % 4}]->(b)
      """,
      """
      MATCH (a:N) WHERE a.i < 900 UNWIND [1, 2, 3, 50, 51, 400] AS d
      MATCH (b:N {i: a.i + d}) WHERE (a.i * d) % 5 <> 1 CREATE (a)-[:V]->(b)
      """,
      "MATCH (a:N)-[:U]->(b) WHERE a.i % 700 = 0 CREATE (b)-[:U {x: 3}]->(a)",
    ] { _ = try session.run(statement) }
    return database
  }

  private static let shared = Result { try database() }

  static let statements = [
    "MATCH (a)-[:R]->(b) RETURN count(*)",
    "MATCH (a)-[:S]-(b) RETURN count(*)",
    "MATCH (a:A)-[:R]->(b:Late) RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:S]->(c)-[:T]->(d) RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:R]->(c)-[:R]->(d) RETURN count(*)",
    "MATCH (a)-[:S]-(b)-[:S]-(c) RETURN count(*)",
    "MATCH (a)-[:S]-(b)-[:S]-(c)-[:T]->(d) WHERE a <> c RETURN count(*)",
    "MATCH (a)-[:S]->(b)-[:S]->(a) RETURN count(*)",
    "MATCH (a)-[:S]->(b), (a)-[:R]->(b) RETURN count(*)",
    "MATCH (t)<-[:R]-(m)<-[:T]-(c)-[:R]->(u) WHERE t <> u RETURN count(*)",
    "MATCH (t)<-[:S]-(m)<-[:T]-(c)-[:S]->(u) WHERE NOT (c)-[:S]->(t) AND t <> u RETURN count(*)",
    "MATCH (a)-[:S]-(b)-[:S]-(c) WHERE NOT (a)-[:S]-(c) AND a <> c RETURN count(*)",
    "MATCH (a)-[:V]-(b)-[:V]-(c), (a)-[:V]-(c) RETURN count(*)",
    "MATCH (a:A)-[:V]-(b)-[:V]-(c)-[:T]->(d) WHERE (a)-[:V]-(c) RETURN count(*)",
    "MATCH (a)-[:V]-(b:A)-[:V]-(c)<-[:T]-(d) WHERE NOT (a)-[:V]-(c) AND a <> c RETURN count(*)",
    "MATCH (a)-[:R]->(b)-[:S]->(c), (a)-[:R]->(c) RETURN count(*)",
    "MATCH (a)-[:S]->(b)-[:S]->(c), (a)-[:S]->(c) RETURN count(*)",
    "MATCH (a:A) WHERE EXISTS { MATCH (a)-[:R]->(b)-[:T]->(c) WHERE c.k = 3 } RETURN count(*)",
    "MATCH (a:A) WHERE NOT EXISTS { MATCH (a)-[:S]->(b:A) } RETURN count(*)",
    "MATCH (a)-[:R]->(m) OPTIONAL MATCH (m)-[:S]->(b) OPTIONAL MATCH (m)<-[:T]-(c:A) RETURN count(*)",
    "MATCH (a:N) OPTIONAL MATCH (a)-[:S]->(b) WITH a, count(b) AS n RETURN n, count(*) ORDER BY n",
    "MATCH (a:N) OPTIONAL MATCH (a)-[:S]->(b:A) RETURN a.i, count(b), count(*)",
    "MATCH (a:N) OPTIONAL MATCH (a)-[:S]->(b) WITH a, count(b) AS n, max(a.k) AS m RETURN sum(n), sum(m)",
    "MATCH (a:N)-[:T]->(b) WITH a, count(*) AS n RETURN n, count(*)",
    "MATCH (a:N)<-[:R]-(b:Late) RETURN a.i, count(*)",
    "MATCH (a:N)-[:S]-(b:Late) RETURN a.i, count(*)",
    "MATCH (a:N)-[:S]-(b:A) RETURN a.i, count(*)",
    "MATCH (a:N)-[:S]-(b:A:Late) RETURN a.i, count(*)",
    "MATCH (a:N)-[:R|S]->(b:A) WHERE a.i % 5 <> 2 RETURN a.k, count(*)",
    "MATCH (b:Late)-[:S]-(a:N)-[:R]->(c:A) WHERE a.i % 3 = 0 RETURN a.i, count(*)",
    "MATCH (a:N) OPTIONAL MATCH (a)-[:V]->(b:Late) RETURN a.i, count(*), count(b)",
    "MATCH (a:N) OPTIONAL MATCH (a)-[:V]-(b:A) WHERE a.i > 2500 RETURN a.i, count(*), count(b)",
    "MATCH (a:N) WHERE NOT EXISTS { MATCH (a)-[:S]-(b:Late) } RETURN a.k, count(*)",
    "MATCH (a:N)-[:S]-(b:Late) RETURN count(*)",
    "MATCH (a:Late)-[:S]->(b:A) RETURN count(*)",
    "MATCH (a)-[:T*]->(b) RETURN count(*)",
    "MATCH (a:A)-[:T*1..]->(b:A) RETURN count(*)",
    "MATCH (a)<-[:T*]-(b) WHERE b.k = 2 RETURN count(*)",
    "MATCH (a)-[t:T*]->(b:A) WHERE all(r IN t WHERE r.x > 1) RETURN count(*)",
    "MATCH (a)-[:U*]->(b) RETURN count(*)",
    "MATCH (a:A)-[u:U*]->(b:A) WHERE all(r IN u WHERE r.x <> 2) RETURN count(*)",
    "MATCH (c)-[:S]->(a)-[:T*]->(b)-[:R]->(d) RETURN count(*)",
    "MATCH (a:Late)-[:T*]->(b)<-[:R]-(c)<-[:T*]-(d:Late) WHERE b.k = 2 RETURN count(*)",
    "MATCH (a)-[:Missing*]->(b) RETURN count(*)",
    "MATCH (a:Missing)-[:T*]->(b) RETURN count(*)",
  ]

  @Test(arguments: statements)
  func answersAreThoseOfThePlainPlan(_ statement: String) throws {
    let database = try Self.shared.get()
    let expected = rows(statement, database, .all.subtracting(.patternCount), .alone)
    #expect(rows(statement, database, .all, .alone) == expected)
    #expect(rows(statement, database, .all, .always(3, morselRows: 64)) == expected)
  }

  @Test func writesAreSeen() throws {
    let database = try Self.database()
    let session = database.session()
    let statements = [
      "MATCH (a)-[:T]->(b)<-[:T]-(c) RETURN count(*)",
      "MATCH (a)-[:T]->(b)-[:T]->(a) RETURN count(*)",
      "MATCH (a)-[:T]-(b)-[:T]-(c) WHERE a <> c RETURN count(*)",
      "MATCH (a)-[:T*]->(b) RETURN count(*)",
    ]
    for write in [
      "MATCH (a:N {i: 7}), (b:N {i: 3}) CREATE (a)-[:T]->(b)",
      "MATCH (a:N {i: 3}), (b:N {i: 7}) CREATE (a)-[:T]->(b)",
      "MATCH (a:N {i: 9}) CREATE (a)-[:T]->(a)",
      "MATCH (a:N {i: 7})-[t:T]->(b:N {i: 3}) DELETE t",
      "MATCH (a:N {i: 9}) DETACH DELETE a",
      "MATCH (a:N) WHERE a.i % 17 = 3 DETACH DELETE a",
    ] {
      _ = try session.run(write)
      for statement in statements {
        #expect(
          rows(statement, database, .all, .alone)
            == rows(statement, database, .all.subtracting(.patternCount), .alone),
          "\(statement) after \(write)")
      }
    }
  }

  @Test func writesOfAnOpenTransactionAreSeen() throws {
    let database = try Self.database()
    let session = database.session()
    let statement = "MATCH (a)-[:T]->(b)-[:T]->(a) RETURN count(*)"
    try session.begin()
    for expected in [0, 2, 4] {
      #expect(try number(statement, session) == "\(expected)")
      _ = try session.run(
        """
        MATCH (a:N {i: \(expected + 6)}), (b:N {i: \((expected + 6) / 2)}) CREATE (b)-[:T]->(a)
        """)
    }
    try session.rollback()
    #expect(try number(statement, session) == "0")
  }

  @Test func numbersBeyond32BitsAreExactAndLargerOnesAnError() throws {
    let database = Database()
    let session = database.session()
    _ = try session.run(
      "CREATE (h:Hub), (g:Gate), (g)-[:G]->(h) WITH h UNWIND range(1, 2000) AS i CREATE (h)-[:R]->()"
    )
    let stars = (0..<5).map { "MATCH (h)-[:R]->(x\($0)) " }.joined()
    let many = "MATCH (g:Gate)-[:G]->(h) \(stars)RETURN count(*)"
    #expect(try number(many, session) == "32000000000000000")
    let tooMany = (0..<6).map { "MATCH (h)-[:R]->(x\($0)) " }.joined()
    #expect(throws: QueryError.self) {
      try session.run("MATCH (g:Gate)-[:G]->(h) \(tooMany)RETURN count(*)")
    }
    // Nobody reaches the number that is too large.
    #expect(
      try number("MATCH (g:Missing)-[:G]->(h) \(tooMany)RETURN count(*)", session) == "0")
  }

  @Test func plansShowOneOperator() throws {
    for statement in [
      "MATCH (a:A)-[:R]->(b)-[:S]->(c) RETURN count(*)",
      "MATCH (a)-[:T*]->(b:A) RETURN count(*)",
      "MATCH (a:A) WHERE EXISTS { MATCH (a)-[:R]->(b:Late) } RETURN count(*)",
    ] {
      let after = outline(try plan(statement))
      #expect(after.count == 2 && after[1].contains("PatternCount"))
      let before = outline(try plan(statement, rules: .all.subtracting(.patternCount)))
      #expect(!before.contains { $0.contains("PatternCount") })
    }
  }

  private func number(_ statement: String, _ session: Session) throws -> String {
    try session.run(statement).rows.map { $0.map { "\($0)" }.joined() }.joined()
  }

  private func rows(
    _ statement: String, _ database: Database, _ rules: OptimizerRules, _ parallelism: Parallelism
  ) -> [String] {
    let session = database.session()
    session.parallelism = parallelism
    return RuleTesting.rows(statement, session, rules)
  }

  /// Layers of nodes, each of which leads to all of the next layer: sums over chains of one byte, of four
  /// and of eight.
  @Test(arguments: [(width: 3, layers: 4), (4, 6), (10, 11), (10, 14)])
  func manyChains(width: Int, layers: Int) throws {
    let session = Database().session()
    _ = try session.run(
      "UNWIND range(0, \(width * layers - 1)) AS i CREATE (:N {layer: i / \(width)})")
    _ = try session.run("MATCH (n {layer: 0}) SET n:First")
    _ = try session.run("MATCH (n {layer: \(layers - 1)}) SET n:Last:Top")
    _ = try session.run("MATCH (a), (b) WHERE b.layer = a.layer + 1 CREATE (a)-[:R]->(b)")
    let chains = (0..<layers).reduce(Int64(1)) { product, _ in product * Int64(width) }
    for statement in [
      "MATCH (a:First)-[:R*]->(b:Last) RETURN count(*)",
      "MATCH (a:First)-[:R*]->(b:Last:Top) RETURN count(*)",
      "MATCH (b:Last)<-[:R*1..]-(a:First) RETURN count(*)",
    ] {
      #expect(Array(try session.run(statement).rows) == [[.integer(chains)]], "\(statement)")
    }
  }
}
