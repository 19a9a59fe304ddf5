import Testing

@testable import DossierSyntax

@Suite("Parse")
struct ParseTests {
  private func outline(_ text: String) throws -> String {
    SyntaxTree.outline(try Parser.parseExpression(SourceText(text)))
  }

  private func statement(_ text: String) throws -> Statement {
    try Parser.parseStatement(SourceText(text))
  }

  private func clauses(_ text: String) throws -> [Clause] {
    guard case .query(let query) = try statement(text).body else { return [] }
    return query.parts[0].clauses
  }

  private func path(_ pattern: String) throws -> PathPattern {
    let clauses = try clauses("MATCH \(pattern) RETURN 1")
    guard case .match(let match)? = clauses.first else {
      throw QueryError(.internalError, "no match")
    }
    return match.pattern.paths[0]
  }

  @Test(
    "Operators bind as openCypher says",
    arguments: [
      ("a OR b XOR c AND NOT d = e", "a OR (b XOR (c AND (NOT (d = e))))"),
      ("a AND b OR c", "(a AND b) OR c"), ("NOT NOT a AND b", "(NOT (NOT a)) AND b"),
      ("a + b * c ^ d", "a + (b * (c ^ d))"), ("a - b - c", "(a - b) - c"),
      ("a ^ b ^ c", "(a ^ b) ^ c"), ("-a ^ b", "(-a) ^ b"), ("a ^ -b", "a ^ (-b)"),
      ("-a.b", "-(a.b)"), ("-a + b", "(-a) + b"), ("a IN b + c", "a IN (b + c)"),
      ("a + b IN c", "(a + b) IN c"), ("a = b IN c", "a = (b IN c)"),
      ("a = b IS NULL", "a = (b IS NULL)"), ("NOT a IS NULL", "NOT (a IS NULL)"),
      ("a IN b IN c", "(a IN b) IN c"), ("a STARTS WITH b = c", "(a STARTS WITH b) = c"),
      ("a =~ b + c", "a =~ (b + c)"), ("a.b[0].c", "((a.b)[0]).c"), ("a.b:C", "(a.b):C"),
      ("-n:A", "-(n:A)"), ("a:B-c", "(a:B) - c"), ("+-a", "+(-a)"),
      ("a IS NULL IS NOT NULL", "(a IS NULL) IS NOT NULL"), ("a % b / c", "(a % b) / c"),
    ])
  func precedence(_ text: String, _ parenthesised: String) throws {
    #expect(try outline(text) == outline(parenthesised))
  }

  @Test func comparisonsChain() throws {
    guard case .comparison(_, let steps) = try Parser.parseExpression(SourceText("a < b <= c")).kind
    else {
      Issue.record("no chain")
      return
    }
    #expect(steps.map(\.operator) == [.less, .lessOrEqual])
    #expect(try outline("a < b < c") != outline("(a < b) < c"))
  }

  @Test(
    "Literals have their values",
    arguments: [
      ("-9223372036854775808", Int64.min), ("9223372036854775807", .max), ("0x7F", 127),
      ("-0x8000000000000000", .min), ("0o17", 15), ("017", 15), ("- 5", -5), ("-0", 0),
    ])
  func integers(_ text: String, _ value: Int64) throws {
    guard case .integer(value) = try Parser.parseExpression(SourceText(text)).kind else {
      Issue.record("\(text)")
      return
    }
  }

  @Test(arguments: [(".5", 0.5), ("1e3", 1000), ("-1.5e-3", -0.0015), ("00.5", 0.5), ("1e-999", 0)])
  func floats(_ text: String, _ value: Double) throws {
    guard case .float(value) = try Parser.parseExpression(SourceText(text)).kind else {
      Issue.record("\(text)")
      return
    }
  }

  @Test func negativeZeroKeepsItsSign() throws {
    guard case .float(let value) = try Parser.parseExpression(SourceText("-0.0")).kind else {
      Issue.record("no float")
      return
    }
    #expect(value.sign == .minus)
  }

  @Test(arguments: [
    (#"'it\'s'"#, "it's"), (#"'\\ \" \b\f\n\r\t \`'"#, "\\ \" \u{8}\u{C}\n\r\t `"),
    (#""\u00e9\U0001F600\uD83D\uDE00""#, "é\u{1F600}\u{1F600}"), ("'a\nb'", "a\nb"), ("''", ""),
    ("'e\u{301}'", "e\u{301}"),
  ])
  func strings(_ text: String, _ value: String) throws {
    guard case .string(let found) = try Parser.parseExpression(SourceText(text)).kind else {
      Issue.record("\(text)")
      return
    }
    #expect(Array(found.unicodeScalars) == Array(value.unicodeScalars))
  }

  @Test(
    "Parentheses hold a pattern where a whole arrow and a node follow",
    arguments: [
      ("(a)-->(b)", true), ("(a)--(b)", true), ("(a)<-[x:T*2 {k: 1}]-(b)", true), ("()--()", true),
      ("(a:A-b)-[:c-d]->()", true), ("(a {k: 1})--()", true), ("(a)-(b)", false), ("(a)", false),
      ("(a)-[x + 1]-(b)", false), ("(a)--(b + 1)", false), ("(a)<-(b)", false), ("(a)<-1", false),
      ("(a {.k})--(b)", false), ("(a)--b", false), ("(a)-[1]", false), ("(a + 1)-[x]-(b)", false),
    ])
  func patternPredicates(_ text: String, _ isPattern: Bool) throws {
    let kind = try Parser.parseExpression(SourceText(text)).kind
    if case .patternPredicate = kind {
      #expect(isPattern)
    } else {
      #expect(!isPattern)
    }
  }

  @Test(
    "Labels and types take hyphens",
    arguments: [
      (
        "(a)-[:designated-by|vacated-by*1..3]->(b:Trade-union {k: 1})",
        ["designated-by", "vacated-by"], ["Trade-union"]
      ),
      ("(a)-[r:A|:B]-(:COVID-19:X)", ["A", "B"], ["COVID-19", "X"]),
      ("(a)-[:in-order-of-return]->(b:`x y`)", ["in-order-of-return"], ["x y"]),
      ("(a)-[:A]->(b:Match)", ["A"], ["Match"]), ("(a)-[:F-16a*2]->(b)", ["F-16a"], []),
    ])
  func hyphens(_ pattern: String, _ types: [String], _ labels: [String]) throws {
    let path = try path(pattern)
    #expect(path.relationships[0].types.map(\.text) == types)
    #expect(path.nodes[1].labels.map(\.text) == labels)
  }

  @Test(
    "Arrows have directions",
    arguments: [
      ("(a)-->(b)", RelationshipPattern.Direction.right), ("(a)<--(b)", .left), ("(a)--(b)", .both),
      ("(a)<-->(b)", .both), ("(a)-[]->(b)", .right), ("(a)〈——(b)", .left), ("(a)—–〉(b)", .right),
    ])
  func directions(_ pattern: String, _ direction: RelationshipPattern.Direction) throws {
    #expect(try path(pattern).relationships[0].direction == direction)
  }

  @Test(
    arguments: [
      ("*", nil, nil), ("*2", 2, 2), ("*1..3", 1, 3), ("*1..", 1, nil), ("*..3", nil, 3),
      ("*..", nil, nil), ("*0x2", 2, 2),
    ] as [(String, Int?, Int?)])
  func lengths(_ text: String, _ minimum: Int?, _ maximum: Int?) throws {
    let length = try #require(try path("(a)-[\(text)]->(b)").relationships[0].length)
    #expect(length.minimum == minimum)
    #expect(length.maximum == maximum)
  }

  @Test func bracketsHoldListsOrComprehensions() throws {
    func name(_ text: String) throws -> String {
      "\(try Parser.parseExpression(SourceText(text)).kind)".prefix { $0 != "(" }.description
    }
    #expect(try name("[x IN xs]") == "listComprehension")
    #expect(try name("[x IN xs WHERE x | x + 1]") == "listComprehension")
    #expect(try name("[x IN xs, 2]") == "list")
    #expect(try name("[(x) IN xs]") == "list")
    #expect(try name("[(a)-->(b) | b.k]") == "patternComprehension")
    #expect(try name("[p = (a)-->(b) WHERE b.k | p]") == "patternComprehension")
    #expect(try name("[(a)-->(b)]") == "list")
    #expect(try name("any(x IN xs)") == "quantifier")
    #expect(try name("any(x)") == "function")
    #expect(try name("reduce(a = 0, x IN xs | a + x)") == "reduce")
    #expect(try name("reduce(a)") == "function")
    #expect(try name("count(*)") == "countAll")
    #expect(try name("count { (a) }") == "count")
    #expect(try name("count {.k}") == "mapProjection")
    #expect(try name("exists(n.k)") == "function")
    #expect(try name("exists { (n) }") == "exists")
    #expect(try name("shortestPath((a)-[*]-(b))") == "shortestPath")
    #expect(try name("a.b.c(1)") == "function")
  }

  @Test func columnsKeepTheirText() throws {
    guard
      case .return(let projection)? = try clauses("RETURN n . name /* x */+ 1, count( * ) AS c")
        .first
    else {
      Issue.record("no projection")
      return
    }
    #expect(projection.items.map(\.text) == ["n . name /* x */+ 1", "count( * )"])
  }

  @Test func callsStandAloneOrInQueries() throws {
    guard case .standaloneCall(let call) = try statement("CALL db.labels YIELD *;").body else {
      Issue.record("not alone")
      return
    }
    #expect(call.name.text == "db.labels")
    #expect(call.arguments == nil || call.arguments?.isEmpty == true)
    #expect(call.yieldsAll)
    guard case .query = try statement("CALL db.labels() YIELD label RETURN label").body else {
      Issue.record("not a query")
      return
    }
  }

  @Test(
    "What the binder judges is accepted",
    arguments: [
      "RETURN 1 MATCH (n)", "CREATE (a)-->(b)", "CREATE (a)-[:R*2]->(b)",
      "MERGE (a)-[NO_COLON]->(b)",
      "RETURN 1 UNION RETURN 2 UNION ALL RETURN 3", "MATCH (n) DELETE n:A",
      "WITH a, count(*) RETURN a",
      "MATCH (a) WHERE count(a) > 1 RETURN a", "RETURN size((a)-->(b))", "RETURN foo(1)",
      "MATCH (a)<-[:R]->(b) CREATE (a)<-[:R]->(b)", "RETURN x LIMIT -1",
    ])
  func semanticErrorsAreLeft(_ text: String) throws {
    _ = try statement(text)
  }

  @Test func rangesAreOffsetsInTheWholeText() throws {
    let text = SourceText("RETURN 1; MATCH (n) RETURN n.name")
    let statements = Array(Parser.parseScript(text))
    let statement = try Parser.parseStatement(text, in: statements[1].range)
    #expect(text.string(in: statement.range) == "MATCH (n) RETURN n.name")
    guard case .query(let query) = statement.body,
      case .return(let projection)? = query.parts[0].clauses.last
    else {
      Issue.record("no projection")
      return
    }
    #expect(text.string(in: projection.items[0].expression.range) == "n.name")
  }
}
