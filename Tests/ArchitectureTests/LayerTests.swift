import TestSupport
import Testing

/// The folders of `Sources/Dossier` are layers: a file uses its own folder and those above it.
@Suite struct LayerTests {
  /// From the lowest layer, which knows nobody, to the highest.
  static let layers = [
    "Values", "Columns", "Catalog", "Storage", "Functions", "Semantics", "Planning", "Optimizer",
    "Execution", "Session",
  ]

  /// Types of higher layers that a layer mentions on purpose.
  static let exceptions: [String: Set<String>] = [
    // Element ids are plain numbers; they stand beside the other ids of the catalog.
    "Values": ["ElementID", "NodeID", "RelationshipID"],
    "Columns": ["ElementID", "NodeID", "RelationshipID"],
    // Signatures name types; kernels read the clock and the graph of the running statement.
    "Functions": ["StaticType", "ExecutionState", "StatementClock"],
    // The binder writes what the planner reads.
    "Semantics": [
      "BoundAggregate", "BoundExpression", "BoundSetItem", "CreateItem", "LogicalOperator",
      "SortKey", "VariableLength",
    ],
    // The executor's answer is the public one.
    "Execution": ["QueryResult", "ResultRows", "PlanDescription"],
  ]

  @Test func everyFolderIsALayer() {
    for path in Checkout.files(below: "Sources/Dossier", endingIn: ".swift") {
      let folder = String(path.split(separator: "/")[2])
      #expect(Self.layers.contains(folder), "\(path) stands in no layer")
    }
  }

  @Test(arguments: layers.indices)
  func usesNothingFromHigherLayers(_ index: Int) {
    let own = Self.files(Self.layers[index])
    let known = Set(Self.layers[...index].flatMap { Self.files($0) }.flatMap(\.declaredTypes))
    var higher: [String: String] = [:]
    for layer in Self.layers[(index + 1)...] {
      for type in Self.files(layer).flatMap(\.declaredTypes) { higher[type] = layer }
    }
    for file in own {
      let allowed = Self.exceptions[Self.layers[index]] ?? []
      for type in file.mentionedTypes.sorted() {
        guard let layer = higher[type], !known.contains(type), !allowed.contains(type) else {
          continue
        }
        Issue.record("\(file.path) uses `\(type)` of \(layer)")
      }
    }
  }

  private static func files(_ layer: String) -> [SwiftSource] {
    SwiftSource.files(below: "Sources/Dossier/\(layer)")
  }
}
