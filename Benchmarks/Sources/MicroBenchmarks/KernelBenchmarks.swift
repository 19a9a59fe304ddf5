import Dossier
import DossierSyntax

/// Statements that spend their time in one kernel each, over the whole sample.
enum KernelBenchmarks {
  private static let statements: [(name: String, text: String)] = [
    ("scan/count", "MATCH (n:Officer) RETURN count(*)"),
    ("scan/filter", "MATCH (n:Person) WHERE n.age > 60 AND n.score < 500 RETURN count(*)"),
    ("scan/rows", "MATCH (n:Person) WHERE n.age = 40 RETURN n.id, n.name"),
    ("expand/sum", "MATCH (a:Person)-[:KNOWS]->(b) RETURN sum(b.age)"),
    ("expand/properties", "MATCH (:Person)-[r:KNOWS]->(b) WHERE r.since > 2010 RETURN sum(b.age)"),
    ("expand-into/mutual", "MATCH (a:Officer)-[:KNOWS]->(b)-[:KNOWS]->(a) RETURN sum(b.age)"),
    (
      "intersect/triangles",
      "MATCH (a:Officer)-[:KNOWS]->(b)-[:KNOWS]->(c)<-[:KNOWS]-(a) RETURN sum(c.age)"
    ),
    ("trail/fixed", "MATCH (a:Person {id: 17})-[:KNOWS*1..3]->(b) RETURN sum(b.age)"),
    ("trail/distinct", "MATCH (a:Person {id: 17})-[:KNOWS*1..]->(b) RETURN count(DISTINCT b)"),
    ("trail/chain", "MATCH (a:Officer)-[:OWNS*]->(b) RETURN count(*)"),
    (
      "trail/predicate",
      """
      MATCH (a:Person {id: 17})-[rs:KNOWS*1..3]->(b) WHERE all(r IN rs WHERE r.since > 2010)
      RETURN count(b)
      """
    ),
    ("count/two-hops", "MATCH (a:Person)-[:KNOWS]->(b)-[:KNOWS]->(c) RETURN count(*)"),
    ("count/per-node", "MATCH (a:Person)-[:KNOWS]->(b) RETURN b.city, count(*)"),
    ("group/few", "MATCH (n:Person) RETURN n.city, count(*), avg(n.score)"),
    ("group/many", "MATCH (n:Person) RETURN n.name, count(*), sum(n.age)"),
    ("sort/all", "MATCH (n:Person) RETURN n.id ORDER BY n.score, n.name"),
    ("sort/top", "MATCH (n:Person) RETURN n.id ORDER BY n.score DESC, n.id LIMIT 10"),
    ("string/contains", "MATCH (n:Person) WHERE n.name CONTAINS 'of 77' RETURN count(*)"),
    (
      "string/prefix", "MATCH (n:Person) WHERE n.name STARTS WITH 'Person number 9' RETURN count(*)"
    ),
    ("string/few", "MATCH (n:Person) WHERE n.city ENDS WITH '7' RETURN count(*)"),
    ("string/functions", "MATCH (n:Person) RETURN sum(size(toUpper(n.name)))"),
  ]

  static func all(_ sample: SampleGraph) -> [Benchmark] {
    statements.map { name, text in
      Benchmark(name: name) {
        let statement = try sample.session().prepare(text)
        return { _ = try statement.run() }
      }
    }
  }
}
