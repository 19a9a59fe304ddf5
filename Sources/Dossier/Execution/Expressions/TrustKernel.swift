import DossierSyntax

/// Whether an element counts under the trust of the session.
final class TrustKernel: ExpressionKernel {
  private let element: ExpressionKernel

  init(_ element: ExpressionKernel) {
    self.element = element
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    try selected(batch, state)
  }

  override func select(
    _ batch: Batch, _ state: ExecutionState
  ) throws(QueryError) -> RowIndices? {
    guard let sets = state.trusted?.sets, batch.count > 0 else { return nil }
    let elements = try element.evaluate(batch, state)
    if elements.validity == nil, !elements.isConstant {
      switch elements.kind {
      case .node: return sets.nodes.flatMap { select(elements.ids, batch.count, $0) }
      case .relationship:
        return sets.relationships.flatMap { select(elements.ids, batch.count, $0) }
      default: break
      }
    }
    let rows = UnsafeMutablePointer<UInt32>.allocate(capacity: batch.count)
    var kept = 0
    for i in 0..<batch.count where sets.contains(elements.cell(i)) {
      rows[kept] = UInt32(truncatingIfNeeded: i)
      kept += 1
    }
    return Self.rows(rows, kept, of: batch.count)
  }

  private func select(
    _ ids: UnsafePointer<UInt32>, _ count: Int, _ words: [UInt64]
  ) -> RowIndices? {
    let rows = UnsafeMutablePointer<UInt32>.allocate(capacity: count)
    var kept = 0
    words.withUnsafeBufferPointer { words in
      for i in 0..<count {
        rows[kept] = UInt32(truncatingIfNeeded: i)
        kept &+= Int(truncatingIfNeeded: words[Int(ids[i] >> 6)] >> UInt64(ids[i] & 63) & 1)
      }
    }
    return Self.rows(rows, kept, of: count)
  }

  private static func rows(
    _ rows: UnsafeMutablePointer<UInt32>, _ kept: Int, of count: Int
  ) -> RowIndices? {
    if kept == count {
      rows.deallocate()
      return nil
    }
    return RowIndices(adopting: rows, count: kept)
  }
}
