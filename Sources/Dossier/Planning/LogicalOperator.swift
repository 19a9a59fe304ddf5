import DossierSyntax

/// A node of a logical plan; rows flow from the leaves to the root.
///
/// A row is a set of slots. An operator passes on all slots of its input unless it says otherwise.
indirect enum LogicalOperator: Sendable {
  /// Leaf: the row(s) handed in from outside; a single empty row at the bottom of a statement.
  case argument
  /// Leaf: all nodes, or those that have all labels.
  case nodeScan(node: Slot, labels: [String])
  /// Leaf: a single row without slots, whatever rows are handed in.
  case unit
  /// Leaf: a single row with the numbers of matches of patterns that hang off a node, summed over all
  /// nodes, or those that have all labels.
  case patternCount(node: Slot, labels: [String], counts: [(slot: Slot, number: BoundExpression)])
  /// For each row the nodes that have all labels and whose property equals the value.
  case nodeIndexSeek(
    LogicalOperator, node: Slot, labels: [String], key: String, value: BoundExpression)
  /// From a bound node along single relationships.
  case expand(LogicalOperator, ExpandStep)
  /// From a bound element along relationships that have a relationship at an end, at least.
  case statementExpand(LogicalOperator, ExpandStep)
  /// From a bound node along the first step to nodes that the second step connects with another
  /// bound node.
  case expandIntersect(LogicalOperator, ExpandStep, ExpandStep)
  /// From a bound node along two steps to each node that they lead to, once, with the number of ways;
  /// the node in the middle and the relationships get no values.
  case expandGrouped(LogicalOperator, ExpandStep, ExpandStep, ways: Slot)
  /// From a bound node along chains of relationships, each used once (trails).
  case variableLengthExpand(LogicalOperator, ExpandStep, VariableLength)
  /// Between two bound nodes: one shortest chain, or all of them.
  case shortestPath(LogicalOperator, ExpandStep, VariableLength, all: Bool)
  case filter(LogicalOperator, BoundExpression)
  /// Adds columns to the row. An item may read slots of the input only, not of other items.
  case projection(LogicalOperator, [(slot: Slot, expression: BoundExpression)])
  /// Rows of the keys' and aggregates' slots only. Without keys exactly one row.
  case aggregation(
    LogicalOperator, keys: [(slot: Slot, expression: BoundExpression)],
    aggregates: [(slot: Slot, aggregate: BoundAggregate)])
  /// One row for each distinct combination of these slots; only they are passed on.
  case distinct(LogicalOperator, [Slot])
  case sort(LogicalOperator, [SortKey])
  /// The first rows of a sort: `sort`, then `limit`.
  case top(LogicalOperator, [SortKey], limit: BoundExpression, SourceRange)
  case skip(LogicalOperator, BoundExpression, SourceRange)
  case limit(LogicalOperator, BoundExpression, SourceRange)
  /// One row for each element; null and the empty list give none, a non-list gives itself.
  case unwind(LogicalOperator, list: BoundExpression, element: Slot)
  /// One row for each record of the file that a row names.
  case loadCSV(LogicalOperator, BoundLoadCSV)
  /// Rows of `slots`: each input's slots are renamed in order. Without `all` duplicates go.
  case union([(input: LogicalOperator, slots: [Slot])], slots: [Slot], all: Bool)
  case cartesianProduct(LogicalOperator, LogicalOperator)
  /// Equality of `leftKeys[i]` over the left row and `rightKeys[i]` over the right row.
  case hashJoin(
    LogicalOperator, LogicalOperator, leftKeys: [BoundExpression], rightKeys: [BoundExpression])
  /// Each left row with each row that `right` gives with it as the argument.
  case apply(LogicalOperator, right: LogicalOperator)
  /// As `apply`; a row without any match is kept once with `nullable` slots null.
  case optionalApply(LogicalOperator, right: LogicalOperator, nullable: [Slot])
  /// The rows for which `right` gives a row (or none, when negated).
  case semiApply(LogicalOperator, right: LogicalOperator, negated: Bool)
  case procedureCall(
    LogicalOperator, ProcedureDefinition, arguments: [BoundExpression],
    yields: [(field: Int, slot: Slot)], SourceRange)
  /// Each row once for each element of a list, with its number and what is known of the element; a
  /// row with an empty list once.
  case evidence(LogicalOperator, BoundEvidence)
  // Writing operators read all of their input before they write the first row.
  case create(LogicalOperator, [CreateItem])
  /// For each row: the rows of `match` with it as the argument, else what `create` makes.
  case merge(
    LogicalOperator, match: LogicalOperator, create: [CreateItem], onCreate: [BoundSetItem],
    onMatch: [BoundSetItem], SourceRange)
  case set(LogicalOperator, [BoundSetItem])
  case delete(LogicalOperator, [(expression: BoundExpression, range: SourceRange)], detach: Bool)
  /// Drops all rows: the end of a statement that returns nothing.
  case emptyResult(LogicalOperator)
  /// The answer: column names in order, each with its slot.
  case produceResults(LogicalOperator, [(name: String, slot: Slot)])
}

/// One relationship of a pattern as seen from the node where the walk stands.
struct ExpandStep: Sendable {
  enum Direction: Sendable { case outgoing, incoming, both }

  var from: Slot
  /// A relationship, or for variable length the list of relationships in pattern order.
  var relationship: Slot
  var to: Slot
  /// Any of these types; empty for all types.
  var types: [String]
  var direction: Direction
  /// `to` has a value already: the relationship must end there (`ExpandInto`).
  var toIsBound: Bool
  /// The relationship slot has a value already (the same variable was bound by an earlier clause).
  var relationshipIsBound: Bool
  /// Slots of relationships, or of lists of them, of the same MATCH that must differ from this one.
  var different: [Slot]
  /// Variable length only: the walk goes from the pattern's right end to its left, so the list of
  /// relationships is to be reversed.
  var reversed: Bool
  /// Labels that the far node must have; empty for any.
  var toLabels: [String]
  /// What `from` and `to` are: the start and the end of this shape.
  var ends = RelationshipShape.betweenNodes
}

/// How long a chain of relationships may be, and what each of its relationships must satisfy.
struct VariableLength: Sendable {
  var minimum: Int
  /// nil: no upper bound.
  var maximum: Int?
  /// Stands for the relationship under test in `predicate`.
  var element: Slot
  var predicate: BoundExpression?
  /// The predicate reads nothing but the relationship and cannot fail: what it says of a relationship
  /// holds for the whole statement.
  var predicateIsLasting = false
  /// All relationships of the chain and their ends are valid at one instant.
  var contemporaneous: Contemporaneous?
  /// Each end node once; the relationship slot gets no values.
  var distinctEnds = false

  /// The window of valid time that comes first in the predicate, and what stands beside it.
  var validity: (window: BoundExpression?, others: BoundExpression?) {
    switch predicate {
    case .isValid(.slot(element), .relationshipWithEnds, let window): return (window, nil)
    case .and(let operands, let range):
      guard case .isValid(.slot(element), .relationshipWithEnds, let window)? = operands.first
      else { return (nil, predicate) }
      let others = Array(operands.dropFirst())
      return (window, others.count == 1 ? others[0] : .and(others, range))
    default: return (nil, predicate)
    }
  }
}

struct SortKey: Sendable {
  var expression: BoundExpression
  var descending: Bool
}

/// What `CREATE` and `MERGE` make, in order.
enum CreateItem: Sendable {
  /// `properties` gives a map or null.
  case node(Slot, labels: [String], properties: BoundExpression?, SourceRange)
  case relationship(
    Slot, from: Slot, to: Slot, type: String, shape: RelationshipShape,
    properties: BoundExpression?, SourceRange)
}

/// One assignment of `SET` or `REMOVE`.
enum BoundSetItem: Sendable {
  /// Setting null removes the property.
  case property(BoundExpression, key: String, value: BoundExpression, SourceRange)
  case replace(BoundExpression, value: BoundExpression, SourceRange)
  case merge(BoundExpression, value: BoundExpression, SourceRange)
  case addLabels(BoundExpression, [String], SourceRange)
  case removeLabels(BoundExpression, [String], SourceRange)
}
