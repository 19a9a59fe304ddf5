import DossierSyntax
import Testing

@testable import Dossier

/// Several workers come to the answer of one, in the same order and to the last digit.
@Suite struct WorkerTests {
  /// How statements are run besides by one worker.
  static let parallelisms: [Parallelism] = [
    .always(2, morselRows: 64), .always(3, morselRows: 7),
    Parallelism(workers: 2, delay: 0, minimumWork: 0),
  ]

  static let statements = [
    "MATCH (n:N) RETURN count(*), sum(n.i), avg(n.i), min(n.i), max(n.i), count(DISTINCT n.k)",
    "MATCH (n:N) RETURN n.k AS k, count(*) AS c, sum(n.i), min(n.name), count(DISTINCT n.f)",
    "MATCH (n:N) WHERE n.i % 3 = 1 RETURN n.k, n.name, collect(n.i)[..3]",
    "MATCH (n:N) RETURN sum(n.f), avg(n.f), stDev(n.f), percentileCont(n.f, 0.3)",
    "MATCH (n:N)-[:R]->(m) RETURN sum(m.f * n.f)",
    "MATCH (n:N) WITH n, {i: n.f} AS n2 RETURN sum(n2.i), n.k",
    "MATCH (n:N) RETURN min(n.mixed), max(n.mixed), sum(n.mixed), sum(DISTINCT n.mixed)",
    "MATCH (n:N)-[:R]->(m)-[:R]->(o) WHERE n.i < o.i RETURN n.i, m.i, o.i",
    "MATCH (n:N)-[:R]->(m) RETURN DISTINCT m.k, n.k",
    "MATCH (n:N)-[:R]->(m) RETURN n.i, m.i ORDER BY m.k, n.f DESC LIMIT 50",
    "MATCH (n:N)-[:R]->(m) RETURN n.i, m.i SKIP 1000 LIMIT 500",
    "MATCH (n:N)-[:R]->(m) WITH n, count(DISTINCT m) AS c RETURN n.i, c",
    "MATCH (n:N) OPTIONAL MATCH (n)-[:R]->(m) WHERE m.i > n.i RETURN n.i, m.i",
    "MATCH (n:N) WHERE EXISTS { (n)-[:R]->(m) WHERE m.k = 3 } RETURN n.i",
    "MATCH (n:N) WHERE n.i < 40 MATCH (n)-[:R*1..3]->(m) RETURN n.i, m.i",
    "UNWIND range(1, 3000) AS x UNWIND [x, x + 1] AS y RETURN x, y, x * y",
    "MATCH (n:N) WITH n.k AS k, count(*) AS c UNWIND range(1, c) AS x RETURN k, sum(x), count(*)",
    "MATCH (n:N) RETURN n.i AS x UNION MATCH (m:N) WHERE m.k = 1 RETURN m.i + 1 AS x",
    "MATCH (n:N), (m:N) WHERE n.i < 30 AND m.i < n.i RETURN n.i, m.i",
    "MATCH (n:Missing) RETURN count(*), sum(n.i), collect(n.i)",
  ]

  /// 5,000 nodes with four relationships each.
  static let database: Database = {
    let database = Database()
    let session = database.session()
    session.limits.workers = 1
    do {
      _ = try session.run(
        """
        UNWIND range(0, 4999) AS i
        CREATE (:N {i: i, k: i * 7 % 13, f: i * 0.1, name: 'n' + toString(i % 101),
          mixed: CASE i % 3 WHEN 0 THEN i % 5 WHEN 1 THEN toFloat(i % 5) ELSE null END})
        """)
      _ = try session.run(
        """
        MATCH (a:N) UNWIND [1, 5, 77, 1203] AS d
        MATCH (b:N {i: (a.i * d + d) % 5000}) CREATE (a)-[:R]->(b)
        """)
    } catch { Issue.record(error) }
    return database
  }()

  private func session(_ parallelism: Parallelism) -> Session {
    let session = Self.database.session()
    session.parallelism = parallelism
    return session
  }

  @Test(arguments: statements)
  func answersAreThoseOfOneWorker(_ statement: String) throws {
    let expected = try session(.alone).run(statement).rows.map { "\($0)" }
    for parallelism in Self.parallelisms {
      let found = try session(parallelism).run(statement).rows.map { "\($0)" }
      #expect(found == expected, "\(parallelism)")
    }
  }

  /// Operators that held each other would stay for ever, with all that the statement made.
  @Test(
    arguments: statements + [
      "MATCH (n:N)<-[:R]-(:N) RETURN n.i, count(*)",
      "MATCH (n:N) RETURN n.i, COUNT { (n)-[:R]->(:N)-[:R]->(:N) }",
      "MATCH (a:N)-[:R]->(b:N)-[:R]->(c:N) RETURN count(*) AS n",
    ])
  func nothingStaysOfAStatement(_ statement: String) throws {
    for parallelism in Self.parallelisms + [.alone] {
      weak var state: ExecutionState?
      do {
        let result = try session(parallelism).run(statement)
        state = result.rows.source.state
        #expect(state != nil || result.rows.isEmpty)
      }
      #expect(state == nil, "\(parallelism)")
    }
  }

  @Test(arguments: [
    "MATCH (n:N) RETURN sum(CASE n.i WHEN 4000 THEN 'x' WHEN 4001 THEN [] ELSE n.i END)",
    "MATCH (n:N) RETURN n.k, sum(CASE n.i WHEN 4000 THEN 'x' WHEN 4001 THEN [] ELSE n.i END)",
    "MATCH (n:N) WHERE CASE n.i WHEN 900 THEN 1 WHEN 1000 THEN 'x' ELSE true END RETURN n",
    "MATCH (n:N) RETURN 1 / (n.i - 2500)",
  ])
  func theFirstErrorWins(_ statement: String) throws {
    let expected = #expect(throws: QueryError.self) { try session(.alone).run(statement) }
    for parallelism in Self.parallelisms {
      let found = #expect(throws: QueryError.self) { try session(parallelism).run(statement) }
      #expect(found?.description == expected?.description)
    }
  }

  @Test func rowsThatNobodyAsksForDoNotFail() throws {
    let statement = "MATCH (n:N) RETURN 1 / (n.i - 4900) AS x LIMIT 3"
    for parallelism in Self.parallelisms {
      #expect(try session(parallelism).run(statement).rows.count == 3)
    }
  }

  @Test func limitsCountForAllWorkers() {
    let session = session(.always(2, morselRows: 64))
    session.limits.memoryBytes = 1 << 20
    let memory = #expect(throws: QueryError.self) {
      try session.run("MATCH (n:N)-[:R]->(m)-[:R]->(o) RETURN n, m, o, n.name + m.name")
    }
    #expect(memory?.code == .memoryLimit)
    session.limits.memoryBytes = .max
    session.limits.timeout = 0.05
    let time = #expect(throws: QueryError.self) {
      try session.run("MATCH (n:N)-[:R*1..12]->(m) RETURN sum(n.i + m.i)")
    }
    #expect(time?.code == .timeLimit)
  }

  @Test func profilesAddUpTheRows() throws {
    let statement = "PROFILE MATCH (n:N)-[:R]->(m) WHERE m.k = 3 RETURN n.k, sum(m.i)"
    let alone = try #require(try session(.alone).run(statement).plan)
    let shared = try #require(try session(.always(3, morselRows: 64)).run(statement).plan)
    #expect(shared.lines.map(\.rows) == alone.lines.map(\.rows))
    #expect(alone.lines.allSatisfy { $0.workers == 1 })
    #expect(shared.lines.contains { $0.workers == 3 })
  }
}
