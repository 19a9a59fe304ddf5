import Testing

@Suite("Law 2: rules and functions name each other")
struct LinkedTests {
  /// The rules that documentation comments below a folder name: `` `<rule>` ``.
  private func namedRules(below folders: [String]) throws -> Set<String> {
    var names: Set<String> = []
    for folder in folders {
      for path in GrammarFixture.paths(below: folder, extensions: ["swift"]) {
        let comments = try GrammarFixture.text(of: path).split(separator: "\n")
          .map { $0.drop { $0 == " " } }
          .filter { $0.hasPrefix("///") }
          .map { $0.dropFirst(3) }
          .joined()
        for match in comments.matches(of: /`<([a-z0-9 -]+)>`/) { names.insert(String(match.1)) }
      }
    }
    return names
  }

  @Test func everyRuleIsNamedByTheParser() throws {
    let named = try namedRules(below: ["Sources/DossierSyntax/Parser"])
    let rules = Set(GrammarFixture.files.rules.map(\.name))
    #expect(rules.subtracting(named).sorted() == [])
  }

  @Test func everyTokenIsNamedByTheLexer() throws {
    let named = try namedRules(
      below: ["Sources/DossierSyntax/Lexer", "Sources/DossierSyntax/Parser"])
    let rules = Set(GrammarFixture.files.tokenRules.map(\.name))
    #expect(rules.subtracting(named).sorted() == [])
  }

  @Test func everyNamedRuleExists() throws {
    let named = try namedRules(
      below: ["Sources/DossierSyntax/Lexer", "Sources/DossierSyntax/Parser"])
    let files = GrammarFixture.files
    let rules = Set((files.rules + files.tokenRules).map(\.name))
    #expect(named.subtracting(rules).sorted() == [])
  }
}
