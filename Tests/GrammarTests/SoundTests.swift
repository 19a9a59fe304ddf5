import DossierSyntax
import GrammarTools
import Testing

@Suite("Law 1: the grammar is sound")
struct SoundTests {
  @Test func everyRuleIsDefinedReachableAndProductive() {
    #expect(GrammarFixture.files.complaints() == [])
  }

  @Test func keywordFileIsTheTableOfTheLexer() {
    let keywords = GrammarFixture.files.keywords
    let reserved = Keyword.allCases.filter(\.isReserved).map(\.rawValue)
    let unreserved = Keyword.allCases.filter { !$0.isReserved }.map(\.rawValue)
    #expect(keywords.reserved == reserved.sorted())
    #expect(keywords.unreserved == unreserved.sorted())
  }

  @Test(arguments: [
    ("<a> ::= !! Dossier\n <b>", "<program> uses <b>"),
    ("<a> ::= !! Dossier\n MATCH\n<a> ::= !! Dossier\n MATCH", "<a> is defined twice"),
    ("<a> ::= !! Dossier\n <a> MATCH", "<a> has no sentence"),
    ("<a> ::=\n MATCH", "<a> has no origin"),
    ("<a> ::= !! Dossier\n MATHC", "unknown keyword MATHC"),
    ("<a> ::= !! Dossier\n MATCH", "<a> is not reachable"),
  ])
  func complaintsNameWhatIsWrong(_ rules: String, _ complaint: String) throws {
    let start = "<program> ::= !! Dossier\n  MATCH\n"
    let usesB = rules.contains("<b>") ? rules.replacing("<a>", with: "<program>") : start + rules
    let files = try GrammarFiles(
      rules: usesB, tokens: "<token> ::= !! GQL\n <x>\n<x> ::= !! GQL\n U+0041",
      keywords: "MATCH reserved")
    #expect(files.complaints().contains { $0.contains(complaint) })
  }

  @Test(arguments: ["<a ::= B", "<a> B", "<a> ::= [ B", "<a> ::= B |", "<a> ::= ANY_BUT"])
  func malformedFilesAreRefused(_ text: String) {
    #expect(throws: GrammarError.self) { try GrammarReader.read(text) }
  }
}
