import DossierSyntax
import Testing

@testable import Dossier

/// Small graphs with everything that counting can get wrong: loops, parallel relationships, both
/// directions, nodes with several labels.
enum RuleTesting {
  /// A database with a graph made from a seed.
  static func database(seed: UInt64, nodes: Int = 9, relationships: Int = 26) throws -> Database {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func random(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state >> 33) % bound
    }
    let database = Database()
    let session = database.session()
    let labels = ["", ":A", ":B", ":A:B"]
    for id in 0..<nodes {
      try _ = session.run("CREATE (\(labels[random(4)]) {id: \(id), x: \(random(4))})")
    }
    for _ in 0..<relationships {
      let (a, b) = (random(nodes), random(nodes))
      try _ = session.run(
        "MATCH (a {id: \(a)}), (b {id: \(b)}) CREATE (a)-[:\(["R", "S"][random(2)]) {x: \(random(4))}]->(b)"
      )
    }
    return database
  }

  /// The rows of a statement as sorted lines, or the error.
  static func rows(
    _ statement: String, _ database: Database, _ rules: OptimizerRules,
    _ parameters: [String: Value] = [:]
  ) -> [String] {
    rows(statement, database.session(), rules, parameters)
  }

  /// The rows of a statement in a session as sorted lines, or the error.
  static func rows(
    _ statement: String, _ session: Session, _ rules: OptimizerRules,
    _ parameters: [String: Value] = [:]
  ) -> [String] {
    session.optimizerRules = rules
    do throws(QueryError) {
      return try session.run(statement, parameters: parameters).rows
        .map { $0.map { "\($0)" }.joined(separator: " | ") }.sorted()
    } catch { return ["error \(error.code.detail)"] }
  }
}
