extension Parser {
  /// A primary in brackets: `<list comprehension>`, `<pattern comprehension>`,
  /// `<list value constructor>`, or a `<pattern predicate>` that begins at a relationship.
  mutating func parseBracket() throws(QueryError) -> Expression {
    if startsPathPattern(at: index) {
      let path = try parsePathTerm(.expression)
      return Expression(.patternPredicate(path), path.range)
    }
    let hasComma = brackets.hasComma(in: index)
    if peek().isVariable, peek(2) == .keyword(.in), !hasComma {
      return try parseListComprehension()
    }
    if brackets.hasBar(in: index), !hasComma {
      let hasVariable = peek().isVariable && peek(2) == .equal
      if startsPathPattern(at: index + (hasVariable ? 3 : 1)) {
        return try parsePatternComprehension()
      }
    }
    let start = token.start
    let opening = index
    advance()
    let elements = try parseExpressionList(until: .rightBracket, opening: opening)
    return Expression(.list(elements), range(from: start))
  }

  /// `<list comprehension>`.
  private mutating func parseListComprehension() throws(QueryError) -> Expression {
    let start = token.start
    let opening = index
    try enter()
    advance()
    let variable = try expectVariable()
    try expect(.in)
    let list = try parseValueExpression()
    let predicate = try parseWhereClause()
    let projection = consume(if: .bar) ? try parseValueExpression() : nil
    try expectClosing(.rightBracket, of: opening)
    leave()
    let comprehension = ListComprehension(
      variable: variable, list: list, predicate: predicate, projection: projection)
    return Expression(.listComprehension(comprehension), range(from: start))
  }

  /// `<pattern comprehension>`.
  private mutating func parsePatternComprehension() throws(QueryError) -> Expression {
    let start = token.start
    let opening = index
    try enter()
    advance()
    let path = try parsePathPattern(.expression)
    let validTime = try parseValidTimeRestriction()
    let predicate = try parseWhereClause()
    try expect(.bar, "`|`")
    let projection = try parseValueExpression()
    try expectClosing(.rightBracket, of: opening)
    leave()
    let comprehension = PatternComprehension(
      path: path, validTime: validTime, predicate: predicate, projection: projection)
    return Expression(.patternComprehension(comprehension), range(from: start))
  }

  /// `<map value constructor>`.
  mutating func parseMap() throws(QueryError) -> Expression {
    let start = token.start
    let opening = index
    try enter()
    advance()
    var entries: [MapEntry] = []
    if kind != .rightBrace {
      repeat {
        entries.append(try parseField())
      } while consume(if: .comma)
    }
    try expectClosing(.rightBrace, of: opening)
    leave()
    return Expression(.map(entries), range(from: start))
  }

  /// `<field>`: `key: value`.
  private mutating func parseField() throws(QueryError) -> MapEntry {
    let key = try expectName("the name of a property")
    try expect(.colon, "`:`")
    return MapEntry(key: key, value: try parseValueExpression())
  }

  /// `<map projection>`.
  mutating func parseMapProjection() throws(QueryError) -> Expression {
    let start = token.start
    let variable = takeName()
    let opening = index
    try enter()
    advance()
    var items: [MapProjection.Item] = []
    if kind != .rightBrace {
      repeat {
        items.append(try parseMapProjectionItem())
      } while consume(if: .comma)
    }
    try expectClosing(.rightBrace, of: opening)
    leave()
    let projection = MapProjection(variable: variable, items: items)
    return Expression(.mapProjection(projection), range(from: start))
  }

  /// `<map projection element>`.
  private mutating func parseMapProjectionItem() throws(QueryError) -> MapProjection.Item {
    if consume(if: .period) {
      if consume(if: .asterisk) { return .allProperties }
      return .property(try expectName("the name of a property or `*`"))
    }
    if kind.isName, peek() == .colon {
      let field = try parseField()
      return .entry(field.key, field.value)
    }
    return .variable(try expectVariable("`.key`, `.*`, `key: value` or a variable"))
  }

  /// `<case expression>`, `<when clause>`, `<else clause>`.
  mutating func parseCaseExpression() throws(QueryError) -> Expression {
    let start = token.start
    try enter()
    advance()
    var result = CaseExpression(operand: nil, alternatives: [], otherwise: nil)
    if !at(.when) { result.operand = try parseValueExpression() }
    repeat {
      try expect(.when)
      let when = try parseValueExpression()
      try expect(.then)
      let then = try parseValueExpression()
      result.alternatives.append(CaseExpression.Alternative(when: when, then: then))
    } while at(.when)
    if consume(if: .else) { result.otherwise = try parseValueExpression() }
    guard consume(if: .end) else { throw unexpected("`WHEN`, `ELSE` or `END`") }
    leave()
    return Expression(.caseWhen(result), range(from: start))
  }

  /// The quantifier that starts here: its word, a parenthesis and `x IN`.
  func startsQuantifier(_ keyword: Keyword) -> Quantifier? {
    guard peek() == .leftParen, peek(2).isVariable, peek(3) == .keyword(.in),
      !brackets.hasComma(in: index + 1)
    else { return nil }
    switch keyword {
    case .all: return .all
    case .any: return .any
    case .none: return Quantifier.none
    default: return .single
    }
  }

  /// `<quantifier expression>`.
  mutating func parseQuantifier(_ quantifier: Quantifier) throws(QueryError) -> Expression {
    let start = token.start
    try enter()
    advance()
    let opening = index
    advance()
    let variable = try expectVariable()
    try expect(.in)
    let list = try parseValueExpression()
    let predicate = try parseWhereClause()
    try expectClosing(.rightParen, of: opening)
    leave()
    return Expression(
      .quantifier(quantifier, variable: variable, list: list, predicate: predicate),
      range(from: start))
  }

  /// `reduce(x = …  | …)` starts here.
  func startsReduce() -> Bool {
    peek() == .leftParen && peek(2).isVariable && peek(3) == .equal
      && brackets.hasBar(in: index + 1)
  }

  /// `<reduce expression>`.
  mutating func parseReduce() throws(QueryError) -> Expression {
    let start = token.start
    try enter()
    advance()
    let opening = index
    advance()
    let accumulator = try expectVariable()
    try expect(.equal, "`=`")
    let initial = try parseValueExpression()
    try expect(.comma, "`,`")
    let variable = try expectVariable()
    try expect(.in)
    let list = try parseValueExpression()
    try expect(.bar, "`|`")
    let step = try parseValueExpression()
    try expectClosing(.rightParen, of: opening)
    leave()
    let reduce = ReduceExpression(
      accumulator: accumulator, initial: initial, variable: variable, list: list, step: step)
    return Expression(.reduce(reduce), range(from: start))
  }

  /// The brace at a token holds a subquery and not the elements of a map projection.
  func startsSubquery(at brace: Int) -> Bool {
    switch kind(at: brace + 1) {
    case .rightBrace, .period: return false
    case let first where first.isName:
      switch kind(at: brace + 2) {
      case .comma, .colon, .rightBrace: return false
      default: return true
      }
    default: return true
    }
  }

  /// `<exists expression>`, `<count subquery expression>`.
  mutating func parseSubqueryExpression(
    _ make: (Subquery) -> Expression.Kind
  ) throws(QueryError) -> Expression {
    let start = token.start
    try enter()
    advance()
    let opening = index
    advance()
    let subquery = try parseSubquery()
    try expectClosing(.rightBrace, of: opening)
    leave()
    return Expression(make(subquery), range(from: start))
  }

  /// `<subquery>`: a pattern, or `MATCH` and a pattern, or a whole query.
  private mutating func parseSubquery() throws(QueryError) -> Subquery {
    guard startsClause() else {
      let start = token.start
      let pattern = try parseGraphPattern(.match)
      let validTime = try parseValidTimeRestriction()
      let predicate = try parseWhereClause()
      guard let validTime else { return .pattern(pattern, predicate: predicate) }
      let range = range(from: start)
      let match = MatchClause(
        optional: false, pattern: pattern, validTime: validTime, predicate: predicate, range: range)
      let part = SingleQuery(clauses: [.match(match)], range: range)
      return .query(Query(parts: [part], unions: [], range: range))
    }
    let query = try parseCompositeQuery()
    if query.parts.count == 1, query.parts[0].clauses.count == 1,
      case .match(let match) = query.parts[0].clauses[0], !match.optional,
      !match.contemporaneous, match.validTime == nil
    {
      return .pattern(match.pattern, predicate: match.predicate)
    }
    return .query(query)
  }

  /// The next token starts a clause and not a pattern.
  private func startsClause() -> Bool {
    guard case .keyword(let keyword) = kind else { return false }
    switch keyword {
    case .shortestPath, .allShortestPaths: return false
    case .load: return peek() == .keyword(.csv)
    default: return keyword.isReserved || (keyword == .call && peek() != .equal)
    }
  }
}
