extension Parser {
  /// `<return statement>`.
  mutating func parseReturnStatement() throws(QueryError) -> ProjectionClause {
    let start = token.start
    advance()
    let clause = try parseProjectionBody(from: start)
    if at(.where) {
      throw unexpected(
        "a clause or the end of the statement",
        help: "`WHERE` belongs to `MATCH` and `WITH`; write `WITH … WHERE … RETURN …`")
    }
    return clause
  }

  /// `<with statement>`.
  mutating func parseWithStatement() throws(QueryError) -> ProjectionClause {
    let start = token.start
    advance()
    var clause = try parseProjectionBody(from: start)
    clause.predicate = try parseWhereClause()
    clause.range = range(from: start)
    return clause
  }

  /// `<return statement body>`, `<return item list>`, `<order by and page statement>`, `<skip
  /// clause>`, `<limit clause>`.
  private mutating func parseProjectionBody(
    from start: Int
  ) throws(QueryError) -> ProjectionClause {
    let distinct = consume(if: .distinct)
    let includesAll = consume(if: .asterisk)
    var items: [ProjectionItem] = []
    if !includesAll || consume(if: .comma) {
      repeat {
        items.append(try parseReturnItem())
      } while consume(if: .comma)
    }
    let orderBy = try parseOrderByClause()
    let skip = consume(if: .skip) ? try parseValueExpression() : nil
    let limit = consume(if: .limit) ? try parseValueExpression() : nil
    if limit != nil, at(.skip) {
      throw unexpected("a clause or the end of the statement", help: "write `SKIP` before `LIMIT`")
    }
    return ProjectionClause(
      distinct: distinct, includesAll: includesAll, items: items, orderBy: orderBy, skip: skip,
      limit: limit, predicate: nil, range: range(from: start))
  }

  /// `<return item>`, `<return item alias>`.
  private mutating func parseReturnItem() throws(QueryError) -> ProjectionItem {
    let start = token.start
    let expression = try parseValueExpression()
    let source = text.string(in: range(from: start))
    let alias = consume(if: .as) ? try expectVariable("a name for the column") : nil
    return ProjectionItem(expression: expression, alias: alias, text: source)
  }

  /// `<order by clause>`, `<sort specification list>`.
  private mutating func parseOrderByClause() throws(QueryError) -> [SortItem] {
    guard consume(if: .order) else { return [] }
    try expect(.by)
    var items: [SortItem] = []
    repeat {
      items.append(try parseSortSpecification())
    } while consume(if: .comma)
    return items
  }

  /// `<sort specification>`, `<ordering specification>`.
  private mutating func parseSortSpecification() throws(QueryError) -> SortItem {
    let expression = try parseValueExpression()
    if consume(if: .desc) || consume(if: .descending) {
      return SortItem(expression: expression, descending: true)
    }
    if !consume(if: .asc) { _ = consume(if: .ascending) }
    return SortItem(expression: expression, descending: false)
  }
}
