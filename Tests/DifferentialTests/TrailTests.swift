import TestSupport
import Testing

@testable import Dossier

/// Chains of variable length in all shapes, over generated multigraphs with loops.
@Suite("Trails are those of the reference engine")
struct TrailTests {
  static let statements = [
    "MATCH (a)-[rs*]->(b) RETURN id(a) AS a, size(rs) AS n, id(b) AS b",
    "MATCH (a)-[rs:T*1..3]-(b) RETURN id(a) AS a, size(rs) AS n, id(b) AS b",
    "MATCH (a)<-[rs*0..2]-(b:A) RETURN id(a) AS a, size(rs) AS n, id(b) AS b",
    "MATCH (a)-[rs*0..0]-(b) RETURN id(a) AS a, id(b) AS b",
    "MATCH (a)-[rs*..2 {i: 1}]-(b) RETURN id(a) AS a, id(b) AS b",
    "MATCH (a)-[rs:T|`part-of`*1..3]->(b) WHERE all(r IN rs WHERE r.i > 0) RETURN id(a) AS a, id(b) AS b",
    "MATCH (a)-[rs*1..3]-(b) WHERE all(r IN rs WHERE r.s IS NOT NULL) RETURN id(a) AS a, count(*) AS n",
    "MATCH (a)-[rs*1..3]->(b) WHERE all(r IN rs WHERE r.i >= a.i) RETURN id(a) AS a, id(b) AS b",
    "MATCH (a)-[rs*1..2]->(b) WHERE any(r IN rs WHERE r.b) RETURN id(a) AS a, id(b) AS b",
    "MATCH (a)-[r]->(b) MATCH (b)-[rs*1..2]-(a) RETURN id(r) AS r, size(rs) AS n",
    "MATCH (a)-[r]->(b)-[rs*1..2]-(a) RETURN id(r) AS r, size(rs) AS n",
    "MATCH (a)-[r]-(b), (a)-[rs*2]-(c) RETURN id(r) AS r, id(c) AS c",
    "MATCH (a)-[rs*1..2]-(b)-[ss*1..2]-(c) RETURN id(a) AS a, count(*) AS n",
    "MATCH (a)-[*]->(b) RETURN count(DISTINCT b) AS n",
    "MATCH (a:A)-[*0..]-(b) RETURN id(a) AS a, count(DISTINCT b) AS n",
    "MATCH (a) OPTIONAL MATCH (a)-[rs:`owned-by`*1..2]->(b:B) RETURN id(a) AS a, size(rs) AS n",
    "MATCH p = (a)-[*1..2]-(a) RETURN id(a) AS a, length(p) AS n",
  ]

  @Test(arguments: statements)
  func trails(_ text: String) throws {
    var compared = 0
    for seed in Seeds.range(short: 12, long: 300) {
      var generator = GraphGenerator(seed: seed)
      let readCase = ReadCase(graph: generator.graph(), text: text)
      if try readCase.expectedRowCount() != nil { compared += 1 }
      if let difference = try readCase.difference(EngineConfiguration.all) {
        Issue.record("seed \(seed): \(difference)\n\(readCase.script)")
        return
      }
    }
    #expect(compared > 0, "the reference engine gave no answer at all")
  }
}

/// Each rule of the optimiser left out, and each alone.
@Suite("Single rules change no answer")
struct RuleSwitchTests {
  private static let configurations: [EngineConfiguration] = (0..<32)
    .map { OptimizerRules(rawValue: 1 << $0) }
    .filter { OptimizerRules.all.contains($0) }
    .flatMap { rule in
      [OptimizerRules.all.subtracting(rule), rule].map {
        EngineConfiguration(rules: $0, batchRows: Batch.capacity)
      }
    }

  @Test func generatedQueries() throws {
    for seed in Seeds.range(short: 25, long: 3_000) {
      let readCase = ReadCase(seed: seed &+ 40_000)
      if let difference = try readCase.difference(Self.configurations) {
        Issue.record("seed \(seed): \(difference)\n\(readCase.script)")
      }
    }
  }
}
