import DossierSyntax
import Glibc

/// `=~`: the whole string matches a POSIX extended regular expression.
///
/// The usual shorthands `\d`, `\w`, `\s`, groups `(?:…)` and the leading flag `(?i)` are understood.
/// A compiled expression is kept as long as the pattern stays the same.
final class RegexKernel: ExpressionKernel {
  private let left: ExpressionKernel
  private let right: ExpressionKernel
  private let range: SourceRange
  private var compiled: RegularExpression?

  init(_ left: ExpressionKernel, _ right: ExpressionKernel, _ range: SourceRange) {
    self.left = left
    self.right = right
    self.range = range
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let texts = try left.evaluate(batch, state)
    let patterns = try right.evaluate(batch, state)
    let isConstant = texts.isConstant && patterns.isConstant
    let result = Column(.boolean, count: batch.count, nullable: true, isConstant: isConstant)
    for row in 0..<result.physicalCount {
      let text = texts.cell(row)
      let pattern = patterns.cell(row)
      result.booleans[row] = 0
      guard text.tag == .string, pattern.tag == .string else { continue }
      result.setValid(row)
      result.booleans[row] = byte(try expression(pattern.bytes).matches(text.bytes))
    }
    return result
  }

  private func expression(
    _ pattern: UnsafeBufferPointer<UInt8>
  ) throws(QueryError) -> RegularExpression {
    if let compiled, compiled.source.elementsEqual(pattern) { return compiled }
    guard let made = RegularExpression(Array(pattern)) else {
      throw QueryError(.invalidArgumentValue, "invalid regular expression", at: range)
    }
    compiled = made
    return made
  }
}

/// A compiled POSIX extended regular expression that must match a whole string.
private final class RegularExpression {
  let source: [UInt8]
  private var compiled = regex_t()

  /// nil when the pattern is not well formed.
  init?(_ source: [UInt8]) {
    self.source = source
    var pattern = source[...]
    var flags = REG_EXTENDED | REG_NOSUB
    if pattern.starts(with: Array("(?i)".utf8)) {
      pattern = pattern.dropFirst(4)
      flags |= REG_ICASE
    }
    guard !pattern.contains(0) else { return nil }
    let text = Array("^(".utf8) + Self.translated(pattern) + Array(")$".utf8) + [0]
    let failed = text.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { regcomp(&compiled, $0.baseAddress, flags) }
    }
    if failed != 0 { return nil }
  }

  deinit { regfree(&compiled) }

  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard !text.contains(0) else { return false }
    let terminated = Array(text) + [0]
    return terminated.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { regexec(&compiled, $0.baseAddress, 0, nil, 0) == 0 }
    }
  }

  /// Shorthands that POSIX lacks, in its own spelling.
  private static func translated(_ pattern: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var i = pattern.startIndex
    var inClass = false
    while i < pattern.endIndex {
      let c = pattern[i]
      if c == UInt8(ascii: "\\"), i + 1 < pattern.endIndex {
        out += shorthand(pattern[i + 1], inClass: inClass)
        i += 2
        continue
      }
      if c == UInt8(ascii: "(") && !inClass && pattern[i...].starts(with: Array("(?:".utf8)) {
        out.append(c)
        i += 3
        continue
      }
      if c == UInt8(ascii: "[") { inClass = true }
      if c == UInt8(ascii: "]") { inClass = false }
      out.append(c)
      i += 1
    }
    return out
  }

  private static func shorthand(_ letter: UInt8, inClass: Bool) -> [UInt8] {
    let open = inClass ? "" : "["
    let close = inClass ? "" : "]"
    switch letter {
    case UInt8(ascii: "d"): return Array("\(open)0-9\(close)".utf8)
    case UInt8(ascii: "D"): return Array("[^0-9]".utf8)
    case UInt8(ascii: "w"): return Array("\(open)[:alnum:]_\(close)".utf8)
    case UInt8(ascii: "s"): return Array("\(open)[:space:]\(close)".utf8)
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "r"): return [13]
    default: return [UInt8(ascii: "\\"), letter]
    }
  }
}
