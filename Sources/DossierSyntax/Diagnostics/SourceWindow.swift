/// The part of a source line that is shown with a diagnostic, and where the caret stands below it.
struct SourceWindow {
  /// What is shown; hidden characters are escaped, cut ends marked by `…`.
  private(set) var text = ""
  /// Terminal columns before the caret.
  private(set) var caretColumn = 0
  /// Terminal columns that carry a caret; at least one.
  private(set) var caretWidth = 1

  /// A character of the line as it is shown.
  private struct Cell {
    var text: String
    var width: Int
    var isMarked: Bool
  }

  /// The window of at most `width` columns around the marked range. O(length of the line).
  init(text source: SourceText, line: SourceRange, range: SourceRange, width: Int) {
    let cells = Self.cells(of: source, line: line, range: range)
    let firstMark = cells.firstIndex(where: \.isMarked) ?? cells.count
    var start = firstMark
    var end = firstMark
    var used = 0
    let before = width / 2
    while start > 0, used + cells[start - 1].width <= before {
      start -= 1
      used += cells[start].width
    }
    while end < cells.count, used + cells[end].width <= width {
      used += cells[end].width
      end += 1
    }
    while start > 0, used + cells[start - 1].width <= width {
      start -= 1
      used += cells[start].width
    }
    show(cells, from: start, to: end, firstMark: firstMark)
  }

  private mutating func show(_ cells: [Cell], from start: Int, to end: Int, firstMark: Int) {
    if start > 0 { text = "…" }
    caretColumn = start > 0 ? 1 : 0
    var marked = 0
    for index in start..<end {
      text += cells[index].text
      if index < firstMark { caretColumn += cells[index].width }
      if cells[index].isMarked { marked += cells[index].width }
    }
    if end < cells.count { text += "…" }
    caretWidth = max(marked, 1)
  }

  private static func cells(
    of source: SourceText, line: SourceRange, range: SourceRange
  ) -> [Cell] {
    var cells: [Cell] = []
    var offset = line.start
    for scalar in source.string(in: line).unicodeScalars {
      let isTab = scalar == "\t"
      let shown = isTab ? " " : DisplayText.visible(scalar)
      let width =
        DisplayText.isHidden(scalar) ? shown.utf8.count : DisplayText.width(scalar)
      let isMarked = offset >= range.start && offset < range.end
      cells.append(Cell(text: shown, width: width, isMarked: isMarked))
      offset += UTF8.width(scalar)
    }
    return cells
  }
}
