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
    var elements: [Cell] = []
    for row in 0..<batch.count {
      let start = starts.cell(row)
      elements.removeAll(keepingCapacity: true)
      elements.append(start)
      var isComplete = start.tag == .node
      for column in columns where isComplete {
        isComplete = walk(column.cell(row), &elements, state)
      }
      result.cells[row] = isComplete ? try state.arena.path(elements) : .null
    }
    return result
  }

  /// Appends a relationship, or a list of them, and the nodes reached; false for null.
  private func walk(_ cell: Cell, _ elements: inout [Cell], _ state: ExecutionState) -> Bool {
    switch cell.tag {
    case .relationship:
      appendStep(cell, &elements, state)
      return true
    case .list:
      for relationship in cell.cells { appendStep(relationship, &elements, state) }
      return true
    default: return false
    }
  }

  private func appendStep(_ cell: Cell, _ elements: inout [Cell], _ state: ExecutionState) {
    guard let here = elements.last?.nodeID else { return }
    let ends = state.graph.ends(of: cell.relationshipID)
    elements.append(cell)
    elements.append(Cell(ends.start == here ? ends.end : ends.start))
  }
}
