import TestSupport
import Testing

@Suite("Generated statements change the graph as the reference engine does")
struct WriteTests {
  @Test func generatedStatements() throws {
    var failures = 0
    for seed in Seeds.range(short: 60, long: 10_000) {
      let writeCase = WriteCase(seed: seed)
      for configuration in EngineConfiguration.all {
        guard try writeCase.difference(configuration) != nil else { continue }
        failures += 1
        let small = writeCase.shrunk(configuration)
        let difference = try small.difference(configuration) ?? ""
        Issue.record("seed \(seed): \(difference)\n\(small.script)")
        break
      }
      if failures == 20 { return }
    }
  }
}
