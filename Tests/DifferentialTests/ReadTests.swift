import Glibc
import TestSupport
import Testing

/// How many seeds are tried; `DOSSIER_LONG_TESTS=1` asks for many, `DOSSIER_SEEDS=a-b` for some.
enum Seeds {
  static func range(short: UInt64, long: UInt64) -> ClosedRange<UInt64> {
    if let text = getenv("DOSSIER_SEEDS").map({ String(cString: $0) }) {
      let bounds = text.split(separator: "-").compactMap { UInt64($0) }
      if bounds.count == 2, bounds[0] <= bounds[1] { return bounds[0]...bounds[1] }
    }
    let isLong = getenv("DOSSIER_LONG_TESTS").map { String(cString: $0) == "1" } ?? false
    return 1...(isLong ? long : short)
  }
}

@Suite("Generated queries give the rows of the reference engine")
struct ReadTests {
  @Test func generatedQueries() throws {
    var failures = 0
    for seed in Seeds.range(short: 150, long: 20_000) {
      let readCase = ReadCase(seed: seed)
      guard let difference = try readCase.difference(EngineConfiguration.all) else { continue }
      failures += 1
      var shrinker = Shrinker(EngineConfiguration.all)
      let small = shrinker.shrink(readCase)
      let rest = try small.difference(EngineConfiguration.all) ?? difference
      Issue.record("seed \(seed): \(rest)\n\(small.script)\n(from)\n\(readCase.text)")
      if failures == 20 { return }
    }
  }

  /// A generator whose queries seldom find anything would prove little.
  @Test func manyQueriesHaveRows() throws {
    var answered = 0
    var withRows = 0
    var skipped = 0
    for seed in UInt64(1)...300 {
      switch try ReadCase(seed: seed).expectedRowCount() {
      case .some(let count):
        answered += 1
        if count > 0 { withRows += 1 }
      case .none: skipped += 1
      }
    }
    #expect(withRows > 120, "only \(withRows) of \(answered) answers have rows")
    #expect(skipped < 60, "\(skipped) queries are too large or end with an error")
  }
}
