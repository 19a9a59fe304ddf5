/// One thing to measure.
struct Benchmark {
  /// Group and name, as `expand/two-hops`.
  var name: String
  /// How often one run does the thing; times and allocations are given per operation.
  var operations = 1
  /// What the project wants it to reach, if it has said so.
  var target: Target?
  /// Makes what the runs need, outside the clock, and returns one run.
  var prepare: () throws -> () throws -> Void

  /// A number to reach.
  enum Target {
    /// Operations per second, at least.
    case rate(Double)
    /// Seconds per operation, at most.
    case seconds(Double)

    func isMet(by seconds: Double) -> Bool {
      switch self {
      case .rate(let rate): 1 / seconds >= rate
      case .seconds(let most): seconds <= most
      }
    }
  }
}
