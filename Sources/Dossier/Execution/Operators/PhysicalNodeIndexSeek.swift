import DossierSyntax

/// `NodeIndexSeek`: for each row the nodes whose property equals a value, found by a hash index.
///
/// The index proposes nodes; labels and the property are compared in the graph that is read. Where
/// there is no index, the operator makes one for itself or, when the statement writes, for all: the
/// key may be one that the statement itself has brought into the graph.
final class PhysicalNodeIndexSeek: PhysicalUnaryOperator {
  private let node: Slot
  private let labelNames: [String]
  private let keyName: String
  private let value: ExpressionKernel
  private var slicer: BatchSlicer?
  /// Where the graph has no index for its version and nothing is written: an index of this run.
  private var own: NodeHashIndex?
  /// Whether this run has built the graph's index.
  private var hasBuilt = false
  /// The names' ids once all of them are known; a catalog never changes them.
  private var ids: (key: PropertyKeyID, labels: [LabelID])?
  /// The lists of the last batch, whose memory the next one takes over.
  private var lists = Lists()

  private struct Lists {
    /// Nodes that may be those that a row asks for.
    var candidates: [UInt32] = []
    /// What was found for the batch: rows of it, and their nodes.
    var rows: [UInt32] = []
    var found: [UInt32] = []
  }

  init(
    _ input: PhysicalOperator, node: Slot, labels: [String], key: String, value: ExpressionKernel
  ) {
    self.node = node
    labelNames = labels
    keyName = key
    self.value = value
    super.init(input)
  }

  override func rewind() {
    slicer = nil
    super.rewind()
  }

  override func rest() {
    slicer = nil
    own = nil
    hasBuilt = false
    super.rest()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    if let batch = slicer?.next(state.batchRows) { return batch }
    guard let batch = try input.next(state) else { return nil }
    slicer = BatchSlicer(try seek(batch, state))
    return slicer?.next(state.batchRows) ?? Batch(count: 0, slotCount: state.slotCount)
  }

  private func seek(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Batch {
    guard let (key, labels) = ids(in: state.graph.catalog),
      let reader = state.graph.nodeProperties(key)
    else { return Batch(parent: batch, rows: RowIndices([])) }
    let fixed = try value.fixedValue(state)
    let values = fixed == nil ? try value.evaluate(batch, state) : nil
    // Locals, as a property of a class is guarded at each access.
    var (candidates, rows, found) = (lists.candidates, lists.rows, lists.found)
    lists = Lists()
    defer { lists = Lists(candidates: candidates, rows: rows, found: found) }
    rows.removeAll(keepingCapacity: true)
    found.removeAll(keepingCapacity: true)
    for row in 0..<batch.count {
      guard let wanted = fixed ?? values?.cell(row) else { continue }
      if wanted.isNull { continue }
      candidates.removeAll(keepingCapacity: true)
      if !state.graph.indexes.candidates(
        key, wanted, version: state.graph.version, into: &candidates)
      {
        propose(key, wanted, labels, state, into: &candidates)
        try state.control.check()
      }
      keepLabelled(labels, state.graph, &candidates)
      for i in candidates.indices {
        let id = candidates[i]
        guard try reader.general(row: Int(id), arena: state.arena).equals(wanted) == true else {
          continue
        }
        rows.append(UInt32(truncatingIfNeeded: row))
        found.append(id)
      }
    }
    let result =
      batch.count == 1 && found.count == 1
      ? Batch(extending: batch) : Batch(parent: batch, rows: RowIndices(rows))
    result.set(node, Column(ids: found, .node))
    return result
  }

  /// Leaves the candidates that exist and have all of the labels.
  private func keepLabelled(
    _ labels: [LabelID], _ graph: Graph, _ candidates: inout [UInt32]
  ) {
    var kept = 0
    // Not by an iterator, whose reference to the array would make the writes below copy it.
    for i in candidates.indices {
      let id = candidates[i]
      let node = NodeID(rawValue: id)
      guard graph.contains(node), labels.allSatisfy({ graph.hasLabel(node, $0) }) else { continue }
      candidates[kept] = id
      kept += 1
    }
    candidates.removeLast(candidates.count - kept)
  }

  private func ids(in catalog: Catalog) -> (key: PropertyKeyID, labels: [LabelID])? {
    if let ids { return ids }
    let labels = labelNames.compactMap { catalog.label($0) }
    guard labels.count == labelNames.count, let key = catalog.propertyKey(keyName) else {
      return nil
    }
    ids = (key, labels)
    return ids
  }

  /// What an index would propose.
  private func propose(
    _ key: PropertyKeyID, _ wanted: Cell, _ labels: [LabelID], _ state: ExecutionState,
    into candidates: inout [UInt32]
  ) {
    guard state.isReadOnly else {
      let graph = state.graph
      if !hasBuilt {
        hasBuilt = true
        graph.indexes.build(key, over: [graph])
      }
      if !graph.indexes.candidates(key, wanted, version: graph.version, into: &candidates) {
        candidates = scan(labels, graph)
      }
      return
    }
    if own == nil {
      let index = NodeHashIndex(validFrom: state.graph.version)
      index.insertAll(key, of: state.graph)
      own = index
    }
    own?.find(wanted.hash, into: &candidates)
  }

  private func scan(_ labels: [LabelID], _ graph: Graph) -> [UInt32] {
    var found: [UInt32] = []
    let page = Column(.node, count: Batch.capacity)
    for number in 0..<graph.nodePageCount {
      let count = graph.scanNodes(page: number, labels: labels, into: page.ids)
      found += UnsafeBufferPointer(start: page.ids, count: count)
    }
    return found
  }
}
