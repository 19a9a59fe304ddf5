import DossierSyntax
import TestSupport

@testable import Dossier

/// A way to run the engine that must not change any answer.
struct EngineConfiguration: CustomStringConvertible {
  var rules: OptimizerRules
  var batchRows: Int
  /// Threads that share every statement, and the rows that each takes at a time; nil for one thread.
  var workers: (count: Int, morselRows: Int)?

  var description: String {
    "\(rules == .all ? "optimised" : "naive plan"), batches of \(batchRows) rows"
      + (workers.map { ", \($0.count) workers, morsels of \($0.morselRows) rows" } ?? "")
  }

  static let all: [EngineConfiguration] = [
    EngineConfiguration(rules: .all, batchRows: Batch.capacity),
    EngineConfiguration(rules: .all.union(.seekAlways), batchRows: Batch.capacity),
    EngineConfiguration(rules: [], batchRows: Batch.capacity),
    EngineConfiguration(rules: .all, batchRows: 1),
    EngineConfiguration(rules: .all.union(.seekAlways), batchRows: 3),
    EngineConfiguration(rules: [], batchRows: 3),
    EngineConfiguration(rules: .all, batchRows: Batch.capacity, workers: (2, 1)),
    EngineConfiguration(rules: .all, batchRows: 3, workers: (3, 2)),
    EngineConfiguration(rules: [], batchRows: Batch.capacity, workers: (2, 3)),
  ]

  /// A naive plan in tiny batches takes seconds where patterns multiply.
  var isSlow: Bool { rules != .all && batchRows < Batch.capacity }

  /// A session whose statements end after two seconds: naive plans of some patterns are endless.
  func session(_ database: Database) -> Session {
    let session = database.session()
    session.optimizerRules = rules
    session.batchRows = batchRows
    session.parallelism = workers.map { .always($0.count, morselRows: $0.morselRows) } ?? .alone
    session.limits.timeout = 2
    return session
  }
}

/// What a statement came to, in a form in which both engines compare.
enum Outcome {
  case answer(ReferenceEngine.Answer)
  /// openCypher's name of the error's detail.
  case failure(detail: String, isCompileTime: Bool, message: String)

  /// Runs a statement by the engine; rows are in the engine's order.
  init(_ session: Session, _ text: String) {
    do throws(QueryError) {
      let result = try session.run(text)
      var answer = ReferenceEngine.Answer()
      answer.columns = result.columns
      answer.rows = result.rows.map { $0.map { ReferenceValue($0) } }
      self = .answer(answer)
    } catch {
      self = .failure(
        detail: error.code.detail, isCompileTime: error.code.phase == .compileTime,
        message: error.description)
    }
  }

  /// Runs a statement by the reference engine; nil when that takes too long or is not possible.
  init?(_ engine: ReferenceEngine, _ statement: Statement, steps: Int) {
    do {
      self = .answer(try engine.run(statement, steps: steps))
    } catch let error as ReferenceError {
      if ["TooLarge", "Unsupported", "UndefinedVariable"].contains(error.detail) { return nil }
      self = .failure(detail: error.detail, isCompileTime: false, message: error.detail)
    } catch { return nil }
  }
}
