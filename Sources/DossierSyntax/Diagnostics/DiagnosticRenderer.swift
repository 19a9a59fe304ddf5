/// Shows errors to people: the message, the line of the text with a caret, and help.
///
///     error[42N62]: variable `m` is not defined
///      --> line 1, column 26
///     1 | MATCH (n:Company) RETURN m.name
///       |                          ^ not in scope here
///       = help: did you mean `n`?
public struct DiagnosticRenderer: Sendable {
  /// Uses ANSI colours.
  public var usesColour: Bool
  /// Stands before line and column: `query.cypher:1:26`.
  public var fileName: String?
  /// Columns of the source line that are shown at most; a longer line is cut around the caret.
  public var lineWidth: Int

  public init(usesColour: Bool = false, fileName: String? = nil, lineWidth: Int = 96) {
    self.usesColour = usesColour
    self.fileName = fileName
    self.lineWidth = max(lineWidth, 20)
  }

  /// All diagnostics of an error, each ended by a line feed. Without a text only positions that the
  /// diagnostics carry themselves are shown.
  public func render(_ error: QueryError, in text: SourceText?) -> String {
    error.diagnostics.map { render($0, in: text) }.joined()
  }

  /// One diagnostic, ended by a line feed.
  public func render(_ diagnostic: Diagnostic, in text: SourceText?) -> String {
    let title = styled("error[\(diagnostic.code.status)]", .error) + styled(": ", .bold)
    var output = title + styled(escapeLines(diagnostic.message), .bold) + "\n"
    let position =
      diagnostic.position
      ?? text.flatMap { text in
        diagnostic.range.map { text.position(of: $0.start) }
      }
    var margin = " "
    if let position {
      margin = String(repeating: " ", count: String(position.line).utf8.count)
      output += margin + styled("--> ", .frame) + place(position, diagnostic.file) + "\n"
      if let text, let range = diagnostic.range {
        output += excerpt(of: text, range: range, position: position, label: diagnostic.label)
      }
    }
    if let help = diagnostic.help {
      output += margin + styled(" = help: ", .frame) + escapeLines(help) + "\n"
    }
    return output
  }

  private func place(_ position: SourcePosition, _ file: String?) -> String {
    guard let fileName = file ?? fileName else {
      return "line \(position.line), column \(position.column)"
    }
    return "\(escapeLines(fileName)):\(position.line):\(position.column)"
  }

  /// The source line and the line with the caret.
  private func excerpt(
    of text: SourceText, range: SourceRange, position: SourcePosition, label: String?
  ) -> String {
    let start = text.position(of: range.start)
    guard let line = text.lineRange(start.line) else { return "" }
    let window = SourceWindow(text: text, line: line, range: range, width: lineWidth)
    let number = String(position.line)
    let margin = String(repeating: " ", count: number.utf8.count)
    var carets = styled(String(repeating: "^", count: window.caretWidth), .error)
    if let label { carets += " " + styled(escapeLines(label), .error) }
    let indent = String(repeating: " ", count: window.caretColumn)
    return styled("\(number) |", .frame) + " " + window.text + "\n"
      + styled("\(margin) |", .frame) + " " + indent + carets + "\n"
  }

  private func escapeLines(_ text: String) -> String {
    DisplayText.quotation(text, limit: 4_000)
  }

  private enum Style: String {
    case error = "\u{1B}[1;31m"
    case bold = "\u{1B}[1m"
    case frame = "\u{1B}[34m"
  }

  private func styled(_ text: String, _ style: Style) -> String {
    usesColour ? style.rawValue + text + "\u{1B}[0m" : text
  }
}
