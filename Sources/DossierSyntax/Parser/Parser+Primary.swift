extension Parser {
  /// `<postfix expression>`, `<postfix operator>`: a primary and its properties, elements, slices
  /// and, at its end, labels; also says how many of them there are.
  mutating func parsePostfixChain(
    allowsLabels: Bool
  ) throws(QueryError) -> (expression: Expression, suffixCount: Int) {
    var base = try parsePrimary()
    var count = 0
    while true {
      switch kind {
      case .period:
        advance()
        let key = try expectName("the name of a property")
        base = Expression(.property(base, key), range(from: base.range.start))
      case .leftBracket:
        base = try parseElement(of: base)
      case .colon where allowsLabels:
        let labels = try parseLabelPredicate()
        return (Expression(.hasLabels(base, labels), range(from: base.range.start)), count + 1)
      default:
        return (base, count)
      }
      count += 1
      try limitChain(count)
    }
  }

  /// `<label predicate>`: `:A:B`; a hyphen is a minus here.
  private mutating func parseLabelPredicate() throws(QueryError) -> [Name] {
    var labels: [Name] = []
    while consume(if: .colon) {
      labels.append(try expectName("a label"))
    }
    return labels
  }

  /// `<element reference>`, `<slicing>`.
  private mutating func parseElement(of base: Expression) throws(QueryError) -> Expression {
    let opening = index
    try enter()
    advance()
    let first = kind == .doublePeriod ? nil : try parseValueExpression()
    let result: Expression.Kind
    if consume(if: .doublePeriod) {
      let last = kind == .rightBracket ? nil : try parseValueExpression()
      result = .slice(base, from: first, to: last)
    } else if let first {
      result = .index(base, first)
    } else {
      throw unexpected("an expression")
    }
    try expectClosing(.rightBracket, of: opening)
    leave()
    return Expression(result, range(from: base.range.start))
  }

  /// `<value expression primary>`.
  private mutating func parsePrimary() throws(QueryError) -> Expression {
    switch kind {
    case .leftParen: return try parseParenthesis()
    case .leftBracket: return try parseBracket()
    case .leftBrace: return try parseMap()
    case .keyword(let keyword): return try parseKeywordPrimary(keyword)
    case .identifier, .quotedName: return try parseNamePrimary()
    case .parameter: return parseParameter()
    default: return try parseLiteral()
    }
  }

  /// `<parenthesized value expression>` or `<pattern predicate>`.
  private mutating func parseParenthesis() throws(QueryError) -> Expression {
    if startsPathPattern(at: index) {
      let path = try parsePathTerm(.expression)
      return Expression(.patternPredicate(path), path.range)
    }
    let opening = index
    let start = token.start
    try enter()
    advance()
    let inner = try parseValueExpression()
    try expectClosing(.rightParen, of: opening)
    leave()
    return Expression(inner.kind, range(from: start))
  }

  /// A primary that starts with a keyword.
  private mutating func parseKeywordPrimary(_ keyword: Keyword) throws(QueryError) -> Expression {
    switch keyword {
    case .null, .true, .false: return parseWordLiteral(keyword)
    case .case: return try parseCaseExpression()
    case .exists: return try parseExists()
    case .contains:
      if peek() == .leftParen {
        let start = token.start
        return try parseFunctionArguments(of: takeName(), from: start)
      }
    case .all, .any, .none, .single:
      if let quantifier = startsQuantifier(keyword) { return try parseQuantifier(quantifier) }
    case .count:
      if peek() == .leftParen, peek(2) == .asterisk { return try parseCountStar() }
      if peek() == .leftBrace, startsSubquery(at: index + 1) {
        return try parseSubqueryExpression { .count($0) }
      }
    case .reduce:
      if startsReduce() { return try parseReduce() }
    case .shortestPath, .allShortestPaths:
      if peek() == .leftParen, holdsPathPattern(at: index + 1) {
        let path = try parseShortestPath()
        return Expression(.shortestPath(path), path.range)
      }
    default: break
    }
    guard !keyword.isReserved else { throw unexpected("an expression") }
    return try parseNamePrimary()
  }

  /// A primary that starts with a name: `<binding variable reference>`, `<function invocation>` or
  /// `<map projection>`.
  private mutating func parseNamePrimary() throws(QueryError) -> Expression {
    if startsFunction() { return try parseFunctionInvocation() }
    if peek() == .leftBrace { return try parseMapProjection() }
    let name = takeName()
    return Expression(.variable(name.text), name.range)
  }

  /// Names joined by periods with a parenthesis behind them start here.
  private func startsFunction() -> Bool {
    var position = index + 1
    while kind(at: position) == .period, kind(at: position + 1).isName { position += 2 }
    return kind(at: position) == .leftParen
  }

  /// `<function invocation>`, `<function argument list>`.
  private mutating func parseFunctionInvocation() throws(QueryError) -> Expression {
    let start = token.start
    let name = try parseQualifiedName("the name of a function")
    return try parseFunctionArguments(of: name, from: start)
  }

  /// The parentheses of a function and what they hold.
  private mutating func parseFunctionArguments(
    of name: Name, from start: Int
  ) throws(QueryError) -> Expression {
    let opening = index
    try expect(.leftParen, "`(`")
    let distinct = consume(if: .distinct)
    let arguments = try parseExpressionList(until: .rightParen, opening: opening)
    let call = FunctionCall(name: name, distinct: distinct, arguments: arguments)
    return Expression(.function(call), range(from: start))
  }

  /// `<value expression list>`: values separated by commas up to the closing bracket, which is
  /// read, too; the opening one has been read.
  mutating func parseExpressionList(
    until closing: TokenKind, opening: Int
  ) throws(QueryError) -> [Expression] {
    if consume(if: closing) { return [] }
    try enter()
    var values: [Expression] = []
    repeat {
      values.append(try parseValueExpression())
    } while consume(if: .comma)
    try expectClosing(closing, of: opening)
    leave()
    return values
  }

  /// `<count star>`.
  private mutating func parseCountStar() throws(QueryError) -> Expression {
    let start = token.start
    let opening = index + 1
    for _ in 0..<3 { advance() }
    try expectClosing(.rightParen, of: opening)
    return Expression(.countAll, range(from: start))
  }

  /// `<exists expression>` or a call of the function `exists`.
  private mutating func parseExists() throws(QueryError) -> Expression {
    switch peek() {
    case .leftBrace:
      return try parseSubqueryExpression { .exists($0) }
    case .leftParen:
      let start = token.start
      let name = takeName()
      return try parseFunctionArguments(of: name, from: start)
    default:
      advance()
      throw unexpected("`{` or `(`")
    }
  }
}
