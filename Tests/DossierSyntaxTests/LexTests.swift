import Testing

@testable import DossierSyntax

@Suite("Lex")
struct LexTests {
  private func kinds(_ text: String) -> [TokenKind] {
    Lexer.tokens(of: SourceText(text)).dropLast().map(\.kind)
  }

  @Test(arguments: [
    ("1", [TokenKind.decimalInteger]), ("0", [.decimalInteger]), ("0x1F", [.hexadecimalInteger]),
    ("0Xff", [.hexadecimalInteger]), ("0o17", [.octalInteger]), ("017", [.octalInteger]),
    ("018", [.malformedNumber]), ("0x", [.malformedNumber]), ("0x1G", [.malformedNumber]),
    ("12ab", [.malformedNumber]), ("1e", [.malformedNumber]), (".5", [.float]), ("1.5", [.float]),
    ("1e9", [.float]), ("1E+9", [.float]), ("1.5e-3", [.float]), ("00.5", [.float]),
    ("1..3", [.decimalInteger, .doublePeriod, .decimalInteger]),
    ("1.x", [.decimalInteger, .period, .identifier]),
    ("1.", [.decimalInteger, .period]), ("...5", [.doublePeriod, .float]),
  ])
  func numbers(_ text: String, _ expected: [TokenKind]) {
    #expect(kinds(text) == expected)
  }

  @Test(arguments: [
    ("match", [TokenKind.keyword(.match)]), ("MaTcH", [.keyword(.match)]),
    ("matches", [.identifier]), ("_x1", [.identifier]), ("été", [.identifier]),
    ("变量", [.identifier]), ("ma\u{0300}tch", [.identifier]), ("`a ``b`` c`", [.quotedName]),
    ("``", [.quotedName]), ("$a", [.parameter]), ("$0", [.parameter]), ("$`a b`", [.parameter]),
    ("$", [.dollar]), ("$ a", [.dollar, .identifier]),
    ("ALLSHORTESTPATHS", [.keyword(.allShortestPaths)]),
  ])
  func words(_ text: String, _ expected: [TokenKind]) {
    #expect(kinds(text) == expected)
  }

  @Test(arguments: [
    ("<>", [TokenKind.notEqual]), ("<=", [.lessOrEqual]), (">=", [.greaterOrEqual]),
    ("=~", [.regexMatch]), ("+=", [.plusEqual]), ("..", [.doublePeriod]),
    ("-->", [.minus, .minus, .greater]), ("<-[", [.less, .minus, .leftBracket]),
    ("—", [.unicodeDash]), ("〈", [.unicodeLeftArrowhead]), ("〉", [.unicodeRightArrowhead]),
    ("!=", [.foreignOperator]), ("==", [.foreignOperator]), ("&&", [.foreignOperator]),
    ("||", [.foreignOperator]), ("#", [.unknownCharacter]), ("€", [.unknownCharacter]),
    ("a-b", [.identifier, .minus, .identifier]),
  ])
  func signs(_ text: String, _ expected: [TokenKind]) {
    #expect(kinds(text) == expected)
  }

  @Test(arguments: [
    ("'a'", [TokenKind.string]), ("\"a'b\"", [.string]), (#"'it\'s'"#, [.string]),
    (#"'\\'"#, [.string]), ("'a' 'b'", [.string, .string]), ("'a\nb'", [.string]),
    ("'a", [.unterminated(.singleQuote)]), (#""a\""#, [.unterminated(.doubleQuote)]),
    ("`a", [.unterminated(.backtick)]), ("$`a", [.unterminated(.backtick)]),
    ("/* a", [.unterminated(.comment)]), ("1 /* a */ 2", [.decimalInteger, .decimalInteger]),
    ("1 // 2\n3", [.decimalInteger, .decimalInteger]), ("/**/", []),
    ("/* * **/1", [.decimalInteger]),
    ("\u{FEFF}1\u{A0}\u{2003}", [.decimalInteger]),
  ])
  func quotesAndComments(_ text: String, _ expected: [TokenKind]) {
    #expect(kinds(text) == expected)
  }

  @Test func tokensCoverTheirBytes() {
    let text = SourceText("  变 + 'é'")
    let tokens = Lexer.tokens(of: text)
    #expect(tokens.map { text.string(in: $0.range) } == ["变", "+", "'é'", ""])
    #expect(tokens[0].range == SourceRange(start: 2, end: 5))
  }

  @Test func rangesAreRespected() {
    let text = SourceText("a; bc; d")
    let tokens = Lexer.tokens(of: text, in: SourceRange(start: 3, end: 4))
    #expect(tokens.map { text.string(in: $0.range) } == ["b", ""])
  }
}

@Suite("Source text")
struct SourceTextTests {
  @Test func positionsCountCodePoints() {
    let text = SourceText("ab\né变\u{1F600}x\r\n\nz")
    #expect(text.lineCount == 4)
    #expect(text.position(of: 0) == SourcePosition(line: 1, column: 1))
    #expect(text.position(of: 3) == SourcePosition(line: 2, column: 1))
    #expect(text.position(of: 12) == SourcePosition(line: 2, column: 4))
    #expect(text.position(of: 999) == SourcePosition(line: 4, column: 2))
    #expect(text.line(2) == "é变\u{1F600}x")
    #expect(text.line(3) == "")
    #expect(text.line(9) == "")
  }

  @Test(
    arguments: [
      [0x61, 0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
      [0xE2, 0x82],
    ] as [[UInt8]])
  func invalidBytesAreRefused(_ bytes: [UInt8]) {
    #expect { try SourceText(validating: bytes) } throws: {
      ($0 as? QueryError)?.code == .invalidUnicodeCharacter
    }
  }

  @Test func validBytesAreTaken() throws {
    let text = try SourceText(validating: Array("RETURN 'é变\u{1F600}'".utf8))
    #expect(text.line(1) == "RETURN 'é变\u{1F600}'")
  }
}
