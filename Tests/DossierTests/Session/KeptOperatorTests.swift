import DossierSyntax
import Testing

@testable import Dossier

/// Operators of a statement that wait for its next run.
@Suite struct KeptOperatorTests {
  private let database = Database()
  private let session: Session

  init() throws {
    session = database.session()
    _ = try session.run("UNWIND range(0, 999) AS i CREATE (:P {id: i, name: 'name ' + i})")
  }

  private func values(_ rows: QueryResult.Rows) -> [Value] { rows.map { $0[0] } }

  @Test func eachRunHasItsOwnParametersAndGraph() throws {
    let read = try session.prepare("MATCH (p:P {id: $id}) RETURN p.name AS name")
    for id in [5, 7, 5_000, 7] as [Int64] {
      let rows = try read.run(parameters: ["id": .integer(id)]).rows
      #expect(values(rows) == (id < 1_000 ? [.string("name \(id)")] : []))
    }
    _ = try session.run("MATCH (p:P {id: 7}) SET p.name = 'new'")
    #expect(values(try read.run(parameters: ["id": .integer(7)]).rows) == [.string("new")])
    _ = try session.run("MATCH (p:P {id: 7}) DELETE p")
    #expect(try read.run(parameters: ["id": .integer(7)]).rows.isEmpty)
  }

  @Test func resultsOutliveTheNextRun() throws {
    let read = try session.prepare(
      "MATCH (p:P {id: $id}) RETURN [p.name, 'a constant of some length', $text] AS list")
    let results = try (0..<20 as Range<Int64>).map {
      try read.run(parameters: ["id": .integer($0), "text": .string("text number \($0)")])
    }
    for (id, result) in results.enumerated() {
      #expect(
        values(result.rows) == [
          .list([
            .string("name \(id)"), .string("a constant of some length"),
            .string("text number \(id)"),
          ])
        ])
    }
  }

  @Test func aRunAfterAnErrorBeginsAnew() throws {
    let read = try session.prepare(
      "MATCH (p:P {id: 1}) RETURN p.id / $x AS q ORDER BY q SKIP 0 LIMIT $n")
    let good: [String: Value] = ["x": .integer(1), "n": .integer(1)]
    for bad in [
      ["x": .integer(0), "n": .integer(1)], ["x": .integer(1), "n": .integer(-1)],
      ["x": .integer(1)],
    ] as [[String: Value]] {
      #expect(values(try read.run(parameters: good).rows) == [.integer(1)])
      #expect(throws: QueryError.self) { try read.run(parameters: bad) }
      #expect(values(try read.run(parameters: good).rows) == [.integer(1)])
    }
  }

  @Test func stepsSeeTheGraphOfTheirRun() throws {
    _ = try session.run(
      "MATCH (a:P), (b:P) WHERE a.id < 3 AND b.id < 10 CREATE (a)-[:KNOWS {at: b.id}]->(b)")
    let step = try session.prepare(
      "MATCH (a:P {id: $id})-[k:KNOWS]->(b:P) RETURN b.id AS id ORDER BY id")
    let between = try session.prepare(
      "MATCH (a:P {id: $id})-[k:KNOWS]->(b:P)-[:KNOWS]->(a) RETURN k.at AS at ORDER BY at")
    func ids(_ statement: PreparedStatement, _ id: Int64) throws -> [Value] {
      values(try statement.run(parameters: ["id": .integer(id)]).rows)
    }
    for id in [0, 5, 2] as [Int64] {
      let others = (0..<3).filter { $0 != id }
      #expect(try ids(step, id) == (id < 3 ? (0..<10).map { .integer($0) } : []))
      #expect(try ids(between, id) == (id < 3 ? others.map { .integer($0) } : []))
    }
    _ = try session.run("MATCH (:P {id: 2})-[k:KNOWS]->(b:P) WHERE b.id <> 1 DELETE k")
    #expect(try ids(step, 2) == [.integer(1)])
    #expect(try ids(between, 2) == [.integer(1)])
    _ = try session.run("MATCH (a:P {id: 5}) UNWIND range(1, 5000) AS i CREATE (a)-[:KNOWS]->(a)")
    #expect(try ids(step, 5).count == 5_000)
  }

  @Test func rowsThatNobodyAskedForAreForgotten() throws {
    let read = try session.prepare(
      "MATCH (p:P {id: $a}), (q:P {id: $b}) RETURN p.id + q.id AS sum LIMIT $n")
    for (a, b, n) in [(1, 2, 1), (3, 4, 0), (5, 6, 1)] as [(Int64, Int64, Int64)] {
      let rows = try read.run(
        parameters: ["a": .integer(a), "b": .integer(b), "n": .integer(n)]
      ).rows
      #expect(values(rows) == (n == 0 ? [] : [.integer(a + b)]))
    }
  }

  @Test func writingStatementsRunAgain() throws {
    let merge = try session.prepare(
      "MERGE (p:P {id: $id}) ON CREATE SET p.runs = 1 ON MATCH SET p.runs = p.runs + 1")
    let create = try session.prepare(
      "MATCH (a:P {id: $id}) CREATE (a)-[:SAYS {at: $at}]->(:Word {text: 'word'})")
    for round in 0..<10 as Range<Int64> {
      let created = try merge.run(parameters: ["id": .integer(2_000)]).counters.nodesCreated
      #expect(created == (round == 0 ? 1 : 0))
      let counters = try create.run(
        parameters: ["id": .integer(2_000), "at": .integer(round)]
      ).counters
      #expect(counters.nodesCreated == 1 && counters.relationshipsCreated == 1)
      #expect(counters.propertiesSet == 2)
    }
    let read = "MATCH (p:P {id: 2000})-[s:SAYS]->(w:Word {text: 'word'})"
    let rows = try session.run("\(read) RETURN p.runs, count(*), sum(s.at)").rows
    #expect(rows[0] == [.integer(10), .integer(10), .integer(45)])
  }

  @Test func noOldGraphIsHeld() throws {
    database.historyLimit = 0
    let read = try session.prepare("MATCH (p:P {id: $id}) RETURN p.name, p.id ORDER BY p.id")
    let write = try session.prepare("MATCH (p:P {id: $id}) SET p.age = $id")
    for statement in [read, write] {
      _ = try statement.run(parameters: ["id": .integer(3)])
      #expect(throws: QueryError.self) { try statement.run() }
      weak var pages = database.snapshot.nodePages
      weak var column = database.snapshot.nodeColumns[0]
      #expect(pages != nil && column != nil)
      _ = try session.run("CREATE (:P {id: -1, name: 'one more'})")
      #expect(pages == nil && column == nil)
    }
  }

  @Test func anotherCatalogHasOtherIDs() throws {
    let read = try session.prepare("MATCH (p:P {id: $id}) RETURN p.name AS name")
    _ = try read.run(parameters: ["id": .integer(3)])
    let other = Database()
    _ = try other.session().run("CREATE (:Other {x: 1, y: 2, name: 'n'}), (:P {z: 0, id: 3})")
    database.adopt(other.snapshot)
    #expect(values(try read.run(parameters: ["id": .integer(3)]).rows) == [.null])
  }
}
