import DossierSyntax

/// `WITH` and `RETURN`: items, grouping, and the scope that follows.
extension Binder {
  /// Binds a projection and replaces the scope by its columns.
  func bind(
    _ clause: ProjectionClause, isReturn: Bool
  ) throws(QueryError) -> BoundProjection {
    let items = try expand(clause, isReturn: isReturn)
    var draft = ProjectionDraft()
    let aggregates = items.map { $0.expression.firstAggregate(in: functions) }
    draft.isAggregating = aggregates.contains { $0 != nil }
    draft.items = try bindItems(items, aggregates)
    try bindAggregating(items, aggregates, &draft)
    let columns = items.indices.map { columnSlot(of: items[$0], $0, &draft) }
    var output = Scope()
    for (item, column) in zip(items, columns) {
      output.declare(
        Variable(
          name: VariableName(item.name.text), slot: column.slot,
          type: draft.items[column.item].type))
    }
    var result = BoundProjection(
      aggregation: nil, items: draft.projected, distinct: clause.distinct, orderBy: [],
      skip: try bindRowCount(clause.skip, "SKIP"), limit: try bindRowCount(clause.limit, "LIMIT"),
      predicates: [], columns: zip(items, columns).map { ($0.name.text, $1.slot) })
    try bindTail(of: clause, items, output, draft, &result)
    if !isReturn { try checkAliases(of: clause) }
    if draft.isAggregating {
      result.aggregation = BoundAggregation(
        keys: draft.keys, aggregates: draft.grouping.aggregates)
    }
    scope = output
    return result
  }

  // MARK: Items

  /// The items with their names, `*` written out in code point order.
  private func expand(
    _ clause: ProjectionClause, isReturn: Bool
  ) throws(QueryError) -> [NamedItem] {
    var items: [NamedItem] = []
    if clause.includesAll {
      let variables = scope.variables.sorted { $0.name < $1.name }
      if variables.isEmpty, isReturn {
        throw QueryError(
          .noVariablesInScope, "`RETURN *` has nothing to return: no variable is in scope",
          at: clause.range, help: "name a part of the pattern, as in `MATCH (n)`")
      }
      for variable in variables {
        items.append(
          NamedItem(
            Name(variable.name.text, clause.range),
            Expression(.variable(variable.name.text), clause.range)))
      }
    }
    for item in clause.items { items.append(named(item)) }
    var names: Set<VariableName> = []
    for item in items where !names.insert(VariableName(item.name.text)).inserted {
      throw QueryError(
        .columnNameConflict, "two columns have the name `\(item.name.text)`", at: item.name.range,
        help: "name one of them otherwise with `AS`")
    }
    return items
  }

  private func named(_ item: ProjectionItem) -> NamedItem {
    if let alias = item.alias { return NamedItem(alias, item.expression) }
    if case .variable(let name) = item.expression.kind {
      return NamedItem(Name(name, item.expression.range), item.expression)
    }
    return NamedItem(Name(item.text, item.expression.range), item.expression)
  }

  /// Errors: `noExpressionAlias`. Comes last: what an expression means is the graver question.
  private func checkAliases(of clause: ProjectionClause) throws(QueryError) {
    for item in clause.items where item.alias == nil {
      if case .variable = item.expression.kind { continue }
      throw QueryError(
        .noExpressionAlias, "an expression in `WITH` needs a name", at: item.expression.range,
        label: "no name", help: "add `AS name`")
    }
  }

  /// Binds the items without aggregates; the others are left empty.
  private func bindItems(
    _ items: [NamedItem], _ aggregates: [Expression?]
  ) throws(QueryError) -> [TypedExpression] {
    var bound: [TypedExpression] = []
    for (item, aggregate) in zip(items, aggregates) {
      bound.append(
        aggregate == nil
          ? try bind(item.expression) : TypedExpression(.constant(.null), .null))
    }
    return bound
  }

  /// Makes grouping keys of the plain items and binds the items with aggregates over them.
  private func bindAggregating(
    _ items: [NamedItem], _ aggregates: [Expression?], _ draft: inout ProjectionDraft
  ) throws(QueryError) {
    guard draft.isAggregating else { return }
    var inner = context
    inner.grouping = draft.grouping
    var grouped: Set<VariableName> = []
    var known: SlotSet = []
    for index in items.indices where aggregates[index] == nil {
      let value = draft.items[index]
      let slot = value.slot ?? slots.add(value.type, named: items[index].name.text)
      if known.insert(slot).inserted { draft.keys.append((slot, value.expression)) }
      draft.items[index] = TypedExpression(.slot(slot), value.type)
      guard items[index].expression.isSimpleGroupingKey else { continue }
      inner.replacements[ExpressionKey(items[index].expression)] = draft.items[index]
      if case .variable(let name) = items[index].expression.kind {
        grouped.insert(VariableName(name))
      }
    }
    inner.barrier = GroupingBarrier(frame: queryFrame, grouped: grouped)
    for index in items.indices where aggregates[index] != nil {
      draft.items[index] = try within(inner) { () throws(QueryError) in
        try bind(items[index].expression)
      }
    }
  }

  /// The slot of a column: that of the input where the item is nothing more.
  private func columnSlot(
    of item: NamedItem, _ index: Int, _ draft: inout ProjectionDraft
  ) -> (slot: Slot, item: Int) {
    let value = draft.items[index]
    if let slot = value.slot {
      slots.name(slot, item.name.text)
      return (slot, index)
    }
    let slot = slots.add(value.type, named: item.name.text)
    draft.projected.append((slot, value.expression))
    draft.items[index] = TypedExpression(.slot(slot), value.type)
    return (slot, index)
  }

  // MARK: SKIP and LIMIT

  private func bindRowCount(
    _ count: Expression?, _ keyword: String
  ) throws(QueryError) -> (expression: BoundExpression, range: SourceRange)? {
    guard let count else { return nil }
    let readsRow = count.first { part in
      switch part.kind {
      case .variable, .patternPredicate, .patternComprehension, .exists, .count, .shortestPath:
        true
      default: false
      }
    }
    if let readsRow {
      throw QueryError(
        .nonConstantExpression, "`\(keyword)` cannot depend on a row", at: readsRow.range,
        help: "use a number, a parameter or a computation with them")
    }
    let bound = try within(ExpressionContext()) { () throws(QueryError) in try bind(count) }
    if case .integer(let number) = bound.constant, number < 0 {
      throw QueryError(
        .negativeIntegerArgument, "`\(keyword)` needs an integer of at least 0", at: count.range,
        label: "negative")
    }
    guard bound.type.canBe(.integer), bound.type != .null else {
      throw QueryError(
        .invalidArgumentType,
        "`\(keyword)` needs an integer of at least 0, found \(bound.type.title)", at: count.range,
        label: bound.type.title)
    }
    return (bound.expression, count.range)
  }
}

/// A projected expression and the name of its column.
struct NamedItem {
  var name: Name
  var expression: Expression

  init(_ name: Name, _ expression: Expression) {
    self.name = name
    self.expression = expression
  }
}

/// A projection while its parts are bound.
struct ProjectionDraft {
  var isAggregating = false
  /// The values of the items; in the end all are slots.
  var items: [TypedExpression] = []
  let grouping = Grouping()
  var keys: [(slot: Slot, expression: BoundExpression)] = []
  var projected: [(slot: Slot, expression: BoundExpression)] = []
}
