/// The lines and escapes of a grid of cells.
struct GridStyle: Sendable {
  /// Left end, crossing and right end of a horizontal line; nil where a style has no such line.
  struct Rule: Sendable {
    var left: StaticString
    var crossing: StaticString
    var right: StaticString
  }

  /// The line above the header.
  var top: Rule?
  /// The line between header and rows.
  var middle: Rule
  /// The line below the rows.
  var bottom: Rule?
  /// What horizontal lines are made of, one column wide.
  var dash: StaticString
  /// What stands before, between and behind the cells of a row.
  var row: Rule
  /// Markdown marks right-aligned columns in its middle line and escapes bars in cells.
  var isMarkdown = false

  /// Columns that a row fills beside its cells.
  func borderColumns(cells: Int) -> Int {
    let outer = top == nil && !isMarkdown ? 0 : 4
    return outer + 3 * max(0, cells - 1)
  }

  static let box = GridStyle(
    top: Rule(left: "┌─", crossing: "─┬─", right: "─┐"),
    middle: Rule(left: "├─", crossing: "─┼─", right: "─┤"),
    bottom: Rule(left: "└─", crossing: "─┴─", right: "─┘"),
    dash: "─", row: Rule(left: "│ ", crossing: " │ ", right: " │"))

  static let ascii = GridStyle(
    top: nil, middle: Rule(left: "", crossing: "-+-", right: ""), bottom: nil, dash: "-",
    row: Rule(left: "", crossing: " | ", right: ""))

  static let markdown = GridStyle(
    top: nil, middle: Rule(left: "| ", crossing: " | ", right: " |"), bottom: nil, dash: "-",
    row: Rule(left: "| ", crossing: " | ", right: " |"), isMarkdown: true)
}
