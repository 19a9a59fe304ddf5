import Dossier
import DossierSyntax

/// Short statements, where what is done once per statement counts.
enum StatementBenchmarks {
  private static let operations = 20_000
  /// What people write: a look-up, two hops, a predicate, an order.
  private static let typical = """
    MATCH (a:Person {id: $id})-[:KNOWS]->(b)-[r:KNOWS]->(c:Person)
    WHERE r.since > 2010 AND c <> a
    RETURN c.name AS name, count(*) AS paths ORDER BY paths DESC, name LIMIT
    """

  static func all(_ sample: SampleGraph) -> [Benchmark] {
    [
      lookUp(
        sample, "statement/constant", "RETURN 1", target: nil),
      lookUp(
        sample, "statement/point", "MATCH (n:Person {id: $id}) RETURN n.name, n.age",
        target: .rate(200_000)),
      lookUp(
        sample, "statement/hop", "MATCH (n:Person {id: $id})-[:KNOWS]->(m) RETURN m.id", target: nil
      ),
      lookUp(
        sample, "statement/two-hops",
        "MATCH (n:Person {id: $id})-[:KNOWS]->()-[:KNOWS]->(m) RETURN count(*)", target: nil),
      byText(sample), parseAndPlan(sample), cachedPlan(sample),
    ]
  }

  private static func lookUp(
    _ sample: SampleGraph, _ name: String, _ text: String, target: Benchmark.Target?
  ) -> Benchmark {
    Benchmark(name: name, operations: operations, target: target) {
      let statement = try sample.session().prepare(text)
      return {
        for number in 0..<operations {
          let id = Value.integer(Int64(number &* 7_919 % sample.nodeCount))
          let rows = try statement.run(parameters: ["id": id]).rows
          for row in rows where row.isEmpty { throw UnexpectedAnswer() }
        }
      }
    }
  }

  /// The same as a text, whose plan comes out of the session's cache.
  private static func byText(_ sample: SampleGraph) -> Benchmark {
    Benchmark(name: "statement/point-by-text", operations: operations) {
      let session = try sample.session()
      return {
        for number in 0..<operations {
          let rows = try session.run(
            "MATCH (n:Person {id: $id}) RETURN n.name, n.age",
            parameters: ["id": .integer(Int64(number &* 7_919 % sample.nodeCount))]
          ).rows
          if rows[0].count != 2 { throw UnexpectedAnswer() }
        }
      }
    }
  }

  /// Texts that the session has not seen before.
  private static func parseAndPlan(_ sample: SampleGraph) -> Benchmark {
    Benchmark(name: "statement/parse-and-plan", operations: 1_000, target: .seconds(50e-6)) {
      let session = try sample.session()
      var number = 0
      return {
        for _ in 0..<1_000 {
          number += 1
          _ = try session.prepare("\(typical) \(number)")
        }
      }
    }
  }

  private static func cachedPlan(_ sample: SampleGraph) -> Benchmark {
    Benchmark(name: "statement/cached-plan", operations: operations, target: .seconds(2e-6)) {
      let session = try sample.session()
      let text = "\(typical) 10"
      return { for _ in 0..<operations { _ = try session.prepare(text) } }
    }
  }
}

/// A statement gave something else than it must.
struct UnexpectedAnswer: Error {}
