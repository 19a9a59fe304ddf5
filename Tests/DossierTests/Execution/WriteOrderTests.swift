import DossierSyntax
import Testing

@testable import Dossier

/// Rows of `SET` and `MERGE` go one after the other, also where they are worked on by the batch.
@Suite struct WriteOrderTests {
  private let session = Database().session()

  private func values(_ statement: String) throws -> [[Value]] {
    try session.run(statement).rows.map { $0 }
  }

  private func rows(_ list: String) throws -> [[Value]] {
    try values("UNWIND \(list) AS row RETURN row").map { row in
      guard case .list(let cells)? = row.first else { return row }
      return cells
    }
  }

  private func code(_ statement: String) -> DiagnosticCode? {
    do throws(QueryError) {
      _ = try session.run(statement)
      return nil
    } catch {
      return error.code
    }
  }

  // MARK: SET

  @Test func aNodeInSeveralRowsIsSetOnceForEach() throws {
    _ = try session.run("CREATE (:N {v: 1}), (:N {v: 10})")
    _ = try session.run("MATCH (n:N) UNWIND [1, 2, 3] AS x SET n.v = n.v * 2 + x")
    #expect(try values("MATCH (n:N) RETURN n.v ORDER BY n.v") == rows("[[19], [91]]"))
  }

  @Test func laterAssignmentsOfARowSeeEarlierOnes() throws {
    _ = try session.run("UNWIND range(1, 3) AS i CREATE (:N {a: i, b: -i})")
    _ = try session.run("MATCH (n:N) SET n.a = n.b, n.b = n.a * 2, n.c = n.b")
    #expect(
      try values("MATCH (n:N) RETURN n.a, n.b, n.c ORDER BY n.c DESC")
        == rows("[[-1, -2, -2], [-2, -4, -4], [-3, -6, -6]]"))
  }

  @Test func rowsThatReadWhatOthersSetGoOneAfterTheOther() throws {
    _ = try session.run("CREATE (:N {v: 1})-[:R]->(:N {v: 2})-[:R]->(:N {v: 3})")
    _ = try session.run(
      "MATCH (a:N)-[:R]->(b:N) WITH a, b ORDER BY a.v DESC SET a.v = b.v * 10")
    #expect(try values("MATCH (n:N) RETURN n.v ORDER BY n.v") == rows("[[3], [30], [300]]"))
  }

  @Test func propertiesThatNobodySetsAreReadAtOnce() throws {
    _ = try session.run("UNWIND range(1, 5000) AS i CREATE (:N {v: i})")
    let result = try session.run("MATCH (n:N) SET n.w = n.v % 7, n.t = toString(n.v), n:Done")
    #expect(result.counters.propertiesSet == 10_000)
    #expect(
      try values(
        "MATCH (n:Done) WHERE n.w = n.v % 7 AND n.t = toString(n.v) RETURN count(*), sum(n.v)")
        == rows("[[5000, 12502500]]"))
  }

  @Test func theFirstRowInErrorIsReported() throws {
    _ = try session.run("CREATE (:N)")
    let set = "MATCH (n:N) SET n.a = row.a * 1, n.b = row.b"
    #expect(
      code("UNWIND [{a: 1, b: {}}, {a: true, b: 1}] AS row \(set)") == .invalidPropertyType)
    #expect(
      code("UNWIND [{a: true, b: 1}, {a: 1, b: {}}] AS row \(set)")
        == .invalidArgumentTypeAtRuntime)
    #expect(try values("MATCH (n:N) RETURN keys(n)") == [[.list([])]])
  }

  // MARK: MERGE

  @Test func rowsFindWhatRowsOfTheSameBatchMade() throws {
    let result = try session.run(
      """
      UNWIND [1, 2, 1, 3, 2, 1] AS x MERGE (n:T {x: x, y: 'a'})
      ON CREATE SET n.c = 1 ON MATCH SET n.c = n.c + 1 RETURN n.x, n.c
      """)
    #expect(result.counters.nodesCreated == 3)
    #expect(
      result.rows.map { $0 } == (try rows("[[1, 3], [2, 2], [1, 3], [3, 1], [2, 2], [1, 3]]")))
    #expect(
      try values("MATCH (n:T) RETURN id(n), n.x, n.c ORDER BY id(n)")
        == rows("[[0, 1, 3], [1, 2, 2], [2, 3, 1]]"))
  }

  @Test func rowsKeepTheirMatches() throws {
    _ = try session.run("CREATE (:T {x: 1, n: 'a'}), (:T {x: 1, n: 'b'}), (:U {x: 2})")
    let result = try session.run(
      "UNWIND [2, 1, 2, 1] AS x MERGE (t:T {x: x}) ON CREATE SET t.n = 'new' RETURN x, t.n")
    #expect(
      result.rows.map { $0 }
        == (try rows("[[2, 'new'], [1, 'a'], [1, 'b'], [2, 'new'], [1, 'a'], [1, 'b']]")))
    #expect(result.counters.nodesCreated == 1)
  }

  @Test func aPatternThatReadsWhatIsSetGoesRowByRow() throws {
    _ = try session.run("UNWIND [1, 1, 2] AS x MERGE (n:T {x: x}) ON MATCH SET n.x = 2")
    #expect(try values("MATCH (n:T) RETURN n.x") == rows("[[2]]"))
  }

  @Test func equalNumbersOfDifferentTypesAreOne() throws {
    _ = try session.run("UNWIND [1, 1.0, 2.0, 2] AS x MERGE (n:T {x: x})")
    #expect(try values("MATCH (n:T) RETURN n.x ORDER BY n.x") == rows("[[1], [2.0]]"))
  }

  @Test func aNullInALaterRowChangesNothing() throws {
    #expect(code("UNWIND [1, 2, null, 3] AS x MERGE (n:T {x: x})") == .mergeReadOwnWrites)
    #expect(try values("MATCH (n) RETURN count(*)") == rows("[[0]]"))
  }

  @Test func relationshipsBetweenBoundNodesAreMergedTogether() throws {
    _ = try session.run("UNWIND range(0, 3) AS i CREATE (:N {i: i})")
    let pairs = "[[0, 1], [1, 0], [0, 1], [2, 2], [2, 2], [0, 3]]"
    let merge = "UNWIND \(pairs) AS p MATCH (a:N {i: p[0]}), (b:N {i: p[1]}) MERGE"
    let directed = try session.run(
      "\(merge) (a)-[r:R {k: 1}]->(b) ON MATCH SET r.again = true RETURN id(r)")
    #expect(directed.rows.map { $0 } == (try rows("[[0], [1], [0], [2], [2], [3]]")))
    #expect(directed.counters.relationshipsCreated == 4)
    #expect(
      try values("MATCH ()-[r:R]->() WHERE r.again RETURN id(r) ORDER BY id(r)")
        == rows("[[0], [2]]"))
    let undirected = try session.run("\(merge) (a)-[r:S]-(b) RETURN id(r)")
    #expect(undirected.rows.map { $0 } == (try rows("[[4], [4], [4], [5], [5], [6]]")))
  }

  @Test func mergingManyRowsIsMergingThemOneByOne() throws {
    let keys = (0..<5_000).map { ($0 &* 7_919 + $0 / 3) % 1_300 }
    let other = Database().session()
    let text = "MERGE (n:T {x: $x}) ON CREATE SET n.first = $i ON MATCH SET n.last = $i"
    for (i, key) in keys.enumerated() {
      _ = try other.run(text, parameters: ["x": .integer(Int64(key)), "i": .integer(Int64(i))])
    }
    _ = try session.run(
      """
      UNWIND $rows AS row MERGE (n:T {x: row[0]})
      ON CREATE SET n.first = row[1] ON MATCH SET n.last = row[1]
      """,
      parameters: [
        "rows": .list(
          keys.enumerated().map { .list([.integer(Int64($1)), .integer(Int64($0))]) })
      ])
    let read = "MATCH (n:T) RETURN id(n), n.x, n.first, n.last ORDER BY id(n)"
    #expect(try values(read) == other.run(read).rows.map { $0 })
  }
}
