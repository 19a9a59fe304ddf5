import Dossier
import DossierFormats
import DossierSyntax
import Testing

@Suite struct CypherScriptTests {
  @Test func statementsRunInOneTransaction() {
    let graph = summary(
      loading: """
        // people
        :begin
        CREATE (a:Person {name: 'A; B'})-[:knows]->(b:Person {name: 'B'});
        MATCH (a:Person {name: 'B'}) SET a.age = 7;
        :commit
        CREATE (:Late)
        """, format: .cypher)
    #expect(
      graph == [
        "(0:Person {name: 'A; B'})", "(1:Person {age: 7, name: 'B'})", "(2:Late)",
        "(0)-[:knows]->(1)",
      ])
  }

  @Test func errorsNameTheirPlaceInTheFile() {
    let text = "\u{FEFF}CREATE (:A);\r\nCREATE (:B)\r\n;\r\nMATCH (n) RETURN é.x;"
    let database = Database()
    let error = loadError(Array(text.utf8), format: .cypher, into: database)
    #expect(error?.code == .undefinedVariable)
    #expect(error?.diagnostics[0].position == SourcePosition(line: 4, column: 18))
    #expect(error?.diagnostics[0].file == "test")
    #expect(summary(of: database) == [])
  }

  @Test func formatsAreTold() throws {
    let database = Database()
    for (name, text, format) in [
      ("a.gram", "", GraphFileFormat.gram), ("b.cypher", "", .cypher), ("B.CYPHERL", "", .cypher),
      ("c", "// x\n(a)", .gram), ("c", "\u{FEFF} CREATE (a)", .cypher),
    ] {
      let report = try GraphFile.load(bytes: Array(text.utf8), named: name, into: database)
      #expect(report.format == format)
    }
  }
}
