import TestSupport
import Testing

/// Which modules a target may import, and how large its files may grow.
@Suite struct TargetTests {
  struct Rule: Sendable, CustomTestStringConvertible {
    var target: String
    var imports: Set<String>
    var testDescription: String { target }
  }

  static let rules = [
    Rule(target: "DossierSyntax", imports: []),
    Rule(
      target: "Dossier",
      imports: ["DossierSyntax", "Glibc", "Synchronization", "FoundationEssentials"]),
    Rule(
      target: "DossierFormats", imports: ["Dossier", "DossierSyntax", "Glibc", "Synchronization"]),
    Rule(
      target: "DossierShell",
      imports: ["Dossier", "DossierFormats", "DossierSyntax", "Glibc", "Synchronization"]),
    Rule(
      target: "DossierCLI",
      imports: [
        "ArgumentParser", "CReadline", "Dossier", "DossierFormats", "DossierShell", "Glibc",
        "Synchronization",
      ]),
    Rule(target: "GrammarTools", imports: ["Glibc"]),
  ]

  @Test(arguments: rules)
  func importsOnlyWhatItMay(_ rule: Rule) {
    let files = SwiftSource.files(below: "Sources/\(rule.target)")
    #expect(!files.isEmpty)
    for file in files {
      let unexpected = file.imports.filter { !rule.imports.contains($0) }
      #expect(unexpected.isEmpty, "\(file.path) imports \(unexpected)")
    }
  }

  @Test func commandLineToolIsSmall() {
    let paths = Checkout.files(below: "Sources/DossierCLI", endingIn: ".swift")
    let code = paths.flatMap { (Checkout.text($0) ?? "").split(separator: "\n") }
      .filter { !$0.drop { $0 == " " }.isEmpty && !$0.drop { $0 == " " }.hasPrefix("//") }
    #expect(code.count <= 450)
  }

  @Test func filesAreOfReadableSize() {
    for path in Checkout.files(below: "Sources", endingIn: ".swift") {
      guard !path.contains("/Generated/") else { continue }
      #expect(Self.lineCount(path) <= 800, "\(path) has more than 800 lines")
    }
  }

  private static func lineCount(_ path: String) -> Int {
    (Checkout.text(path) ?? "").split(separator: "\n", omittingEmptySubsequences: false).count
  }
}
