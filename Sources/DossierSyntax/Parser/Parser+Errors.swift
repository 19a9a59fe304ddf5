extension Parser {
  /// The text of the token to be read next as messages quote it.
  var tokenText: String {
    DisplayText.quotation(text.string(in: token.range))
  }

  /// The complaint that the token to be read next is not what the rule wants.
  func unexpected(_ expected: String, help: String? = nil) -> QueryError {
    let range = token.range
    switch kind {
    case .endOfText:
      return QueryError(
        .unexpectedSyntax, "the statement ends where \(expected) is expected",
        at: SourceRange(start: previousEnd, end: previousEnd), help: help)
    case .unterminated(let construct):
      return unterminated(construct)
    case .unicodeDash, .unicodeLeftArrowhead, .unicodeRightArrowhead:
      return QueryError(
        .invalidUnicodeCharacter, "`\(tokenText)` is an operator only in the arrows of patterns",
        at: range, help: "write `-`, `<` or `>`")
    case .unknownCharacter where text.bytes[range.start] >= 0x80:
      return QueryError(
        .invalidUnicodeCharacter, "`\(tokenText)` starts no word and no operator", at: range,
        help: "names with such characters need backticks")
    case .string:
      return QueryError(
        .unexpectedSyntax, "unexpected string, expected \(expected)", at: range,
        help: help ?? "write a quote inside of a string as `\\'`")
    default:
      return QueryError(
        .unexpectedSyntax, "unexpected `\(tokenText)`, expected \(expected)", at: range,
        help: help ?? habitHelp())
    }
  }

  /// The complaint that a bracket is not closed, or that something inside of it is wrong.
  func unclosed(_ opening: Int, closing: TokenKind) -> QueryError {
    let sign =
      switch closing {
      case .rightParen: ")"
      case .rightBracket: "]"
      default: "}"
      }
    let bracket = tokens[opening]
    let position = text.position(of: bracket.start)
    let opened = text.string(in: bracket.range)
    var help: String?
    if brackets.partner(of: opening) == nil {
      help =
        "`\(opened)` in line \(position.line), column \(position.column) is not closed by `\(sign)`"
    }
    return unexpected("`\(sign)`", help: help ?? habitHelp())
  }

  private func unterminated(_ construct: OpenConstruct) -> QueryError {
    let what = construct == .comment ? "comment" : construct == .backtick ? "name" : "string"
    let range = SourceRange(
      start: token.start, end: token.start + construct.opening.utf8.count)
    return QueryError(
      .unexpectedSyntax, "the \(what) that starts here does not end", at: range,
      label: "opened here", help: "close it with `\(construct.closing)`")
  }

  /// The complaint about a node pattern that goes on where it should close.
  func unfinishedNode(_ opening: Int, hasVariable: Bool) -> QueryError {
    switch kind {
    case .bar, .foreignOperator:
      return unexpected(
        "`)`", help: "a node pattern takes labels joined by `:`; write alternatives in `WHERE`")
    case .minus where hasVariable && tokens[index - 2].kind == .leftParen:
      return unexpected("`)`", help: "a variable with a hyphen needs backticks")
    case .minus:
      return unexpected("`)`", help: "the hyphen in a label stands between words without spaces")
    case .keyword(.where):
      return unexpected("`)`", help: "write `WHERE` behind the pattern")
    case .keyword(let keyword) where tokens[index - 1].kind == .leftParen && keyword.isReserved:
      return unexpected(
        "`)`",
        help: "`\(keyword.rawValue)` is a reserved word; put it in backticks to use it as a"
          + " variable")
    default:
      return unclosed(opening, closing: .rightParen)
    }
  }

  /// The complaint about a relationship pattern that goes on where it should close.
  func unfinishedRelationship(_ opening: Int) -> QueryError {
    switch kind {
    case .minus:
      return unexpected("`]`", help: "a variable with a hyphen needs backticks")
    case .colon:
      return unexpected("`]`", help: "a relationship has one type; write alternatives as `:A|B`")
    default:
      return unclosed(opening, closing: .rightBracket)
    }
  }

  /// What helps somebody who writes as in another language or misspells a keyword.
  private func habitHelp() -> String? {
    let written = text.string(in: token.range)
    switch kind {
    case .foreignOperator:
      return LanguageHabit.help(forOperator: written)
    case .identifier:
      if let help = LanguageHabit.help(forWord: written) { return help }
      let keywords = Keyword.allCases.lazy.map(\.rawValue)
      guard let keyword = EditDistance.nearest(to: written, among: keywords) else { return nil }
      return "did you mean `\(keyword)`?"
    case .keyword(.from), .keyword(.between):
      return LanguageHabit.help(forWord: written)
    default:
      return nil
    }
  }
}
