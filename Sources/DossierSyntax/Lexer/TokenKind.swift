/// What a token is.
///
/// Malformed tokens are tokens, too: only the parser knows whether a malformed number stands where a
/// number is expected.
public enum TokenKind: Hashable, Sendable {
  case endOfText
  case keyword(Keyword)
  /// A name without quotes that is no keyword.
  case identifier
  /// A name in backticks.
  case quotedName
  /// `$name`, `$0` or `` $`a name` ``.
  case parameter
  case decimalInteger
  case hexadecimalInteger
  /// `0o17` and the older `017`.
  case octalInteger
  case float
  /// Starts like a number but is none: `0x`, `12ab`.
  case malformedNumber
  /// A character string in either kind of quotes.
  case string
  /// A quote or a comment that the text does not close.
  case unterminated(OpenConstruct)
  case leftParen
  case rightParen
  case leftBracket
  case rightBracket
  case leftBrace
  case rightBrace
  case comma
  case semicolon
  case colon
  case period
  case doublePeriod
  case bar
  case dollar
  case plus
  case plusEqual
  case minus
  case asterisk
  case solidus
  case percent
  case circumflex
  case equal
  case notEqual
  case less
  case lessOrEqual
  case greater
  case greaterOrEqual
  case regexMatch
  /// A dash of Unicode other than `-`; valid in the arrows of patterns.
  case unicodeDash
  /// A left arrowhead of Unicode other than `<`; valid in the arrows of patterns.
  case unicodeLeftArrowhead
  /// A right arrowhead of Unicode other than `>`; valid in the arrows of patterns.
  case unicodeRightArrowhead
  /// An operator of another language: `!=`, `==`, `&&`, `||`, `!`.
  case foreignOperator
  /// A character that starts no token.
  case unknownCharacter

  /// Identifiers, quoted names and keywords: whatever may name a label, a type or a property key.
  var isName: Bool {
    switch self {
    case .identifier, .quotedName, .keyword: true
    default: false
    }
  }

  /// Identifiers, quoted names and unreserved keywords: whatever may name a variable.
  var isVariable: Bool {
    switch self {
    case .identifier, .quotedName: true
    case .keyword(let keyword): !keyword.isReserved
    default: false
    }
  }
}

/// Something that a text opens and does not close.
public enum OpenConstruct: Hashable, Sendable {
  case singleQuote
  case doubleQuote
  case backtick
  case comment
  case parenthesis
  case bracket
  case brace
  /// A statement without its closing `;`.
  case statement

  /// The characters that open the construct, for prompts and messages.
  public var opening: String {
    switch self {
    case .singleQuote: "'"
    case .doubleQuote: "\""
    case .backtick: "`"
    case .comment: "/*"
    case .parenthesis: "("
    case .bracket: "["
    case .brace: "{"
    case .statement: ""
    }
  }

  /// The characters that close the construct.
  public var closing: String {
    switch self {
    case .singleQuote: "'"
    case .doubleQuote: "\""
    case .backtick: "`"
    case .comment: "*/"
    case .parenthesis: ")"
    case .bracket: "]"
    case .brace: "}"
    case .statement: ";"
    }
  }
}
