import TestSupport
import Testing

/// The language as the files in `Tests/Features` tell it.
@Suite struct FeatureTests {
  static let files = Checkout.files(below: "Tests/Features", endingIn: ".feature")

  /// All scenarios; a file that cannot be read has none, and fails below.
  static let scenarios = files.flatMap { file in
    (try? FeatureReader.read(Checkout.text(file) ?? "", file: file)) ?? []
  }

  @Test(arguments: files)
  func isReadable(_ file: String) throws {
    let text = try #require(Checkout.text(file))
    #expect(try !FeatureReader.read(text, file: file).isEmpty)
  }

  @Test(arguments: scenarios)
  func holds(_ scenario: Scenario) throws {
    for configuration in ScenarioRun.Configuration.all {
      do {
        var run = ScenarioRun(configuration)
        try run.run(scenario)
      } catch {
        Issue.record("\(scenario.testDescription) [\(configuration)]\n\(error)")
        return
      }
    }
  }
}
