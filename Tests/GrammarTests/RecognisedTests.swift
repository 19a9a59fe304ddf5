import DossierSyntax
import Foundation
import Testing

@Suite("Law 3: written statements are recognised")
struct RecognisedTests {
  @Test func acceptedStatements() throws {
    let script = try GrammarFixture.text(of: "Tests/Statements/accepted.cypher")
    let statements = GrammarFixture.statements(in: script)
    #expect(statements.count > 30)
    for statement in statements {
      #expect(GrammarFixture.verdict(on: statement) == .accepted, "\(statement)")
      #expect(GrammarFixture.recognises(statement), "\(statement)")
    }
  }

  @Test func refusedStatements() throws {
    let script = try GrammarFixture.text(of: "Tests/Statements/refused.cypher")
    let statements = GrammarFixture.statements(in: script)
    #expect(statements.count > 20)
    for statement in statements {
      #expect(GrammarFixture.verdict(on: statement) == .refused, "\(statement)")
      #expect(!GrammarFixture.recognises(statement), "\(statement)")
    }
  }

  /// Examples may show errors, so agreement is what counts.
  @Test func examplesAndReadme() throws {
    var scripts = try GrammarFixture.paths(below: "Examples", extensions: ["cypher"])
      .map(GrammarFixture.text)
    if let readme = try? GrammarFixture.text(of: "README.md") {
      scripts += GrammarFixture.cypherBlocks(in: readme)
    }
    for statement in scripts.flatMap(GrammarFixture.statements) {
      #expect(GrammarFixture.agree(on: statement), "\(statement)")
    }
  }

  /// Reads the scenarios that `DOSSIER_TCK` names, one JSON object on each line.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["DOSSIER_TCK"] != nil))
  func scenarios() throws {
    struct Scenario: Decodable {
      struct Control: Decodable { var query: String }
      var setup: [String]
      var query: String
      var controls: [Control]
    }
    let path = try #require(ProcessInfo.processInfo.environment["DOSSIER_TCK"])
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    for line in lines {
      let scenario = try JSONDecoder().decode(Scenario.self, from: Data(line.utf8))
      for text in scenario.setup + [scenario.query] + scenario.controls.map(\.query) {
        #expect(GrammarFixture.agree(on: text), "\(text)")
      }
    }
  }
}
