/// Reads statements by recursive descent.
///
/// Every function that implements a rule of `Grammar/Dossier.bnf` opens with the rule's name.
/// Functions named `expect…` report what is missing, `consume…` do not. No function reads a token
/// twice in search of the right rule: where the next tokens leave a choice, the bracket table
/// settles it.
///
/// The tree nests at most ``nestingLimit`` levels, except that the left operand of a binary
/// operator may be a chain of any length: `1 + 1 + …` with 100,000 operands is a tree of depth
/// 100,000.
public struct Parser {
  /// How deeply parentheses, lists, maps, function calls, `CASE`, `NOT`, signs and subqueries may
  /// stand inside of each other.
  public static let nestingLimit = 1_000

  let text: SourceText
  let tokens: [Token]
  let brackets: BracketTable
  /// Index of the token to be read next.
  var index = 0
  /// Levels that enclose the token to be read next.
  var depth = 0

  init(_ text: SourceText, in range: SourceRange) {
    self.text = text
    tokens = Lexer.tokens(of: text, in: range)
    brackets = BracketTable(tokens)
  }

  /// The one statement that a text, or a range of it, holds; a `;` may follow.
  ///
  /// Ranges of the tree are byte offsets in the whole text. Needs a stack of about 16 MiB for
  /// statements at the nesting limit. O(n).
  public static func parseStatement(
    _ text: SourceText, in range: SourceRange? = nil
  ) throws(QueryError) -> Statement {
    var parser = Parser(text, in: range ?? text.range)
    do throws(QueryError) {
      return try parser.parseProgram()
    } catch {
      throw text.locating(error)
    }
  }

  /// The one expression that a text holds. O(n).
  public static func parseExpression(_ text: SourceText) throws(QueryError) -> Expression {
    var parser = Parser(text, in: text.range)
    do throws(QueryError) {
      let expression = try parser.parseValueExpression()
      guard parser.kind == .endOfText else {
        throw parser.unexpected("the end of the expression")
      }
      return expression
    } catch {
      throw text.locating(error)
    }
  }

  /// The statements of a text, found one by one at their semicolons and not yet parsed.
  public static func parseScript(_ text: SourceText) -> ScriptReader {
    ScriptReader(text)
  }
}

extension Parser {
  /// The token to be read next.
  var token: Token { tokens[index] }

  /// The kind of the token to be read next.
  var kind: TokenKind { tokens[index].kind }

  /// Byte offset behind the token that was read last.
  var previousEnd: Int { index > 0 ? tokens[index - 1].end : token.start }

  /// The kind of the token `distance` tokens ahead; `endOfText` behind the end.
  func peek(_ distance: Int = 1) -> TokenKind {
    let position = index + distance
    return position < tokens.count ? tokens[position].kind : .endOfText
  }

  /// Moves on; stays at the end of the text.
  mutating func advance() {
    if index < tokens.count - 1 { index += 1 }
  }

  /// From a start to the end of the token that was read last.
  func range(from start: Int) -> SourceRange {
    SourceRange(start: start, end: max(start, previousEnd))
  }

  func at(_ keyword: Keyword) -> Bool { kind == .keyword(keyword) }

  mutating func consume(if expected: TokenKind) -> Bool {
    guard kind == expected else { return false }
    advance()
    return true
  }

  mutating func consume(if keyword: Keyword) -> Bool {
    consume(if: .keyword(keyword))
  }

  mutating func expect(_ expected: TokenKind, _ what: String) throws(QueryError) {
    guard consume(if: expected) else { throw unexpected(what) }
  }

  mutating func expect(_ keyword: Keyword) throws(QueryError) {
    guard consume(if: keyword) else { throw unexpected("`\(keyword.rawValue)`") }
  }

  /// Closes the bracket that the token at `opening` opens.
  mutating func expectClosing(_ closing: TokenKind, of opening: Int) throws(QueryError) {
    guard consume(if: closing) else { throw unclosed(opening, closing: closing) }
  }

  /// One level deeper; every call is paired with a `leave`.
  mutating func enter() throws(QueryError) {
    guard depth < Parser.nestingLimit else {
      throw QueryError(
        .nestingTooDeep, "the statement nests more than \(Parser.nestingLimit) levels deep",
        at: token.range, label: "level \(Parser.nestingLimit + 1) starts here")
    }
    depth += 1
  }

  mutating func leave() { depth -= 1 }
}
