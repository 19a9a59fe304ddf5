import DossierSyntax

/// The computations behind the string functions, on UTF-8 bytes and code points.
enum StringKernels {
  /// A part of a string; the bytes are shared.
  static func part(of cell: Cell, _ start: Int, _ end: Int) -> Cell {
    guard start < end, let base = cell.bytes.baseAddress else {
      return Cell(stringAt: emptyBytes, count: 0)
    }
    return Cell(stringAt: base + start, count: UInt32(truncatingIfNeeded: end - start))
  }

  /// An address for strings without bytes.
  private nonisolated(unsafe) static let emptyBytes = UnsafePointer(
    UnsafeMutablePointer<UInt8>.allocate(capacity: 16))

  static func reverse(_ cell: Cell, _ call: FunctionContext) throws(QueryError) -> Cell {
    let bytes = cell.bytes
    let target = try call.allocateString(bytes.count)
    var (i, out) = (0, bytes.count)
    while i < bytes.count {
      let end = bytes.offset(ofCodePoint: 1, from: i)
      out -= end - i
      for k in i..<end { target[out + k - i] = bytes[k] }
      i = end
    }
    return Cell(stringAt: target, count: cell.aux)
  }

  // MARK: Case

  /// Letters in lower case, by the full mappings of Unicode that do not depend on a language.
  static func lowercased(_ cell: Cell, _ call: FunctionContext) throws(QueryError) -> Cell {
    try mapped(cell, call, ascii: \.asciiLowercased) { $0.properties.lowercaseMapping }
  }

  /// Letters in upper case, by the full mappings of Unicode that do not depend on a language.
  static func uppercased(_ cell: Cell, _ call: FunctionContext) throws(QueryError) -> Cell {
    try mapped(cell, call, ascii: \.asciiUppercased) { $0.properties.uppercaseMapping }
  }

  @inline(__always)
  private static func mapped(
    _ cell: Cell, _ call: FunctionContext, ascii: (UInt8) -> UInt8,
    other: (Unicode.Scalar) -> String
  ) throws(QueryError) -> Cell {
    let bytes = cell.bytes
    guard bytes.isASCII else {
      var text: [UInt8] = []
      text.reserveCapacity(bytes.count)
      var i = 0
      while i < bytes.count {
        let (scalar, end) = bytes.codePoint(at: i)
        text.append(contentsOf: other(scalar).utf8)
        i = end
      }
      return try call.arena.string(utf8: text)
    }
    let target = try call.allocateString(bytes.count)
    for i in 0..<bytes.count { target[i] = ascii(bytes[i]) }
    return Cell(stringAt: target, count: cell.aux)
  }

  // MARK: Trimming

  /// Which ends are trimmed.
  enum Side { case left, right, both }

  /// A string without the code points at its ends that `isTrimmed` names.
  static func trimmed(
    _ cell: Cell, _ side: Side, _ isTrimmed: (Unicode.Scalar) -> Bool
  ) -> Cell {
    let bytes = cell.bytes
    var (start, end) = (0, bytes.count)
    if side != .right {
      while start < end {
        let (scalar, next) = bytes.codePoint(at: start)
        guard isTrimmed(scalar) else { break }
        start = next
      }
    }
    if side != .left {
      while end > start {
        let (scalar, before) = bytes.codePoint(before: end)
        guard isTrimmed(scalar) else { break }
        end = before
      }
    }
    return part(of: cell, start, end)
  }

  /// The code points of a string as a set to trim.
  static func codePoints(_ cell: Cell) -> [Unicode.Scalar] {
    Array(cell.string.unicodeScalars)
  }

  // MARK: Searching

  /// `text` with the first `limit` occurrences of `search` replaced; an empty search changes
  /// nothing.
  static func replaced(
    _ text: Cell, _ search: Cell, _ replacement: Cell, limit: Int64, _ call: FunctionContext
  ) throws(QueryError) -> Cell {
    let (source, needle) = (text.bytes, search.bytes)
    if needle.isEmpty { return text }
    var result: [UInt8] = []
    var (start, replacements) = (0, Int64(0))
    while replacements < limit, let hit = source.firstOffset(of: needle, from: start) {
      result.append(contentsOf: source.part(start, hit))
      result.append(contentsOf: replacement.bytes)
      start = hit + needle.count
      replacements += 1
      if result.count > UInt32.max { break }
    }
    if replacements == 0 { return text }
    result.append(contentsOf: source.part(start, source.count))
    let target = try call.allocateString(result.count)
    result.withUnsafeBufferPointer { bytes in
      if let base = bytes.baseAddress { target.update(from: base, count: bytes.count) }
    }
    return Cell(stringAt: target, count: UInt32(truncatingIfNeeded: result.count))
  }

  /// The parts of `text` between the delimiters, of which the earliest, then the first counts. An
  /// empty delimiter divides between all code points.
  static func split(
    _ text: Cell, _ delimiters: [Cell], _ call: FunctionContext
  ) throws(QueryError) -> Cell {
    let source = text.bytes
    var parts: [Cell] = []
    var start = 0
    while start <= source.count, let hit = nextDelimiter(source, delimiters, from: start) {
      parts.append(part(of: text, start, hit.start))
      start = hit.end
    }
    parts.append(part(of: text, start, source.count))
    return try call.arena.list(parts)
  }

  private static func nextDelimiter(
    _ source: UnsafeBufferPointer<UInt8>, _ delimiters: [Cell], from start: Int
  ) -> (start: Int, end: Int)? {
    var best: (start: Int, end: Int)?
    for delimiter in delimiters {
      let needle = delimiter.bytes
      let from = needle.isEmpty ? source.offset(ofCodePoint: 1, from: start) : start
      if needle.isEmpty && from >= source.count { continue }
      if let hit = source.firstOffset(of: needle, from: from), hit < best?.start ?? .max {
        best = (hit, hit + needle.count)
      }
    }
    return best
  }
}

extension UInt8 {
  /// `A` to `Z` for `a` to `z`, other bytes as they are.
  @inline(__always) var asciiUppercased: UInt8 {
    self &- UInt8(ascii: "a") < 26 ? self & ~0x20 : self
  }
}
