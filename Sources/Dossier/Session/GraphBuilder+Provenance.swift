/// Provenance, as loaders see it.
extension GraphBuilder {
  /// The relationship types that lead to sources, and the property that holds modes.
  public var sourceNames: (types: [String], mode: String) {
    (graph.provenanceNames.sources, graph.provenanceNames.mode)
  }

  /// Declares which relationships lead to the sources of elements, and which property holds how a
  /// source commits itself. Without types those that are declared stay.
  public mutating func declareSources(types: [String], mode: String) {
    loader.graph.provenanceNames.mode = mode
    if !types.isEmpty { loader.graph.provenanceNames.sources = types }
  }
}

extension GraphView {
  /// The relationship types that lead to sources, and the property that holds modes.
  public var sourceNames: (types: [String], mode: String) {
    (graph.provenanceNames.sources, graph.provenanceNames.mode)
  }
}
