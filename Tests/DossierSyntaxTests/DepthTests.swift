import Testing

@testable import DossierSyntax

@Suite("Depth and bombs")
struct DepthTests {
  /// What opens a level, what closes it, and the levels each counts.
  static let constructs: [(String, String, Int)] = [
    ("(", ")", 1), ("[", "]", 1), ("{a:", "}", 1), ("f(", ")", 1), ("a[", "]", 1), ("NOT ", "", 1),
    ("- ", "", 1), ("CASE WHEN ", " THEN 1 END", 1), ("[x IN ", " | 1]", 1),
    ("any(x IN ", ")", 1), ("reduce(a = ", ", x IN l | a)", 1), ("n {a: ", "}", 1),
    ("EXISTS { MATCH (a) WHERE ", " RETURN 1 }", 1), ("EXISTS { (a {b: ", "}) }", 2),
    ("1 + 2 * 3 ^ (", ")", 1), ("NOT (", ")", 2),
  ]

  private static func nested(_ construct: (String, String, Int), levels: Int) -> String {
    let count = levels / construct.2
    return "RETURN " + String(repeating: construct.0, count: count) + "x"
      + String(repeating: construct.1, count: count)
  }

  private static func code(_ text: String) -> DiagnosticCode? {
    do throws(QueryError) {
      _ = try Parser.parseStatement(SourceText(text))
      return nil
    } catch {
      return error.diagnostics[0].position == nil ? .internalError : error.code
    }
  }

  @Test func nestingIsAcceptedUpToTheLimit() {
    onLargeStack {
      for construct in Self.constructs {
        #expect(Self.code(Self.nested(construct, levels: 1_000)) == nil, "\(construct.0)")
        #expect(
          Self.code(Self.nested(construct, levels: 1_002)) == .nestingTooDeep, "\(construct.0)")
      }
    }
  }

  @Test func unclosedBombsAreAnswered() {
    onLargeStack {
      for (opening, _, _) in Self.constructs {
        let text = "RETURN " + String(repeating: opening, count: 20_000)
        #expect(Self.code(text) == .nestingTooDeep, "\(opening)")
      }
      let patterns = "MATCH " + String(repeating: "(", count: 1_000_000)
      #expect(Self.code(patterns) == .nestingTooDeep)
      #expect(Self.code("RETURN " + String(repeating: "(a)-[", count: 20_000)) == .nestingTooDeep)
    }
  }

  @Test func flatChainsAreAccepted() {
    onLargeStack {
      for link in [" AND a", " + 1", " < 1", " UNION RETURN 1", " RETURN 1"] {
        #expect(Self.code("RETURN 1" + String(repeating: link, count: 100_000)) == nil, "\(link)")
      }
      #expect(Self.code("RETURN [1" + String(repeating: ", 1", count: 100_000) + "]") == nil)
      #expect(Self.code("MATCH (a)" + String(repeating: "-->()", count: 100_000)) == nil)
      for link in [".a", "[0]", " IS NULL"] {
        let text = "RETURN a" + String(repeating: link, count: 100_000)
        #expect(Self.code(text) == .nestingTooDeep, "\(link)")
      }
    }
  }

  @Test func longChainsArePrinted() throws {
    onLargeStack {
      let text = "RETURN 1" + String(repeating: " + 1", count: 50_000)
      guard let statement = try? Parser.parseStatement(SourceText(text)) else {
        Issue.record("refused")
        return
      }
      #expect(Printer.print(statement, columnText: .canonical) == text)
    }
  }
}
