import Dossier

/// Writes a result to an output in blocks of at least 64 KiB.
struct ResultPrinter {
  let format: OutputFormat
  let options: RenderingOptions

  /// Renders and writes a result; gives back how many rows the row limit hid.
  @discardableResult
  func print(_ result: QueryResult, to output: any ByteOutput) throws(OutputClosed) -> Int {
    var options = options
    options.explainedColumns = result.explainedColumns
    var renderer = format.renderer(options)
    var buffer = ByteBuffer()
    var summary = ResultSummary(counters: result.counters)
    if result.columns.isEmpty {
      renderer.appendNoColumns(summary, to: &buffer)
      try buffer.flush(to: output)
      return 0
    }
    renderer.begin(result.columns, to: &buffer)
    let count = result.rows.count
    let shown = min(count, options.rowLimit ?? count)
    if format != .none {
      for index in 0..<shown {
        renderer.append(result.rows[index], to: &buffer)
        if buffer.count >= ByteBuffer.blockBytes { try buffer.flush(to: output) }
      }
    }
    summary.hiddenRows = format == .none ? 0 : count - shown
    renderer.end(summary, to: &buffer)
    try buffer.flush(to: output)
    return summary.hiddenRows
  }
}
