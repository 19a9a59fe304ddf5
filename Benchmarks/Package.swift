// swift-tools-version: 6.1
import PackageDescription

/// A package of its own, so that Dossier's manifest names nothing that only measures.
let package = Package(
  name: "benchmarks",
  dependencies: [.package(name: "dossier", path: "..")],
  targets: [
    .target(name: "AllocationCounting"),
    .executableTarget(
      name: "MicroBenchmarks",
      dependencies: ["AllocationCounting", .product(name: "Dossier", package: "dossier")]),
  ],
  swiftLanguageModes: [.v6]
)
