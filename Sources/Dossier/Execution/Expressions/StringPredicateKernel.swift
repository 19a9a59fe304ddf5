import DossierSyntax

/// `STARTS WITH`, `ENDS WITH` and `CONTAINS` on UTF-8 bytes; anything but strings gives null.
///
/// Where many rows have the same dictionary string, a long search is done once for each string.
final class StringPredicateKernel: ExpressionKernel {
  private let op: BinaryOperator
  private let left: ExpressionKernel
  private let right: ExpressionKernel
  /// The pattern that `known` is about.
  private var remembered = Cell.null
  private var known = KnownStrings()

  init(_ op: BinaryOperator, _ left: ExpressionKernel, _ right: ExpressionKernel) {
    self.op = op
    self.left = left
    self.right = right
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let texts = try left.evaluate(batch, state)
    let patterns = try right.evaluate(batch, state)
    if let fast = overDictionary(texts, patterns, batch.count) { return fast }
    let isConstant = texts.isConstant && patterns.isConstant
    let result = Column(.boolean, count: batch.count, nullable: true, isConstant: isConstant)
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

  /// Dictionary strings against one pattern.
  private func overDictionary(_ texts: Column, _ patterns: Column, _ n: Int) -> Column? {
    guard texts.kind == .string, !texts.isConstant, patterns.isConstant,
      let strings = texts.dictionary?.reader
    else { return nil }
    let pattern = patterns.cell(0)
    guard pattern.tag == .string else { return nil }
    let result = Column(.boolean, count: n, nullable: texts.validity != nil)
    if let from = texts.validity { result.validity?.update(from: from, count: (n + 63) >> 6) }
    let (ids, out, bytes) = (texts.ids, result.booleans, pattern.bytes)
    switch op {
    case .startsWith:
      let prefix = BytePrefix(bytes)
      for row in 0..<n where texts.isValid(row) {
        out[row] = byte(prefix.begins(strings.bytes(ids[row])))
      }
    case .endsWith:
      for row in 0..<n where texts.isValid(row) {
        let text = strings.bytes(ids[row])
        out[row] = byte(text.hasBytes(bytes, at: text.count &- bytes.count))
      }
    default:
      if !pattern.hasSameText(as: remembered) {
        remembered = pattern
        known = KnownStrings()
      }
      known.test(texts, n, into: out) { strings.bytes($0).firstIndex(of: bytes) != nil }
    }
    if texts.validity != nil {
      for row in 0..<n where !texts.isValid(row) { out[row] = 0 }
    }
    return result
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
