import Dossier

/// Operator trees of `EXPLAIN` and `PROFILE` as aligned text.
enum PlanText {
  /// The tree, one operator per line, with the columns that are known.
  static func text(_ plan: PlanDescription) -> String {
    var rows: [[String]] = [["operator", "details"]]
    let hasEstimates = plan.lines.contains { $0.estimatedRows != nil }
    let hasRows = plan.lines.contains { $0.rows != nil }
    let hasTimes = plan.lines.contains { $0.seconds != nil }
    if hasEstimates { rows[0].append("estimated rows") }
    if hasRows { rows[0].append("rows") }
    let hasWorkers = plan.lines.contains { $0.workers ?? 1 > 1 }
    let hasMemory = plan.lines.contains { $0.memoryBytes != nil }
    if hasTimes { rows[0] += ["time", "own time"] }
    if hasMemory { rows[0].append("memory") }
    let hasSkippedPages = plan.lines.contains { $0.skippedPages ?? 0 > 0 }
    if hasSkippedPages { rows[0].append("skipped pages") }
    if hasWorkers { rows[0].append("workers") }
    for (index, line) in plan.lines.enumerated() {
      var row = [indented(line), TextEscaping.visible(line.details)]
      if hasEstimates { row.append(line.estimatedRows.map(estimate) ?? "") }
      if hasRows { row.append(line.rows.map { String($0) } ?? "") }
      if hasTimes {
        row.append(line.seconds.map { DurationText.text($0) } ?? "")
        row.append(ownSeconds(index, plan.lines).map { DurationText.text($0) } ?? "")
      }
      if hasMemory { row.append(line.memoryBytes.map(ByteCountText.text) ?? "") }
      if hasSkippedPages { row.append(line.skippedPages.map { String($0) } ?? "") }
      if hasWorkers { row.append(line.workers.map { String($0) } ?? "") }
      rows.append(row)
    }
    return aligned(rows)
  }

  /// The time of an operator without its inputs.
  private static func ownSeconds(_ index: Int, _ lines: [PlanDescription.Line]) -> Double? {
    guard var seconds = lines[index].seconds else { return nil }
    for line in lines[(index + 1)...].prefix(while: { $0.depth > lines[index].depth })
    where line.depth == lines[index].depth + 1 { seconds -= line.seconds ?? 0 }
    return max(0, seconds)
  }

  private static func indented(_ line: PlanDescription.Line) -> String {
    String(repeating: "  ", count: max(0, line.depth)) + line.name
  }

  private static func estimate(_ rows: Double) -> String {
    rows < 1e15 ? String(Int64(max(0, rows.rounded()))) : rows.description
  }

  /// Lines of cells; the first two columns are left-aligned, the others hold numbers.
  private static func aligned(_ rows: [[String]]) -> String {
    var widths = rows[0].map { _ in 0 }
    for row in rows {
      for (column, cell) in row.enumerated() {
        widths[column] = max(widths[column], DisplayWidth.columns(of: cell))
      }
    }
    var buffer = ByteBuffer()
    for (number, row) in rows.enumerated() {
      appendLine(row, widths, to: &buffer)
      if number == 0 {
        appendLine(widths.map { String(repeating: "-", count: $0) }, widths, to: &buffer)
      }
    }
    return buffer.text
  }

  private static func appendLine(_ row: [String], _ widths: [Int], to buffer: inout ByteBuffer) {
    for (column, cell) in row.enumerated() {
      if column > 0 { buffer.append("  ") }
      let padding = widths[column] - DisplayWidth.columns(of: cell)
      if column > 1 { buffer.append(repeating: UInt8(ascii: " "), count: padding) }
      buffer.append(cell)
      if column <= 1 { buffer.append(repeating: UInt8(ascii: " "), count: padding) }
    }
    buffer.trimSpaces()
    buffer.append(UInt8(ascii: "\n"))
  }
}
