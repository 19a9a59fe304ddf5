import DossierSyntax

/// `STARTS WITH`, `ENDS WITH` and `CONTAINS` on UTF-8 bytes; anything but strings gives null.
///
/// A dictionary string is tested once per distinct string of the batch, not once per row.
final class StringPredicateKernel: ExpressionKernel {
  private let op: BinaryOperator
  private let left: ExpressionKernel
  private let right: ExpressionKernel
  /// The pattern that `known` is about.
  private var remembered = Cell.null
  /// By dictionary id: 0 or 1 as the string was found not to match or to match, 2 for not looked at.
  private var known: [UInt8] = []

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

  /// Dictionary strings against one pattern; what was found out about a string is remembered.
  private func overDictionary(_ texts: Column, _ patterns: Column, _ n: Int) -> Column? {
    guard texts.kind == .string, !texts.isConstant, patterns.isConstant,
      let dictionary = texts.dictionary
    else { return nil }
    let pattern = patterns.cell(0)
    guard pattern.tag == .string else { return nil }
    if !pattern.hasSameText(as: remembered) {
      remembered = pattern
      known.removeAll(keepingCapacity: true)
    }
    let result = Column(.boolean, count: n, nullable: texts.validity != nil)
    if let from = texts.validity { result.validity?.update(from: from, count: (n + 63) >> 6) }
    for row in 0..<n {
      guard texts.isValid(row) else {
        result.booleans[row] = 0
        continue
      }
      let id = Int(texts.ids[row])
      if id >= known.count {
        known.append(
          contentsOf: repeatElement(2, count: max(id + 1, 2 * known.count) - known.count))
      }
      if known[id] == 2 {
        known[id] = byte(holds(dictionary.cell(texts.ids[row]).bytes, pattern.bytes))
      }
      result.booleans[row] = known[id]
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
