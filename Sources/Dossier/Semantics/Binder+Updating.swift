import DossierSyntax

/// `SET`, `REMOVE` and `DELETE`.
extension Binder {
  func bind(_ items: [SetItem]) throws(QueryError) -> [BoundSetItem] {
    try items.mapTyped { item throws(QueryError) in
      switch item {
      case .property(let element, let key, let value):
        let target = try bindElement(element)
        return .property(
          target, key: key.text, value: try bind(value).expression,
          element.range.union(value.range))
      case .replace(let variable, let value):
        let target = try bindElement(variable)
        return .replace(target, value: try bindProperties(value), variable.range.union(value.range))
      case .merge(let variable, let value):
        let target = try bindElement(variable)
        return .merge(target, value: try bindProperties(value), variable.range.union(value.range))
      case .labels(let variable, let labels):
        return .addLabels(
          try bindLabelled(variable), labels.map(\.text), variable.range(with: labels))
      }
    }
  }

  func bind(_ items: [RemoveItem]) throws(QueryError) -> [BoundSetItem] {
    try items.mapTyped { item throws(QueryError) in
      switch item {
      case .property(let element, let key):
        return .property(
          try bindElement(element), key: key.text, value: .constant(.null),
          element.range.union(key.range))
      case .labels(let variable, let labels):
        return .removeLabels(
          try bindLabelled(variable), labels.map(\.text), variable.range(with: labels))
      }
    }
  }

  private func bindElement(_ element: Expression) throws(QueryError) -> BoundExpression {
    let value = try bind(element)
    try check(value, canBe: [.node, .relationship], at: element.range)
    return value.expression
  }

  private func bindElement(_ variable: Name) throws(QueryError) -> BoundExpression {
    try bindElement(Expression(.variable(variable.text), variable.range))
  }

  private func bindLabelled(_ variable: Name) throws(QueryError) -> BoundExpression {
    let value = try bind(Expression(.variable(variable.text), variable.range))
    try check(value, canBe: [.node], at: variable.range)
    return value.expression
  }

  /// A value whose properties are taken.
  private func bindProperties(_ value: Expression) throws(QueryError) -> BoundExpression {
    let bound = try bind(value)
    try check(bound, canBe: [.map, .node, .relationship], at: value.range)
    return bound.expression
  }

  func bind(_ delete: DeleteClause) throws(QueryError) -> BoundClause {
    let expressions = try delete.expressions.mapTyped { expression throws(QueryError) in
      if case .hasLabels(_, let labels) = expression.kind {
        throw QueryError(
          .invalidDelete, "`DELETE` deletes nodes and relationships, not labels or types",
          at: expression.range,
          help: labels.first.map { "to remove a label write `REMOVE n:\($0.text)`" })
      }
      let value = try bind(expression)
      try check(value, canBe: [.node, .relationship, .path], at: expression.range)
      return (expression: value.expression, range: expression.range)
    }
    return .delete(expressions, detach: delete.detach)
  }
}

extension Name {
  fileprivate func range(with labels: [Name]) -> SourceRange {
    labels.reduce(range) { $0.union($1.range) }
  }
}
