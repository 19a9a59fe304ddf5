extension LexerCursor {
  /// `<regular identifier>` or a keyword.
  mutating func lexWord() -> TokenKind {
    let start = offset
    let isASCII = skipIdentifierExtend()
    if isASCII,
      let keyword = Keyword.spelled(by: UnsafeBufferPointer(rebasing: bytes[start..<offset]))
    {
      return .keyword(keyword)
    }
    return .identifier
  }

  /// `<identifier extend>`: moves behind all characters that may continue an identifier; true if
  /// all of them are ASCII.
  @discardableResult
  mutating func skipIdentifierExtend() -> Bool {
    var isASCII = true
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte < 0x80 {
        guard CharacterClass.isASCIIIdentifierExtend(byte) else { break }
        offset += 1
      } else {
        guard let (scalar, length) = UTF8Decoding.scalar(in: bytes, at: offset),
          CharacterClass.isIdentifierExtend(scalar)
        else { break }
        isASCII = false
        offset += length
      }
    }
    return isASCII
  }

  /// `<delimited identifier>`: backticks around any characters; two backticks stand
  /// for one.
  mutating func lexQuotedName() -> TokenKind {
    offset += 1
    while offset < bytes.count {
      if peek() != UInt8(ascii: "`") {
        offset += 1
      } else if peek(1) == UInt8(ascii: "`") {
        offset += 2
      } else {
        return take(1, .quotedName)
      }
    }
    return .unterminated(.backtick)
  }

  /// `<character string literal>`: a backslash takes the next character with it.
  mutating func lexQuoted(_ quote: OpenConstruct) -> TokenKind {
    let delimiter = peek()
    offset += 1
    while offset < bytes.count {
      let byte = peek()
      if byte == delimiter { return take(1, .string) }
      offset += byte == UInt8(ascii: "\\") && offset + 1 < bytes.count ? 2 : 1
    }
    return .unterminated(quote)
  }

  /// `<general parameter reference>`.
  mutating func lexParameter() -> TokenKind {
    offset += 1
    if peek() == UInt8(ascii: "`") {
      let kind = lexQuotedName()
      return kind == .quotedName ? .parameter : kind
    }
    let start = offset
    skipIdentifierExtend()
    return offset > start ? .parameter : .dollar
  }

  /// `<unsigned decimal integer>`, `<unsigned hexadecimal integer>`, `<unsigned octal integer>`,
  /// `<unsigned float>`, `<malformed number>`: takes all letters and digits that follow, so that
  /// `12ab` is one malformed token and not two.
  mutating func lexNumber() -> TokenKind {
    if peek() == UInt8(ascii: "0") {
      switch peek(1) | 0x20 {
      case UInt8(ascii: "x"):
        return lexRadix(.hexadecimalInteger) { CharacterClass.hexadecimalValue($0) != nil }
      case UInt8(ascii: "o"):
        return lexRadix(.octalInteger) { CharacterClass.isOctalDigit($0) }
      default: break
      }
    }
    let start = offset
    skipDigits()
    var isFloat = false
    if peek() == UInt8(ascii: "."), CharacterClass.isDigit(peek(1)) {
      isFloat = true
      offset += 1
      skipDigits()
    }
    if skipExponent() { isFloat = true }
    let numberEnd = offset
    skipIdentifierExtend()
    if offset > numberEnd { return .malformedNumber }
    if isFloat { return .float }
    return integerKind(from: start)
  }

  /// An integer with a leading zero is octal, as in openCypher 9.
  private func integerKind(from start: Int) -> TokenKind {
    guard bytes[start] == UInt8(ascii: "0"), offset > start + 1 else { return .decimalInteger }
    let digits = bytes[start..<offset]
    return digits.allSatisfy { CharacterClass.isOctalDigit($0) } ? .octalInteger : .malformedNumber
  }

  private mutating func lexRadix(_ kind: TokenKind, isDigit: (UInt8) -> Bool) -> TokenKind {
    offset += 2
    let start = offset
    skipIdentifierExtend()
    let isValid = offset > start && bytes[start..<offset].allSatisfy(isDigit)
    return isValid ? kind : .malformedNumber
  }

  private mutating func skipDigits() {
    while CharacterClass.isDigit(peek()) { offset += 1 }
  }

  /// `<exponent>`: needs a digit; `1e` alone is left for the malformed tail.
  private mutating func skipExponent() -> Bool {
    guard peek() | 0x20 == UInt8(ascii: "e") else { return false }
    let sign = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-") ? 1 : 0
    guard CharacterClass.isDigit(peek(1 + sign)) else { return false }
    offset += 1 + sign
    skipDigits()
    return true
  }
}
