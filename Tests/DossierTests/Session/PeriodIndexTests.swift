import Dossier
import DossierSyntax
import TestSupport
import Testing

/// What is kept of valid time between statements follows the writes.
@Suite struct PeriodIndexTests {
  private static let chain = """
    UNWIND range(0, 199) AS i
    CREATE (a:N {i: i})-[:R {i: i, from: date('2020-01-01') + duration({days: i})}]->(b:M {i: i})
    """

  private func counts(_ session: Session, _ day: String) throws -> [String] {
    try [
      "MATCH (a)-[r:R]->(b) AS OF date('\(day)') RETURN count(*)",
      "MATCH (a)-[r:R]->(b) AS OF date('\(day)') RETURN count(type(r))",
      "MATCH (a)-[r:R*1..2]->(b) AS OF date('\(day)') RETURN count(*)",
      "MATCH (a:N)-[:R*]->(b) AS OF date('\(day)') RETURN count(DISTINCT b)",
      """
      MATCH CONTEMPORANEOUS (a)-[r:R*1..2]->(b) BETWEEN date('\(day)') AND date('\(day)')
      RETURN count(*)
      """,
      """
      CALL dossier.changes('2000', date('\(day)')) YIELD change
      WITH change WHERE change = 'began' RETURN count(*)
      """,
    ].map { try session.run($0).rows[0][0].description }
  }

  private func expect(_ session: Session, _ day: String, _ count: Int, _ changes: Int? = nil) throws
  {
    // The second time what was kept is used.
    for _ in 0..<2 {
      let found = try counts(session, day)
      #expect(found == Array(repeating: "\(count)", count: 5) + ["\(changes ?? count)"])
    }
  }

  @Test func setsFollowWrites() throws {
    let database = Database()
    let session = database.session()
    _ = try session.run(Self.chain)
    try expect(session, "2020-01-31", 31)
    try expect(session, "2020-12-31", 200)
    _ = try session.run("MATCH ()-[r:R]->() WHERE r.i < 10 SET r.to = date('2020-01-20')")
    try expect(session, "2020-01-31", 21, 31)
    try expect(session, "2020-01-15", 15)
    _ = try session.run("MATCH ()-[r:R {i: 10}]->() DELETE r")
    try expect(session, "2020-01-31", 20, 30)
    _ = try session.run("CREATE (:N)-[:R]->(:M), (:N)-[:R {from: date('2020-01-05')}]->(:M)")
    try expect(session, "2020-01-31", 22, 31)
    _ = try session.run("MATCH ()-[r:R {i: 20}]->() REMOVE r.from")
    try expect(session, "2020-01-04", 4 + 2, 4)
  }

  @Test func nodesCount() throws {
    let session = Database().session()
    _ = try session.run(Self.chain)
    try expect(session, "2020-01-31", 31)
    _ = try session.run("MATCH (b:M) WHERE b.i < 5 SET b.to = date('2020-01-10')")
    try expect(session, "2020-01-31", 26, 31)
    _ = try session.run("MATCH (a:N) WHERE a.i = 30 SET a.from = date('2021-01-01')")
    try expect(session, "2020-01-31", 25, 31)
  }

  @Test func transactionsAndSystemTime() throws {
    let session = Database().session()
    _ = try session.run(Self.chain)
    try expect(session, "2020-01-31", 31)
    try session.begin()
    _ = try session.run("MATCH ()-[r:R]->() WHERE r.i < 10 SET r.to = date('2020-01-20')")
    try expect(session, "2020-01-31", 21, 31)
    try session.rollback()
    try expect(session, "2020-01-31", 31)
    _ = try session.run("MATCH ()-[r:R]->() WHERE r.i < 10 SET r.to = date('2020-01-20')")
    try expect(session, "2020-01-31", 21, 31)
    let before = try session.run(
      "FOR SYSTEM_TIME AS OF 1 MATCH (a)-[r:R]->(b) AS OF date('2020-01-31') RETURN count(r.i)")
    #expect(before.rows[0][0] == .integer(31))
  }

  @Test func otherKeysAndOtherValues() throws {
    let session = Database().session()
    _ = try session.run(Self.chain)
    try expect(session, "2020-01-31", 31)
    _ = try session.run(
      "MATCH ()-[r:R]->() SET r.start = '2020-02-0' + toString(1 + r.i % 2)")
    _ = try session.run("CALL dossier.validTime('start', 'to')")
    try expect(session, "2020-02-01", 100)
    _ = try session.run(
      "MATCH ()-[r:R {i: 1}]->() SET r.start = datetime('2020-02-01T12:00+13:00')")
    try expect(session, "2020-02-01", 101)
  }
}
