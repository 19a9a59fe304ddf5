/// What the parser wants to know about brackets before it reads what they hold: where each one
/// closes, and whether a comma or a bar stands directly inside.
///
/// It makes every look ahead a matter of a few steps, so that no text is read twice.
struct BracketTable {
  private struct Entry {
    /// Index of the closing token; -1 where the bracket is not closed.
    var partner: Int32 = -1
    var hasComma = false
    var hasBar = false
  }

  /// One entry for each token; only those of opening brackets mean something.
  private var entries: [Entry]

  /// O(tokens).
  init(_ tokens: [Token]) {
    entries = Array(repeating: Entry(), count: tokens.count)
    var open: [Int] = []
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .leftParen, .leftBracket, .leftBrace:
        open.append(index)
      case .rightParen, .rightBracket, .rightBrace:
        guard let last = open.last, Self.closes(token.kind, tokens[last].kind) else { continue }
        entries[last].partner = Int32(truncatingIfNeeded: index)
        open.removeLast()
      case .comma:
        if let last = open.last { entries[last].hasComma = true }
      case .bar:
        if let last = open.last { entries[last].hasBar = true }
      default: break
      }
    }
  }

  /// The index of the token that closes the bracket at `index`.
  func partner(of index: Int) -> Int? {
    let partner = entries[index].partner
    return partner < 0 ? nil : Int(partner)
  }

  /// A comma stands directly inside of the bracket at `index`.
  func hasComma(in index: Int) -> Bool { entries[index].hasComma }

  /// A bar stands directly inside of the bracket at `index`.
  func hasBar(in index: Int) -> Bool { entries[index].hasBar }

  private static func closes(_ closing: TokenKind, _ opening: TokenKind) -> Bool {
    switch (opening, closing) {
    case (.leftParen, .rightParen), (.leftBracket, .rightBracket), (.leftBrace, .rightBrace): true
    default: false
    }
  }
}
