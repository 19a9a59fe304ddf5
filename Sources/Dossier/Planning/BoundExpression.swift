import DossierSyntax

/// An expression whose names are slots, whose functions are found and whose rules are checked.
///
/// Ranges stay where evaluation can fail, so that runtime errors have a place.
indirect enum BoundExpression: Sendable {
  case constant(Value)
  case parameter(String, SourceRange)
  case slot(Slot)
  case property(BoundExpression, key: String, SourceRange)
  case index(BoundExpression, BoundExpression, SourceRange)
  case slice(BoundExpression, from: BoundExpression?, to: BoundExpression?, SourceRange)
  case hasLabels(BoundExpression, [String], SourceRange)
  /// Whether an element is valid at some time of a window. The window reads no slot at all, or is one,
  /// and never fails then.
  case isValid(BoundExpression, ValidTimeSubject, during: BoundExpression)
  /// Whether the claim of an element, and of a relationship's ends, is at least as strong as a mode.
  case isTrusted(BoundExpression, ClaimMode)
  /// Whether nodes, relationships and chains, with their ends, are all valid at one instant, which
  /// lies in the window where there is one.
  case areContemporaneous([Slot], during: BoundExpression?)
  case not(BoundExpression, SourceRange)
  case negate(BoundExpression, SourceRange)
  /// At least two operands; evaluated from the left, rows that are decided are not evaluated further.
  case and([BoundExpression], SourceRange)
  case or([BoundExpression], SourceRange)
  case xor(BoundExpression, BoundExpression, SourceRange)
  /// `add`, `subtract`, `multiply`, `divide`, `modulo`, `power`.
  case arithmetic(BinaryOperator, BoundExpression, BoundExpression, SourceRange)
  case comparison(ComparisonOperator, BoundExpression, BoundExpression)
  case `in`(BoundExpression, BoundExpression, SourceRange)
  /// `startsWith`, `endsWith`, `contains`, `matches`.
  case stringPredicate(BinaryOperator, BoundExpression, BoundExpression, SourceRange)
  case isNull(BoundExpression)
  case isNotNull(BoundExpression)
  case list([BoundExpression])
  case map([(key: String, value: BoundExpression)])
  case caseWhen(
    operand: BoundExpression?, alternatives: [(when: BoundExpression, then: BoundExpression)],
    otherwise: BoundExpression?)
  case function(FunctionDefinition, [BoundExpression], SourceRange)
  case listComprehension(
    variable: Slot, list: BoundExpression, predicate: BoundExpression?,
    projection: BoundExpression?, SourceRange)
  case quantifier(
    Quantifier, variable: Slot, list: BoundExpression, predicate: BoundExpression, SourceRange)
  case reduce(
    accumulator: Slot, initial: BoundExpression, variable: Slot, list: BoundExpression,
    step: BoundExpression, SourceRange)
  /// `nil` key: all properties of the base.
  case mapProjection(base: BoundExpression, items: [(key: String?, value: BoundExpression?)])
  /// A path from its start node and its relationships (each slot a relationship or a list of them);
  /// the other nodes follow from the relationships.
  case path(start: Slot, steps: [Slot])
  /// True when the plan, run with the row as its argument, gives a row.
  case exists(LogicalOperator)
  /// The number of rows that the plan gives for the row.
  case count(LogicalOperator)
  /// The number of matches of a pattern that hangs off a node; 0 where the node is null.
  case patternCount(Slot, [CountTerm])
  /// A `patternCount` among the relationships that are valid at some time of a window, which reads no
  /// slot.
  case validCount(BoundExpression, during: BoundExpression)
  /// The number of matches of the last steps of a pattern.
  case endCount(CountedEnd)
  /// The list of `projection` over the rows that the plan gives for the row.
  case collect(LogicalOperator, projection: BoundExpression)
}

/// One aggregate of an `Aggregation`.
struct BoundAggregate: Sendable {
  var function: AggregateDefinition
  var distinct: Bool
  /// Empty for `count(*)`; the second argument of percentiles is constant per group.
  var arguments: [BoundExpression]
  var range: SourceRange
}
