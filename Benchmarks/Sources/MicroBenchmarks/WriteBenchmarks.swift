import Dossier
import DossierSyntax

/// Writes, each statement a transaction of its own, over a graph of medium size.
enum WriteBenchmarks {
  private static let operations = 5_000
  private static let batchRows = 100_000

  /// `sample` grows by these benchmarks; they come last.
  static func all(_ sample: SampleGraph) -> [Benchmark] {
    let single = Benchmark.Target.rate(100_000)
    return [
      writing(sample, "write/set", "MATCH (n:Person {id: $id}) SET n.age = $new", single),
      writing(
        sample, "write/create-node", "CREATE (:Note {number: $new, text: 'note', year: 2024})",
        single),
      writing(
        sample, "write/create-relationship",
        "MATCH (a:Person {id: $id}), (b:Person {id: $new}) CREATE (a)-[:KNOWS {since: 2024}]->(b)",
        single),
      writing(
        sample, "write/create-linked",
        """
        MATCH (a:Person {id: $id})
        CREATE (a)-[:WROTE]->(:Note {number: $new, text: 'note', year: 2024})
        """, single),
      writing(sample, "write/merge", "MERGE (n:Person {id: $id}) SET n.age = $new", nil),
      batch(sample), batchSet(sample), batchMerge(sample),
    ]
  }

  private static func writing(
    _ sample: SampleGraph, _ name: String, _ text: String, _ target: Benchmark.Target?
  ) -> Benchmark {
    Benchmark(name: name, operations: operations, target: target) {
      let statement = try sample.session().prepare(text)
      var round = 0
      return {
        round += 1
        for number in 0..<operations {
          let id = Int64((number + round) &* 7_919 % sample.nodeCount)
          _ = try statement.run(parameters: [
            "id": .integer(id), "new": .integer(Int64((number + round) % sample.nodeCount)),
          ])
        }
      }
    }
  }

  private static func batch(_ sample: SampleGraph) -> Benchmark {
    Benchmark(name: "write/unwind-create", operations: batchRows, target: .rate(1_000_000)) {
      let statement = try sample.session().prepare(
        "UNWIND $rows AS row CREATE (:Item {number: row.number, text: row.text})")
      let rows = (0..<batchRows).map { number in
        Value.map(
          MapValue([
            ("number", .integer(Int64(number))), ("text", .string("item \(number % 1_000)")),
          ]))
      }
      let parameters = ["rows": Value.list(rows)]
      return { _ = try statement.run(parameters: parameters) }
    }
  }

  /// Every node is named twice; half of them are there from the second run on.
  private static func batchMerge(_ sample: SampleGraph) -> Benchmark {
    Benchmark(name: "write/unwind-merge", operations: batchRows) {
      let statement = try sample.session().prepare(
        "UNWIND $rows AS row MERGE (n:Place {number: row}) ON MATCH SET n.seen = true")
      var run = 0
      return {
        run += 1
        let first = run * batchRows / 4
        let rows = (0..<batchRows).map { Value.integer(Int64(first + $0 % (batchRows / 2))) }
        _ = try statement.run(parameters: ["rows": .list(rows)])
      }
    }
  }

  private static func batchSet(_ sample: SampleGraph) -> Benchmark {
    Benchmark(name: "write/set-all", operations: sample.nodeCount) {
      let statement = try sample.session().prepare("MATCH (n:Person) SET n.age = n.age + 1")
      return { _ = try statement.run() }
    }
  }
}
