/// What a token is.
///
/// Malformed tokens are tokens, too: only the parser knows whether a malformed number stands where
/// a number is expected.
public enum TokenKind: Hashable, Sendable {
  case endOfText
  case keyword(Keyword)
  /// `<regular identifier>`: a name without quotes that is no keyword.
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
  /// `<left paren>`.
  case leftParen
  /// `<right paren>`.
  case rightParen
  /// `<left bracket>`.
  case leftBracket
  /// `<right bracket>`.
  case rightBracket
  /// `<left brace>`.
  case leftBrace
  /// `<right brace>`.
  case rightBrace
  /// `<comma>`.
  case comma
  /// `<semicolon>`.
  case semicolon
  /// `<colon>`.
  case colon
  /// `<period>`.
  case period
  /// `<double period>`.
  case doublePeriod
  /// `<vertical bar>`.
  case bar
  /// `<dollar sign>` without a name behind it.
  case dollar
  /// `<plus sign>`.
  case plus
  /// `<plus equals operator>`.
  case plusEqual
  /// `<minus sign>`.
  case minus
  /// `<asterisk>`.
  case asterisk
  /// `<solidus>`.
  case solidus
  /// `<percent>`.
  case percent
  /// `<circumflex>`.
  case circumflex
  /// `<equals operator>`.
  case equal
  /// `<not equals operator>`.
  case notEqual
  /// `<less than operator>`.
  case less
  /// `<less than or equals operator>`.
  case lessOrEqual
  /// `<greater than operator>`.
  case greater
  /// `<greater than or equals operator>`.
  case greaterOrEqual
  /// `<regex match operator>`.
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
  public var isName: Bool {
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
