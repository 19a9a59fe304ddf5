/// The two properties that hold the valid time of the elements of a graph.
struct ValidTimeKeys: Equatable, Sendable {
  /// When a fact begins to hold.
  var from = "from"
  /// When it holds no longer.
  var to = "to"
}
