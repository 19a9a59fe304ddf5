import DossierSyntax

/// `WHY`.
extension Binder {
  /// The statement with the elements that each row rests on.
  func explained(_ statement: BoundStatement, _ why: SourceRange) -> BoundStatement {
    guard statement.query.parts.contains(where: \.returns) else { return statement }
    var result = statement
    let rewriting = EvidenceRewriting(slots: slots, range: why)
    let (query, evidence) = rewriting.apply(to: statement.query)
    (result.query, result.evidence) = (query, evidence)
    return result
  }

  /// Errors: `columnNameConflict` where the statement returns a column of a name that `WHY` gives.
  func checkColumns(
    of query: BoundQuery, _ body: Statement.Body, _ why: SourceRange
  ) throws(QueryError) {
    let taken = Set(EvidenceColumn.allCases.map { VariableName($0.rawValue) })
    guard let column = query.columns.first(where: { taken.contains(VariableName($0.name)) }) else {
      return
    }
    throw QueryError(
      .columnNameConflict, "`WHY` gives a column `\(column.name)` of its own",
      at: body.range(ofColumn: column.name) ?? why,
      help: "name the column of the statement otherwise with `AS`")
  }

  /// The refusal of a statement that is to say why and writes.
  func writesUnderWhy(_ part: String, at range: SourceRange) -> QueryError {
    QueryError(
      .invalidClauseComposition, "`\(part)` changes the graph, and `WHY` explains answers only",
      at: range, help: "write without `WHY`")
  }
}

extension Statement.Body {
  /// Where the first query returns a column.
  fileprivate func range(ofColumn name: String) -> SourceRange? {
    switch self {
    case .standaloneCall(let call):
      return call.yields?.first { VariableName(($0.alias ?? $0.field).text) == VariableName(name) }
        .map { ($0.alias ?? $0.field).range }
    case .query(let query):
      guard case .return(let projection)? = query.parts.first?.clauses.last else { return nil }
      let item = projection.items.first { item in
        if let alias = item.alias { return VariableName(alias.text) == VariableName(name) }
        return VariableName(item.text) == VariableName(name)
      }
      return item.map { $0.alias?.range ?? $0.expression.range } ?? projection.range
    }
  }
}
