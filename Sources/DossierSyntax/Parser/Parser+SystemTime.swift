extension Parser {
  /// `<statement system time>`: nil where there is none.
  mutating func parseStatementSystemTime() throws(QueryError) -> Expression? {
    guard at(.for), peek() == .keyword(.systemTime) else { return nil }
    advance()
    advance()
    guard consume(if: .as) else { throw unexpected("`AS OF`") }
    try expect(.of)
    return try parseArithmeticExpression()
  }
}
