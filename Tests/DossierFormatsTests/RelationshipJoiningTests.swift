import Dossier
import DossierFormats
import DossierSyntax
import Testing

/// Relationships of one type between the same nodes join by `id`.
@Suite struct RelationshipJoiningTests {
  private func load(_ texts: String...) throws -> Database {
    let database = Database()
    for text in texts {
      _ = try GraphFile.load(bytes: Array(text.utf8), named: "test", into: database, format: .gram)
    }
    return database
  }

  private static let told = "(a {id: 'a'})-[d:by {id: 'd', on: 1}]->(b {id: 'b'})"

  @Test func relationshipsOfFilesJoinByID() throws {
    let more = """
      (a {id: 'a'})-[d:by {id: 'd', kind: 'x'}]->(b {id: 'b'}), [d]-[:said-by {n: 1}]->(c {id: 'c'})
      (a)-[:by {id: 'e'}]->(b), (c)-[e:doubts]->[d], [e]-[:said-by]->(c)
      """
    let joined = [
      "(0 {id: 'a'})", "(1 {id: 'b'})", "(2 {id: 'c'})",
      "(0)-[:by {id: 'd', kind: 'x', on: 1}]->(1)", "(0)-[:by {id: 'e'}]->(1)",
    ]
    for texts in [[Self.told, more], [more, Self.told], [more, Self.told, more.lines(0)]] {
      let database = Database()
      for text in texts {
        _ = try GraphFile.load(
          bytes: Array(text.utf8), named: "test", into: database, format: .gram)
      }
      let found = summary(of: database)
      #expect(joined.allSatisfy { found.contains($0) }, "\(found)")
      let answer = try database.session().run(
        """
        MATCH (a)-[d:by {id: 'd'}]->(b), [d]-[s:said-by {n: 1}]->(c), (c)-[e:doubts]->[d],
          [e]-[:said-by]->(c)
        RETURN a.id + b.id + c.id + d.kind AS ids, d.on AS day
        """)
      #expect(answer.rows.map { $0.map(\.description) }.first == ["'abcx'", "1"])
    }
  }

  @Test func othersStayApart() throws {
    for other in [
      "(a {id: 'a'})-[:by {id: 'x'}]->(b {id: 'b'})",
      "(b {id: 'b'})-[:by {id: 'd'}]->(a {id: 'a'})",
      "(a {id: 'a'})-[:to {id: 'd'}]->(b {id: 'b'})",
      "(a {id: 'a'})-[:by {id: 'd'}]->(c {id: 'c'})",
      "{join: false} (a {id: 'a'})-[:by {id: 'd'}]->(b {id: 'b'})",
    ] {
      let database = try load(Self.told, other)
      let count = try database.session().run("MATCH ()-[r]->() RETURN count(r)").rows[0][0]
      #expect(count == .integer(2), "\(other)")
    }
  }

  @Test func conflictsAreErrors() throws {
    let database = try load(Self.told)
    expectError(
      "(a {id: 'a'})-[:by {id: 'd', 1️⃣on: 2}]->(b {id: 'b'})", .conflictingProperty,
      "property `on` differs from the one of the relationship with the same `id`", into: database)
  }
}

extension String {
  /// One of its lines.
  fileprivate func lines(_ number: Int) -> String {
    String(split(separator: "\n")[number])
  }
}
