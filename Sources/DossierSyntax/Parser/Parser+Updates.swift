extension Parser {
  /// `<insert statement>`.
  mutating func parseCreateStatement() throws(QueryError) -> CreateClause {
    let start = token.start
    advance()
    let pattern = try parseGraphPattern(.create)
    try refuseValidTime(behind: "CREATE")
    return CreateClause(pattern: pattern, range: range(from: start))
  }

  /// `<merge statement>`, `<merge action>`.
  mutating func parseMergeStatement() throws(QueryError) -> MergeClause {
    let start = token.start
    advance()
    let path = try parsePathPattern(.merge)
    try refuseValidTime(behind: "MERGE")
    var clause = MergeClause(path: path, onCreate: [], onMatch: [], range: range(from: start))
    while consume(if: .on) {
      if consume(if: .create) {
        try expect(.set)
        clause.onCreate += try parseSetItemList()
      } else if consume(if: .match) {
        try expect(.set)
        clause.onMatch += try parseSetItemList()
      } else {
        throw unexpected("`CREATE` or `MATCH`")
      }
    }
    clause.range = range(from: start)
    return clause
  }

  /// `<set statement>`.
  mutating func parseSetStatement() throws(QueryError) -> SetClause {
    let start = token.start
    advance()
    let items = try parseSetItemList()
    return SetClause(items: items, range: range(from: start))
  }

  /// `<set item list>`.
  private mutating func parseSetItemList() throws(QueryError) -> [SetItem] {
    var items: [SetItem] = []
    repeat {
      items.append(try parseSetItem())
    } while consume(if: .comma)
    return items
  }

  /// `<set item>`, `<set property item>`, `<set all properties item>`, `<add all properties item>`,
  /// `<set label item>`.
  private mutating func parseSetItem() throws(QueryError) -> SetItem {
    if kind.isVariable {
      switch peek() {
      case .colon:
        let variable = takeName()
        return .labels(variable: variable, labels: try parseLabelSet())
      case .equal:
        let variable = takeName()
        advance()
        return .replace(variable: variable, value: try parseValueExpression())
      case .plusEqual:
        let variable = takeName()
        advance()
        return .merge(variable: variable, value: try parseValueExpression())
      default: break
      }
    }
    let (element, key) = try parsePropertyTarget()
    try expect(.equal, "`=`")
    return .property(element: element, key: key, value: try parseValueExpression())
  }

  /// `<property target>`: `element.key` with any element.
  private mutating func parsePropertyTarget() throws(QueryError) -> (Expression, Name) {
    let (expression, suffixCount) = try parsePostfixChain(allowsLabels: false)
    guard suffixCount > 0, case .property(let element, let key) = expression.kind else {
      throw unexpected("`.` and the name of a property")
    }
    return (element, key)
  }

  /// `<remove statement>`, `<remove item list>`.
  mutating func parseRemoveStatement() throws(QueryError) -> RemoveClause {
    let start = token.start
    advance()
    var items: [RemoveItem] = []
    repeat {
      items.append(try parseRemoveItem())
    } while consume(if: .comma)
    return RemoveClause(items: items, range: range(from: start))
  }

  /// `<remove item>`, `<remove property item>`, `<remove label item>`.
  private mutating func parseRemoveItem() throws(QueryError) -> RemoveItem {
    if kind.isVariable, peek() == .colon {
      let variable = takeName()
      return .labels(variable: variable, labels: try parseLabelSet())
    }
    let (element, key) = try parsePropertyTarget()
    return .property(element: element, key: key)
  }

  /// `<delete statement>`, `<delete item list>`.
  mutating func parseDeleteStatement() throws(QueryError) -> DeleteClause {
    let start = token.start
    let detach = consume(if: .detach)
    try expect(.delete)
    var expressions: [Expression] = []
    repeat {
      expressions.append(try parseValueExpression())
    } while consume(if: .comma)
    return DeleteClause(detach: detach, expressions: expressions, range: range(from: start))
  }
}
