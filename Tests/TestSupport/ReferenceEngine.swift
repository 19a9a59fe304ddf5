import DossierSyntax

/// An interpreter of the syntax tree that is slow, short and easy to check by eye.
///
/// It holds the table between clauses as dictionaries, walks the graph element by element and knows
/// nothing of plans. It takes statements that are well formed: what the binder refuses is undefined
/// here. Procedures and temporal values are left out.
public final class ReferenceEngine {
  /// One row of the table between clauses.
  typealias Row = [String: ReferenceValue]

  /// The answer of a statement.
  public struct Answer: Sendable {
    public var columns: [String] = []
    public var rows: [[ReferenceValue]] = []
    /// For each row the number of its place in the order of the last `ORDER BY`; rows that share a
    /// place may change places. All 0 where there is no order.
    public var places: [Int] = []

    public init() {}
  }

  /// Rows with the variables in scope, which an empty table has as well.
  struct Table {
    var variables: [String]
    var rows: [Row]
    var places: [Int] = []
  }

  public internal(set) var graph: ReferenceGraph
  /// Steps that a statement may take; a larger one ends with the detail `TooLarge`.
  public internal(set) var stepsLeft = 0

  public init(_ graph: ReferenceGraph) {
    self.graph = graph
  }

  /// Runs a statement; a failing one leaves the graph as it was. Errors: `ReferenceError`, and
  /// `TooLarge` when it takes more than `steps` steps.
  public func run(_ statement: Statement, steps: Int = 2_000_000) throws -> Answer {
    guard case .query(let query) = statement.body else { throw ReferenceError("Unsupported") }
    let before = graph
    stepsLeft = steps
    do { return try run(query) } catch {
      graph = before
      throw error
    }
  }

  func countStep() throws {
    stepsLeft -= 1
    if stepsLeft < 0 { throw ReferenceError("TooLarge") }
  }

  private func run(_ query: Query) throws -> Answer {
    var answer = Answer()
    for (i, part) in query.parts.enumerated() {
      let table = try run(part, from: Table(variables: [], rows: [[:]]))
      let returns = part.clauses.last.map { if case .return = $0 { true } else { false } } ?? false
      let columns = returns ? table.variables : []
      let rows = table.rows.map { row in columns.map { row[$0] ?? .null } }
      if i == 0 {
        answer.columns = columns
        answer.rows = returns ? rows : []
        answer.places = table.places.isEmpty ? answer.rows.map { _ in 0 } : table.places
        continue
      }
      answer.rows += rows
      if !query.unions[i - 1].all { answer.rows = Self.distinct(answer.rows) { $0 } }
      answer.places = answer.rows.map { _ in 0 }
    }
    return answer
  }

  /// The rows without those whose values all occur before.
  static func distinct<T>(_ rows: [T], by values: (T) -> [ReferenceValue]) -> [T] {
    var seen: Set<String> = []
    return rows.filter { seen.insert(ReferenceValue.list(values($0)).equivalenceKey).inserted }
  }

  // MARK: Clauses

  func run(_ query: SingleQuery, from start: Table) throws -> Table {
    var table = start
    for clause in query.clauses { table = try run(clause, table) }
    return table
  }

  private func run(_ clause: Clause, _ table: Table) throws -> Table {
    switch clause {
    case .match(let match): return try run(match, table)
    case .unwind(let unwind): return try run(unwind, table)
    case .with(let projection), .return(let projection): return try run(projection, table)
    case .create(let create):
      return Table(
        variables: table.variables + Self.variables(of: create.pattern.paths, table.variables),
        rows: try table.rows.map { try self.create(create.pattern.paths, $0) })
    case .merge(let merge):
      return Table(
        variables: table.variables + Self.variables(of: [merge.path], table.variables),
        rows: try table.rows.flatMap { try self.merge(merge, $0) })
    case .set(let set):
      for row in table.rows { try apply(set.items, row) }
    case .remove(let remove):
      for row in table.rows { try apply(remove.items, row) }
    case .delete(let delete): try apply(delete, table.rows)
    case .call, .loadCSV: throw ReferenceError("Unsupported")
    }
    return table
  }

  private func run(_ match: MatchClause, _ table: Table) throws -> Table {
    let new = Self.variables(of: match.pattern.paths, table.variables)
    var rows: [Row] = []
    for row in table.rows {
      let found = try matches(
        match.pattern.paths, match.predicate, row, validTime: match.validTime,
        contemporaneous: match.contemporaneous)
      rows += found
      guard found.isEmpty, match.optional else { continue }
      rows.append(row.merging(new.map { ($0, .null) }) { old, _ in old })
    }
    return Table(variables: table.variables + new, rows: rows)
  }

  private func run(_ unwind: UnwindClause, _ table: Table) throws -> Table {
    var rows: [Row] = []
    for row in table.rows {
      let elements: [ReferenceValue]
      switch try evaluate(unwind.list, row) {
      case .null: elements = []
      case .list(let values): elements = values
      case let value: elements = [value]
      }
      for element in elements {
        try countStep()
        rows.append(row.merging([unwind.variable.text: element]) { _, new in new })
      }
    }
    return Table(variables: table.variables + [unwind.variable.text], rows: rows)
  }

  /// The variables that a pattern adds to those in scope, in the order of the text.
  static func variables(of paths: [PathPattern], _ scope: [String]) -> [String] {
    var names: [String] = []
    for path in paths {
      names += [path.variable?.text].compactMap { $0 }
      names += path.nodes.compactMap { $0.variable?.text }
      names += path.relationships.compactMap { $0.variable?.text }
    }
    var known = Set(scope)
    return names.filter { known.insert($0).inserted }
  }
}
