import DossierSyntax

/// `sum` and `avg` of numbers or durations.
final class SumAccumulator: Accumulator {
  private let name: String
  private let isMean: Bool
  /// As long as all values are integers and all sums fit 64 bits; then nil.
  private var integers: IntegerSums? = IntegerSums()
  private let sums = GroupStates(NumericSum())
  /// Only where durations were met, one for each group.
  private var durations: [DurationSumState] = []

  private struct DurationSumState {
    var sum = DurationValue(months: 0, days: 0, seconds: 0, nanoseconds: 0)
    var count: Int64 = 0
  }

  init(isMean: Bool) {
    self.isMean = isMean
    name = isMean ? "avg" : "sum"
  }

  func resize(groups count: Int) {
    if let integers { integers.resize(count) } else { sums.resize(count) }
  }

  /// Goes over from sums of integers to sums of anything.
  private func widen() {
    guard let narrow = integers else { return }
    sums.resize(narrow.count)
    for group in 0..<narrow.count { sums.base[group] = narrow.sum(group) }
    integers = nil
  }

  func add(
    _ arguments: [Column], groups: UnsafePointer<UInt32>, count: Int, context: FunctionContext
  ) throws(QueryError) {
    guard let a = arguments.first else { return }
    if let integers {
      if a.kind == .integer, !a.isConstant, integers.add(a, groups: groups, count: count) { return }
      widen()
    }
    let base = sums.base
    if sums.count == 1, a.kind == .integer, let zone = a.ownZone {
      base[0].add(sum: zone.sum, of: zone.count)
      context.state.skippedPages &+= 1
      return
    }
    switch (a.kind, a.isDense, sums.count == 1) {
    case (.integer, true, true): base[0].add(UnsafePointer(a.integers), count)
    case (.float, true, true): base[0].add(UnsafePointer(a.floats), count)
    case (.integer, true, false):
      let values = a.integers
      for i in 0..<count { base[Int(groups[i])].add(values[i]) }
    case (.float, true, false):
      let values = a.floats
      for i in 0..<count { base[Int(groups[i])].add(values[i]) }
    default:
      for i in 0..<count { try add(a.cell(i), to: Int(groups[i]), context) }
    }
  }

  private func add(
    _ cell: Cell, to group: Int, _ context: FunctionContext
  ) throws(QueryError) {
    switch cell.tag {
    case .null: return
    case .integer: sums.base[group].add(cell.integer)
    case .float: sums.base[group].add(cell.float)
    case .duration: try add(cell.duration, to: group, context)
    default: throw context.typeError(name, expected: "numbers or durations", found: cell)
    }
  }

  private func add(
    _ duration: DurationValue, to group: Int, _ context: FunctionContext
  ) throws(QueryError) {
    while durations.count < sums.count { durations.append(DurationSumState()) }
    let sum = durations[group].sum
    durations[group].sum = try context.located { () throws(QueryError) in try sum.adding(duration) }
    durations[group].count += 1
  }

  /// Sums of integers are exact in any order; those of floats and durations are not.
  func merge(_ other: any Accumulator, groups: UnsafePointer<UInt32>, count: Int) -> Bool {
    guard let other = other as? SumAccumulator, durations.isEmpty, other.durations.isEmpty else {
      return false
    }
    if let integers, let others = other.integers, integers.merge(others, groups, count) {
      return true
    }
    widen()
    other.widen()
    for i in 0..<count {
      guard sums.base[Int(groups[i])].addIntegers(of: other.sums.base[i]) else { return false }
    }
    return true
  }

  func finish(groups count: Int, context: FunctionContext) throws(QueryError) -> Column {
    if let integers, !isMean { return integers.column(count) }
    widen()
    if durations.isEmpty, !isMean, let integers = integerColumn(count) { return integers }
    let result = Column(.cell, count: count)
    for group in 0..<count { result.cells[group] = try finish(group, context) }
    return result
  }

  /// The sums as integers; nil when one is none or does not fit.
  private func integerColumn(_ count: Int) -> Column? {
    let result = Column(.integer, count: count)
    for group in 0..<count {
      let sum = sums.base[group]
      guard !sum.hasFloat, let integer = Int64(exactly: sum.integers) else { return nil }
      result.integers[group] = integer
    }
    return result
  }

  private func finish(_ group: Int, _ context: FunctionContext) throws(QueryError) -> Cell {
    let sum = sums.base[group]
    if group < durations.count, durations[group].count > 0 {
      return try finish(durations[group], sum, context)
    }
    if isMean { return sum.mean.map { Cell($0) } ?? .null }
    if sum.hasFloat { return Cell(sum.float) }
    guard let integer = Int64(exactly: sum.integers) else {
      throw context.error(
        .integerOverflowAtRuntime, "the result of `sum` does not fit a 64-bit integer",
        help: "sum floats: `sum(toFloat(…))`")
    }
    return Cell(integer)
  }

  private func finish(
    _ duration: DurationSumState, _ numbers: NumericSum, _ context: FunctionContext
  ) throws(QueryError) -> Cell {
    guard numbers.count == 0 else {
      throw context.error(
        .invalidArgumentTypeAtRuntime, "`\(name)` cannot mix numbers and durations")
    }
    return try context.located { () throws(QueryError) in
      try context.arena.duration(
        isMean ? try duration.sum.divided(by: duration.count) : duration.sum)
    }
  }
}
