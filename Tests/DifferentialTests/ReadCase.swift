import Dossier
import DossierSyntax
import TestSupport

/// A graph and a query over it, to be answered by both engines.
struct ReadCase {
  var graph: ReferenceGraph
  var text: String
  /// Columns whose lists have no order of their own.
  var bagColumns: Set<String>

  /// What the reference engine may take for one query; in debug builds well under a second.
  private static let steps = 60_000

  init(seed: UInt64) {
    var graphs = GraphGenerator(seed: seed)
    graph = graphs.graphOfStatements()
    var queries = QueryGenerator(seed: seed, relationshipCount: graph.relationships.count)
    let query = queries.query()
    text = query.text
    bagColumns = query.bagColumns
  }

  init(graph: ReferenceGraph, text: String, bagColumns: Set<String> = []) {
    self.graph = graph
    self.text = text
    self.bagColumns = bagColumns
  }

  /// How the engine's answer differs; nil when it does not, or when the case is no test: too large
  /// for the reference engine. `lenient` takes all lists as bags and passes compile time errors.
  func difference(
    _ configurations: [EngineConfiguration], lenient: Bool = false
  ) throws -> String? {
    let statement: Statement
    do { statement = try Parser.parseStatement(SourceText(text)) } catch {
      return lenient ? nil : "does not parse: \(error)"
    }
    let engine = ReferenceEngine(graph)
    guard let expected = Outcome(engine, statement, steps: Self.steps) else { return nil }
    let database = try graph.makeDatabase()
    let isLarge = engine.stepsLeft < Self.steps * 4 / 5
    for configuration in configurations where !(isLarge && configuration.isSlow) {
      let found = Outcome(configuration.session(database), text)
      if case .failure("TimeLimit", _, _) = found { continue }
      if let difference = difference(expected, found, lenient) {
        return "\(configuration): \(difference)"
      }
    }
    return nil
  }

  /// How many rows the reference engine gives; nil when it gives none of its own accord.
  func expectedRowCount() throws -> Int? {
    let statement = try Parser.parseStatement(SourceText(text))
    guard case .answer(let answer)? = Outcome(ReferenceEngine(graph), statement, steps: Self.steps)
    else { return nil }
    return answer.rows.count
  }

  func difference(_ expected: Outcome, _ found: Outcome, _ lenient: Bool) -> String? {
    switch (expected, found) {
    case (.answer(let expected), .answer(let found)):
      return difference(expected, found, lenient)
    case (.failure(let expected, _, _), .failure(let found, let isCompileTime, let message)):
      if isCompileTime { return lenient ? nil : message }
      return expected == found ? nil : "expected the error \(expected), found \(message)"
    case (.answer, .failure(_, let isCompileTime, let message)):
      return lenient && isCompileTime ? nil : "expected rows, found \(message)"
    case (.failure(let detail, _, _), .answer):
      return "expected the error \(detail), found rows"
    }
  }

  private func difference(
    _ expected: ReferenceEngine.Answer, _ found: ReferenceEngine.Answer, _ lenient: Bool
  ) -> String? {
    guard expected.columns == found.columns else {
      return "expected the columns \(expected.columns), found \(found.columns)"
    }
    let isBag = expected.columns.map { lenient || bagColumns.contains($0) }
    let key = { (row: [ReferenceValue]) -> String in
      zip(row, isBag).map { ($1 ? $0.asBag : $0).roundedKey }.joined(separator: " | ")
    }
    let wanted = zip(expected.places, expected.rows).map { ($0, key($1)) }
    let rows = found.rows.map(key)
    let places = expected.places + Array(repeating: -1, count: max(0, rows.count - wanted.count))
    let placed = zip(places, rows).map { ($0, $1) }
    if wanted.sorted(by: <).elementsEqual(placed.sorted(by: <), by: ==) { return nil }
    return "expected\n    " + wanted.map(\.1).joined(separator: "\n    ")
      + "\n  found\n    " + rows.joined(separator: "\n    ")
  }

  /// The graph as a statement, and the query.
  var script: String {
    let create = graph.createScript
    return (create.isEmpty ? "" : create + ";\n") + text + ";"
  }
}

extension ReferenceValue {
  /// The value with the elements of all lists sorted.
  var asBag: ReferenceValue {
    switch self {
    case .list(let elements):
      .list(elements.map(\.asBag).sorted { $0.roundedKey < $1.roundedKey })
    default: self
    }
  }
}
