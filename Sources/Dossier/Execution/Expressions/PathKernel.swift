import DossierSyntax

/// A path from its start node and the relationships that it walks.
final class PathKernel: ExpressionKernel {
  private let start: Slot
  private let steps: [Slot]

  init(start: Slot, steps: [Slot]) {
    self.start = start
    self.steps = steps
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let starts = batch.column(start)
    let columns = steps.map { batch.column($0) }
    let result = Column(.cell, count: batch.count)
    let pages = state.graph.relationshipPages
    var elements: [Cell] = []
    for row in 0..<batch.count {
      let start = starts.cell(row)
      elements.removeAll(keepingCapacity: true)
      elements.append(start)
      var isComplete = start.tag == .node
      for column in columns where isComplete {
        isComplete = Self.walk(column.cell(row), &elements, pages)
      }
      result.cells[row] = isComplete ? try state.arena.path(elements) : .null
    }
    return result
  }

  /// Appends a relationship, or a list of them, and the nodes reached; false for null.
  private static func walk(
    _ cell: Cell, _ elements: inout [Cell], _ pages: PageDirectory<RelationshipPage>
  ) -> Bool {
    switch cell.tag {
    case .relationship:
      appendStep(cell, &elements, pages)
      return true
    case .list:
      for relationship in cell.cells { appendStep(relationship, &elements, pages) }
      return true
    default: return false
    }
  }

  private static func appendStep(
    _ cell: Cell, _ elements: inout [Cell], _ pages: PageDirectory<RelationshipPage>
  ) {
    guard let here = elements.last?.nodeID.rawValue else { return }
    let row = Int(cell.relationshipID.rawValue)
    let page = pages.address(row >> Page.shift)
    let start = RelationshipPage.starts(at: page)[row & Page.mask]
    let end = RelationshipPage.ends(at: page)[row & Page.mask]
    elements.append(cell)
    elements.append(Cell(NodeID(rawValue: start == here ? end : start)))
  }
}
