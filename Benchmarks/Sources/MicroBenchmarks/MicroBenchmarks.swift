import Glibc

/// Runs micro-benchmarks and prints a Markdown table.
///
///     MicroBenchmarks [--runs N] [--list] [PREFIX …]
///
/// Names that begin with one of the prefixes are run; all without any.
@main
struct MicroBenchmarks {
  private var runs = 7
  private var isListing = false
  private var prefixes: [String] = []

  private init(_ arguments: [String]) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--runs": runs = rest.popFirst().flatMap { Int($0) } ?? runs
      case "--list": isListing = true
      default: prefixes.append(argument)
      }
    }
  }

  static func main() throws {
    try MicroBenchmarks(Array(CommandLine.arguments.dropFirst())).run()
  }

  private func run() throws {
    if !isListing { print(ResultTable.head) }
    try run(StartBenchmarks.all())
    let small = try SampleGraph(nodeCount: 30_000)
    try run(KernelBenchmarks.all(small) + StatementBenchmarks.all(small))
    let medium = try SampleGraph(nodeCount: 300_000)
    try run(WriteBenchmarks.all(medium))
  }

  private func run(_ benchmarks: [Benchmark]) throws {
    for benchmark in benchmarks where isChosen(benchmark.name) {
      if isListing {
        print(benchmark.name)
      } else {
        print(ResultTable.line(try Measurement(benchmark, runs: runs)))
        fflush(nil)
      }
    }
  }

  private func isChosen(_ name: String) -> Bool {
    prefixes.isEmpty || prefixes.contains { name.hasPrefix($0) }
  }
}
