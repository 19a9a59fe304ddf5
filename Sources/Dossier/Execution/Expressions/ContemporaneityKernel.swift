import DossierSyntax

/// Whether elements are all valid at one instant, in a window where there is one.
final class ContemporaneityKernel: ExpressionKernel {
  private let elements: [Slot]
  private let window: ExpressionKernel?

  init(_ elements: [Slot], window: ExpressionKernel?) {
    self.elements = elements
    self.window = window
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let result = Column(.boolean, count: batch.count)
    let periods = GraphPeriods(state.graph)
    if periods.isEmpty, window == nil {
      result.booleans.update(repeating: 1, count: batch.count)
      return result
    }
    let windows = try window?.evaluate(batch, state)
    let columns = elements.map { batch.column($0) }
    for row in 0..<batch.count {
      var common = Period(windows?.cell(row))
      for column in columns {
        common = common.intersection(Self.period(of: column.cell(row), periods))
      }
      result.booleans[row] = common.isEmpty ? 0 : 1
    }
    return result
  }

  /// The period of a node, a relationship or a list of relationships; these with their ends.
  private static func period(of cell: Cell, _ periods: GraphPeriods) -> Period {
    switch cell.tag {
    case .node: return periods.period(node: cell.nodeID.rawValue)
    case .relationship:
      return periods.period(relationshipWithEnds: cell.relationshipID.rawValue)
    case .list:
      var common = Period.always
      for element in cell.cells { common = common.intersection(period(of: element, periods)) }
      return common
    default: return .always
    }
  }
}

extension Period {
  /// The instants of a computed window: all where there is none, none for null.
  init(_ window: Cell?) {
    guard let window else {
      self = .always
      return
    }
    guard let bounds = ValidTimeWindow(window) else {
      self.init(from: .distantFuture, to: .distantPast)
      return
    }
    self.init(from: bounds.first, to: bounds.last.next)
  }
}
