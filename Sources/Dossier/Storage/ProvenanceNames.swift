/// What a graph calls the relationships that lead from elements to their sources, and the property
/// that holds how a source commits itself.
struct ProvenanceNames: Sendable {
  /// At least one relationship type.
  var sources = ["reported-by"]
  var mode = "mode"

  /// Nothing else was declared.
  var areUsual: Bool {
    let usual = ProvenanceNames()
    return sources.count == 1 && mode.utf8.elementsEqual(usual.mode.utf8)
      && sources[0].utf8.elementsEqual(usual.sources[0].utf8)
  }

  /// Whether relationships of a type lead to sources.
  func hasSource(_ type: String) -> Bool {
    sources.contains { $0.utf8.elementsEqual(type.utf8) }
  }
}
