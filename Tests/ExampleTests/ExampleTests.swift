import DossierShell
import TestSupport
import Testing

/// Every script in `Examples/` prints what the `.out` file beside it says.
@Suite struct ExampleTests {
  static let scripts = Checkout.files(below: "Examples", endingIn: ".cypher")

  @Test func thereAreExamples() {
    #expect(Self.scripts.count >= 10)
  }

  @Test(arguments: scripts)
  func prints(_ script: String) throws {
    let example = Example(
      path: Checkout.root + "/" + script, graphFolder: Checkout.root + "/Graphs")
    let expected = try #require(
      example.expectedOutput(), "no .out file; `swift run dossier-dev bless` writes it")
    #expect(example.output() == expected)
  }
}
