import DossierSyntax

/// Queries: unions, the order of clauses, and the clauses that only read.
extension Binder {
  /// Binds the parts of a union; all have the same columns.
  func bind(_ query: Query, isSubquery: Bool) throws(QueryError) -> BoundQuery {
    let imports = isSubquery ? visibleSlots : []
    let all = query.unions.first?.all ?? false
    if let other = query.unions.first(where: { $0.all != all }) {
      throw QueryError(
        .invalidClauseComposition, "`UNION` and `UNION ALL` cannot be mixed", at: other.range,
        help: "use the same kind of union throughout")
    }
    var parts: [BoundSingleQuery] = []
    for part in query.parts {
      let outer = (frames, queryFrame)
      let outerRecord = record
      frames.append(Scope())
      queryFrame = frames.count - 1
      defer {
        (frames, queryFrame) = outer
        record = outerRecord
      }
      parts.append(try bind(part, isSubquery: isSubquery))
    }
    guard let first = parts.first else {
      throw QueryError(.unexpectedSyntax, "the query has no clause", at: query.range)
    }
    var columns = first.columns
    if parts.count > 1 {
      for index in parts.indices.dropFirst() {
        let range = query.parts[index].clauses.last?.range ?? query.parts[index].range
        try align(&parts[index], with: first, at: range)
      }
      columns = first.columns.enumerated().map { position, column in
        let type = parts.map { slots.type(of: $0.columns[position].slot) }
          .reduce(StaticType.null) { $0.joined(with: $1) }
        return (column.name, slots.add(type, named: column.name))
      }
    }
    return BoundQuery(parts: parts, all: all, columns: columns, imports: imports)
  }

  /// Puts the columns of a part of a union into the order of the first part.
  private func align(
    _ part: inout BoundSingleQuery, with first: BoundSingleQuery, at range: SourceRange
  ) throws(QueryError) {
    let found = part.columns
    let ordered = first.columns.compactMap { wanted in
      found.first { VariableName($0.name) == VariableName(wanted.name) }
    }
    guard ordered.count == first.columns.count, found.count == first.columns.count else {
      let names = [first.columns, found].map { columns in
        columns.isEmpty ? "nothing" : columns.map { "`\($0.name)`" }.joined(separator: ", ")
      }
      throw QueryError(
        .differentColumnsInUnion,
        "the parts of a union return different columns: \(names[0]) and \(names[1])", at: range,
        help: "give the columns the same names with `AS`")
    }
    part.columns = ordered
  }

  private func bind(
    _ query: SingleQuery, isSubquery: Bool
  ) throws(QueryError) -> BoundSingleQuery {
    try checkComposition(of: query, isSubquery: isSubquery)
    var bound: [BoundClause] = []
    var columns: [(name: String, slot: Slot)] = []
    for clause in query.clauses {
      switch clause {
      case .match(let match): bound.append(try bind(match))
      case .unwind(let unwind): bound.append(try bind(unwind))
      case .loadCSV(let load): bound.append(try bind(load))
      case .with(let projection):
        bound.append(.project(try bind(projection, isReturn: false)))
      case .return(let projection):
        let result = try bind(projection, isReturn: true)
        columns = result.columns
        bound.append(.project(result))
      case .create(let create): bound.append(try bind(create))
      case .merge(let merge): bound.append(try bind(merge))
      case .set(let set): bound.append(.set(try bind(set.items)))
      case .remove(let remove): bound.append(.set(try bind(remove.items)))
      case .delete(let delete): bound.append(try bind(delete))
      case .call(let call): bound.append(.call(try bindInQuery(call)))
      }
    }
    var returns = false
    if case .return = query.clauses.last { returns = true }
    return BoundSingleQuery(clauses: bound, columns: columns, returns: returns)
  }

  // MARK: Order of clauses

  /// `(reading … updating … WITH) … reading … (RETURN | updating … [RETURN])`.
  private func checkComposition(
    of query: SingleQuery, isSubquery: Bool
  ) throws(QueryError) {
    var update: Clause?
    for (index, clause) in query.clauses.enumerated() {
      switch clause {
      case .match, .unwind, .loadCSV, .call:
        if let update {
          throw QueryError(
            .unexpectedSyntax,
            "`WITH` is required between `\(update.keyword)` and `\(clause.keyword)`",
            at: clause.range, help: "write `WITH *` before `\(clause.keyword)`")
        }
      case .with: update = nil
      case .return:
        if index != query.clauses.count - 1 {
          throw QueryError(
            .unexpectedSyntax, "`RETURN` must be the last clause of a query", at: clause.range,
            help: "use `WITH` to go on")
        }
      case .create, .merge, .set, .remove, .delete:
        if isSubquery {
          throw QueryError(
            .invalidClauseComposition, "`\(clause.keyword)` cannot stand in a subquery expression",
            at: clause.range, help: "subqueries of expressions only read")
        }
        if why != nil { throw writesUnderWhy(clause.keyword, at: clause.range) }
        if systemTime != nil { throw writesInThePast(clause) }
        if trust != nil { throw writesUnderTrust(clause.keyword, at: clause.range) }
        if statementValidTime != nil {
          throw QueryError(
            .invalidClauseComposition,
            "`\(clause.keyword)` cannot stand in a statement that reads as of a valid time",
            at: clause.range,
            help: "write without `FOR VALID_TIME` (in the shell: `:as-of off`); find with"
              + " `MATCH … AS OF …`, and end a fact with `SET r.to = date(…)`")
        }
        update = clause
        writes = true
      }
    }
    guard !isSubquery, let last = query.clauses.last else { return }
    switch last {
    case .match, .unwind, .loadCSV, .with:
      throw QueryError(
        .unexpectedSyntax, "a query cannot end with `\(last.keyword)`", at: last.range,
        help: "end it with `RETURN` or with an updating clause")
    default: return
    }
  }

  // MARK: Reading clauses

  private func bind(_ match: MatchClause) throws(QueryError) -> BoundClause {
    let validTime = try bindValidTime(match.validTime)
    var graph = try bindPattern(match.pattern.paths, introducing: true)
    restrict(&graph, to: validTime)
    restrictToTrusted(&graph)
    if match.contemporaneous { shareInstant(&graph, in: validTime?.window) }
    if let predicate = match.predicate {
      graph.predicates += try bindConjuncts(predicate)
    }
    return .match(graph, optional: match.optional)
  }

  private func bind(_ unwind: UnwindClause) throws(QueryError) -> BoundClause {
    let list = try bind(unwind.list)
    try checkUnbound(unwind.variable)
    let type = list.type.isList ? list.type.element : list.type
    let element = slots.add(type, named: unwind.variable.text)
    declare(unwind.variable, element, type)
    return .unwind(list: list.expression, element: element)
  }

  /// Makes a variable visible to the clauses that follow.
  func declare(_ name: Name, _ slot: Slot, _ type: StaticType) {
    frames[queryFrame].declare(Variable(name: VariableName(name.text), slot: slot, type: type))
  }

  /// Errors: `variableAlreadyBound`.
  func checkUnbound(_ name: Name) throws(QueryError) {
    if try resolve(name.text, at: name.range) != nil {
      throw alreadyBound(name)
    }
  }

  func alreadyBound(_ name: Name, help: String? = nil) -> QueryError {
    QueryError(
      .variableAlreadyBound, "variable `\(name.text)` is bound already", at: name.range,
      label: "bound before", help: help ?? "choose another name")
  }
}

extension Clause {
  /// The keyword that opens the clause.
  var keyword: String {
    switch self {
    case .match(let match): match.optional ? "OPTIONAL MATCH" : "MATCH"
    case .unwind: "UNWIND"
    case .loadCSV: "LOAD CSV"
    case .with: "WITH"
    case .return: "RETURN"
    case .create: "CREATE"
    case .merge: "MERGE"
    case .set: "SET"
    case .remove: "REMOVE"
    case .delete(let delete): delete.detach ? "DETACH DELETE" : "DELETE"
    case .call: "CALL"
    }
  }
}
