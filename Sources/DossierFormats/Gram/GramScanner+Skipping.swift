import DossierSyntax

/// Stepping over patterns that can't be read.
extension GramScanner {
  /// Steps behind the bad pattern that starts at an offset.
  ///
  /// A pattern whose brackets match ends where they end. Behind another one, or one that would reach
  /// over a line that looks like the next pattern, that line is the place to go on: it opens with `(`,
  /// `[` or `@`. Errors: `error`, the one of the pattern, where a text or a comment over several lines
  /// is not closed, since any line may then be a part of it.
  mutating func skipPattern(from start: Int, _ error: QueryError) throws(QueryError) {
    let place = max(start, error.diagnostics.first?.range?.start ?? start)
    at = start
    if opensPattern {
      do throws(QueryError) {
        try skipBalanced()
        if at > place, error.code != .invalidData || !holdsPatternLine(start + 1) { return }
      } catch {
        // Its brackets do not match.
      }
    }
    at = place
    let isComment = byte == UInt8(ascii: "/") && byte(ahead: 1) == UInt8(ascii: "*")
    if isAtFence || isComment { throw error }
    repeat { skipLine() } while !isAtEnd && !opensPattern
  }

  /// True when a pattern or its annotation opens here.
  private var opensPattern: Bool {
    byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "@")
  }

  /// Steps to the beginning of the next line that is not empty.
  private mutating func skipLine() {
    while !isAtEnd && byte != 0x0A && byte != 0x0D { at += 1 }
    while byte == 0x0A || byte == 0x0D { at += 1 }
  }

  /// True when a line between an offset and this place opens as a pattern does.
  private func holdsPatternLine(_ offset: Int) -> Bool {
    var scanner = self
    scanner.at = offset
    scanner.skipLine()
    while scanner.at < at {
      if scanner.opensPattern { return true }
      scanner.skipLine()
    }
    return false
  }

  /// Steps over annotations, nodes, arrows and brackets with everything in them, up to the end of the
  /// path.
  private mutating func skipBalanced() throws(QueryError) {
    var depth = 0
    var isWhole = false
    var isAnnotation = false
    while true {
      try skipBlanks()
      if isAtEnd { break }
      switch byte {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
        if depth == 0 && isWhole { return }
        depth += 1
        at += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        if depth < 0 { throw unexpected("a pattern") }
        at += 1
        if depth == 0 {
          isWhole = !isAnnotation
          isAnnotation = false
        }
      case UInt8(ascii: "`") where isAtFence: _ = try fencedString()
      case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): _ = try quotedString()
      case UInt8(ascii: ","):
        if depth == 0 && isWhole { return }
        at += 1
      case UInt8(ascii: "@"):
        if depth == 0 && isWhole { return }
        isAnnotation = depth == 0 && byte(ahead: 1) != UInt8(ascii: "@")
        at += isAnnotation || depth > 0 ? 1 : 2
      case UInt8(ascii: "<"), UInt8(ascii: "-"), UInt8(ascii: "="), UInt8(ascii: "~"),
        UInt8(ascii: ">"):
        if depth == 0 { isWhole = false }
        at += 1
      default: at += 1
      }
    }
    if depth > 0 { throw unexpected("the end of the pattern") }
  }
}
