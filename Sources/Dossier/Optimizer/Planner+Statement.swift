import DossierSyntax

extension Planner {
  /// Binds, plans and optimises a statement.
  ///
  /// `parameterNames` are the parameters that have values; nil when that is not known yet. `trust` is
  /// the weakest claim that patterns see.
  /// Errors: all compile-time codes of the error table; positions are those of `source`.
  static func plan(
    _ statement: Statement, source: SourceText, functions: FunctionRegistry,
    procedures: [String: ProcedureDefinition], parameterNames: Set<String>?,
    statistics: any GraphStatistics, rules: OptimizerRules = .all, trust: ClaimMode? = nil
  ) throws(QueryError) -> LogicalPlan {
    let model = CardinalityModel(statistics: statistics)
    let order: PatternOrder = rules.contains(.patternOrder) ? .cheapest : .asWritten
    let binder = Binder(
      functions: functions, procedures: procedures, parameterNames: parameterNames
    ) { query, slots in
      let planner = Planner(model: model, order: order, functions: functions, slots: slots)
      return Optimizer(rules: rules, slots: slots, model: model)
        .optimize(planner.plan(merged(query, rules, slots)), argument: query.imports)
    }
    binder.trust = trust
    if !statement.body.mayWrite { binder.dated = statistics.datedElements }
    let bound: BoundStatement
    do throws(QueryError) {
      try statement.body.requireModerateLength()
      bound = try binder.bind(statement)
    } catch {
      throw error.located(in: source)
    }
    let planner = Planner(model: model, order: order, functions: functions, slots: bound.slots)
    let root = Optimizer(rules: rules, slots: bound.slots, model: model)
      .optimize(
        planner.plan(
          statement: merged(bound.query, rules, bound.slots), evidence: bound.evidence),
        argument: [])
    return LogicalPlan(
      root: root, slotCount: bound.slots.count,
      columns: root.columnNames, writes: bound.writes, mode: bound.mode,
      systemTime: bound.systemTime, trust: trust,
      slotNames: bound.slots.namedSlots, seekKeys: bound.slots.seekKeys,
      estimates: bound.mode == .run ? [] : model.estimates(of: root))
  }
}

extension Statement.Body {
  /// Whether the graph may change while the statement runs.
  fileprivate var mayWrite: Bool {
    guard case .query(let query) = self else { return true }
    return query.parts.contains { part in
      part.clauses.contains { clause in
        switch clause {
        case .create, .merge, .set, .remove, .delete, .call: true
        default: false
        }
      }
    }
  }
}

extension Statement.Body {
  /// How many clauses a statement may have; each part of a `MATCH` beyond its first counts as one.
  private static let clauseLimit = 2_000

  /// Refuses more clauses than can be planned in moderate time. `CREATE` after `CREATE` does not count:
  /// exported graphs are long scripts of these.
  fileprivate func requireModerateLength() throws(QueryError) {
    guard case .query(let query) = self else { return }
    var count = 0
    for part in query.parts {
      var isCreating = false
      for clause in part.clauses {
        let wasCreating = isCreating
        isCreating = if case .create = clause { true } else { false }
        if isCreating && wasCreating { continue }
        if case .match(let match) = clause { count += match.pattern.paths.count - 1 }
        count += 1
        guard count > Self.clauseLimit else { continue }
        throw QueryError(
          .nestingTooDeep, "the statement has more than \(Self.clauseLimit) clauses",
          at: clause.range, help: "divide it into several statements")
      }
    }
  }
}

/// The query with neighbouring `MATCH` clauses merged.
private func merged(
  _ query: BoundQuery, _ rules: OptimizerRules, _ slots: SlotTable
) -> BoundQuery {
  guard rules.contains(.mergeMatches), rules.contains(.patternOrder) else { return query }
  return MergeMatchesRule(errorFreedom: ErrorFreedom(slots: slots)).apply(to: query)
}

extension QueryError {
  /// The error with line and column filled in.
  fileprivate func located(in source: SourceText) -> QueryError {
    var error = self
    for index in error.diagnostics.indices where error.diagnostics[index].position == nil {
      if let range = error.diagnostics[index].range {
        error.diagnostics[index].position = source.position(of: range.start)
      }
    }
    return error
  }
}
