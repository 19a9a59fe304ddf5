import DossierSyntax

/// A statement that is parsed and planned once and may run many times.
public final class PreparedStatement {
  private let session: Session
  private let compiled: CompiledStatement

  init(session: Session, compiled: CompiledStatement) {
    self.session = session
    self.compiled = compiled
  }

  /// Column names in order.
  public var columns: [String] { compiled.plan.columns }

  /// Runs the statement with values for its parameters.
  public func run(parameters: [String: Value] = [:]) throws(QueryError) -> QueryResult {
    try session.run(compiled, parameters: parameters)
  }
}

/// A text with its plan.
///
/// It belongs to one session, which is used by one thread at a time.
final class CompiledStatement: @unchecked Sendable {
  let source: SourceText
  let plan: LogicalPlan
  /// The size of the graph that the plan was made for.
  let size: GraphSize
  /// The operators of the last run, ready for the next one; nil while a run has them.
  private var kept: LoweredPlan?
  private let keepsOperators: Bool

  init(source: SourceText, plan: LogicalPlan, size: GraphSize) {
    self.source = source
    self.plan = plan
    self.size = size
    // Operators are released on the caller's thread, whose stack suffices for short statements.
    keepsOperators =
      plan.mode == .run && source.bytes.count <= StatementThread.shortStatementBytes
      && plan.root.canBeKept
  }

  /// Runs the plan over the state's graph, with the operators of the last run where they can be kept.
  func execute(_ state: ExecutionState) throws(QueryError) -> QueryResult {
    guard keepsOperators else {
      var none: LoweredPlan?
      return try Executor.run(plan, state, kept: &none, keeps: false)
    }
    var operators = kept
    kept = nil
    let result = try Executor.run(plan, state, kept: &operators, keeps: true)
    kept = operators
    return result
  }

  /// What `EXPLAIN` answers.
  var explanation: QueryResult {
    QueryResult(
      columns: [], rows: .empty, counters: UpdateCounters(), plan: plan.explanation)
  }
}

/// The order of magnitude of a graph: a plan is made anew when the graph has outgrown it.
struct GraphSize: Equatable, Sendable {
  private let nodes: Int
  private let relationships: Int
  /// A plan relies on elements that have no bounds of valid time.
  let dated: DatedElements

  init(_ graph: Graph, dated: DatedElements) {
    self.dated = dated
    nodes = (Int.bitWidth - graph.nodeCount.leadingZeroBitCount) / 2
    relationships = (Int.bitWidth - graph.relationshipCount.leadingZeroBitCount) / 2
  }
}

/// The plans of the last statements by their text.
struct PlanCache {
  private static let capacity = 256
  private static let longestText = 4096
  private var plans: [[UInt8]: CompiledStatement] = [:]

  subscript(text: String) -> CompiledStatement? {
    get { text.utf8.count <= Self.longestText ? plans[Array(text.utf8)] : nil }
    set {
      guard text.utf8.count <= Self.longestText else { return }
      if plans.count >= Self.capacity { plans.removeAll(keepingCapacity: true) }
      plans[Array(text.utf8)] = newValue
    }
  }
}
