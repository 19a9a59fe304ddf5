import Testing

@testable import DossierSyntax

/// A text with a mistake, its place marked by `1️⃣`, and what the complaint says.
struct MarkedSource: Sendable, CustomTestStringConvertible {
  var marked: String
  var code: DiagnosticCode
  var message: String
  var help: String?
  /// What the help leads to; parses.
  var fixed: String?

  init(
    _ marked: String, _ code: DiagnosticCode, _ message: String, help: String? = nil,
    fixed: String? = nil
  ) {
    self.marked = marked
    self.code = code
    self.message = message
    self.help = help
    self.fixed = fixed
  }

  var testDescription: String { marked }

  /// The text without its mark, and the byte offset of the mark.
  var source: (text: String, offset: Int) {
    let parts = marked.split(separator: "1️⃣", maxSplits: 1, omittingEmptySubsequences: false)
    return (parts.joined(), parts[0].utf8.count)
  }
}

@Suite("Diagnostics")
struct DiagnosticsTests {
  static let mistakes: [MarkedSource] = [
    MarkedSource(
      "1️⃣RETRUN 1", .unexpectedSyntax, "unexpected `RETRUN`", help: "`RETURN`", fixed: "RETURN 1"),
    MarkedSource("1️⃣SELECT 1", .unexpectedSyntax, "unexpected `SELECT`", help: "`MATCH … RETURN …`"),
    MarkedSource(
      "RETURN 1 1️⃣!= 2", .unexpectedSyntax, "unexpected `!=`", help: "`<>`", fixed: "RETURN 1 <> 2"),
    MarkedSource("RETURN a 1️⃣== b", .unexpectedSyntax, "`==`", help: "`=`", fixed: "RETURN a = b"),
    MarkedSource(
      "RETURN a 1️⃣&& b", .unexpectedSyntax, "`&&`", help: "`AND`", fixed: "RETURN a AND b"),
    MarkedSource("RETURN a 1️⃣|| b", .unexpectedSyntax, "`||`", help: "`OR`", fixed: "RETURN a OR b"),
    MarkedSource("RETURN x 1️⃣LIKE 'a'", .unexpectedSyntax, "`LIKE`", help: "`CONTAINS`"),
    MarkedSource(
      "RETURN (1 + 21️⃣", .unexpectedSyntax, "the statement ends where `)` is expected",
      help: "column 8 is not closed", fixed: "RETURN (1 + 2)"),
    MarkedSource("RETURN 1️⃣'abc", .unexpectedSyntax, "the string that starts here does not end"),
    MarkedSource("RETURN 1️⃣`abc", .unexpectedSyntax, "the name that starts here does not end"),
    MarkedSource("RETURN 1️⃣/* abc", .unexpectedSyntax, "the comment that starts here does not end"),
    MarkedSource("RETURN 'it' 1️⃣'s'", .unexpectedSyntax, "unexpected string", help: #"\'"#),
    MarkedSource("RETURN '1️⃣\\q'", .unexpectedSyntax, "unknown escape"),
    MarkedSource("RETURN '1️⃣\\uH'", .invalidUnicodeLiteral, "4 hexadecimal digits"),
    MarkedSource("RETURN '1️⃣\\uD83D'", .invalidUnicodeLiteral, "names no Unicode character"),
    MarkedSource("RETURN '1️⃣\\U00110000'", .invalidUnicodeLiteral, "names no Unicode character"),
    MarkedSource("RETURN 42 1️⃣— 41", .invalidUnicodeCharacter, "`—`", help: "`-`"),
    MarkedSource("RETURN 1️⃣€", .invalidUnicodeCharacter, "`€`", fixed: "RETURN `€`"),
    MarkedSource("RETURN 1️⃣5x", .invalidNumberLiteral, "`5x` is not a number", fixed: "RETURN `5x`"),
    MarkedSource("RETURN 1️⃣0x", .invalidNumberLiteral, "`0x`"),
    MarkedSource("RETURN {1️⃣1B2c3e67:1}", .unexpectedSyntax, "expected the name of a property"),
    MarkedSource("RETURN 1️⃣9223372036854775808", .integerOverflow, "64 bits"),
    MarkedSource("RETURN -1️⃣9223372036854775809", .integerOverflow, "64 bits"),
    MarkedSource("RETURN 1️⃣1.34E999", .floatingPointOverflow, "larger than any"),
    MarkedSource("MATCH (n 1️⃣$p) RETURN n", .invalidParameterUse, "parameter", help: "`CREATE`"),
    MarkedSource("MERGE (n)-[:R 1️⃣$p]->(m)", .invalidParameterUse, "parameter"),
    MarkedSource("MATCH (a)-[:R*1️⃣-2]->(b) RETURN a", .invalidRelationshipPattern, "whole number"),
    MarkedSource("MATCH (a)-[:R*1️⃣1.5]->(b) RETURN a", .invalidRelationshipPattern, "whole number"),
    MarkedSource("MATCH (n:A1️⃣|B) RETURN n", .unexpectedSyntax, "`|`", help: "`WHERE`"),
    MarkedSource(
      "MATCH (a1️⃣-b) RETURN a", .unexpectedSyntax, "`-`", help: "backticks",
      fixed: "MATCH (`a-b`) RETURN `a-b`"),
    MarkedSource(
      "MATCH (a:A 1️⃣- b) RETURN a", .unexpectedSyntax, "`-`", help: "without spaces",
      fixed: "MATCH (a:A-b) RETURN a"),
    MarkedSource(
      "MATCH (a 1️⃣WHERE a.k) RETURN a", .unexpectedSyntax, "`WHERE`", help: "behind the pattern",
      fixed: "MATCH (a) WHERE a.k RETURN a"),
    MarkedSource(
      "MATCH (a)-[r:A1️⃣:B]->(b) RETURN a", .unexpectedSyntax, "`:`", help: "`:A|B`",
      fixed: "MATCH (a)-[r:A|B]->(b) RETURN a"),
    MarkedSource("MATCH (a)-[r]1️⃣>(b) RETURN a", .unexpectedSyntax, "`>`", help: "`-[…]->`"),
    MarkedSource(
      "MATCH (1️⃣match) RETURN 1", .unexpectedSyntax, "`match`", help: "reserved",
      fixed: "MATCH (`match`) RETURN 1"),
    MarkedSource(
      "RETURN 1 AS 1️⃣return", .unexpectedSyntax, "`return`", help: "reserved",
      fixed: "RETURN 1 AS `return`"),
    MarkedSource(
      "RETURN 1 1️⃣WHERE 2", .unexpectedSyntax, "`WHERE`", help: "`WITH … WHERE",
      fixed: "WITH 1 AS a WHERE 2 RETURN a"),
    MarkedSource(
      "RETURN 1 LIMIT 2 1️⃣SKIP 3", .unexpectedSyntax, "`SKIP`", help: "before `LIMIT`",
      fixed: "RETURN 1 SKIP 3 LIMIT 2"),
    MarkedSource(
      "1️⃣CALL x() YIELD * RETURN 1", .unexpectedSyntax, "`YIELD *`", help: "name the columns"),
    MarkedSource(
      "CREATE 1️⃣shortestPath((a)-[:R]->(b))", .unexpectedSyntax, "shortestPath", help: "`MATCH`"),
    MarkedSource("RETURN 1; 1️⃣RETURN 2", .unexpectedSyntax, "expected the end of the statement"),
    MarkedSource("MATCH1️⃣", .unexpectedSyntax, "the statement ends where a node"),
    MarkedSource("RETURN 9223372 1️⃣#54775808", .unexpectedSyntax, "`#`"),
    MarkedSource("RETURN NOT a IS NULL 1️⃣+ 1", .unexpectedSyntax, "`+`"),
    MarkedSource("MATCH (a) SET a.k 1️⃣+= 1", .unexpectedSyntax, "expected `=`"),
  ]

  @Test(arguments: mistakes)
  func mistakesAreExplained(_ mistake: MarkedSource) throws {
    let (text, offset) = mistake.source
    let source = SourceText(text)
    do throws(QueryError) {
      _ = try Parser.parseStatement(source)
      Issue.record("accepted")
    } catch {
      let diagnostic = error.diagnostics[0]
      #expect(error.code == mistake.code)
      #expect(diagnostic.message.contains(mistake.message), "\(diagnostic.message)")
      #expect(diagnostic.range?.start == offset)
      #expect(diagnostic.position == source.position(of: offset))
      #expect(!diagnostic.message.hasSuffix("."))
      if let help = mistake.help {
        #expect(diagnostic.help?.contains(help) == true, "\(diagnostic.help ?? "no help")")
      }
    }
    if let fixed = mistake.fixed { _ = try Parser.parseStatement(SourceText(fixed)) }
  }

  @Test func rendererShowsLineCaretAndHelp() {
    let text = SourceText("MATCH (n:Company)\nRETURN m.name")
    let error = QueryError(
      .undefinedVariable, "variable `m` is not defined", at: SourceRange(start: 25, end: 26),
      label: "not in scope here", help: "did you mean `n`?")
    #expect(
      DiagnosticRenderer().render(error, in: text) == """
        error[42N62]: variable `m` is not defined
         --> line 2, column 8
        2 | RETURN m.name
          |        ^ not in scope here
          = help: did you mean `n`?

        """)
    let named = DiagnosticRenderer(fileName: "a.cypher").render(error, in: text)
    #expect(named.contains(" --> a.cypher:2:8\n"))
    let coloured = DiagnosticRenderer(usesColour: true).render(error, in: text)
    #expect(coloured.contains("\u{1B}[1;31m^"))
  }

  @Test func rendererEscapesAndCuts() {
    let hidden = SourceText("RETURN '\u{202E}\u{7}' 变 €")
    let offset = hidden.bytes.count - 3
    let error = QueryError(
      .unexpectedSyntax, "bad \u{1B}[31m", at: SourceRange(start: offset, end: offset + 3))
    let shown = DiagnosticRenderer().render(error, in: hidden)
    #expect(shown.contains("RETURN '\\u{202E}\\u{7}' 变 €"))
    #expect(shown.contains("\n  |                           ^\n"))
    #expect(shown.contains("bad \\u{1B}[31m"))
    let long = SourceText(String(repeating: "a", count: 10_000))
    let middle = QueryError(.unexpectedSyntax, "x", at: SourceRange(start: 5_000, end: 5_003))
    let lines = DiagnosticRenderer(lineWidth: 40).render(middle, in: long).split(separator: "\n")
    #expect(lines[2].count < 50)
    #expect(lines[2].contains("…a"))
    #expect(lines[3].hasSuffix("^^^"))
  }

  @Test func rendererDoesWithoutTextOrRange() {
    let error = QueryError(.timeLimit, "the statement took longer than 1 s")
    #expect(
      DiagnosticRenderer().render(error, in: nil)
        == "error[57013]: the statement took longer than 1 s\n")
  }

  @Test(
    arguments: [
      ("naem", "name"), ("Persn", "Person"), ("x", nil), ("completely", nil), ("PERSON", "Person"),
    ] as [(String, String?)])
  func nearestNames(_ written: String, _ meant: String?) {
    #expect(EditDistance.nearest(to: written, among: ["name", "Person", "born"]) == meant)
  }
}
