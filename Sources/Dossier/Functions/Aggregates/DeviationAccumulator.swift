import DossierSyntax

/// `stDev` and `stDevP`, by Welford's method.
final class DeviationAccumulator: Accumulator {
  private struct State: BitwiseCopyable {
    var count = 0.0
    var mean = 0.0
    /// The sum of the squared distances from the mean.
    var squares = 0.0
  }

  private let isPopulation: Bool
  private let states = GroupStates(State())

  init(isPopulation: Bool) { self.isPopulation = isPopulation }

  func resize(groups count: Int) { states.resize(count) }

  func add(
    _ arguments: [Column], groups: UnsafePointer<UInt32>, count: Int, context: FunctionContext
  ) throws(QueryError) {
    guard let a = arguments.first else { return }
    for i in 0..<count {
      let cell = a.cell(i)
      if cell.isNull { continue }
      let value = try context.number(cell, isPopulation ? "stDevP" : "stDev")
      let state = states.base + Int(groups[i])
      let distance = value - state.pointee.mean
      state.pointee.count += 1
      state.pointee.mean += distance / state.pointee.count
      state.pointee.squares += distance * (value - state.pointee.mean)
    }
  }

  /// 0.0 where there are too few values.
  func finish(groups count: Int, context: FunctionContext) throws(QueryError) -> Column {
    let result = Column(.float, count: count)
    for group in 0..<count {
      let state = states.base[group]
      let divisor = isPopulation ? state.count : state.count - 1
      result.floats[group] = divisor > 0 ? (state.squares / divisor).squareRoot() : 0
    }
    return result
  }
}
