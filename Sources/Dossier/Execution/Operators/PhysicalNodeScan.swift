import DossierSyntax

/// `NodeByLabelScan` and `AllNodesScan`: a page of nodes at a time, or less where batches are small.
final class PhysicalNodeScan: PhysicalOperator {
  private let node: Slot
  private let labelNames: [String]
  private var labels: [LabelID]?
  private var page = 0
  /// What is left of the last page.
  private var slicer: BatchSlicer?
  private let zoneFilter: ZoneFilter?

  /// - Parameter zoneFilter: what the filters above ask of the nodes.
  init(node: Slot, labels: [String], _ zoneFilter: ZoneFilter? = nil) {
    self.node = node
    self.zoneFilter = zoneFilter
    labelNames = labels
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    if let batch = slicer?.next(state.batchRows) { return batch }
    guard let labels = resolve(state.graph.catalog) else { return nil }
    let pageCount = state.graph.nodePageCount
    // A single page is looked at sooner than its zone.
    let zones = pageCount > 1 ? zoneFilter : nil
    while page < pageCount {
      let address = state.graph.nodePages.address(page)
      guard NodePage.mayHave(labels, at: address) else {
        page += 1
        continue
      }
      if let zones, zones.excludes(page: page, state) {
        state.skippedPages &+= 1
        page += 1
        continue
      }
      let column = nodes(labels, address, state)
      page += 1
      if column.count == 0 { continue }
      let batch = Batch(count: column.count, slotCount: state.slotCount)
      batch.set(node, column)
      if column.count <= state.batchRows { return batch }
      slicer = BatchSlicer(batch)
      return slicer?.next(state.batchRows)
    }
    return nil
  }

  /// The nodes of the page at hand, which lies at an address.
  private func nodes(
    _ labels: [LabelID], _ address: UnsafeRawPointer, _ state: ExecutionState
  ) -> Column {
    if let run = NodePage.run(labels, at: address) {
      return ConsecutiveIDs.shared.nodes(
        first: UInt32(truncatingIfNeeded: page << Page.shift + run.first), count: run.count)
    }
    let column = Column(.node, count: Batch.capacity)
    let found = state.graph.scanNodes(page: page, labels: labels, into: column.ids)
    return Column(
      borrowing: column.values, validity: nil, .node, count: found, owner: column,
      isRun: found > 0 && column.ids[found - 1] - column.ids[0] == UInt32(found - 1))
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

  override func rest() {
    rewind()
    zoneFilter?.rest()
  }
}
