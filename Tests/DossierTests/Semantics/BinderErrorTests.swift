import DossierSyntax
import Testing

@testable import Dossier

/// A statement that must be refused: its marked mistake and the code.
struct Mistake: Sendable, CustomTestStringConvertible {
  var marked: String
  var code: DiagnosticCode
  var help: String?

  init(_ marked: String, _ code: DiagnosticCode, help: String? = nil) {
    self.marked = marked
    self.code = code
    self.help = help
  }

  var testDescription: String { marked }
}

@Suite("Compile-time errors")
struct BinderErrorTests {
  static let names: [Mistake] = [
    Mistake("MATCH (n) RETURN 1️⃣m2️⃣", .undefinedVariable),
    Mistake("MATCH (person) RETURN 1️⃣persn2️⃣.age", .undefinedVariable, help: "`person`"),
    Mistake("MATCH (n) WITH n AS m RETURN 1️⃣n2️⃣", .undefinedVariable),
    Mistake("MATCH (n) WITH count(n) AS c ORDER BY 1️⃣n2️⃣ RETURN c", .undefinedVariable),
    Mistake("MATCH (n) RETURN DISTINCT n.a AS x ORDER BY 1️⃣n2️⃣.b", .undefinedVariable),
    Mistake("RETURN [x IN [1] | x] AS l, 1️⃣x2️⃣ AS y", .undefinedVariable),
    Mistake("MATCH (n) WHERE EXISTS { (n)-->(m) } RETURN 1️⃣m2️⃣", .undefinedVariable),
    Mistake("MATCH (n) WHERE (n)-->(1️⃣m2️⃣) RETURN n", .undefinedVariable),
    Mistake("CREATE (a {x: 1️⃣a2️⃣.y})", .undefinedVariable),
    Mistake("MATCH (a) SET 1️⃣b2️⃣.x = 1", .undefinedVariable),
    Mistake("MERGE (a) ON CREATE SET 1️⃣b2️⃣:L", .undefinedVariable),
    Mistake("MATCH (n) CREATE (1️⃣n2️⃣)", .variableAlreadyBound),
    Mistake("MATCH (n) CREATE (1️⃣n2️⃣:L)-[:R]->()", .variableAlreadyBound),
    Mistake("MATCH ()-[r]->() CREATE ()-[1️⃣r2️⃣:R]->()", .variableAlreadyBound),
    Mistake("MATCH 1️⃣p2️⃣ = (p)-->() RETURN p", .variableAlreadyBound),
    Mistake("WITH 1 AS x UNWIND [1] AS 1️⃣x2️⃣ RETURN x", .variableAlreadyBound),
    Mistake("MATCH (n) MERGE (1️⃣n2️⃣)", .variableAlreadyBound),
    Mistake("WITH 1 AS x LOAD CSV FROM 'a' AS 1️⃣x2️⃣ RETURN x", .variableAlreadyBound),
    Mistake("LOAD CSV FROM 1️⃣row2️⃣ AS row RETURN row", .undefinedVariable),
    Mistake("RETURN reduce(x = 0, 1️⃣x2️⃣ IN [1] | x) AS y", .variableAlreadyBound),
    Mistake("MATCH ()-[r]->() MATCH (1️⃣r2️⃣) RETURN r", .variableTypeConflict),
    Mistake("MATCH (n)-[1️⃣n2️⃣]->() RETURN n", .variableTypeConflict),
    Mistake("MATCH p = (), (1️⃣p2️⃣) RETURN p", .variableTypeConflict),
    Mistake("WITH [1] AS rs MATCH ()-[1️⃣rs2️⃣*]->() RETURN rs", .variableTypeConflict),
    Mistake("WITH 'a' AS n MATCH (1️⃣n2️⃣) RETURN n", .variableTypeConflict),
    Mistake(
      "MATCH (a)-[r]->(b), (b)-[1️⃣r2️⃣]->(c) RETURN a", .relationshipUniquenessViolation),
  ]

  static let types: [Mistake] = [
    Mistake("RETURN true AND 1️⃣12️⃣", .invalidArgumentType),
    Mistake("RETURN NOT 1️⃣'a'2️⃣", .invalidArgumentType),
    Mistake("MATCH (n) WHERE 1️⃣n2️⃣ RETURN n", .invalidArgumentType),
    Mistake("MATCH (n) WHERE 1️⃣12️⃣ RETURN n", .invalidArgumentType),
    Mistake("RETURN [x IN ['a'] WHERE 1️⃣x2️⃣ % 2 = 0]", .invalidArgumentType),
    Mistake("RETURN 1 IN 1️⃣22️⃣", .invalidArgumentType),
    Mistake("RETURN 1 + 1️⃣true2️⃣", .invalidArgumentType),
    Mistake("RETURN 1️⃣{a: 1}2️⃣ * 2", .invalidArgumentType),
    Mistake("RETURN -1️⃣'a'2️⃣", .invalidArgumentType),
    Mistake("MATCH p = (n) RETURN labels(1️⃣p2️⃣)", .invalidArgumentType),
    Mistake("MATCH (n) RETURN type(1️⃣n2️⃣)", .invalidArgumentType),
    Mistake("MATCH (n) RETURN n LIMIT 1️⃣1.52️⃣", .invalidArgumentType),
    Mistake("MATCH (n) DELETE 1️⃣1 + 12️⃣", .invalidArgumentType),
    Mistake("CALL my.search(1️⃣12️⃣, 2)", .invalidArgumentType),
    Mistake("WITH 1 AS x SET 1️⃣x2️⃣.a = 1", .invalidArgumentType),
    Mistake("WITH 1 AS x RETURN 1️⃣x2️⃣.a", .invalidElementAccess),
    Mistake("WITH [1] AS x RETURN x[1️⃣'a'2️⃣]", .invalidElementAccess),
    Mistake("WITH true AS x RETURN 1️⃣x2️⃣[0]", .invalidElementAccess),
  ]

  static let aggregation: [Mistake] = [
    Mistake("MATCH (n) WHERE 1️⃣count(n)2️⃣ > 1 RETURN n", .invalidAggregation),
    Mistake("RETURN [x IN [1] | 1️⃣count(*)2️⃣]", .invalidAggregation),
    Mistake("MATCH (n) RETURN n ORDER BY 1️⃣max(n.a)2️⃣", .invalidAggregation),
    Mistake("MATCH (n) SET n.c = 1️⃣count(*)2️⃣", .invalidAggregation),
    Mistake(
      "MATCH (n) RETURN n.a AS a, count(*) AS c ORDER BY 1️⃣sum(a)2️⃣", .invalidAggregation),
    Mistake("RETURN count(1️⃣count(*)2️⃣)", .nestedAggregation),
    Mistake("RETURN count(1️⃣rand()2️⃣)", .nonConstantExpression),
    Mistake("MATCH (n) RETURN 1️⃣n2️⃣.a + count(*)", .ambiguousAggregationExpression),
    Mistake("MATCH (n) RETURN n.a, 1️⃣n2️⃣.b + count(*)", .ambiguousAggregationExpression),
    Mistake(
      "MATCH (n) RETURN n.a + 1, count(*) ORDER BY 1️⃣n.a + 12️⃣ + count(*)",
      .ambiguousAggregationExpression),
  ]

  static let projections: [Mistake] = [
    Mistake("MATCH (n) WITH 1️⃣n.a2️⃣ RETURN 1", .noExpressionAlias),
    Mistake("RETURN 1 AS a, 2 AS 1️⃣a2️⃣", .columnNameConflict),
    Mistake("MATCH () 1️⃣RETURN *2️⃣", .noVariablesInScope),
    Mistake("RETURN 1 AS a UNION 1️⃣RETURN 2 AS b2️⃣", .differentColumnsInUnion),
    Mistake(
      "RETURN 1 AS a UNION RETURN 2 AS a 1️⃣UNION ALL2️⃣ RETURN 3 AS a", .invalidClauseComposition),
    Mistake("MATCH (n) RETURN n SKIP 1️⃣n2️⃣.a", .nonConstantExpression),
    Mistake("MATCH (n) RETURN n LIMIT 1️⃣-12️⃣", .negativeIntegerArgument),
    Mistake("RETURN 1️⃣$b2️⃣", .missingParameter),
    Mistake("RETURN 1️⃣nosuch2️⃣(1)", .unknownFunction),
    Mistake("RETURN 1️⃣toUper2️⃣('a')", .unknownFunction, help: "`toUpper`"),
    Mistake("RETURN 1️⃣toUpper()2️⃣", .invalidNumberOfArguments),
    Mistake("RETURN 1️⃣abs2️⃣(DISTINCT 1)", .unexpectedSyntax),
  ]

  static let clauses: [Mistake] = [
    Mistake("CREATE (a) 1️⃣MATCH (b)2️⃣ RETURN b", .unexpectedSyntax, help: "WITH"),
    Mistake("1️⃣MATCH (a)2️⃣", .unexpectedSyntax),
    Mistake("1️⃣RETURN 12️⃣ RETURN 2", .unexpectedSyntax),
    Mistake("MATCH (n) RETURN 1️⃣(n)-->()2️⃣", .unexpectedSyntax),
    Mistake("MATCH (n) RETURN size(1️⃣(n)-->()2️⃣)", .unexpectedSyntax),
    Mistake(
      "MATCH (n) WHERE EXISTS { MATCH (n) 1️⃣SET n.a = 12️⃣ RETURN n } RETURN n",
      .invalidClauseComposition),
    Mistake("CREATE ()1️⃣-[:R]-2️⃣()", .requiresDirectedRelationship),
    Mistake("CREATE ()1️⃣-->2️⃣()", .noSingleRelationshipType),
    Mistake("CREATE ()1️⃣-[:A|B]->2️⃣()", .noSingleRelationshipType),
    Mistake("MERGE (a)-[:R1️⃣*22️⃣]->(b)", .creatingVarLength),
    Mistake("MATCH (n) DELETE 1️⃣n:L2️⃣", .invalidDelete),
    Mistake("CALL 1️⃣my.serch2️⃣('a', 1)", .procedureNotFound, help: "`my.search`"),
    Mistake("1️⃣CALL my.search('a')2️⃣", .invalidNumberOfArguments),
    Mistake("CALL 1️⃣my.search2️⃣", .missingParameter),
    Mistake("MATCH (n) CALL 1️⃣my.nothing2️⃣ RETURN n", .invalidArgumentPassingMode),
    Mistake("CALL my.search('a', 1) YIELD 1️⃣town2️⃣ RETURN town", .undefinedVariable),
    Mistake(
      "CALL my.search('a', 1) YIELD city AS x, code AS 1️⃣x2️⃣ RETURN x", .variableAlreadyBound),
  ]

  @Test(arguments: names + types + aggregation + projections + clauses)
  func isRefused(_ mistake: Mistake) throws {
    let statement = MarkedStatement(mistake.marked)
    do {
      _ = try plan(statement.text, parameters: ["a"])
      Issue.record("accepted")
    } catch let error as QueryError {
      let diagnostic = error.diagnostics[0]
      #expect(diagnostic.code == mistake.code, "\(error)")
      #expect(diagnostic.range == statement.range)
      #expect(diagnostic.position != nil)
      if let help = mistake.help { #expect(diagnostic.help?.contains(help) == true) }
    }
  }
}
