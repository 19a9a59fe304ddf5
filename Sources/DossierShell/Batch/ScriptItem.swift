import DossierSyntax

/// A piece of a script: a statement or a command of the shell.
struct ScriptItem: Equatable {
  enum Kind: Equatable {
    case statement
    /// A line that starts with `:`, `.` or `\`.
    case command
  }

  var kind: Kind
  /// Where it stands in the script, without the semicolon.
  var range: SourceRange
  /// A `;` follows; commands end with their line.
  var isTerminated: Bool
}

/// Cuts a script into statements and commands.
///
/// A command starts where a statement could start, at the beginning of a line, and ends with the line.
/// A first line that starts with `#!` is skipped.
struct ScriptCursor {
  let text: SourceText
  /// Byte offset behind the item that was read last.
  private(set) var offset = 0

  /// A cursor at the start of a text; `isWholeFile` when a `#!` line may stand there.
  init(_ text: SourceText, isWholeFile: Bool = true) {
    self.text = text
    let bytes = text.bytes
    if isWholeFile, bytes.count > 2, bytes[0] == UInt8(ascii: "#"), bytes[1] == UInt8(ascii: "!") {
      offset = lineEnd(from: 0)
    }
  }

  /// The next item; nil at the end of the text. An unterminated statement comes back with
  /// `isTerminated` false and goes to the end of the text.
  mutating func next() -> ScriptItem? {
    var lexer = Lexer(text, in: SourceRange(start: offset, end: text.bytes.count))
    var range: SourceRange?
    while true {
      let token = lexer.next()
      switch token.kind {
      case .endOfText:
        offset = text.bytes.count
        return range.map { ScriptItem(kind: .statement, range: $0, isTerminated: false) }
      case .semicolon:
        offset = token.end
        if let range { return ScriptItem(kind: .statement, range: range, isTerminated: true) }
      default:
        if range == nil, startsCommand(token) { return command(at: token.start) }
        range = range?.union(token.range) ?? token.range
      }
    }
  }

  private func startsCommand(_ token: Token) -> Bool {
    guard ShellCommand.isCommandPrefix(text.bytes[token.start]) else { return false }
    var index = token.start
    while index > 0, text.bytes[index - 1] != UInt8(ascii: "\n") {
      index -= 1
      guard text.bytes[index] == UInt8(ascii: " ") || text.bytes[index] == UInt8(ascii: "\t")
      else { return index < offset }
    }
    return true
  }

  private mutating func command(at start: Int) -> ScriptItem {
    let end = lineEnd(from: start)
    offset = end
    return ScriptItem(
      kind: .command, range: SourceRange(start: start, end: end),
      isTerminated: end < text.bytes.count)
  }

  private func lineEnd(from start: Int) -> Int {
    text.bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.bytes.count
  }
}
