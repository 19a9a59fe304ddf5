import DossierSyntax

@testable import Dossier

/// One run of a scenario by one configuration of the engine; finds the first step that fails.
struct ScenarioRun {
  /// A way to run the engine that must not change any answer.
  struct Configuration: Sendable, CustomStringConvertible {
    var isOptimised: Bool
    var batchRows: Int
    /// Threads that share every statement, two rows at a time.
    var workers = 1

    var description: String {
      "\(isOptimised ? "optimised" : "naive plan"), batches of \(batchRows) rows"
        + (workers > 1 ? ", \(workers) workers" : "")
    }

    static let all = [
      Configuration(isOptimised: true, batchRows: 2048),
      Configuration(isOptimised: false, batchRows: 3),
      Configuration(isOptimised: true, batchRows: 1),
      Configuration(isOptimised: true, batchRows: 2048, workers: 2),
      Configuration(isOptimised: false, batchRows: 3, workers: 3),
    ]
  }

  private let session: Session
  private var parameters: [String: Value] = [:]
  private var outcome: Result<QueryResult, QueryError>?
  private var before: GraphContents?
  private var after: GraphContents?

  init(_ configuration: Configuration) {
    session = Database().session()
    session.optimizerRules = configuration.isOptimised ? .all : []
    session.batchRows = configuration.batchRows
    session.parallelism =
      configuration.workers > 1 ? .always(configuration.workers, morselRows: 2) : .alone
  }

  /// What is wrong with a step, for the reader of a test log.
  struct Mismatch: Error, CustomStringConvertible {
    var description: String
  }

  /// Runs all steps. Errors: `Mismatch`, `FeatureReader.Failure`.
  mutating func run(_ scenario: Scenario) throws {
    for step in scenario.steps {
      do {
        try run(step)
      } catch let error as QueryError {
        throw Mismatch(description: "\(step.text) \(error)")
      }
    }
  }

  private mutating func run(_ step: Step) throws {
    switch step.text {
    case "an empty graph", "any graph": break
    case "having executed:": _ = try session.run(step.document ?? "")
    case let text where text.hasPrefix("trust in what is "):
      try session.restrictTrust(to: String(text.dropFirst("trust in what is ".count)))
    case "parameters are:":
      for row in step.table where row.count == 2 { parameters[row[0]] = try argument(row[1]) }
    case "executing query:", "executing control query:": try execute(step.document ?? "")
    case "no side effects": try expectChanges([:])
    case "the side effects should be:":
      var changes: [String: Int] = [:]
      for row in step.table where row.count == 2 { changes[row[0]] = Int(row[1]) }
      try expectChanges(changes)
    case "the result should be empty": try expect([], isOrdered: false)
    case let text where text.hasPrefix("there exists a procedure "):
      try declare(String(text.dropFirst("there exists a procedure ".count)), step.table)
    case let text where text.hasPrefix("the result should be"):
      try expect(
        step.table, isOrdered: text.contains("in order"),
        ignoresListOrder: text.contains("ignoring element order for lists"))
    case let text where text.contains(" should be raised at "): try expectError(text)
    default: throw FeatureReader.Failure(description: "unknown step: \(step.text)")
    }
  }

  // MARK: Given and When

  private func argument(_ cell: String) throws -> Value {
    guard let value = try CellReader.read(cell).argument else {
      throw FeatureReader.Failure(description: "cannot be given to the engine: \(cell)")
    }
    return value
  }

  /// `name(…) :: (…):` and the table of its rows, with a header.
  private func declare(_ text: String, _ table: [[String]]) throws {
    let signature = text.last == ":" ? String(text.dropLast()) : text
    let rows = try table.dropFirst().map { try $0.map { try argument($0) } }
    try session.declareProcedure(signature: signature, rows: rows.filter { !$0.isEmpty })
  }

  private mutating func execute(_ query: String) throws {
    before = try GraphContents(session)
    do throws(QueryError) {
      outcome = .success(try session.run(query, parameters: parameters))
    } catch {
      outcome = .failure(error)
    }
    after = try GraphContents(session)
  }

  // MARK: Then

  private func expect(
    _ table: [[String]], isOrdered: Bool, ignoresListOrder: Bool = false
  ) throws {
    let result = try result()
    let columns = table.first ?? []
    if result.columns.map(CellValue.Text.init) != columns.map(CellValue.Text.init) {
      throw Mismatch(description: "columns \(result.columns) instead of \(columns)")
    }
    var expected = try table.dropFirst().map { row in
      try row.map { try CellReader.read($0) }
    }
    var found = columns.isEmpty ? [] : result.rows.map { $0.map(CellValue.init) }
    if ignoresListOrder {
      expected = expected.map { $0.map(\.unordered) }
      found = found.map { $0.map(\.unordered) }
    }
    if !isOrdered {
      expected.sort { "\($0)" < "\($1)" }
      found.sort { "\($0)" < "\($1)" }
    }
    if expected != found {
      throw Mismatch(description: "rows\n  \(text(found))\ninstead of\n  \(text(expected))")
    }
  }

  private func text(_ rows: [[CellValue]]) -> String {
    rows.map { "| " + $0.map(\.description).joined(separator: " | ") + " |" }
      .joined(separator: "\n  ")
  }

  private func result() throws -> QueryResult {
    switch outcome {
    case .success(let result): return result
    case .failure(let error): throw error
    case nil: throw FeatureReader.Failure(description: "nothing was executed")
    }
  }

  private func expectChanges(_ expected: [String: Int]) throws {
    _ = try result()
    guard let before, let after else { return }
    let found = before.changes(to: after)
    if found != expected {
      let changes = found.sorted { $0.key < $1.key }
      throw Mismatch(description: "side effects \(changes) instead of \(expected)")
    }
  }

  /// `a SyntaxError should be raised at compile time: Detail`.
  private func expectError(_ text: String) throws {
    guard case .failure(let error) = outcome else {
      throw Mismatch(description: "no error, but \(text)")
    }
    let code = error.code
    let found = "\(code.type) should be raised at \(code.phase.rawValue): \(code.detail)"
    let anyTime = "\(code.type) should be raised at any time: \(code.detail)"
    guard ["a ", "an "].contains(where: { text == $0 + found || text == $0 + anyTime }) else {
      throw Mismatch(description: "\(found) (\(error)) instead of \(text)")
    }
    if before != after { throw Mismatch(description: "the failed statement changed the graph") }
  }
}
