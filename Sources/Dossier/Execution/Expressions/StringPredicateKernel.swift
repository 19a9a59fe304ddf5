import DossierSyntax

/// `STARTS WITH`, `ENDS WITH` and `CONTAINS` on UTF-8 bytes; anything but strings gives null.
///
/// A dictionary string is tested once per distinct string of the batch, not once per row.
final class StringPredicateKernel: ExpressionKernel {
  private let op: BinaryOperator
  private let left: ExpressionKernel
  private let right: ExpressionKernel

  init(_ op: BinaryOperator, _ left: ExpressionKernel, _ right: ExpressionKernel) {
    self.op = op
    self.left = left
    self.right = right
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
      result.booleans[row] = byte(holds(text.bytes, pattern.bytes))
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
