extension Parser {
  /// A relationship starts here. In an expression a `-` or `<` may be an operator, so there the
  /// whole arrow must follow.
  func startsRelationship(_ place: PatternPlace) -> Bool {
    if place == .expression { return isRelationship(at: index) }
    switch kind {
    case .minus, .less, .unicodeDash, .unicodeLeftArrowhead: return true
    default: return false
    }
  }

  /// A path pattern of two nodes or more starts at a token. O(tokens of two nodes).
  func startsPathPattern(at start: Int) -> Bool {
    guard let end = nodePatternEnd(at: start) else { return false }
    return isRelationship(at: end)
  }

  /// The index behind the node pattern, or the `[r]`, that starts at a token. O(tokens of the node).
  private func nodePatternEnd(at start: Int) -> Int? {
    if kind(at: start) == .leftBracket {
      return kind(at: start + 1).isVariable && kind(at: start + 2) == .rightBracket
        ? start + 3 : nil
    }
    guard kind(at: start) == .leftParen else { return nil }
    var position = start + 1
    if kind(at: position).isVariable { position += 1 }
    while kind(at: position) == .colon {
      let length = hyphenatedLength(at: position + 1)
      guard length > 0 else { return nil }
      position += 1 + length
    }
    position = propertiesEnd(at: position)
    return kind(at: position) == .rightParen ? position + 1 : nil
  }

  /// An arrow and a node stand at a token. Behind a right arrowhead the node needs no proof: no
  /// operator ends like that.
  private func isRelationship(at start: Int) -> Bool {
    guard let end = arrowEnd(at: start) else { return false }
    return isRightArrowhead(kind(at: end - 1)) || nodePatternEnd(at: end) != nil
  }

  /// The parenthesis at a token holds one path pattern of two nodes or more and nothing else.
  /// O(tokens of the path).
  func holdsPathPattern(at opening: Int) -> Bool {
    guard let first = nodePatternEnd(at: opening + 1) else { return false }
    var end = first
    while let arrow = arrowEnd(at: end), let next = nodePatternEnd(at: arrow) { end = next }
    return end > first && kind(at: end) == .rightParen
  }

  /// The index behind the arrow that starts at a token.
  private func arrowEnd(at start: Int) -> Int? {
    var position = start
    if isLeftArrowhead(kind(at: position)) { position += 1 }
    guard isArrowLine(kind(at: position)) else { return nil }
    position += 1
    if kind(at: position) == .leftBracket {
      guard let end = relationshipFillerEnd(at: position) else { return nil }
      position = end
    }
    guard isArrowLine(kind(at: position)) else { return nil }
    return isRightArrowhead(kind(at: position + 1)) ? position + 2 : position + 1
  }

  /// The index behind the brackets at a token if they hold what a relationship may hold.
  private func relationshipFillerEnd(at start: Int) -> Int? {
    var position = start + 1
    if kind(at: position).isVariable { position += 1 }
    if kind(at: position) == .colon {
      repeat {
        position += 1
        if kind(at: position) == .colon { position += 1 }
        let length = hyphenatedLength(at: position)
        guard length > 0 else { return nil }
        position += length
      } while kind(at: position) == .bar
    }
    if kind(at: position) == .asterisk {
      position += 1
      if isInteger(kind(at: position)) { position += 1 }
      if kind(at: position) == .doublePeriod { position += 1 }
      if isInteger(kind(at: position)) { position += 1 }
    }
    position = propertiesEnd(at: position)
    return kind(at: position) == .rightBracket ? position + 1 : nil
  }

  /// The index behind the map at a token; the token itself where no map stands.
  private func propertiesEnd(at start: Int) -> Int {
    guard kind(at: start) == .leftBrace, let partner = brackets.partner(of: start) else {
      return start
    }
    let isMap =
      partner == start + 1 || (kind(at: start + 1).isName && kind(at: start + 2) == .colon)
    return isMap ? partner + 1 : start
  }

  func kind(at position: Int) -> TokenKind {
    position < tokens.count ? tokens[position].kind : .endOfText
  }

  private func isInteger(_ kind: TokenKind) -> Bool {
    kind == .decimalInteger || kind == .hexadecimalInteger || kind == .octalInteger
  }

  private func isArrowLine(_ kind: TokenKind) -> Bool { kind == .minus || kind == .unicodeDash }

  private func isLeftArrowhead(_ kind: TokenKind) -> Bool {
    kind == .less || kind == .unicodeLeftArrowhead
  }

  private func isRightArrowhead(_ kind: TokenKind) -> Bool {
    kind == .greater || kind == .unicodeRightArrowhead
  }
}
