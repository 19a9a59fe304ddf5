import DossierSyntax

/// `percentileCont` and `percentileDisc`.
final class PercentileAccumulator: Accumulator {
  private let isContinuous: Bool
  private let values = GroupedCells()
  /// The percentile asked for in each group; NaN before a row came, or where it is null.
  private let percentiles = GroupStates(Double.nan)

  init(isContinuous: Bool) { self.isContinuous = isContinuous }

  private var name: String { isContinuous ? "percentileCont" : "percentileDisc" }

  func resize(groups count: Int) { percentiles.resize(count) }

  func add(
    _ arguments: [Column], groups: UnsafePointer<UInt32>, count: Int, context: FunctionContext
  ) throws(QueryError) {
    guard arguments.count == 2 else { return }
    for i in 0..<count {
      let value = arguments[0].cell(i)
      if !value.isNull { _ = try context.number(value, name) }
      let percentile = arguments[1].cell(i)
      if percentile.isNull { continue }
      let share = try context.number(percentile, name)
      guard share >= 0 && share <= 1 else {
        throw context.error(
          .numberOutOfRange, "the percentile of `\(name)` is not between 0.0 and 1.0")
      }
      percentiles.base[Int(groups[i])] = share
    }
    try values.add(arguments[0], groups: groups, count: count, context.arena)
  }

  func finish(groups count: Int, context: FunctionContext) throws(QueryError) -> Column {
    let result = Column(.cell, count: count)
    try values.forEachGroup(count, context.arena) { (group, cells) throws(QueryError) in
      let share = percentiles.base[group]
      if cells.isEmpty || share.isNaN {
        result.cells[group] = .null
        return
      }
      var sorted = cells
      sorted.sort { $0.order($1) < 0 }
      result.cells[group] =
        isContinuous ? Cell(interpolated(sorted, share)) : nearest(sorted, share)
    }
    return result
  }

  /// The value at or above the share of the sorted values.
  private func nearest(_ cells: UnsafeMutableBufferPointer<Cell>, _ share: Double) -> Cell {
    let position = (share * Double(cells.count)).rounded(.up)
    return cells[min(max(Int(position), 1), cells.count) - 1]
  }

  /// The value between the two nearest of the sorted values.
  private func interpolated(
    _ cells: UnsafeMutableBufferPointer<Cell>, _ share: Double
  ) -> Double {
    let position = share * Double(cells.count - 1)
    let below = min(Int(position), cells.count - 1)
    let above = min(below + 1, cells.count - 1)
    let (low, high) = (Self.number(cells[below]), Self.number(cells[above]))
    let fraction = position - Double(below)
    return fraction == 0 ? low : low * (1 - fraction) + high * fraction
  }

  private static func number(_ cell: Cell) -> Double {
    cell.tag == .integer ? Double(cell.integer) : cell.float
  }
}
