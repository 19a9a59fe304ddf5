import DossierSyntax

/// `STARTS WITH`, `ENDS WITH` and `CONTAINS` on UTF-8 bytes; anything but strings gives null.
///
/// Dictionary strings that came one after the other lie one behind the other: they are searched in one
/// go. Where many rows have the same string, a search is done once for each string.
final class StringPredicateKernel: ExpressionKernel {
  private let op: BinaryOperator
  private let left: ExpressionKernel
  private let right: ExpressionKernel
  /// The pattern that `known` is about.
  private var remembered = Cell.null
  private var known = KnownStrings()
  /// Where the texts of a span begin.
  private var starts: UnsafeMutablePointer<UInt32>?
  private var startCapacity = 0

  init(_ op: BinaryOperator, _ left: ExpressionKernel, _ right: ExpressionKernel) {
    self.op = op
    self.left = left
    self.right = right
  }

  deinit { starts?.deallocate() }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let texts = try left.evaluate(batch, state)
    let patterns = try right.evaluate(batch, state)
    let n = batch.count
    if let bits = overDictionary(texts, patterns, n) {
      defer { bits.deallocate() }
      let result = Column(.boolean, count: n, nullable: texts.validity != nil)
      if let from = texts.validity { result.validity?.update(from: from, count: (n + 63) >> 6) }
      let out = result.booleans
      for row in 0..<n {
        out[row] = UInt8(truncatingIfNeeded: bits[row >> 6] >> UInt64(row & 63)) & 1
      }
      return result
    }
    let isConstant = texts.isConstant && patterns.isConstant
    let result = Column(.boolean, count: n, nullable: true, isConstant: isConstant)
    for row in 0..<result.physicalCount {
      let text = texts.cell(row)
      let pattern = patterns.cell(row)
      result.booleans[row] = 0
      guard text.tag == .string, pattern.tag == .string else { continue }
      result.setValid(row)
      result.booleans[row] = byte(holds(text.bytes, pattern.bytes))
    }
    return result
  }

  override func select(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> RowIndices? {
    let texts = try left.evaluate(batch, state)
    let patterns = try right.evaluate(batch, state)
    guard let bits = overDictionary(texts, patterns, batch.count) else {
      return try super.select(batch, state)
    }
    let kept = RowIndices(adoptingBits: bits, wordCount: (batch.count + 63) >> 6)
    return kept.count == batch.count ? nil : kept
  }

  /// Where an earlier filter left few of the rows, only these are looked at.
  override func narrow(
    _ batch: Batch, _ rows: RowIndices?, _ state: ExecutionState
  ) throws(QueryError) -> RowIndices? {
    guard let rows, let before = rows.bits, rows.count > batch.count / 2,
      right.isSameForAllRows, let texts = (left as? PropertyKernel)?.view(batch, state),
      let bits = overDictionary(texts, try right.evaluate(batch, state), batch.count)
    else { return try super.narrow(batch, rows, state) }
    let wordCount = (batch.count + 63) >> 6
    for word in 0..<wordCount { bits[word] &= before[word] }
    return RowIndices(adoptingBits: bits, wordCount: wordCount)
  }

  // MARK: Dictionary strings

  /// One bit for each row, set where a dictionary string has one pattern; in memory that belongs to the
  /// caller.
  private func overDictionary(
    _ texts: Column, _ patterns: Column, _ n: Int
  ) -> UnsafeMutablePointer<UInt64>? {
    guard texts.kind == .string, !texts.isConstant, patterns.isConstant,
      let strings = texts.dictionary?.reader
    else { return nil }
    let pattern = patterns.cell(0)
    guard pattern.tag == .string else { return nil }
    let wordCount = (n + 63) >> 6
    let bits = UnsafeMutablePointer<UInt64>.allocate(capacity: max(wordCount, 1))
    bits.update(repeating: 0, count: max(wordCount, 1))
    let (ids, bytes) = (UnsafePointer(texts.ids), pattern.bytes)
    switch op {
    case .startsWith: prefixes(texts, ids, n, BytePrefix(bytes), strings, bits)
    case .endsWith:
      for row in 0..<n where texts.isValid(row) {
        let text = strings.bytes(ids[row])
        let holds = text.hasBytes(bytes, at: text.count &- bytes.count)
        bits[row >> 6] |= UInt64(byte(holds)) << UInt64(row & 63)
      }
    default:
      if !pattern.hasSameText(as: remembered) {
        remembered = pattern
        known = KnownStrings()
      }
      search(texts, ids, n, bytes, strings, bits)
    }
    return bits
  }

  private func prefixes(
    _ texts: Column, _ ids: UnsafePointer<UInt32>, _ n: Int, _ prefix: BytePrefix,
    _ strings: StringDictionary.Reader, _ bits: UnsafeMutablePointer<UInt64>
  ) {
    for word in 0..<(n + 63) >> 6 {
      let valid = texts.validity?[word] ?? .max
      let first = word &* 64
      var found: UInt64 = 0
      for i in 0..<min(64, n &- first) where valid >> UInt64(i) & 1 == 1 {
        found |= UInt64(byte(strings.begins(ids[first &+ i], prefix))) << UInt64(i)
      }
      bits[word] = found
    }
  }

  /// Fewest texts that are searched as one.
  private static let fewestTexts = 4

  /// Searches stretches of texts in one go, other texts one by one.
  private func search(
    _ texts: Column, _ ids: UnsafePointer<UInt32>, _ n: Int, _ pattern: UnsafeBufferPointer<UInt8>,
    _ strings: StringDictionary.Reader, _ bits: UnsafeMutablePointer<UInt64>
  ) {
    let search = SpanSearch(pattern)
    let starts = reserved(n + 1)
    var row = 0
    while row < n {
      guard texts.isValid(row) else {
        row &+= 1
        continue
      }
      let isFollowed = row &+ 1 < n && texts.isValid(row &+ 1) && ids[row &+ 1] == ids[row] &+ 1
      if isFollowed, let search {
        let found = span(texts, ids, row, n, strings, starts)
        if found >= Self.fewestTexts, let base = strings.bytes(ids[row]).baseAddress {
          search.search(base, starts, texts: found, firstBit: row, into: bits)
          row &+= found
          continue
        }
      }
      let holds = known.test(ids[row]) { strings.bytes($0).firstIndex(of: pattern) != nil }
      bits[row >> 6] |= UInt64(holds) << UInt64(row & 63)
      row &+= 1
    }
  }

  /// How many rows from one on have texts that lie one behind the other; writes where they begin, and
  /// the end of the last one.
  private func span(
    _ texts: Column, _ ids: UnsafePointer<UInt32>, _ first: Int, _ n: Int,
    _ strings: StringDictionary.Reader, _ starts: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let text = strings.bytes(ids[first])
    guard let base = text.baseAddress else { return 0 }
    let isComplete = texts.validity == nil
    var length = text.count
    var row = first &+ 1
    starts[0] = 0
    while row < n && ids[row] == ids[row &- 1] &+ 1 && (isComplete || texts.isValid(row)) {
      let next = strings.bytes(ids[row])
      if next.baseAddress != base + length || length &+ next.count > Int(UInt32.max) { break }
      starts[row &- first] = UInt32(truncatingIfNeeded: length)
      length &+= next.count
      row &+= 1
    }
    guard length <= Int(UInt32.max) else { return 0 }
    starts[row &- first] = UInt32(truncatingIfNeeded: length)
    return row &- first
  }

  private func reserved(_ count: Int) -> UnsafeMutablePointer<UInt32> {
    if let starts, count <= startCapacity { return starts }
    starts?.deallocate()
    let memory = UnsafeMutablePointer<UInt32>.allocate(capacity: count)
    starts = memory
    startCapacity = count
    return memory
  }

  @inline(__always)
  private func holds(
    _ text: UnsafeBufferPointer<UInt8>, _ pattern: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    switch op {
    case .startsWith: text.hasBytes(pattern, at: 0)
    case .endsWith: text.hasBytes(pattern, at: text.count - pattern.count)
    default: text.firstIndex(of: pattern) != nil
    }
  }
}

extension Cell {
  /// Whether both are strings of the same bytes.
  fileprivate func hasSameText(as other: Cell) -> Bool {
    tag == .string && other.tag == .string && bytes.elementsEqual(other.bytes)
  }
}
