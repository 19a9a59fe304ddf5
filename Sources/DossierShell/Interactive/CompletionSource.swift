import Dossier
import Synchronization

/// What completions come from while a line is edited: the graph as it stands, the parameters, and the
/// lines that were entered before. Line editors call it from wherever their callbacks run.
public final class CompletionSource: Sendable {
  private struct State {
    var parameters: [String] = []
    var earlierLines = ""
  }

  private let database: Database
  private let state = Mutex(State())

  init(database: Database) {
    self.database = database
  }

  /// Completes the last word of a line that ends at the cursor.
  public func complete(_ line: String, word: String) -> Completion {
    let state = state.withLock { $0 }
    let completer = Completer(
      statistics: database.statistics, functions: FunctionReference.all.map(\.name),
      parameters: state.parameters)
    let text = state.earlierLines.isEmpty ? line : state.earlierLines + "\n" + line
    return completer.complete(text, word: word)
  }

  /// Called before each line is read.
  func update(parameters: [String], earlierLines: String) {
    state.withLock { $0 = State(parameters: parameters, earlierLines: earlierLines) }
  }
}
