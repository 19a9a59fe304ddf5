import Dossier

/// Rows in aligned columns: box, plain ASCII table and Markdown.
///
/// Cells are kept until all rows are there, then the widths are known. A result of more than
/// `keptBytes` is written with the widths of its first part, so memory stays bounded; a longer cell
/// behind that point pushes its own row out of line.
struct GridRenderer: ResultRenderer {
  /// How much text of cells is kept before widths are settled.
  static let keptBytes = 16 << 20
  /// No column of a box is cut below this width to make it fit the terminal.
  private static let narrowestCut = 8

  private struct Cell {
    /// Offset behind the last byte in `texts`.
    var end: Int
    var columns: Int
  }

  private let style: GridStyle
  private let options: RenderingOptions
  private var header: [String] = []
  private var texts = ByteBuffer()
  private var cells: [Cell] = []
  private var widths: [Int] = []
  /// Columns that held a value other than null and numbers.
  private var hasText: [Bool] = []
  private var hasNumber: [Bool] = []
  private var isSettled = false
  /// The number of the row that `WHY` explained last.
  private var explainedRow: Value?

  init(style: GridStyle, options: RenderingOptions) {
    self.style = style
    self.options = options
  }

  mutating func begin(_ columns: [String], to buffer: inout ByteBuffer) {
    header = columns.map { cellText($0) }
    widths = header.map { max(DisplayWidth.columns(of: $0), style.isMarkdown ? 3 : 1) }
    hasText = columns.map { _ in false }
    hasNumber = hasText
  }

  mutating func append(_ values: [Value], to buffer: inout ByteBuffer) {
    let repeated = repeatedColumns(values)
    for (column, value) in values.enumerated() where column < widths.count {
      let start = texts.count
      if column >= repeated { appendCell(value, column) }
      let columns = measure(from: start)
      cells.append(Cell(end: texts.count, columns: columns))
      if !isSettled { widths[column] = max(widths[column], columns) }
    }
    if isSettled {
      flushRows(to: &buffer)
    } else if texts.count >= Self.keptBytes {
      settle(to: &buffer)
    }
  }

  /// How many columns at the beginning say again what the record above says: all that tell of a row
  /// that `WHY` explains, behind its first record.
  private mutating func repeatedColumns(_ values: [Value]) -> Int {
    guard let count = options.explainedColumns, let row = values.first else { return 0 }
    defer { explainedRow = row }
    guard case .integer(let number) = row, case .integer(let last)? = explainedRow else { return 0 }
    return number == last ? count : 0
  }

  mutating func end(_ summary: ResultSummary, to buffer: inout ByteBuffer) {
    if !isSettled { settle(to: &buffer) }
    appendRule(style.bottom, to: &buffer)
  }

  // MARK: - Cells

  private mutating func appendCell(_ value: Value, _ column: Int) {
    var value = value
    if let count = options.explainedColumns {
      if column >= count && value.isNothing { return }
      value = ValueText.shortened(value)
    }
    switch value {
    case .null: break
    case .integer, .float: hasNumber[column] = true
    default: hasText[column] = true
    }
    if style.isMarkdown {
      texts.append(cellText(ValueText.text(value)))
    } else {
      ValueText.append(value, to: &texts)
    }
  }

  /// A text without line feeds, and in Markdown without bars that would end the cell.
  private func cellText(_ text: String) -> String {
    let visible = TextEscaping.visible(text)
    guard style.isMarkdown else { return visible }
    var escaped = ByteBuffer()
    for byte in visible.utf8 {
      if byte == UInt8(ascii: "|") { escaped.append(UInt8(ascii: "\\")) }
      escaped.append(byte)
    }
    return escaped.text
  }

  private func measure(from start: Int) -> Int {
    let bytes = texts.bytes[start...]
    if bytes.allSatisfy({ $0 < 0x80 }) { return bytes.count }
    return DisplayWidth.columns(of: String(decoding: bytes, as: UTF8.self))
  }

  // MARK: - Lines

  private mutating func settle(to buffer: inout ByteBuffer) {
    isSettled = true
    fitWidths()
    appendRule(style.top, to: &buffer)
    appendLine(to: &buffer) { renderer, column, buffer in
      let name = renderer.header[column]
      if renderer.options.hasColors { buffer.append("\u{1B}[1m") }
      renderer.appendPadded(
        name, columns: DisplayWidth.columns(of: name), column: column, to: &buffer)
      if renderer.options.hasColors { buffer.append("\u{1B}[0m") }
    }
    appendMiddle(to: &buffer)
    flushRows(to: &buffer)
  }

  /// Cuts the widest columns until a row fits the terminal.
  private mutating func fitWidths() {
    guard let limit = options.width else { return }
    let room = max(0, limit - style.borderColumns(cells: widths.count))
    while widths.reduce(0, +) > room, let widest = widths.max(), widest > Self.narrowestCut {
      let excess = widths.reduce(0, +) - room
      let second = widths.filter { $0 < widest }.max() ?? Self.narrowestCut
      let count = widths.filter { $0 == widest }.count
      let step = max(1, min(widest - max(second, Self.narrowestCut), excess / count))
      for column in widths.indices where widths[column] == widest { widths[column] -= step }
    }
  }

  private mutating func flushRows(to buffer: inout ByteBuffer) {
    let bytes = texts.bytes
    var start = 0
    var index = 0
    while index < cells.count {
      appendLine(to: &buffer) { renderer, column, buffer in
        let cell = renderer.cells[index]
        let slice = bytes[start..<cell.end]
        start = cell.end
        index += 1
        if cell.columns <= renderer.widths[column] || !renderer.cutsCells {
          renderer.appendPadded(slice, columns: cell.columns, column: column, to: &buffer)
        } else {
          renderer.appendCut(String(decoding: slice, as: UTF8.self), column: column, to: &buffer)
        }
      }
    }
    texts.removeAll()
    cells.removeAll(keepingCapacity: true)
  }

  private var cutsCells: Bool { options.width != nil }

  private func appendLine(
    to buffer: inout ByteBuffer, _ cell: (Self, Int, inout ByteBuffer) -> Void
  ) {
    buffer.append(style.row.left)
    for column in widths.indices {
      if column > 0 { buffer.append(style.row.crossing) }
      cell(self, column, &buffer)
    }
    buffer.append(style.row.right)
    buffer.trimSpaces()
    buffer.append(UInt8(ascii: "\n"))
  }

  private func isRightAligned(_ column: Int) -> Bool { hasNumber[column] && !hasText[column] }

  private func appendPadded(
    _ text: some Collection<UInt8>, columns: Int, column: Int, to buffer: inout ByteBuffer
  ) {
    let padding = max(0, widths[column] - columns)
    if isRightAligned(column) { buffer.append(repeating: UInt8(ascii: " "), count: padding) }
    buffer.append(contentsOf: text)
    if !isRightAligned(column) { buffer.append(repeating: UInt8(ascii: " "), count: padding) }
  }

  private func appendPadded(
    _ text: String, columns: Int, column: Int, to buffer: inout ByteBuffer
  ) {
    if columns > widths[column], cutsCells {
      appendCut(text, column: column, to: &buffer)
    } else {
      appendPadded(text.utf8, columns: columns, column: column, to: &buffer)
    }
  }

  /// Appends the beginning of a text that is too long, with a mark that something is missing.
  private func appendCut(_ text: String, column: Int, to buffer: inout ByteBuffer) {
    let (prefix, columns) = DisplayWidth.prefix(of: text, columns: max(0, widths[column] - 1))
    buffer.append(contentsOf: prefix.utf8)
    buffer.append("…")
    buffer.append(repeating: UInt8(ascii: " "), count: max(0, widths[column] - columns - 1))
  }

  private func appendRule(_ rule: GridStyle.Rule?, to buffer: inout ByteBuffer) {
    guard let rule else { return }
    buffer.append(rule.left)
    for column in widths.indices {
      if column > 0 { buffer.append(rule.crossing) }
      buffer.append(repeating: style.dash, count: widths[column])
    }
    buffer.append(rule.right)
    buffer.append(UInt8(ascii: "\n"))
  }

  private func appendMiddle(to buffer: inout ByteBuffer) {
    guard style.isMarkdown else { return appendRule(style.middle, to: &buffer) }
    appendLine(to: &buffer) { renderer, column, buffer in
      buffer.append(repeating: UInt8(ascii: "-"), count: renderer.widths[column] - 1)
      buffer.append(renderer.isRightAligned(column) ? ":" : "-")
    }
  }
}

extension Value {
  /// Null or the empty list.
  fileprivate var isNothing: Bool {
    switch self {
    case .null: true
    case .list(let elements): elements.isEmpty
    default: false
    }
  }
}
