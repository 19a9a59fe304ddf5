extension Parser {
  /// `<program>`, `<statement mode>`.
  mutating func parseProgram() throws(QueryError) -> Statement {
    let start = token.start
    var mode = Statement.Mode.run
    if consume(if: .explain) {
      mode = .explain
    } else if consume(if: .profile) {
      mode = .profile
    }
    let why = try parseStatementExplanation()
    let systemTime = try parseStatementSystemTime()
    let validTime = try parseStatementValidTime()
    let body = try parseStatementBody()
    let range = range(from: start)
    _ = consume(if: .semicolon)
    guard kind == .endOfText else {
      throw unexpected("the end of the statement")
    }
    return Statement(
      mode: mode, why: why, systemTime: systemTime, validTime: validTime, body: body, range: range)
  }

  /// `<statement explanation>`: where `WHY` stands, nil where it does not.
  private mutating func parseStatementExplanation() throws(QueryError) -> SourceRange? {
    let start = token.start
    guard consume(if: .why) else { return nil }
    let place = range(from: start)
    guard !at(.explain), !at(.profile), !at(.why) else {
      throw QueryError(
        .unexpectedSyntax, "`WHY` stands once, behind `EXPLAIN` or `PROFILE`", at: token.range)
    }
    return place
  }

  /// `<statement>`, `<standalone procedure call>`: a `CALL` that nothing follows.
  private mutating func parseStatementBody() throws(QueryError) -> Statement.Body {
    guard at(.call) else { return .query(try parseCompositeQuery()) }
    let call = try parseProcedureCall()
    if kind == .endOfText || kind == .semicolon { return .standaloneCall(call) }
    try requireNamedYields(call)
    return .query(try parseCompositeQuery(first: .call(call)))
  }

  /// `<composite query statement>`, `<query conjunction>`.
  mutating func parseCompositeQuery(first: Clause? = nil) throws(QueryError) -> Query {
    let start = first?.range.start ?? token.start
    var parts = [try parseLinearQuery(first: first)]
    var unions: [Query.Union] = []
    while at(.union) {
      let unionStart = token.start
      advance()
      let all = consume(if: .all)
      unions.append(Query.Union(all: all, range: range(from: unionStart)))
      parts.append(try parseLinearQuery(first: nil))
    }
    return Query(parts: parts, unions: unions, range: range(from: start))
  }

  /// `<linear query statement>`: clauses in any order; the binder judges the order.
  private mutating func parseLinearQuery(first: Clause?) throws(QueryError) -> SingleQuery {
    var clauses: [Clause] = []
    if let first { clauses.append(first) }
    let start = first?.range.start ?? token.start
    while true {
      if let clause = try parseClause() {
        clauses.append(clause)
        continue
      }
      if clauses.isEmpty {
        throw unexpected("a clause such as `MATCH`, `CREATE` or `RETURN`")
      }
      return SingleQuery(clauses: clauses, range: range(from: start))
    }
  }

  /// `<simple query statement>`: the clause that starts here, or nil where none does.
  private mutating func parseClause() throws(QueryError) -> Clause? {
    guard case .keyword(let keyword) = kind else { return nil }
    switch keyword {
    case .match, .optional: return .match(try parseMatchStatement())
    case .unwind: return .unwind(try parseUnwindStatement())
    case .load: return .loadCSV(try parseLoadCSVStatement())
    case .with: return .with(try parseWithStatement())
    case .return: return .return(try parseReturnStatement())
    case .create: return .create(try parseCreateStatement())
    case .merge: return .merge(try parseMergeStatement())
    case .set: return .set(try parseSetStatement())
    case .remove: return .remove(try parseRemoveStatement())
    case .delete, .detach: return .delete(try parseDeleteStatement())
    case .call:
      let call = try parseProcedureCall()
      try requireNamedYields(call)
      return .call(call)
    default: return nil
    }
  }

  /// `YIELD *` is for calls that stand alone.
  private func requireNamedYields(_ call: ProcedureCall) throws(QueryError) {
    guard call.yieldsAll else { return }
    throw QueryError(
      .unexpectedSyntax, "`YIELD *` stands only in a call on its own", at: call.range,
      help: "name the columns: `YIELD column, …`")
  }

  /// `<match statement>`.
  private mutating func parseMatchStatement() throws(QueryError) -> MatchClause {
    let start = token.start
    let optional = consume(if: .optional)
    try expect(.match)
    // A path variable may have this name.
    let contemporaneous = peek() != .equal && consume(if: .contemporaneous)
    let pattern = try parseGraphPattern(.match)
    let validTime = try parseValidTimeRestriction()
    let predicate = try parseWhereClause()
    return MatchClause(
      optional: optional, contemporaneous: contemporaneous, pattern: pattern,
      validTime: validTime, predicate: predicate, range: range(from: start))
  }

  /// `<where clause>`: nil where there is none.
  mutating func parseWhereClause() throws(QueryError) -> Expression? {
    guard consume(if: .where) else { return nil }
    return try parseValueExpression()
  }

  /// `<unwind statement>`.
  private mutating func parseUnwindStatement() throws(QueryError) -> UnwindClause {
    let start = token.start
    advance()
    let list = try parseValueExpression()
    try expect(.as)
    let variable = try expectVariable()
    return UnwindClause(list: list, variable: variable, range: range(from: start))
  }

  /// `<load csv statement>`.
  private mutating func parseLoadCSVStatement() throws(QueryError) -> LoadCSVClause {
    let start = token.start
    advance()
    try expect(.csv)
    let hasHeaders = consume(if: .with)
    if hasHeaders { try expect(.headers) }
    try expect(.from)
    let source = try parseValueExpression()
    try expect(.as)
    let variable = try expectVariable()
    var terminator: Expression?
    if consume(if: .fieldTerminator) {
      guard kind == .string else { throw unexpected("a string of one character") }
      terminator = try parseLiteral()
    }
    return LoadCSVClause(
      hasHeaders: hasHeaders, source: source, variable: variable, fieldTerminator: terminator,
      range: range(from: start))
  }

  /// `<call query statement>`, `<procedure argument list>`.
  private mutating func parseProcedureCall() throws(QueryError) -> ProcedureCall {
    let start = token.start
    advance()
    let name = try parseQualifiedName("the name of a procedure")
    var arguments: [Expression]?
    if kind == .leftParen {
      let opening = index
      advance()
      arguments = try parseExpressionList(until: .rightParen, opening: opening)
    }
    var call = ProcedureCall(
      name: name, arguments: arguments, yields: nil, yieldsAll: false, predicate: nil,
      range: range(from: start))
    try parseYieldClause(of: &call)
    call.range = range(from: start)
    return call
  }

  /// `<yield clause>`, `<standalone yield clause>`, `<yield item list>`.
  private mutating func parseYieldClause(of call: inout ProcedureCall) throws(QueryError) {
    guard consume(if: .yield) else { return }
    if consume(if: .asterisk) {
      call.yieldsAll = true
      call.yields = []
    } else {
      var items: [ProcedureCall.YieldItem] = []
      repeat {
        items.append(try parseYieldItem())
      } while consume(if: .comma)
      call.yields = items
    }
    call.predicate = try parseWhereClause()
  }

  /// `<yield item>`.
  private mutating func parseYieldItem() throws(QueryError) -> ProcedureCall.YieldItem {
    let field = try expectVariable("a result column")
    let alias = consume(if: .as) ? try expectVariable() : nil
    return ProcedureCall.YieldItem(field: field, alias: alias)
  }
}
