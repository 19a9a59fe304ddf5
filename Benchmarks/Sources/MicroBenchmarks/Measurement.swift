import AllocationCounting
import Glibc

/// What the runs of a benchmark took, per operation.
struct Measurement {
  var name: String
  /// Seconds.
  var least: Double
  /// Seconds.
  var median: Double
  /// Calls of malloc and its siblings.
  var allocations: Double
  /// Bytes that these calls asked for.
  var bytes: Double
  var target: Benchmark.Target?

  /// Runs a benchmark: twice or for a tenth of a second to warm up, then `runs` times by the clock,
  /// then once to count allocations.
  init(_ benchmark: Benchmark, runs: Int) throws {
    let run = try benchmark.prepare()
    let begin = Self.now()
    var warm = 0
    while warm < 2 || (warm < 100 && Self.now() - begin < 0.1) {
      try run()
      warm += 1
    }
    var seconds: [Double] = []
    for _ in 0..<max(runs, 1) {
      let start = Self.now()
      try run()
      seconds.append(Self.now() - start)
    }
    seconds.sort()
    allocation_counting_start()
    defer { _ = allocation_counting_stop() }
    try run()
    let operations = Double(benchmark.operations)
    allocations = Double(allocation_counting_stop()) / operations
    bytes = Double(allocation_counting_bytes()) / operations
    name = benchmark.name
    least = seconds[0] / operations
    median = seconds[seconds.count / 2] / operations
    target = benchmark.target
  }

  /// The monotonic clock in seconds.
  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
