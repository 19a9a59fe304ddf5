import DossierSyntax

/// The rows of an answer as columns, with the state whose memory and graph they point into.
final class ResultRows: @unchecked Sendable {
  /// The columns of some rows, and how many rows come before.
  struct Part {
    var start: Int
    var columns: [Column]
  }

  let parts: [Part]
  let count: Int
  let state: ExecutionState?

  // Nothing changes after init, so reading from several threads is safe.
  init(_ parts: [Part], count: Int, _ state: ExecutionState?) {
    self.parts = parts
    self.count = count
    self.state = parts.isEmpty ? nil : state
  }

  /// The graph that the rows were read from; nil without rows.
  var graph: Graph? { state?.graph }

  /// The values of one row. O(log number of batches).
  func row(_ index: Int) -> [Value] {
    guard let state else { return [] }
    var low = 0
    var high = parts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if parts[middle].start <= index { low = middle } else { high = middle }
    }
    let part = parts[low]
    var values: [Value] = []
    values.reserveCapacity(part.columns.count)
    for column in part.columns {
      let cell = column.cell(index - part.start)
      switch cell.tag {
      // Asking for the graph costs a reference count for each of its parts.
      case .list, .map, .node, .relationship, .path: values.append(value(of: cell, in: state.graph))
      default: values.append(Graph.value(cell))
      }
    }
    return values
  }
}

extension QueryResult.Rows {
  /// No rows.
  static var empty: QueryResult.Rows {
    QueryResult.Rows(source: ResultRows([], count: 0, nil))
  }
}
