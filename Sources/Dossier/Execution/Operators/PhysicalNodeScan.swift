import DossierSyntax

/// `NodeByLabelScan` and `AllNodesScan`: a page of nodes at a time, or less where batches are small.
final class PhysicalNodeScan: PhysicalOperator {
  private let node: Slot
  private let labelNames: [String]
  private var labels: [LabelID]?
  private var page = 0
  /// What is left of the last page.
  private var slicer: BatchSlicer?

  init(node: Slot, labels: [String]) {
    self.node = node
    labelNames = labels
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    if let batch = slicer?.next(state.batchRows) { return batch }
    guard let labels = resolve(state.graph.catalog) else { return nil }
    let column = Column(.node, count: Batch.capacity)
    let found = state.graph.scanNodes(from: &page, labels: labels, into: column.ids)
    if found == 0 { return nil }
    let batch = Batch(count: found, slotCount: state.slotCount)
    batch.set(
      node,
      Column(
        borrowing: column.values, validity: nil, .node, count: found, owner: column,
        isRun: column.ids[found - 1] - column.ids[0] == UInt32(found - 1)))
    slicer = BatchSlicer(batch)
    return slicer?.next(state.batchRows)
  }

  /// nil when some label does not exist in the catalog yet, so no node can have it.
  private func resolve(_ catalog: Catalog) -> [LabelID]? {
    if let labels { return labels }
    let found = labelNames.compactMap { catalog.label($0) }
    guard found.count == labelNames.count else { return nil }
    labels = found
    return found
  }

  override func rewind() {
    page = 0
    slicer = nil
  }
}
