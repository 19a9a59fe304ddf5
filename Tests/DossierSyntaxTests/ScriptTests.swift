import Testing

@testable import DossierSyntax

@Suite("Scripts and prompts")
struct ScriptTests {
  @Test(arguments: [
    ("RETURN 1; RETURN 2", ["RETURN 1", "RETURN 2"]), ("", []), (" ;; // x\n ;", []),
    ("RETURN ';' /* ; */ AS `;`; // ;\nRETURN 2;", ["RETURN ';' /* ; */ AS `;`", "RETURN 2"]),
    ("RETURN 'a; RETURN 1;", ["RETURN 'a; RETURN 1;"]), ("RETURN (; 2", ["RETURN (", "2"]),
  ])
  func statementsEndAtSemicolons(_ script: String, _ statements: [String]) {
    let text = SourceText(script)
    #expect(Parser.parseScript(text).map { text.string(in: $0.range) } == statements)
  }

  @Test func lastStatementTellsWhetherItEnds() {
    #expect(Parser.parseScript(SourceText("a; b")).map(\.isTerminated) == [true, false])
  }

  @Test func errorsCarryPositionsInTheScript() {
    let text = SourceText("RETURN 1;\nRETRUN 2;")
    let last = Array(Parser.parseScript(text))[1]
    #expect {
      try Parser.parseStatement(text, in: last.range)
    } throws: { error in
      (error as? QueryError)?.diagnostics[0].position == SourcePosition(line: 2, column: 1)
    }
  }

  @Test(arguments: [
    ("", StatementCompleteness.empty), ("  // x\n", .empty), (";", .empty),
    ("RETURN 1;", .complete),
    ("RETURN 1; // x", .complete), ("RETURN 1", .open(.statement)),
    ("RETURN 1; x", .open(.statement)),
    ("RETURN 'a;", .open(.singleQuote)), ("RETURN \"a", .open(.doubleQuote)),
    ("RETURN `a", .open(.backtick)), ("RETURN /* ;", .open(.comment)),
    ("RETURN (1", .open(.parenthesis)),
    ("RETURN [(1)", .open(.bracket)), ("RETURN {a: [1]", .open(.brace)),
    ("RETURN ([1", .open(.bracket)),
  ])
  func completeness(_ text: String, _ expected: StatementCompleteness) {
    #expect(Parser.isComplete(SourceText(text)) == expected)
  }
}
