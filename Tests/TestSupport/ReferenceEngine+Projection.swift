import DossierSyntax

/// `WITH` and `RETURN`: grouping, duplicates, order, and a window of the rows.
extension ReferenceEngine {
  /// A projected row and what its `ORDER BY` and `WHERE` may look at besides.
  private struct Projected {
    var row: Row
    var environment: Row
    var group: [Row]?
    var sortKeys: [ReferenceValue] = []
  }

  func run(_ clause: ProjectionClause, _ table: Table) throws -> Table {
    var items: [(name: String, expression: Expression)] = []
    if clause.includesAll {
      items += table.variables.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        .map { ($0, Expression(.variable($0), clause.range)) }
    }
    items += clause.items.map { ($0.columnName, $0.expression) }
    var projected = try project(items, table)
    if clause.distinct {
      projected = Self.distinct(projected) { row in items.map { row.row[$0.name] ?? .null } }
    }
    let places = try sort(&projected, clause.orderBy)
    let window = try window(clause, count: projected.count)
    var rows: [Projected] = []
    var kept: [Int] = []
    for i in window {
      if let predicate = clause.predicate {
        let environment = projected[i].environment.merging(projected[i].row) { _, new in new }
        guard try isTrue(predicate, environment) else { continue }
      }
      rows.append(projected[i])
      kept.append(places[i])
    }
    return Table(variables: items.map(\.name), rows: rows.map(\.row), places: kept)
  }

  /// The projected rows: one per row, or one per group where an item aggregates.
  private func project(
    _ items: [(name: String, expression: Expression)], _ table: Table
  ) throws -> [Projected] {
    guard items.contains(where: { $0.expression.aggregates }) else {
      return try table.rows.map { row in
        Projected(
          row: try values(items) { try evaluate($0, row) }, environment: row, group: nil)
      }
    }
    let keys = items.filter { !$0.expression.aggregates }
    var groups: [(key: String, rows: [Row])] = keys.isEmpty ? [("", [])] : []
    for row in table.rows {
      try countStep()
      let key =
        keys.isEmpty
        ? ""
        : ReferenceValue.list(try keys.map { try evaluate($0.expression, row) }).equivalenceKey
      if let known = groups.firstIndex(where: { $0.key == key }) {
        groups[known].rows.append(row)
      } else {
        groups.append((key, [row]))
      }
    }
    return try groups.map { group in
      let first = group.rows.first ?? [:]
      return Projected(
        row: try values(items) { try evaluate($0, first, group: group.rows) },
        environment: first, group: group.rows)
    }
  }

  private func values(
    _ items: [(name: String, expression: Expression)],
    _ evaluate: (Expression) throws -> ReferenceValue
  ) rethrows -> Row {
    var row: Row = [:]
    for item in items { row[item.name] = try evaluate(item.expression) }
    return row
  }

  // MARK: Order and window

  /// Sorts the rows and gives each the number of its place; equal rows share one.
  private func sort(_ rows: inout [Projected], _ items: [SortItem]) throws -> [Int] {
    guard !items.isEmpty else { return rows.map { _ in 0 } }
    for i in rows.indices {
      let environment = rows[i].environment.merging(rows[i].row) { _, new in new }
      rows[i].sortKeys = try items.map {
        try evaluate($0.expression, environment, group: rows[i].group)
      }
    }
    let precedence = { (a: Projected, b: Projected) -> Int in
      for (i, item) in items.enumerated() {
        let order = ReferenceValue.order(a.sortKeys[i], b.sortKeys[i])
        if order != 0 { return item.descending ? -order : order }
      }
      return 0
    }
    rows.sort { precedence($0, $1) < 0 }
    var places: [Int] = []
    for i in rows.indices {
      let isNew = i > 0 && precedence(rows[i - 1], rows[i]) != 0
      places.append((places.last ?? 0) + (isNew ? 1 : 0))
    }
    return places
  }

  /// The rows that `SKIP` and `LIMIT` leave.
  private func window(_ clause: ProjectionClause, count: Int) throws -> Range<Int> {
    let skip = try clause.skip.map { try rowCount($0) } ?? 0
    let limit = try clause.limit.map { try rowCount($0) } ?? count
    let start = min(skip, count)
    return start..<min(start + min(limit, count), count)
  }

  private func rowCount(_ expression: Expression) throws -> Int {
    guard case .integer(let count) = try evaluate(expression, [:]) else {
      throw ReferenceError.type
    }
    guard count >= 0 else { throw ReferenceError("NegativeIntegerArgument") }
    return Int(count)
  }
}

extension ProjectionItem {
  /// The alias, the variable, or the text as written.
  var columnName: String {
    if let alias { return alias.text }
    if case .variable(let name) = expression.kind { return name }
    return text
  }
}
