import DossierSyntax

extension LogicalOperator {
  /// The names of the answer's columns in order; empty when nothing is returned.
  var columnNames: [String] {
    guard case .produceResults(_, let columns) = self else { return [] }
    return columns.map(\.name)
  }
}

/// A planned statement: the tree of operators and what its surroundings must know of it.
struct LogicalPlan: Sendable {
  var root: LogicalOperator
  /// Slots of the statement, subqueries included; all slots are below.
  var slotCount: Int
  /// The names of the answer's columns in order; empty when nothing is returned.
  var columns: [String]
  /// True when the statement changes the graph.
  var writes: Bool
  var mode: Statement.Mode
  /// Which version of the graph the statement reads; nil for the current one.
  var systemTime: BoundSystemTime?
  /// The weakest claim that patterns see; nil for all.
  var trust: ClaimMode?
  /// The variables that slots stand for; slots without a name are missing.
  var slotNames: [Slot: String]
  /// The property keys whose indexes the plan asks.
  var seekKeys: [String] = []
  /// Expected rows of the operators in the order of `describe()`; empty unless the statement is to be
  /// explained or profiled.
  var estimates: [Double] = []
}

extension LogicalPlan {
  /// The number of columns at the beginning of the answer that are equal in all records of a row
  /// that `WHY` explains; nil without `WHY`.
  var explainedColumns: Int? {
    guard case .produceResults(.evidence, let columns) = root else { return nil }
    return columns.count - (EvidenceColumn.allCases.count - 1)
  }

  /// The slots of the answer's columns, in their order.
  var resultSlots: [Slot] {
    guard case .produceResults(_, let columns) = root else { return [] }
    return columns.map(\.slot)
  }
}
