// swift-tools-version: 6.1
import PackageDescription

/// The arrows between targets point one way; each target may import only what its line names.
let package = Package(
  name: "dossier",
  products: [
    .library(name: "Dossier", targets: ["Dossier", "DossierFormats", "DossierSyntax"]),
    .executable(name: "dossier", targets: ["DossierCLI"]),
    .executable(name: "dossier-dev", targets: ["DossierDev"]),
  ],
  traits: [
    .trait(name: "Readline", description: "Line editing in the shell by GNU readline (GPL-3)"),
    .default(enabledTraits: ["Readline"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
  ],
  targets: [
    .systemLibrary(name: "CReadline"),
    .target(name: "DossierSyntax"),
    .target(
      name: "Dossier", dependencies: ["DossierSyntax"],
      exclude: ["Storage/README.md", "Storage/Snapshot/README.md", "Execution/README.md"]),
    .target(
      name: "DossierFormats", dependencies: ["Dossier", "DossierSyntax"], exclude: ["README.md"]),
    .target(name: "DossierShell", dependencies: ["Dossier", "DossierSyntax", "DossierFormats"]),
    .executableTarget(
      name: "DossierCLI",
      dependencies: [
        "DossierShell", "DossierFormats",
        .target(name: "CReadline", condition: .when(traits: ["Readline"])),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .target(name: "GrammarTools"),
    .executableTarget(
      name: "DossierDev",
      dependencies: ["GrammarTools", "DossierSyntax", "Dossier", "DossierShell"]),
    .target(
      name: "TestSupport",
      dependencies: ["Dossier", "DossierSyntax", "DossierFormats", "DossierShell"],
      path: "Tests/TestSupport"),
    .testTarget(name: "DossierSyntaxTests", dependencies: ["DossierSyntax"]),
    .testTarget(name: "DossierTests", dependencies: ["Dossier", "DossierSyntax", "TestSupport"]),
    .testTarget(
      name: "DifferentialTests", dependencies: ["Dossier", "DossierSyntax", "TestSupport"]),
    .testTarget(
      name: "ConformanceTests", dependencies: ["Dossier", "DossierSyntax", "TestSupport"]),
    .testTarget(name: "DossierFormatsTests", dependencies: ["DossierFormats", "TestSupport"]),
    .testTarget(
      name: "DossierShellTests", dependencies: ["DossierShell", "TestSupport"]),
    .testTarget(
      name: "GrammarTests", dependencies: ["GrammarTools", "DossierSyntax", "TestSupport"]),
    .testTarget(
      name: "ExampleTests", dependencies: ["Dossier", "DossierShell", "TestSupport"]),
    .testTarget(name: "ArchitectureTests", dependencies: ["TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)
