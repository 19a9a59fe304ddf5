import DossierSyntax

/// The answer of one statement: named columns, rows, and what was changed.
public struct QueryResult: Sendable {
  /// Column names in order; empty when the statement returns nothing.
  public let columns: [String]
  /// The rows, each with one value per column. Values are made when a row is read.
  public let rows: Rows
  /// What the statement changed.
  public let counters: UpdateCounters
  /// The operator tree, for `EXPLAIN` and `PROFILE`.
  public let plan: PlanDescription?
  /// How many columns at the beginning tell of a row that `WHY` explains, its number first; they are
  /// equal in all records of the row. nil for a statement without `WHY`.
  public let explainedColumns: Int?

  init(
    columns: [String], rows: Rows, counters: UpdateCounters, plan: PlanDescription? = nil,
    explainedColumns: Int? = nil
  ) {
    self.columns = columns
    self.rows = rows
    self.counters = counters
    self.plan = plan
    self.explainedColumns = explainedColumns
  }

  /// The rows of an answer, a collection of value lists.
  public struct Rows: RandomAccessCollection, Sendable {
    let source: ResultRows
    public var startIndex: Int { 0 }
    public var endIndex: Int { source.count }
    public subscript(position: Int) -> [Value] { source.row(position) }
  }
}

/// A printed operator tree.
public struct PlanDescription: Sendable {
  /// One operator: its depth in the tree (the root is 0), name and details.
  public struct Line: Sendable {
    public var depth: Int
    public var name: String
    public var details: String
    /// The planner's guess; nil where it made none.
    public var estimatedRows: Double?
    /// Rows that the operator gave; only for `PROFILE`.
    public var rows: Int?
    /// Seconds spent in the operator and below, summed over its workers; only for `PROFILE`.
    public var seconds: Double?
    /// How many threads ran the operator; only for `PROFILE`.
    public var workers: Int?
    /// The most memory that the operator itself held at a time, in bytes, summed over its
    /// workers; only for `PROFILE`.
    public var memoryBytes: Int?
    /// Pages of 2,048 values that the operator itself did not have to read, as their least and
    /// greatest values told enough; only for `PROFILE`.
    public var skippedPages: Int?
  }
  public var lines: [Line]
}
