import DossierSyntax

/// `Evidence`: each row once for each element of its list, with what is known of the element; a row
/// with an empty list once, with null.
final class PhysicalEvidence: PhysicalUnaryOperator {
  private let evidence: BoundEvidence
  private var reader: EvidenceReader?
  private var batch: Batch?
  private var lists: Column?
  private var row = 0
  private var offset = 0
  /// Rows of the input before the batch.
  private var rowsBefore: Int64 = 0

  init(_ input: PhysicalOperator, _ evidence: BoundEvidence) {
    self.evidence = evidence
    super.init(input)
  }

  override func rewind() {
    batch = nil
    rowsBefore = 0
    super.rewind()
  }

  override func produce(_ state: ExecutionState) throws(QueryError) -> Batch? {
    while true {
      if batch == nil {
        guard let next = try input.next(state) else { return nil }
        batch = next
        lists = next.column(evidence.list)
        row = 0
        offset = 0
      }
      guard let batch, let lists else { return nil }
      if let result = try fill(batch, lists, state) { return result }
      rowsBefore += Int64(batch.count)
      self.batch = nil
    }
  }

  private func fill(
    _ batch: Batch, _ lists: Column, _ state: ExecutionState
  ) throws(QueryError) -> Batch? {
    guard row < batch.count else { return nil }
    let reader = self.reader ?? EvidenceReader(state.graph)
    self.reader = reader
    var rows: [UInt32] = []
    var elements: [Cell] = []
    while row < batch.count, rows.count < state.batchRows {
      let list = lists.cell(row)
      let count = list.tag == .list ? list.cells.count : 0
      rows.append(UInt32(truncatingIfNeeded: row))
      elements.append(offset < count ? list.cells[offset] : .null)
      offset += 1
      if offset >= count {
        row += 1
        offset = 0
      }
    }
    let result = Batch(parent: batch, rows: RowIndices(rows))
    for (column, slot) in evidence.columns {
      let values = Column(.cell, count: rows.count)
      for (i, element) in elements.enumerated() {
        values.cells[i] =
          column == .row
          ? Cell(rowsBefore + Int64(rows[i]) + 1)
          : try reader.value(of: column, element, state.arena)
      }
      result.set(slot, values)
    }
    return result
  }
}

/// What `WHY` tells of elements.
private final class EvidenceReader {
  private let periods: GraphPeriods
  private let provenance: ProvenanceReader

  init(_ graph: Graph) {
    periods = GraphPeriods(graph)
    provenance = ProvenanceReader(graph)
  }

  /// Null where there is no element.
  func value(
    of column: EvidenceColumn, _ cell: Cell, _ arena: Arena
  ) throws(QueryError) -> Cell {
    guard let element = Self.element(cell) else { return .null }
    switch column {
    case .row: return .null
    case .element: return cell
    case .from: return bounds(of: element)?.from.cell ?? .null
    case .to: return bounds(of: element)?.to.cell ?? .null
    case .claim:
      guard let mode = provenance.claim(of: element) else { return .null }
      return try arena.string(mode.rawValue)
    case .sources:
      let sources = provenance.sources(of: element)
      if !sources.isEmpty { return try arena.list(sources.map { Cell($0) }) }
      let name = provenance.sourceName(of: element)
      return try arena.list(name.isNull ? [] : [try arena.string(name.bytes)])
    }
  }

  private func bounds(of element: ElementID) -> (from: PeriodBound, to: PeriodBound)? {
    (element.kind == .node ? periods.nodes : periods.relationships)?
      .bounds(row: Int(element.rawValue))
  }

  private static func element(_ cell: Cell) -> ElementID? {
    switch cell.tag {
    case .node: .node(cell.nodeID)
    case .relationship: .relationship(cell.relationshipID)
    default: nil
    }
  }
}
