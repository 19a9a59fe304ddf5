/// The two properties that hold the valid time of the elements of a graph.
struct ValidTimeKeys: Equatable, Sendable {
  /// When a fact begins to hold.
  var from = "from"
  /// When it holds no longer.
  var to = "to"
}

/// The ids of the two properties in a catalog, nil where it does not have them yet.
struct ValidTimeKeyIDs {
  let from: PropertyKeyID?
  let to: PropertyKeyID?
  private let keys: ValidTimeKeys
  private let catalog: Catalog
  private let keyCount: Int

  init(_ graph: Graph) {
    catalog = graph.catalog
    keyCount = catalog.propertyKeyCount
    keys = graph.validTimeKeys
    from = catalog.propertyKey(keys.from)
    to = catalog.propertyKey(keys.to)
  }

  /// Whether they are those of another graph as well.
  func hold(for graph: Graph) -> Bool {
    guard graph.catalog === catalog, graph.validTimeKeys == keys else { return false }
    return from != nil && to != nil || catalog.propertyKeyCount == keyCount
  }
}
