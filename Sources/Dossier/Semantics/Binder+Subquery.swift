import DossierSyntax

/// Queries and patterns inside expressions: they see the row around them and are planned at once.
extension Binder {
  /// `(a)-->(b)` as a boolean: it may not bring in variables.
  func bindPatternPredicate(
    _ path: PathPattern, _ range: SourceRange
  ) throws(QueryError) -> BoundExpression {
    .exists(
      try subquery { () throws(QueryError) in
        try self.bindPattern([path], introducing: false)
      })
  }

  func bindExists(
    _ subquery: Subquery, _ range: SourceRange
  ) throws(QueryError) -> TypedExpression {
    TypedExpression(.exists(try bind(subquery)), .boolean)
  }

  func bindCount(
    _ subquery: Subquery, _ range: SourceRange
  ) throws(QueryError) -> TypedExpression {
    TypedExpression(.count(try bind(subquery)), .integer)
  }

  private func bind(_ subquery: Subquery) throws(QueryError) -> LogicalOperator {
    switch subquery {
    case .pattern(let pattern, let predicate):
      return try self.subquery { () throws(QueryError) in
        var graph = try self.bindPattern(pattern.paths, introducing: true)
        if let predicate { graph.predicates += try self.bindConjuncts(predicate) }
        return graph
      }
    case .query(let query):
      let bound = try within(context.forSubquery) { () throws(QueryError) in
        try bind(query, isSubquery: true)
      }
      return planSubquery(bound, slots)
    }
  }

  func bindPatternComprehension(
    _ comprehension: PatternComprehension, _ range: SourceRange
  ) throws(QueryError) -> TypedExpression {
    try refuseAggregates(in: comprehension.predicate, comprehension.projection)
    var projection = TypedExpression(.constant(.null), .null)
    let plan = try subquery(comprehension.validTime) { () throws(QueryError) in
      var graph = try self.bindPattern([comprehension.path], introducing: true)
      if let predicate = comprehension.predicate {
        graph.predicates += try self.bindConjuncts(predicate)
      }
      projection = try self.bind(comprehension.projection)
      return graph
    }
    return TypedExpression(
      .collect(plan, projection: projection.expression), .list(projection.type))
  }

  /// `shortestPath(…)` as a value: a path or null; `allShortestPaths(…)`: a list of paths.
  func bindShortestPath(
    _ path: PathPattern, _ range: SourceRange
  ) throws(QueryError) -> TypedExpression {
    var found: QueryGraph.NamedPath?
    let plan = try subquery { () throws(QueryError) in
      var anonymous = path
      anonymous.variable = nil
      let graph = try self.bindPattern([anonymous], introducing: false)
      found = graph.relationships.first.map {
        QueryGraph.NamedPath(slot: $0.slot, start: $0.left, steps: [$0.slot])
      }
      return graph
    }
    guard let found else {
      throw QueryError(.internalError, "a shortest path without a path", at: range)
    }
    let paths = BoundExpression.collect(
      plan, projection: .path(start: found.start, steps: found.steps))
    if path.selector == .allShortestPaths { return TypedExpression(paths, .list(.path)) }
    return TypedExpression(.index(paths, .constant(.integer(0)), range), .path)
  }

  /// Plans the graph that `body` binds in a scope of its own, restricted to a time.
  private func subquery(
    _ restriction: ValidTimeRestriction? = nil, _ body: () throws(QueryError) -> QueryGraph
  ) throws(QueryError) -> LogicalOperator {
    let imports = visibleSlots
    let validTime = try bindValidTime(restriction)
    var graph = try within(context.forSubquery) { () throws(QueryError) in
      let outer = queryFrame
      queryFrame = frames.count
      defer { queryFrame = outer }
      return try nested(Scope(), body)
    }
    restrict(&graph, to: validTime)
    restrictToTrusted(&graph)
    let query = BoundQuery(
      parts: [
        BoundSingleQuery(clauses: [.match(graph, optional: false)], columns: [], returns: false)
      ],
      all: false, columns: [], imports: imports)
    return planSubquery(query, slots)
  }
}
