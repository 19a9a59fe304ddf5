/// The lexer's position in borrowed bytes; lives for the length of one token.
struct LexerCursor {
  let bytes: UnsafeBufferPointer<UInt8>
  var offset: Int

  /// The byte `distance` bytes ahead; 0 behind the end.
  func peek(_ distance: Int = 0) -> UInt8 {
    let index = offset + distance
    return index < bytes.count ? bytes[index] : 0
  }

  /// `<token>`, behind whatever `<separator>` precedes it.
  mutating func lexToken() -> Token {
    if let open = skipSeparators() { return open }
    let start = offset
    guard offset < bytes.count else { return Token(kind: .endOfText, start: start, end: start) }
    let kind = lexKind()
    return Token(kind: kind, start: start, end: offset)
  }

  /// Strings start with a `<quote>` or `<double quote>`, quoted names with a `<grave accent>`; a
  /// `<reverse solidus>` escapes.
  private mutating func lexKind() -> TokenKind {
    let byte = peek()
    if CharacterClass.isASCIIIdentifierStart(byte) { return lexWord() }
    if CharacterClass.isDigit(byte) { return lexNumber() }
    switch byte {
    case UInt8(ascii: "."):
      if CharacterClass.isDigit(peek(1)) { return lexNumber() }
      return peek(1) == UInt8(ascii: ".") ? take(2, .doublePeriod) : take(1, .period)
    case UInt8(ascii: "'"): return lexQuoted(.singleQuote)
    case UInt8(ascii: "\""): return lexQuoted(.doubleQuote)
    case UInt8(ascii: "`"): return lexQuotedName()
    case UInt8(ascii: "$"): return lexParameter()
    default: return byte < 0x80 ? lexPunctuation(byte) : lexNonASCII()
    }
  }

  mutating func take(_ length: Int, _ kind: TokenKind) -> TokenKind {
    offset += length
    return kind
  }

  /// `<separator>`, `<white space>`, `<simple comment>`: white space and comments; gives back the
  /// token of a comment left open.
  private mutating func skipSeparators() -> Token? {
    while offset < bytes.count {
      let byte = peek()
      if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) || (byte >= 0x1C && byte <= 0x1F) {
        offset += 1
      } else if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "/") {
        while offset < bytes.count, peek() != UInt8(ascii: "\n") { offset += 1 }
      } else if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
        if let open = skipBlockComment() { return open }
      } else if byte >= 0x80, let scalar = UTF8Decoding.scalar(in: bytes, at: offset),
        CharacterClass.isWhitespace(scalar.value)
      {
        offset += scalar.length
      } else {
        return nil
      }
    }
    return nil
  }

  /// `<bracketed comment>`, `<comment part>`.
  private mutating func skipBlockComment() -> Token? {
    let start = offset
    offset += 2
    while offset < bytes.count {
      if peek() == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
        offset += 2
        return nil
      }
      offset += 1
    }
    return Token(kind: .unterminated(.comment), start: start, end: offset)
  }

  private mutating func lexPunctuation(_ byte: UInt8) -> TokenKind {
    let next = peek(1)
    switch byte {
    case UInt8(ascii: "("): return take(1, .leftParen)
    case UInt8(ascii: ")"): return take(1, .rightParen)
    case UInt8(ascii: "["): return take(1, .leftBracket)
    case UInt8(ascii: "]"): return take(1, .rightBracket)
    case UInt8(ascii: "{"): return take(1, .leftBrace)
    case UInt8(ascii: "}"): return take(1, .rightBrace)
    case UInt8(ascii: ","): return take(1, .comma)
    case UInt8(ascii: ";"): return take(1, .semicolon)
    case UInt8(ascii: ":"): return take(1, .colon)
    case UInt8(ascii: "-"): return take(1, .minus)
    case UInt8(ascii: "*"): return take(1, .asterisk)
    case UInt8(ascii: "/"): return take(1, .solidus)
    case UInt8(ascii: "%"): return take(1, .percent)
    case UInt8(ascii: "^"): return take(1, .circumflex)
    case UInt8(ascii: "+"):
      return next == UInt8(ascii: "=") ? take(2, .plusEqual) : take(1, .plus)
    case UInt8(ascii: "|"):
      return next == UInt8(ascii: "|") ? take(2, .foreignOperator) : take(1, .bar)
    case UInt8(ascii: "="):
      if next == UInt8(ascii: "~") { return take(2, .regexMatch) }
      return next == UInt8(ascii: "=") ? take(2, .foreignOperator) : take(1, .equal)
    case UInt8(ascii: "<"):
      if next == UInt8(ascii: ">") { return take(2, .notEqual) }
      return next == UInt8(ascii: "=") ? take(2, .lessOrEqual) : take(1, .less)
    case UInt8(ascii: ">"):
      return next == UInt8(ascii: "=") ? take(2, .greaterOrEqual) : take(1, .greater)
    case UInt8(ascii: "!"): return take(next == UInt8(ascii: "=") ? 2 : 1, .foreignOperator)
    case UInt8(ascii: "&"): return take(next == UInt8(ascii: "&") ? 2 : 1, .foreignOperator)
    default: return take(1, .unknownCharacter)
    }
  }

  private mutating func lexNonASCII() -> TokenKind {
    guard let (scalar, length) = UTF8Decoding.scalar(in: bytes, at: offset) else {
      return take(1, .unknownCharacter)
    }
    if CharacterClass.isIdentifierStart(scalar) { return lexWord() }
    if CharacterClass.isUnicodeDash(scalar) { return take(length, .unicodeDash) }
    if CharacterClass.isUnicodeLeftArrowhead(scalar) { return take(length, .unicodeLeftArrowhead) }
    if CharacterClass.isUnicodeRightArrowhead(scalar) {
      return take(length, .unicodeRightArrowhead)
    }
    return take(length, .unknownCharacter)
  }
}
