import Dossier
import DossierFormats
import DossierSyntax
import Testing

@Suite struct JoiningTests {
  private func load(_ texts: String...) throws -> Database {
    let database = Database()
    for text in texts {
      _ = try GraphFile.load(bytes: Array(text.utf8), named: "test", into: database, format: .gram)
    }
    return database
  }

  @Test func filesJoinByID() throws {
    let database = try load(
      "(a:Company {id: 'xiaomi', name: 'Xiaomi'})",
      "(a:Other), (x:Listed {id: 'xiaomi', founded: 2010})-[:r]->(a)")
    #expect(
      summary(of: database) == [
        "(0:Company:Listed {founded: 2010, id: 'xiaomi', name: 'Xiaomi'})", "(1:Other)",
        "(0)-[:r]->(1)",
      ])
  }

  @Test func mentionsInOneFileJoinByID() throws {
    let database = try load("(:A {id: 7})-[:r]->(:B {id: 8}), (:C {id: 7})-[:s]->({id: '7'})")
    #expect(
      summary(of: database) == [
        "(0:A:C {id: 7})", "(1:B {id: 8})", "(2 {id: '7'})", "(0)-[:r]->(1)", "(0)-[:s]->(2)",
      ])
  }

  @Test func headerSwitchesJoiningOff() throws {
    let database = try load("(:A {id: 7})", "{join: false} (:B {id: 7})")
    #expect(summary(of: database) == ["(0:A {id: 7})", "(1:B {id: 7})"])
  }

  @Test func conflictsAreErrors() throws {
    let database = try load("(:A {id: 7, name: 'x'})")
    expectError(
      "(:B {id: 1})\n(:A {id: 7, k: 1, 1️⃣name: 'y'})", .conflictingProperty,
      "property `name` differs from the one of the node with the same `id`", into: database)
    #expect(summary(of: database) == ["(0:A {id: 7, name: 'x'})"])
  }

  @Test func reportsCounts() throws {
    let database = try load("(:A {id: 7})")
    let report = try GraphFile.load(
      bytes: Array("({id: 7})-[:r]->({id: 8})".utf8), named: "test", into: database)
    #expect(report.format == .gram)
    #expect(report.nodesCreated == 1)
    #expect(report.nodesJoined == 1)
    #expect(report.relationshipsCreated == 1)
  }
}
