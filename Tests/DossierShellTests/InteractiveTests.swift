import Dossier
import DossierSyntax
import Testing

@testable import DossierShell

/// An editor whose lines are given.
private final class ScriptedEditor: LineEditor {
  private var inputs: [LineInput]
  private(set) var prompts: [String] = []
  private(set) var history: [String] = []

  init(_ inputs: [LineInput]) {
    self.inputs = inputs
  }

  func readLine(prompt: String) -> LineInput {
    prompts.append(prompt)
    return inputs.isEmpty ? .end : inputs.removeFirst()
  }

  func remember(_ entry: String) { history.append(entry) }
}

@Suite struct InteractiveTests {
  private func converse(_ inputs: [LineInput]) -> (RecordedShell, ScriptedEditor) {
    var settings = ShellSettings()
    settings.showsSummaries = true
    let recorded = RecordedShell(settings)
    let editor = ScriptedEditor(inputs)
    let shell = InteractiveShell(
      shell: recorded.shell, editor: editor, thread: StatementThread(), interrupts: nil)
    #expect(shell.run() == .success)
    return (recorded, editor)
  }

  @Test func statementsMayTakeSeveralLines() {
    let (recorded, editor) = converse([
      .line("RETURN [1,"), .line("'a"), .line("b'"), .line("] AS x"), .line(";"),
    ])
    #expect(
      recorded.results.text
        == "x\n-----------\n[1, 'a\\nb']\n".replacing("-----------\n", with: "-----------\n"))
    #expect(
      editor.prompts == [
        "dossier> ", "      [> ", "      '> ", "      [> ", "       > ", "dossier> ",
      ])
    #expect(editor.history == ["RETURN [1,\n'a\nb'\n] AS x\n;"])
    #expect(recorded.messages.text == "1 row\n\n")
  }

  @Test func severalStatementsOnALineRunInOrder() {
    let (recorded, editor) = converse([
      .line("CREATE (:A); MATCH (n) RETURN count(n) AS n; RETURN"),
      .line("2 AS b;"),
    ])
    #expect(recorded.results.text == "n\n-\n1\nb\n-\n2\n")
    #expect(recorded.messages.text.hasPrefix("created 1 node, added 1 label\n1 row\n1 row\n"))
    #expect(editor.history.count == 2)
  }

  @Test func interruptsDropTheLine() {
    let (recorded, _) = converse([
      .line("RETURN 1"), .interrupted, .line("RETURN 2 AS b;"), .interrupted, .abandoned,
      .interrupted,
    ])
    #expect(!recorded.messages.text.contains("leaves"))
    let (recordedTwice, _) = converse([
      .line("RETURN 2 AS b;"), .interrupted, .interrupted,
    ])
    #expect(recorded.results.text == "b\n-\n2\n")
    #expect(recordedTwice.messages.text.contains("`:exit` or Ctrl-D leaves"))
  }

  @Test(arguments: [":exit", ":quit", "exit", "quit;", "\\q", ".quit"])
  func wordsThatLeave(_ word: String) {
    let (recorded, editor) = converse([.line(word), .line("RETURN 1;")])
    #expect(recorded.results.text == "")
    #expect(editor.prompts.count == 1)
  }

  @Test func errorsDoNotEndTheConversation() {
    let (recorded, _) = converse([.line("RETRUN 1;"), .line(":nothing"), .line("RETURN 1 AS a;")])
    #expect(recorded.results.text == "a\n-\n1\n")
    #expect(recorded.messages.text.contains("did you mean `RETURN`?"))
  }
}

@Suite struct CompletionTests {
  private func candidates(_ text: String) -> [String] {
    let recorded = RecordedShell()
    recorded.run(
      """
      CREATE (:Company {name: 'A', founded: 1})-[:designated-by {since: 1}]->(:Agency {name: 'B'});
      :param company => 1
      """)
    let completer = Completer(
      statistics: recorded.shell.database.statistics, functions: ["count", "coalesce", "toUpper"],
      parameters: recorded.shell.parameters.entries.map(\.name))
    let breaks = Set(" \t\n\"'`@$><=;|&{}()[]:.,+*/%^!\\")
    let word = String(text.reversed().prefix { !breaks.contains($0) }.reversed())
    return completer.complete(text, word: word).candidates
  }

  @Test(arguments: [
    ("mat", ["match"]), ("MAT", ["MATCH"]), ("MATCH (c:Co", ["Company"]),
    ("MATCH (c:", ["Agency", "Company"]), ("MATCH (c)-[r:de", ["designated-by"]),
    ("MATCH ()-[:x|", ["designated-by"]), ("MATCH (c:Company) WHERE c.", ["founded", "name"]),
    ("MATCH (a:Agency) RETURN a.", ["name"]), ("MATCH (:Company {", ["founded", "name"]),
    ("RETURN toU", ["toUpper("]), ("RETURN $c", ["company"]), ("RETURN 1; mat", ["match"]),
    ("MATCH (company:Company) RETURN comp", ["company"]), (":form", ["format"]),
    (":format ma", ["markdown"]), (":timer o", ["off", "on"]), (".mo", ["mode"]),
    ("MATCH (n) WHERE n:Ag", ["Agency"]), ("RETURN 'mat", []), ("RETURN 1 ord", ["order by"]),
    ("RETURN 1 ORDER ", ["BY"]), ("MATCH (n) WHERE n.name IS N", ["NOT", "NULL"]),
    ("MATCH (n) RETURN n SKI", ["SKIP"]), ("MERGE (n) ON C", ["CREATE"]),
    ("MATCH (n) OPTIONAL ", ["MATCH"]),
    ("MATCH ()-[r:designated-by]->() RETURN r.", ["since"]),
    ("MATCH (a:Agency) WITH a AS b RETURN b.", ["name"]),
    ("MATCH (long) WITH long AS other RETURN lon", []),
    ("MATCH (c:Company) RETURN c {.f", ["founded"]),
    ("MATCH (first:Agency), (second:Agency) MATCH (fi", ["first"]),
    ("LOA", ["LOAD CSV"]), ("LOAD ", ["CSV"]), ("LOAD CSV W", ["WITH HEADERS FROM"]),
    ("LOAD CSV WITH ", ["HEADERS"]), ("load csv with headers f", ["from"]),
    ("LOAD CSV FROM 'a' AS row FIE", ["FIELDTERMINATOR"]), (":help toU", ["toUpper"]),
    (":explain MATCH (n:Co", ["Company"]), ("wh", ["why"]), ("EXPLAIN WH", ["WHY"]),
    ("WHY MATCH (n:Co", ["Company"]), (":trust al", ["alleged"]),
    (":sources des", ["designated-by"]),
    ("MATCH CONTEMPORANEOUS path = (a)-[*]-(b) RETURN pa", ["path"]),
    ("MATCH CONTEMPORANEOUS (first:Agency) MATCH (fi", ["first"]),
  ])
  func completes(_ text: String, _ expected: [String]) {
    #expect(candidates(text) == expected)
  }

  @Test func commonPrefixes() {
    let completion = Completion(candidates: ["designated-by", "designates"], offersFiles: false)
    #expect(completion.commonPrefix(of: "de") == "designate")
  }
}
