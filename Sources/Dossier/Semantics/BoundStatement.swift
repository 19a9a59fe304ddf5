import DossierSyntax

/// A statement whose names are slots and whose compile-time rules are all checked.
struct BoundStatement {
  var query: BoundQuery
  var slots: SlotTable
  var mode: Statement.Mode
  /// Which version of the graph the statement reads; nil for the current one.
  var systemTime: BoundSystemTime?
  var writes: Bool
  /// What `WHY` adds; nil for statements without it.
  var evidence: BoundEvidence?
}

/// Single queries joined by one kind of union.
struct BoundQuery {
  /// At least one.
  var parts: [BoundSingleQuery]
  /// True for `UNION ALL`.
  var all: Bool
  /// Column names with the slots of the result; a single part's own slots.
  var columns: [(name: String, slot: Slot)]
  /// Slots of the row around a subquery that it may read; empty for a statement.
  var imports: SlotSet
}

/// Clauses in order; `columns` is empty when nothing is returned.
struct BoundSingleQuery {
  var clauses: [BoundClause]
  var columns: [(name: String, slot: Slot)]
  /// True when the last clause is `RETURN`, or a procedure call that stands alone and has results.
  var returns: Bool
}

/// One clause with its names resolved.
enum BoundClause {
  case match(QueryGraph, optional: Bool)
  case unwind(list: BoundExpression, element: Slot)
  case loadCSV(BoundLoadCSV)
  case project(BoundProjection)
  case create([CreateItem], paths: [QueryGraph.NamedPath])
  case merge(BoundMerge)
  case set([BoundSetItem])
  case delete([(expression: BoundExpression, range: SourceRange)], detach: Bool)
  case call(BoundProcedureCall)
}

/// `LOAD CSV`: where the records come from, and the slots that they fill.
struct BoundLoadCSV: Sendable {
  /// The name of a file.
  var source: BoundExpression
  var sourceRange: SourceRange
  /// The record: a list of strings, with headers a map of them.
  var row: Slot
  /// The line on which the record begins, for `linenumber()`.
  var line: Slot
  /// The real path of the file, for `file()`.
  var path: Slot
  var hasHeaders: Bool
  /// UTF-8 of the one character between fields.
  var terminator: [UInt8]
}

/// `WITH` or `RETURN`: first aggregation where there is one, then the items, then the rest in order.
struct BoundProjection {
  /// Grouping keys and aggregates; nil when no item aggregates.
  var aggregation: BoundAggregation?
  /// Items that are more than a slot of the input or of the aggregation.
  var items: [(slot: Slot, expression: BoundExpression)]
  var distinct: Bool
  var orderBy: [SortKey]
  var skip: (expression: BoundExpression, range: SourceRange)?
  var limit: (expression: BoundExpression, range: SourceRange)?
  /// The conjuncts of `WHERE`.
  var predicates: [BoundExpression]
  /// What later clauses see.
  var columns: [(name: String, slot: Slot)]
}

struct BoundAggregation {
  var keys: [(slot: Slot, expression: BoundExpression)]
  var aggregates: [(slot: Slot, aggregate: BoundAggregate)]
}

struct BoundMerge {
  /// What is searched for.
  var graph: QueryGraph
  /// What is made when nothing is found.
  var create: [CreateItem]
  var onCreate: [BoundSetItem]
  var onMatch: [BoundSetItem]
  var range: SourceRange
}

struct BoundProcedureCall {
  var procedure: ProcedureDefinition
  var arguments: [BoundExpression]
  var yields: [(field: Int, slot: Slot)]
  /// The conjuncts of `WHERE` behind `YIELD`.
  var predicates: [BoundExpression]
  var range: SourceRange
}
