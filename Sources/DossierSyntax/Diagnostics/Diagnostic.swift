/// One complaint about a statement or a file: what is wrong, where, and what would help.
public struct Diagnostic: Sendable {
  /// The entry of the error table that users match on.
  public var code: DiagnosticCode
  /// Names the thing in backticks, says what was found and what was expected; lower case, no full stop.
  public var message: String
  /// Where in the source text; absent only for errors that no text causes (time, memory, files).
  public var range: SourceRange?
  /// A short word that is shown beside the caret.
  public var label: String?
  /// What the user can do; the table's standing help when absent.
  public var help: String?
  /// 1-based line and column (in code points) of `range`, filled in by whoever knows the text.
  public var position: SourcePosition?
  /// The path of the file that `range` and `position` belong to; nil for a statement's own text.
  public var file: String?

  public init(
    _ code: DiagnosticCode, _ message: String, at range: SourceRange? = nil, label: String? = nil,
    help: String? = nil
  ) {
    self.code = code
    self.message = message
    self.range = range
    self.label = label
    self.help = help
  }
}

/// A place in a text: 1-based line and 1-based column, counted in code points.
public struct SourcePosition: Hashable, Sendable {
  public var line: Int
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}
