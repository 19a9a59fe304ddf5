import Dossier
import DossierSyntax
import Testing

@Suite("Statements of many clauses are planned, or refused with a place")
struct LongStatementTests {
  private func run(_ clauses: [String]) throws -> QueryResult {
    try Database().session().run(clauses.joined(separator: "\n"))
  }

  @Test func manyClauses() throws {
    let merges = (0..<300).map { "MERGE (n\($0):X {i: \($0)})" }
    #expect(try run(merges).counters.nodesCreated == 300)
    let steps = (0..<1_500).map { "WITH x\($0) + 1 AS x\($0 + 1)" }
    let result = try run(["WITH 0 AS x0"] + steps + ["RETURN x1500 AS x"])
    #expect(result.rows.map { $0 } == [[.integer(1_500)]])
  }

  @Test func longPatterns() throws {
    let chain = (1..<1_500).map { "-->(n\($0))" }.joined()
    let result = try run(["MATCH (n0)\(chain) RETURN count(*) AS n"])
    #expect(result.rows.map { $0 } == [[.integer(0)]])
  }

  @Test func tooManyClauses() {
    let clauses = (0..<2_001).map { "UNWIND [1] AS x\($0)" } + ["RETURN 1 AS x"]
    let error = #expect(throws: QueryError.self) { try run(clauses) }
    #expect(error?.code == .nestingTooDeep)
    #expect(error?.diagnostics.first?.position?.line == 2_001)
  }

  @Test func manyCreates() throws {
    let clauses = (0..<10_000).map { "CREATE (n\($0):X {i: \($0)})" }
    #expect(try run(clauses).counters.nodesCreated == 10_000)
  }
}
