import DossierSyntax
import Synchronization

/// Limits of each statement of a session.
public struct SessionLimits: Sendable {
  /// Seconds; nil for no limit.
  public var timeout: Double?
  /// Bytes that a statement may hold at a time.
  public var memoryBytes: Int
  /// Threads that work on a statement that reads; nil for one for each processor, at most eight.
  public var workers: Int?

  public init(timeout: Double? = nil, memoryBytes: Int = .max, workers: Int? = nil) {
    self.timeout = timeout
    self.memoryBytes = memoryBytes
    self.workers = workers
  }
}

/// A conversation with a database: runs statements one after the other.
///
/// A session is used by one thread at a time; `cancel()` may be called from any.
public final class Session: @unchecked Sendable {
  public let database: Database
  public var limits = SessionLimits()
  /// Which files `LOAD CSV` may read: none, unless somebody allows folders.
  public var fileAccess = FileAccess.none
  /// Rows per batch inside the engine; tests lower it.
  var batchRows = Batch.capacity
  /// Which rewrites the planner uses; tests switch them off.
  var optimizerRules = OptimizerRules.all
  /// When more than one thread works on a statement; tests make it so that they always do.
  var parallelism: Parallelism?
  var procedures = BuiltInProcedures.all
  private var plans = PlanCache()
  /// What patterns are restricted to in statements without `FOR VALID_TIME`.
  private var validTime: ValidTimeRestriction?
  private var validTimeKeyIDs: ValidTimeKeyIDs?
  /// The weakest claim that patterns see; nil for all.
  private var claimMode: ClaimMode?
  /// The elements of the graph that was read last under `claimMode`.
  private var trusted: TrustedElements?
  private let running = Mutex<ExecutionControl?>(nil)
  private var transaction: Transaction?

  /// The graph of an open transaction and when it began.
  private struct Transaction {
    var graph: Graph
    var began: StatementClock.Instant
    var counters = UpdateCounters()
  }

  init(_ database: Database) {
    self.database = database
    let commits = CommitProcedures.commits(of: database)
    procedures[commits.name] = commits
  }

  deinit {
    if transaction != nil { database.writing.unlock() }
  }

  // MARK: Statements

  /// Runs one statement. A failing statement changes nothing.
  ///
  /// Errors: whatever is wrong with the statement, its parameters or its data, with a place in the
  /// text; `cancelled`, `timeLimit`, `memoryLimit`.
  public func run(
    _ statement: String, parameters: [String: Value] = [:]
  ) throws(QueryError) -> QueryResult {
    if statement.utf8.count > StatementThread.shortStatementBytes {
      return try StatementThread.run { () throws(QueryError) in
        try compileAndRun(statement, parameters)
      }
    }
    return try compileAndRun(statement, parameters)
  }

  private func compileAndRun(
    _ statement: String, _ parameters: [String: Value]
  ) throws(QueryError) -> QueryResult {
    try run(try compile(statement, parameters: parameters), parameters: parameters)
  }

  /// Parses and plans a statement once for many runs.
  public func prepare(_ statement: String) throws(QueryError) -> PreparedStatement {
    PreparedStatement(session: self, compiled: try compile(statement, parameters: nil))
  }

  private func compile(
    _ text: String, parameters: [String: Value]?
  ) throws(QueryError) -> CompiledStatement {
    if let open = transaction {
      return try compile(text, parameters: parameters, for: open.graph)
    }
    return try compile(text, parameters: parameters, for: database.version.graph)
  }

  private func compile(
    _ text: String, parameters: [String: Value]?, for graph: Graph
  ) throws(QueryError) -> CompiledStatement {
    let size = GraphSize(graph, dated: dated(graph))
    if let cached = plans[text], cached.size == size { return cached }
    let source = SourceText(text)
    do throws(QueryError) {
      var statement = try Parser.parseStatement(source)
      if statement.validTime == nil { statement.validTime = validTime }
      let plan = try Planner.plan(
        statement, source: source, functions: .standard, procedures: procedures,
        parameterNames: parameters.map { Set($0.keys) }, statistics: graph,
        rules: optimizerRules, trust: claimMode)
      let compiled = CompiledStatement(source: source, plan: plan, size: size)
      plans[text] = compiled
      return compiled
    } catch { throw source.locating(error) }
  }

  func run(
    _ prepared: CompiledStatement, parameters: [String: Value]
  ) throws(QueryError) -> QueryResult {
    let plan = prepared.plan
    if plan.mode == .explain { return prepared.explanation }
    let control = ExecutionControl(timeout: limits.timeout)
    running.withLock { $0 = control }
    defer { running.withLock { $0 = nil } }
    do throws(QueryError) {
      if plan.writes { return try runWriting(prepared, parameters, control) }
      if plan.systemTime == nil, transaction == nil {
        return try read(prepared, database.version.graph, parameters, control)
      }
      return try read(
        prepared, try readGraph(prepared, parameters, control), parameters, control)
    } catch { throw prepared.source.locating(error) }
  }

  private func read(
    _ prepared: CompiledStatement, _ graph: Graph, _ parameters: [String: Value],
    _ control: ExecutionControl
  ) throws(QueryError) -> QueryResult {
    if prepared.plan.systemTime == nil { buildIndexes(prepared.plan.seekKeys, for: graph) }
    let statement = try refreshed(prepared, for: graph)
    return try statement.execute(state(statement, graph, parameters, control))
  }

  /// The graph that a reading statement reads; that of an earlier version with the indexes that it asks.
  private func readGraph(
    _ prepared: CompiledStatement, _ parameters: [String: Value], _ control: ExecutionControl
  ) throws(QueryError) -> Graph {
    guard let systemTime = prepared.plan.systemTime else { return graph }
    let current = database.snapshot
    let point = try systemTime.evaluate(state(prepared, current, parameters, control))
    let version: GraphVersion
    do throws(QueryError) {
      version = try database.version(at: point)
    } catch { throw error.located(at: systemTime.range) }
    var graph = version.graph
    if graph.version == current.version {
      buildIndexes(prepared.plan.seekKeys, for: graph)
      return graph
    }
    graph.indexes = version.indexes
    for key in prepared.plan.seekKeys.compactMap({ graph.catalog.propertyKey($0) })
    where !graph.indexes.isReady(key, version: graph.version) {
      graph.indexes.build(key, over: [graph])
    }
    return graph
  }

  /// The statement, planned anew when elements have got bounds of valid time that its plan does not
  /// look at.
  private func refreshed(
    _ compiled: CompiledStatement, for graph: Graph
  ) throws(QueryError) -> CompiledStatement {
    if compiled.size.dated == dated(graph) { return compiled }
    let text = String(decoding: compiled.source.bytes, as: UTF8.self)
    return try compile(text, parameters: nil, for: graph)
  }

  private func dated(_ graph: Graph) -> DatedElements {
    if let ids = validTimeKeyIDs, ids.hold(for: graph) { return graph.datedElements(ids) }
    let ids = ValidTimeKeyIDs(graph)
    validTimeKeyIDs = ids
    return graph.datedElements(ids)
  }

  private func runWriting(
    _ prepared: CompiledStatement, _ parameters: [String: Value], _ control: ExecutionControl
  ) throws(QueryError) -> QueryResult {
    if let open = transaction {
      buildIndexes(prepared.plan.seekKeys, for: open.graph)
      let state = state(prepared, open.graph, parameters, control)
      let result = try prepared.execute(state)
      transaction?.graph = state.graph
      transaction?.counters.add(result.counters)
      return result
    }
    database.writing.lock()
    defer { database.writing.unlock() }
    let version = database.version
    buildIndexes(prepared.plan.seekKeys, for: version.graph, holdingLock: true)
    let state = state(prepared, version.graph, parameters, control)
    let result = try prepared.execute(state)
    database.publish(numbering: &state.graph, result.counters)
    return result
  }

  /// Makes the indexes that a plan asks and that are missing; where somebody else writes just now,
  /// the plan does without.
  private func buildIndexes(_ keys: [String], for graph: Graph, holdingLock: Bool = false) {
    for name in keys {
      guard let key = graph.catalog.propertyKey(name),
        !graph.indexes.isReady(key, version: graph.version)
      else { continue }
      let isMine = holdingLock || transaction != nil
      guard isMine || database.writing.tryLock() else { continue }
      defer { if !isMine { database.writing.unlock() } }
      let open = transaction.map { [$0.graph] } ?? []
      graph.indexes.build(key, over: [database.snapshot] + open)
    }
  }

  private func state(
    _ prepared: CompiledStatement, _ graph: Graph, _ parameters: [String: Value],
    _ control: ExecutionControl
  ) -> ExecutionState {
    let now = StatementClock.now()
    let clock = StatementClock(
      transaction: transaction?.began ?? now, statement: now,
      seed: now.seconds &* 1_000_003 &+ Int64(now.nanoseconds))
    let state = ExecutionState(
      graph: graph, arena: Arena(limitBytes: limits.memoryBytes), parameters: parameters,
      control: control, clock: clock, slotCount: prepared.plan.slotCount,
      isReadOnly: !prepared.plan.writes, batchRows: batchRows, files: fileAccess,
      parallelism: parallelism
        ?? Parallelism(workers: max(limits.workers ?? Parallelism.availableWorkers, 1)),
      usesZones: optimizerRules.contains(.zoneMaps))
    state.trusted = prepared.plan.trust.map { trustedElements(of: graph, atLeast: $0) }
    return state
  }

  /// Those of a version that others see, too, are kept for the next statement.
  private func trustedElements(of graph: Graph, atLeast mode: ClaimMode) -> TrustedElements {
    if transaction != nil { return TrustedElements(graph, atLeast: mode) }
    if let trusted, trusted.version == graph.version, trusted.mode == mode { return trusted }
    let elements = TrustedElements(graph, atLeast: mode)
    trusted = elements
    return elements
  }

  /// Ends the running statement with the error `cancelled`; from any thread.
  public func cancel() {
    running.withLock { $0?.cancel() }
  }

  /// Rows that the running statement has found so far, 0 when none runs; from any thread.
  public var rowsSoFar: Int { running.withLock { $0?.rowCount ?? 0 } }

  /// The graph that the next statement reads.
  var graph: Graph { transaction?.graph ?? database.snapshot }

  // MARK: Transactions

  /// Whether a transaction is open.
  public var isInTransaction: Bool { transaction != nil }

  /// Opens a transaction; until it ends no other session writes. Errors: one is open already.
  public func begin() throws(QueryError) {
    guard transaction == nil else {
      throw QueryError(.transactionState, "a transaction is open already")
    }
    database.writing.lock()
    transaction = Transaction(graph: database.snapshot, began: StatementClock.now())
  }

  /// Makes the changes of the transaction visible to all. Errors: none is open.
  public func commit() throws(QueryError) {
    guard let open = transaction else {
      throw QueryError(.transactionState, "no transaction is open")
    }
    database.publish(open.graph, open.counters)
    transaction = nil
    database.writing.unlock()
  }

  /// Forgets the changes of the transaction. Errors: none is open.
  public func rollback() throws(QueryError) {
    guard transaction != nil else {
      throw QueryError(.transactionState, "no transaction is open")
    }
    transaction = nil
    database.writing.unlock()
  }

  // MARK: Valid time

  /// Restricts the statements that follow as if `FOR VALID_TIME` stood in front of each of them that has
  /// none; they cannot write then. `restriction` is written as `AS OF date('2021-03-01')` or
  /// `BETWEEN '2020' AND '2021'`; nil ends it.
  ///
  /// Errors: all that the restriction causes with these parameters; the old one stays then.
  public func restrictValidTime(
    to restriction: String?, parameters: [String: Value] = [:]
  ) throws(QueryError) {
    var parsed: ValidTimeRestriction?
    if let restriction {
      parsed = try Parser.parseValidTimeRestriction(SourceText(restriction))
      let old = validTime
      validTime = nil
      defer { validTime = old }
      _ = try run(
        "FOR VALID_TIME \(restriction)\nMATCH (n) RETURN 1 AS one LIMIT 0", parameters: parameters)
    }
    validTime = parsed
    plans = PlanCache()
  }

  // MARK: Trust

  /// The modes of claims, the strongest first.
  public static var claimModes: [String] { ClaimMode.allCases.map(\.rawValue) }

  /// The weakest claim that patterns see, as `claim(x)` names it; nil when they see all.
  public var trust: String? { claimMode?.rawValue }

  /// Lets the patterns of statements that follow see no element whose claim is weaker than `mode`, one
  /// of the modes that `claim(x)` gives; the statements cannot write then. nil ends it.
  ///
  /// A node without a claim is always seen, a relationship without one counts as `asserted`, and a
  /// relationship is seen only when both its ends are. Errors: `invalidArgumentValue` for a word that
  /// is no mode.
  public func restrictTrust(to mode: String?) throws(QueryError) {
    let modes = Self.claimModes
    let parsed = mode.flatMap { mode in
      ClaimMode.allCases.first { $0.rawValue.utf8.elementsEqual(mode.utf8) }
    }
    if let mode, parsed == nil {
      let near = EditDistance.nearest(to: mode, among: modes)
      throw QueryError(
        .invalidArgumentValue,
        "`\(mode)` is no mode of a claim; these are \(modes.joined(separator: ", "))",
        help: near.map { "did you mean `\($0)`?" })
    }
    claimMode = parsed
    trusted = nil
    plans = PlanCache()
  }

  // MARK: Procedures

  /// Declares a procedure whose rows are given: input values first, then output values. A call
  /// gives the outputs of the rows whose inputs equal its arguments.
  ///
  /// `signature` is written as `name(argument :: TYPE?, …) :: (field :: TYPE?, …)`.
  public func declareProcedure(signature: String, rows: [[Value]]) throws(QueryError) {
    let definition = try ProcedureSignature.parse(signature, rows: rows)
    procedures[definition.name] = definition
    plans = PlanCache()
  }
}
