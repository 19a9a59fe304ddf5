import Testing

@testable import DossierSyntax

@Suite("Print")
struct PrintTests {
  @Test(
    "Only necessary parentheses and quotes stay",
    arguments: [
      ("((a)+(b))*c", "(a + b) * c"), ("a+(b*c)", "a + b * c"), ("a-(b-c)", "a - (b - c)"),
      ("(a-b)-c", "a - b - c"), ("not(a=b)", "NOT a = b"), ("(NOT a)=b", "(NOT a) = b"),
      ("-(5)", "-(5)"), ("-5", "-5"), ("- -5", "- -5"), ("(-5).k", "(-5).k"), ("-5.k", "-5.k"),
      ("(a<b)<c", "(a < b) < c"), ("a<b<c", "a < b < c"), ("[(x IN y)]", "[(x IN y)]"),
      ("[x IN y]", "[x IN y]"), ("[(x IN y),1]", "[x IN y, 1]"), ("`a`.`b c`", "a.`b c`"),
      ("`match`", "`match`"), ("a.match", "a.match"), ("`any`(x IN y)", "`any`(x IN y)"),
      ("count(distinct x)", "count(DISTINCT x)"), (#""it's \u0007""#, #"'it\'s \u0007'"#),
      ("$`a b`", "$`a b`"), ("$0", "$0"), ("1.50", "1.5"), ("1e20", "1e+20"), ("0x1F", "31"),
      ("((a)-->(b)) = c", "((a)-->(b)) = c"), ("NOT (a)<-[:x-y]-()", "NOT (a)<-[:x-y]-()"),
      ("(n:A).k", "(n:A).k"), ("n:`x-y`", "n:`x-y`"), ("a[1 ..]", "a[1..]"),
      ("(a OR b) AND (c AND d)", "(a OR b) AND (c AND d)"),
      ("case x when 1 then 2 else 3 end", "CASE x WHEN 1 THEN 2 ELSE 3 END"),
      ("n{.a,.*,b:1,c}", "n {.a, .*, b: 1, c}"),
      ("exists{match(a)where a.k}", "EXISTS { (a) WHERE a.k }"),
      ("(a + b) IS NULL", "a + b IS NULL"), ("(a = b) IS NULL", "(a = b) IS NULL"),
    ])
  func expressions(_ text: String, _ printed: String) throws {
    #expect(Printer.print(try Parser.parseExpression(SourceText(text))) == printed)
    let again = try Parser.parseExpression(SourceText(printed))
    #expect(Printer.print(again) == printed)
  }

  @Test(arguments: [
    (
      "match(a)-[ :x-y|:Z * 1 .. ]->(b:C-d{k:1}) where a.k return distinct *, b . k order by b.k desc",
      "MATCH (a)-[:x-y|Z*1..]->(b:C-d {k: 1}) WHERE a.k\nRETURN DISTINCT *, b.k ORDER BY b.k DESC"
    ),
    (
      "merge(a) on match set a.k=1,a+={} on create set a:L",
      "MERGE (a) ON CREATE SET a:L ON MATCH SET a.k = 1, a += {}"
    ),
    (
      "explain call a.b(1) yield c as d where d return d union all return 1 as d",
      "EXPLAIN CALL a.b(1) YIELD c AS d WHERE d\nRETURN d\nUNION ALL\nRETURN 1 AS d"
    ),
    (
      "match p=shortestpath((a)-[*]-(b)) detach delete p remove a.k, a:B",
      "MATCH p = shortestPath((a)-[*]-(b))\nDETACH DELETE p\nREMOVE a.k, a:B"
    ),
  ])
  func statements(_ text: String, _ printed: String) throws {
    let statement = try Parser.parseStatement(SourceText(text))
    #expect(Printer.print(statement, columnText: .canonical) == printed)
  }

  @Test func columnsKeepTheirNames() throws {
    let statement = try Parser.parseStatement(SourceText("return n . name, 1+1 as x"))
    #expect(Printer.print(statement) == "RETURN n . name, 1 + 1 AS x")
  }

  @Test(
    "Any text can be a name",
    arguments: [
      "a", "a b", "`", "", "1a", "a-b", "MATCH", "变", "a`b``", "$x", "a.b", "a/*b*/", " a", "a ",
      "a-1e-5", "-a", "a-", "a--b", "e\u{301}", "\u{202E}",
    ])
  func names(_ name: String) throws {
    let range = SourceRange(start: 0, end: 0)
    let node = NodePattern(
      variable: Name(name, range), labels: [Name(name, range)], properties: nil, range: range)
    let path = PathPattern(
      variable: nil, selector: .none, nodes: [node], relationships: [], range: range)
    let printed = Printer.print(Pattern(paths: [path], range: range))
    let statement = try Parser.parseStatement(SourceText("MATCH \(printed) RETURN 1"))
    guard case .query(let query) = statement.body,
      case .match(let match)? = query.parts[0].clauses.first
    else {
      Issue.record("no pattern")
      return
    }
    let found = match.pattern.paths[0].nodes[0]
    #expect(found.variable.map { Array($0.text.utf8) } == Array(name.utf8))
    #expect(found.labels.map { Array($0.text.utf8) } == [Array(name.utf8)])
  }
}
