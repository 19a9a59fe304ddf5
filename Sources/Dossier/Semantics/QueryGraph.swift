import DossierSyntax

/// The patterns of one clause as a graph: what is to be found, without an order of finding it.
struct QueryGraph: Sendable {
  /// A node of the pattern; patterns that share a variable share the node.
  struct Node: Sendable {
    var slot: Slot
    /// The node must have all of them.
    var labels: [String]
    /// It stands for a relationship at which others begin or end. A relationship of the pattern finds
    /// it, or it is bound before.
    var isRelationship = false
  }

  /// A relationship of the pattern, or a chain of them.
  struct Relationship: Sendable {
    enum Search: Sendable { case all, shortest, allShortest }

    var slot: Slot
    /// The node on the left as written.
    var left: Slot
    /// The node on the right as written.
    var right: Slot
    var types: [String]
    var direction: RelationshipPattern.Direction
    /// nil for a single relationship.
    var length: VariableLength?
    var search: Search
    /// The `MATCH` clause that it comes from, where clauses were merged: relationships of different
    /// clauses may be the same one.
    var clause = 0
    /// What stands on the left and on the right.
    var ends = RelationshipShape.betweenNodes
  }

  /// A path variable: `.path(start:steps:)` of elements that the graph finds.
  struct NamedPath: Sendable {
    var slot: Slot
    var start: Slot
    var steps: [Slot]
  }

  /// In the order in which they are written.
  var nodes: [Node] = []
  var relationships: [Relationship] = []
  /// Property maps first, then the conjuncts of `WHERE`.
  var predicates: [BoundExpression] = []
  var paths: [NamedPath] = []
  /// What is computed for each row before anything is searched for.
  var computed: [(slot: Slot, expression: BoundExpression)] = []
  /// Nodes and relationships in the order in which the patterns name them, repetitions included.
  var named: [Slot] = []
  /// Slots that get their values here, paths included.
  var introduced: [Slot] = []
}

/// The relationships of a chain share an instant.
struct Contemporaneous: Sendable {
  /// In which it lies; nil for any.
  var window: BoundExpression?
}
