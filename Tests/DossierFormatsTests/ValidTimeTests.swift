import Dossier
import DossierFormats
import DossierSyntax
import Glibc
import Testing

@Suite struct ValidTimeTests {
  private func load(_ text: String, into database: Database = Database()) throws -> Database {
    _ = try GraphFile.load(bytes: Array(text.utf8), named: "test", into: database, format: .gram)
    return database
  }

  @Test func anEndBeforeTheStartHasAPlace() {
    expectError(
      "(a {from: date`2021-01-02`})-[:R]->\n  (b {from: date`2021-01-02`, 1️⃣to: date`2021-01-01`})",
      .endBeforeStart, "this node ends before it begins: `to` is before `from`")
    expectError(
      "(a)-[:R {n: 1}]->(b), (a)-[:R {1️⃣to: '2020', from: date`2021-01-02`}]->(b)",
      .endBeforeStart, "this relationship ends before it begins: `to` is before `from`")
    expectError(
      "id:ID,from:date,to:date\n1,2021-01-02,2021-01-02\n2,2021-01-02,1️⃣2021-01-01\n",
      .endBeforeStart, "this node ends before it begins: `to` is before `from`", format: .csv)
  }

  @Test func anEndBeforeTheStartOfAJoinedNodeHasAPlace() throws {
    let database = try load("(:A {id: 7, from: date`2021-01-02`})")
    expectError(
      "(:A {id: 7, 1️⃣to: date`2021-01-01`})", .endBeforeStart,
      "this node ends before it begins: `to` is before `from`", into: database)
  }

  @Test func theHeadOfAGramFileDeclaresTheProperties() throws {
    let text = "{valid-from: 'start', valid-to: 'end'}\n"
    let database = try load(text + "({from: 2, to: 1, start: date`2021-01-01`, end: '2021'})")
    #expect(database.view.validTimeKeys == ("start", "end"))
    let rows = try database.session().run("MATCH (n) RETURN toString(valid(n).to) AS last").rows
    #expect(rows.first?.first == .string("2022-01-01"))
    let saved = try GraphFile.bytes(of: database.view, format: .gram).bytes
    #expect(saved.starts(with: text.utf8))
    let again = try load(String(decoding: saved, as: UTF8.self))
    #expect(again.view.validTimeKeys == ("start", "end"))
    let snapshot = try GraphFile.bytes(of: database.view, format: .snapshot).bytes
    let opened = Database()
    _ = try GraphFile.load(bytes: snapshot, named: "test", into: opened, format: .snapshot)
    #expect(opened.view.validTimeKeys == ("start", "end"))
    expectError(
      text + "({start: date`2021-01-02`, 1️⃣end: date`2021-01-01`})", .endBeforeStart,
      "this node ends before it begins: `end` is before `start`")
  }

  @Test(arguments: [
    ("{sources: 'stated-in'}\n", ["stated-in"], "mode"),
    ("{sources: ['stated-in', 'per'], mode: 'status'}\n", ["stated-in", "per"], "status"),
    ("{valid-to: 'end', mode: 'status'}\n", ["reported-by"], "status"),
  ])
  func theHeadOfAGramFileDeclaresSources(_ text: String, _ types: [String], _ mode: String) throws {
    let database = try load(text + "(a)-[r:R]->(b), [r]-[:S]->(b)")
    for format in [GraphFileFormat.gram, .snapshot] {
      let saved = try GraphFile.bytes(of: database.view, format: format).bytes
      if format == .gram { #expect(saved.starts(with: text.utf8)) }
      let opened = Database()
      _ = try GraphFile.load(bytes: saved, named: "test", into: opened, format: format)
      #expect(opened.view.sourceNames == (types, mode))
      #expect(opened.view.validTimeKeys == database.view.validTimeKeys)
    }
  }

  @Test func anEndBeforeTheStartInATableOfRelationshipsHasAPlace() throws {
    let folder = "/tmp/dossier-time-\(UInt64.random(in: 0...(.max)))"
    mkdir(folder, 0o700)
    defer { rmdir(folder) }
    for (name, text) in [
      ("A.csv", "id:ID,name\n1,x\n2,y\n"),
      (
        "R.csv",
        ":START_ID,:END_ID,:TYPE,from:date,n,to:date\n1,2,R,2021-01-02,a,\n"
          + "1,2,S,2021-01-02,b,2021-01-03\n2,1,R,2021-01-02,c,2021-01-01\n"
      ),
    ] {
      guard let file = fopen(folder + "/" + name, "w") else { continue }
      fputs(text, file)
      fclose(file)
    }
    defer { for name in ["A.csv", "R.csv"] { unlink(folder + "/" + name) } }
    do throws(QueryError) {
      _ = try GraphFile.load(path: folder, into: Database())
      Issue.record("loads without an error")
    } catch {
      #expect(error.code == .endBeforeStart)
      #expect(error.diagnostics.first?.position?.line == 4)
      #expect(error.diagnostics.first?.position?.column == 20)
    }
  }

  @Test func loadersOfTheLibraryAreChecked() throws {
    let database = Database()
    #expect(throws: QueryError.self) {
      try database.load { (builder) throws(QueryError) in
        _ = try builder.addNode(
          labels: [],
          properties: [
            ("from", .date(DateValue(daysSinceEpoch: 1))),
            ("to", .date(DateValue(daysSinceEpoch: 0))),
          ])
      }
    }
    #expect(database.statistics.nodeCount == 0)
  }
}
