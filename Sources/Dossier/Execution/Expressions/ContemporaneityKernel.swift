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
    if let days = periods.days, columns.allSatisfy(Self.isPlain), windows?.isConstant ?? true {
      Self.compare(
        columns, DayPeriod(Period(batch.count == 0 ? nil : windows?.cell(0))), days, result)
      return result
    }
    for row in 0..<batch.count {
      var common = Period(windows?.cell(row))
      for column in columns {
        common = common.intersection(Self.period(of: column.cell(row), periods))
      }
      result.booleans[row] = common.isEmpty ? 0 : 1
    }
    return result
  }

  private static func isPlain(_ column: Column) -> Bool {
    column.validity == nil && !column.isConstant
      && (column.kind == .node || column.kind == .relationship)
  }

  /// Column by column, in graphs all of whose bounds are dates.
  private static func compare(
    _ columns: [Column], _ window: DayPeriod, _ days: DayPeriods, _ result: Column
  ) {
    let count = result.count
    let common = UnsafeMutablePointer<DayPeriod>.allocate(capacity: max(count, 1))
    defer { common.deallocate() }
    common.update(repeating: window, count: count)
    for column in columns {
      let ids = column.ids
      if column.kind == .node {
        if !days.hasNodes { continue }
        for i in 0..<count { common[i] = common[i].intersection(days.period(node: ids[i])) }
      } else {
        for i in 0..<count {
          common[i] = common[i].intersection(days.period(relationshipWithEnds: ids[i]))
        }
      }
    }
    let booleans = result.booleans
    for i in 0..<count { booleans[i] = common[i].isEmpty ? 0 : 1 }
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
