extension Parser {
  /// The one restriction that a text holds: `AS OF …` or `BETWEEN … AND …`. O(n).
  public static func parseValidTimeRestriction(
    _ text: SourceText
  ) throws(QueryError) -> ValidTimeRestriction {
    var parser = Parser(text, in: text.range)
    do throws(QueryError) {
      guard let restriction = try parser.parseValidTimeRestriction() else {
        throw parser.unexpected("`AS OF` or `BETWEEN`")
      }
      guard parser.kind == .endOfText else {
        throw parser.unexpected("the end of the restriction")
      }
      return restriction
    } catch {
      throw text.locating(error)
    }
  }

  /// `<statement valid time>`: nil where there is none.
  mutating func parseStatementValidTime() throws(QueryError) -> ValidTimeRestriction? {
    guard consume(if: .for) else { return nil }
    guard consume(if: .validTime) else { throw unexpected("`SYSTEM_TIME` or `VALID_TIME`") }
    guard let restriction = try parseValidTimeRestriction() else {
      throw unexpected("`AS OF` or `BETWEEN`")
    }
    guard !(at(.for) && peek() == .keyword(.systemTime)) else {
      throw QueryError(
        .unexpectedSyntax, "`FOR SYSTEM_TIME` stands before `FOR VALID_TIME`", at: token.range)
    }
    return restriction
  }

  /// `<valid time restriction>`: nil where there is none.
  mutating func parseValidTimeRestriction() throws(QueryError) -> ValidTimeRestriction? {
    let start = token.start
    if consume(if: .as) {
      try expect(.of)
      let instant = try parseArithmeticExpression()
      return ValidTimeRestriction(.asOf(instant), range(from: start))
    }
    guard consume(if: .between) else { return nil }
    let first = try parseArithmeticExpression()
    try expect(.and)
    let last = try parseArithmeticExpression()
    return ValidTimeRestriction(.between(first, last), range(from: start))
  }

  /// Refuses a restriction where a pattern is to be written.
  func refuseValidTime(behind clause: String) throws(QueryError) {
    guard at(.as) && peek() == .keyword(.of) || at(.between) else { return }
    throw QueryError(
      .unexpectedSyntax, "`\(clause)` takes no valid time: what it writes holds by its properties",
      at: token.range, help: "find with `MATCH … AS OF …`; write the bounds as properties")
  }
}
