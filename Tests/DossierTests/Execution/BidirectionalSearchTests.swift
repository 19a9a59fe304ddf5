import DossierSyntax
import Testing

@testable import Dossier

@Suite("Shortest paths from both ends")
struct BidirectionalSearchTests {
  /// Every way from one node to another, of the length of the shortest ones.
  private static let enumerated =
    "MATCH (a {id: $a}), (b {id: $b}) MATCH p = (a)STEP(b) WITH p, length(p) AS n "
    + "WITH min(n) AS least, collect(p) AS paths UNWIND paths AS p WITH p, least "
    + "WHERE length(p) = least RETURN [r IN relationships(p) | id(r)]"
  private static let searched =
    "MATCH (a {id: $a}), (b {id: $b}) MATCH p = SHORTEST((a)STEP(b)) "
    + "RETURN [r IN relationships(p) | id(r)]"

  @Test(arguments: ["-[:R*..4]->", "<-[:R*..4]-", "-[:R*..3]-", "-[*..2]-", "-[:R|S*..3]->"])
  func allAreFoundAndAnyIsOneOfThem(step: String) throws {
    for seed in UInt64(1)...3 {
      let database = try RuleTesting.database(seed: seed, relationships: 16)
      for (a, b) in [(0, 1), (1, 0), (2, 5), (3, 8), (7, 4), (6, 2)] {
        let parameters: [String: Value] = ["a": .integer(Int64(a)), "b": .integer(Int64(b))]
        func rows(_ text: String, _ function: String) -> [String] {
          let text = text.split(separator: "STEP", omittingEmptySubsequences: false)
            .joined(separator: step)
            .split(separator: "SHORTEST", omittingEmptySubsequences: false)
            .joined(separator: function)
          return RuleTesting.rows(text, database, .all, parameters)
        }
        let expected = rows(Self.enumerated, "")
        #expect(rows(Self.searched, "allShortestPaths") == expected, "seed \(seed), \(a), \(b)")
        let any = rows(Self.searched, "shortestPath")
        #expect(any.count == min(expected.count, 1), "seed \(seed), \(a), \(b)")
        #expect(any.allSatisfy(expected.contains), "seed \(seed), \(a), \(b)")
      }
    }
  }

  @Test func relationshipsAreTested() throws {
    let database = Database()
    let session = database.session()
    _ = try session.run(
      "CREATE (a {id: 1})-[:R {x: 1}]->({id: 2})-[:R {x: 1}]->(b {id: 3}), (a)-[:R {x: 2}]->(b)")
    let text = "MATCH p = shortestPath((a {id: 1})-[:R* {x: $x}]->(b {id: 3})) RETURN length(p)"
    #expect(RuleTesting.rows(text, database, .all, ["x": .integer(1)]) == ["2"])
    #expect(RuleTesting.rows(text, database, .all, ["x": .integer(2)]) == ["1"])
    #expect(RuleTesting.rows(text, database, .all, ["x": .integer(3)]) == [])
  }
}
