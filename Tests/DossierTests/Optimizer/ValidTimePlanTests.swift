import Dossier
import Testing

/// Plans of statements that read as of a time.
@Suite struct ValidTimePlanTests {
  private let count = "MATCH (a)-[r]->(b) AS OF date('2021-01-01') RETURN count(*) AS n"

  private func isRestricted(_ session: Session, _ statement: String) throws -> Bool {
    try session.run("EXPLAIN " + statement).plan?.lines.contains {
      $0.details.contains("matches(") && $0.details.contains("VALID")
    } ?? false
  }

  @Test func aGraphWithoutDatesIsCountedWithoutLookingAtThem() throws {
    let session = Database().session()
    _ = try session.run("CREATE (:A)-[:R]->(:B)")
    #expect(try !isRestricted(session, count))
    _ = try session.run("MATCH ()-[r]->() SET r.to = date('2020-01-01')")
    #expect(try isRestricted(session, count))
  }

  @Test func preparedStatementsSeeDatesThatCameLater() throws {
    let session = Database().session()
    _ = try session.run("CREATE (:A)-[:R]->(:B)")
    let prepared = try session.prepare(count)
    #expect(try prepared.run().rows.first?.first == .integer(1))
    _ = try session.run("MATCH ()-[r]->() SET r.to = date('2020-01-01')")
    #expect(try prepared.run().rows.first?.first == .integer(0))
    _ = try session.run("CALL dossier.validTime('begin', 'end')")
    #expect(try prepared.run().rows.first?.first == .integer(1))
  }

  @Test func datesOfTheStatementItselfCount() throws {
    let session = Database().session()
    let result = try session.run(
      "CREATE (a)-[r:R {to: date('2020-01-01')}]->(b) WITH a "
        + "MATCH (a)-[r]->(b) AS OF date('2021-01-01') RETURN count(*) AS n")
    #expect(result.rows.first?.first == .integer(0))
  }
}
