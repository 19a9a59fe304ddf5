import DossierSyntax
import Testing

@testable import Dossier

/// `FOR SYSTEM_TIME`, the commits of a database and how many of them are kept.
@Suite struct SystemTimeTests {
  private let database = Database()
  private let session: Session

  init() { session = database.session() }

  private func values(
    _ statement: String, _ parameters: [String: Value] = [:]
  ) throws -> [Value] {
    try session.run(statement, parameters: parameters).rows.map { $0[0] }
  }

  private func numbers() -> [Int] { database.commits.map(\.number) }

  /// The error of a statement, with the place it points at.
  private func error(
    _ statement: String, _ parameters: [String: Value] = [:]
  ) -> (code: DiagnosticCode, message: String, range: SourceRange?)? {
    do throws(QueryError) {
      _ = try session.run(statement, parameters: parameters)
      return nil
    } catch {
      return error.diagnostics.first.map { ($0.code, $0.message, $0.range) }
    }
  }

  private func moment(_ commit: Int) throws -> Value {
    .dateTime(try #require(database.commits.first { $0.number == commit }).time)
  }

  // MARK: Versions

  @Test func earlierVersionsStayAsTheyWere() throws {
    _ = try session.run("CREATE (:A {x: 1})-[:R {y: 1}]->(:B)")
    _ = try session.run("MATCH (a:A) SET a.x = 2, a:C")
    _ = try session.run("MATCH (:A)-[r]->() DELETE r")
    _ = try session.run("MATCH (b:B) DELETE b")
    let read =
      "MATCH (n) OPTIONAL MATCH (n)-[r]->() WITH n, r ORDER BY id(n)"
      + " RETURN collect([labels(n), n.x, r.y])"
    let expected = [
      "[]", "[[[\"A\"], 1, 1], [[\"B\"], null, null]]",
      "[[[\"A\", \"C\"], 2, 1], [[\"B\"], null, null]]",
      "[[[\"A\", \"C\"], 2, null], [[\"B\"], null, null]]", "[[[\"A\", \"C\"], 2, null]]",
    ]
    for (commit, text) in expected.enumerated() {
      let wanted = try values("RETURN \(text)")
      #expect(try values("FOR SYSTEM_TIME AS OF \(commit) \(read)") == wanted, "\(commit)")
      let time = try moment(commit)
      #expect(try values("FOR SYSTEM_TIME AS OF $t \(read)", ["t": time]) == wanted, "\(commit)")
    }
  }

  @Test func datesAndInstantsToComeAreInstants() throws {
    _ = try session.run("CREATE (), ()")
    let count = "MATCH (n) RETURN count(n)"
    for instant in [
      "datetime()", "datetime() + duration('P1Y')", "date() + duration('P1D')", "'2999-01-01'",
      "localdatetime('2999-01-01T00:00')", "1",
    ] {
      #expect(
        try values("FOR SYSTEM_TIME AS OF \(instant) \(count)") == [.integer(2)], "\(instant)")
    }
  }

  @Test func valuesOfDeletedElementsCanBeFoundByAnIndex() throws {
    _ = try session.run("UNWIND range(1, 3000) AS i CREATE (:P {id: i})")
    _ = try session.run("MATCH (p:P) SET p.id = p.id + 10000")
    let find = "MATCH (p:P {id: $id}) RETURN id(p)"
    // The index of the current graph is made by this and knows no earlier value.
    #expect(try values(find, ["id": .integer(17)]).isEmpty)
    #expect(try values(find, ["id": .integer(10017)]).count == 1)
    for _ in 0..<2 {
      #expect(try values("FOR SYSTEM_TIME AS OF 1 \(find)", ["id": .integer(17)]).count == 1)
      #expect(try values("FOR SYSTEM_TIME AS OF 1 \(find)", ["id": .integer(10017)]).isEmpty)
      #expect(try values("FOR SYSTEM_TIME AS OF 2 \(find)", ["id": .integer(10017)]).count == 1)
      #expect(try values("FOR SYSTEM_TIME AS OF 0 \(find)", ["id": .integer(17)]).isEmpty)
    }
    let plan = try session.run(
      "EXPLAIN FOR SYSTEM_TIME AS OF 1 MATCH (p:P {id: 17}) RETURN p"
    ).plan
    #expect(plan?.lines.contains { $0.name == "NodeIndexSeek" } == true)
    #expect(plan?.lines.first?.details.contains("FOR SYSTEM_TIME AS OF 1") == true)
  }

  @Test func preparedStatementsReadAnyVersion() throws {
    _ = try session.run("CREATE (:A {to: date('2020-01-01')})")
    _ = try session.run("MATCH (a) REMOVE a.to")
    _ = try session.run("CREATE (:New {other: 1})")
    let prepared = try session.prepare(
      "FOR SYSTEM_TIME AS OF $c FOR VALID_TIME AS OF date('2021-01-01') MATCH (n) RETURN count(n)")
    for _ in 0..<2 {
      for (commit, count) in [(0, 0), (1, 0), (2, 1), (3, 2), (1, 0)] {
        let result = try prepared.run(parameters: ["c": .integer(Int64(commit))])
        #expect(result.rows.first?.first == .integer(Int64(count)), "\(commit)")
      }
    }
    #expect(try values("FOR SYSTEM_TIME AS OF 2 MATCH (n:New) RETURN n.other").isEmpty)
    #expect(try values("FOR SYSTEM_TIME AS OF 2 CALL db.labels()") == [.string("A")])
  }

  // MARK: Commits

  @Test func aTransactionIsOneCommitAndARollbackNone() throws {
    try session.begin()
    _ = try session.run("CREATE ({x: 1})")
    _ = try session.run("CREATE ({x: 2})")
    #expect(numbers() == [0])
    #expect(try values("FOR SYSTEM_TIME AS OF datetime() MATCH (n) RETURN n").isEmpty)
    #expect(try values("MATCH (n) RETURN n").count == 2)
    try session.commit()
    try session.begin()
    _ = try session.run("CREATE ()")
    try session.rollback()
    #expect(error("CREATE (a) SET a.x = 1 / 0") != nil)
    #expect(numbers() == [0, 1])
    let rows = try session.run(
      "CALL dossier.commits() YIELD commit, nodesCreated, propertiesSet, time"
        + " RETURN commit, nodesCreated, propertiesSet, time <= datetime()"
    ).rows.map { $0 }
    #expect(
      rows.map { Array($0) } == [
        [.integer(0), .integer(0), .integer(0), .boolean(true)],
        [.integer(1), .integer(2), .integer(2), .boolean(true)],
      ])
    #expect(try session.run("CALL dossier.commits()").columns.count == 9)
  }

  @Test func theLimitForgetsTheOldest() throws {
    database.historyLimit = 2
    for _ in 0..<5 { _ = try session.run("CREATE ()") }
    #expect(numbers() == [3, 4, 5])
    let count = "MATCH (n) RETURN count(n)"
    #expect(try values("FOR SYSTEM_TIME AS OF 3 \(count)") == [.integer(3)])
    let gone = error("FOR SYSTEM_TIME AS OF 2 \(count)")
    #expect(gone?.code == .invalidArgumentValue)
    #expect(gone?.message.contains("the oldest is that of commit 3") == true)
    #expect(gone?.range == SourceRange(start: 22, end: 23))
    #expect(error("FOR SYSTEM_TIME AS OF date('2001-01-01') \(count)")?.range?.start == 22)
    database.historyLimit = 0
    #expect(numbers() == [5])
    _ = try session.run("CREATE ()")
    #expect(numbers() == [6])
    #expect(try values("FOR SYSTEM_TIME AS OF 6 \(count)") == [.integer(6)])
    database.historyLimit = 150
    for _ in 0..<400 { _ = try session.run("CREATE ()") }
    #expect(numbers() == Array(256...406))
    for commit in [256, 300, 406] {
      #expect(
        try values("FOR SYSTEM_TIME AS OF \(commit) \(count)") == [.integer(Int64(commit))])
    }
  }

  @Test func theDefaultLimitHolds() throws {
    for _ in 0..<(Database.defaultHistoryLimit + 10) { _ = try session.run("CREATE ()") }
    #expect(database.commits.count == Database.defaultHistoryLimit + 1)
  }

  // MARK: Errors

  @Test(arguments: [
    ("FOR SYSTEM_TIME AS OF 1 CREATE ()", DiagnosticCode.invalidClauseComposition),
    ("FOR SYSTEM_TIME AS OF 1 MATCH (a) SET a.x = 1", .invalidClauseComposition),
    ("FOR SYSTEM_TIME AS OF 1 CALL dossier.validTime('a', 'b')", .invalidClauseComposition),
    ("FOR SYSTEM_TIME AS OF a MATCH (a) RETURN a", .nonConstantExpression),
    ("FOR SYSTEM_TIME AS OF COUNT { (a) } MATCH (a) RETURN a", .nonConstantExpression),
    ("FOR SYSTEM_TIME AS OF true MATCH (a) RETURN a", .invalidArgumentType),
    ("FOR SYSTEM_TIME AS OF null MATCH (a) RETURN a", .invalidArgumentType),
    ("FOR SYSTEM_TIME AS OF $none MATCH (a) RETURN a", .missingParameter),
    ("FOR SYSTEM_TIME AS OF $true MATCH (a) RETURN a", .invalidArgumentTypeAtRuntime),
    ("FOR SYSTEM_TIME AS OF $null MATCH (a) RETURN a", .invalidArgumentTypeAtRuntime),
    ("FOR SYSTEM_TIME AS OF 'soon' MATCH (a) RETURN a", .invalidArgumentValue),
    ("FOR SYSTEM_TIME AS OF '2021' MATCH (a) RETURN a", .invalidArgumentValue),
    ("FOR SYSTEM_TIME AS OF 7 MATCH (a) RETURN a", .invalidArgumentValue),
    ("FOR SYSTEM_TIME AS OF -1 MATCH (a) RETURN a", .invalidArgumentValue),
    ("FOR SYSTEM_TIME AS OF date('2001-01-01') MATCH (a) RETURN a", .invalidArgumentValue),
  ]) func errorsHaveAPlace(statement: String, code: DiagnosticCode) throws {
    let found = error(statement, ["true": .boolean(true), "null": .null])
    #expect(found?.code == code, "\(String(describing: found))")
    #expect(found?.range != nil)
    #expect(numbers() == [0])
  }

  // MARK: Snapshots

  @Test func aSnapshotKeepsNumberAndTime() throws {
    for _ in 0..<3 { _ = try session.run("CREATE ()") }
    let saved = try #require(database.commits.last)
    var bytes: [UInt8] = []
    database.view.writeSnapshot { bytes += $0 }
    let graph = try bytes.withUnsafeBytes { try GraphSnapshot(bytes: $0, named: "x") }
    let opened = Database()
    #expect(opened.restore(graph))
    #expect(opened.commits.map(\.number) == [3])
    let time = try #require(opened.commits.first).time
    #expect(time.secondsSinceEpoch == saved.time.secondsSinceEpoch)
    #expect(time.nanosecond == saved.time.nanosecond / 1_000 * 1_000)
    _ = try opened.session().run("CREATE ()")
    #expect(opened.commits.map(\.number) == [3, 4])
    let old = try opened.session().run("FOR SYSTEM_TIME AS OF 3 MATCH (n) RETURN count(n)")
    #expect(old.rows.first?.first == .integer(3))
    let used = Database()
    _ = try used.session().run("CREATE (n) DELETE n")
    #expect(used.restore(graph))
    #expect(used.commits.map(\.number) == [0, 1, 4])
  }

  @Test(arguments: [0, 1, -1, 1_500_000, -1_500_001, Int64.max])
  func microsecondsComeBack(microseconds: Int64) {
    #expect(Instant(microseconds: microseconds).microseconds == microseconds)
  }
}
