import DossierSyntax

/// Turns a syntax tree into a bound statement: names become slots, functions and procedures are
/// found, static types are derived, and every compile-time rule of the language is checked.
///
/// One binder serves one statement. Not thread-safe.
final class Binder {
  /// Plans a query that stands inside an expression; the slots are those of the statement.
  typealias SubqueryPlanner = (BoundQuery, SlotTable) -> LogicalOperator

  let functions: FunctionRegistry
  let procedures: [String: ProcedureDefinition]
  /// nil when the parameters are not known yet: their absence is a runtime error then.
  let parameterNames: Set<String>?
  let planSubquery: SubqueryPlanner
  let slots = SlotTable()

  /// Visible variables, innermost last: the scopes of enclosing queries, of the query itself at
  /// `queryFrame`, and of the comprehensions around the expression at hand.
  var frames: [Scope] = [Scope()]
  /// The frame of the query whose clauses are bound.
  var queryFrame = 0
  var context = ExpressionContext()
  var writes = false
  /// Line and path of the record at hand, of the last `LOAD CSV` before.
  var record: (line: Slot, path: Slot)?
  /// Which elements may have bounds of valid time while the statement runs.
  var dated = DatedElements()
  /// The instant of `FOR SYSTEM_TIME`.
  var systemTime: BoundSystemTime?
  /// Where `WHY` stands.
  var why: SourceRange?
  /// The weakest claim that patterns see; nil for all.
  var trust: ClaimMode?
  /// The window of `FOR VALID_TIME`.
  var statementValidTime: BoundExpression?

  init(
    functions: FunctionRegistry, procedures: [String: ProcedureDefinition],
    parameterNames: Set<String>?, planSubquery: @escaping SubqueryPlanner
  ) {
    self.functions = functions
    self.procedures = procedures
    self.parameterNames = parameterNames
    self.planSubquery = planSubquery
  }

  /// Binds a whole statement. Errors: all compile-time codes of the error table.
  func bind(_ statement: Statement) throws(QueryError) -> BoundStatement {
    why = statement.why
    if let instant = statement.systemTime { systemTime = try bindSystemTime(instant) }
    if let restriction = statement.validTime {
      statementValidTime = try bindWindow(restriction)
    }
    let query: BoundQuery
    switch statement.body {
    case .query(let body): query = try bind(body, isSubquery: false)
    case .standaloneCall(let call): query = try bindStandalone(call)
    }
    let bound = BoundStatement(
      query: query, slots: slots, mode: statement.mode, systemTime: systemTime, writes: writes)
    guard let why else { return bound }
    try checkColumns(of: query, statement.body, why)
    return explained(bound, why)
  }

  // MARK: Scopes

  /// The scope of the query whose clauses are bound.
  var scope: Scope {
    get { frames[queryFrame] }
    set { frames[queryFrame] = newValue }
  }

  /// Runs `body` with another expression context.
  func within<Result>(
    _ context: ExpressionContext, _ body: () throws(QueryError) -> Result
  ) throws(QueryError) -> Result {
    let outer = self.context
    self.context = context
    defer { self.context = outer }
    return try body()
  }

  /// Runs `body` with a further scope on top.
  func nested<Result>(
    _ scope: Scope, _ body: () throws(QueryError) -> Result
  ) throws(QueryError) -> Result {
    frames.append(scope)
    defer { frames.removeLast() }
    return try body()
  }

  /// The variable that a name stands for; nil when there is none.
  /// Errors: `ambiguousAggregationExpression` for a variable that grouping has hidden.
  func resolve(_ name: String, at range: SourceRange) throws(QueryError) -> Variable? {
    let key = VariableName(name)
    for index in frames.indices.reversed() {
      guard let variable = frames[index][key] else { continue }
      if let barrier = context.barrier, index <= barrier.frame, !barrier.grouped.contains(key) {
        throw QueryError(
          .ambiguousAggregationExpression,
          "`\(name)` stands beside an aggregate but is not a grouping key", at: range,
          label: "not grouped",
          help: "return `\(name)` as an item of its own, or compute the value in a `WITH` before")
      }
      return variable
    }
    return nil
  }

  /// The slots of all visible variables.
  var visibleSlots: SlotSet {
    var result: SlotSet = []
    for frame in frames {
      for variable in frame.variables { result.insert(variable.slot) }
    }
    return result
  }

  func undefined(_ name: String, at range: SourceRange) -> QueryError {
    let visible = frames.flatMap { $0.variables.map(\.name.text) }.sorted()
    let near = EditDistance.nearest(to: name, among: visible)
    return QueryError(
      .undefinedVariable, "variable `\(name)` is not defined", at: range,
      label: "not in scope here", help: near.map { "did you mean `\($0)`?" })
  }
}

/// What an expression may contain at the place where it stands.
struct ExpressionContext {
  /// Where aggregates are gathered; nil where none may stand.
  var grouping: Grouping?
  /// True behind the items of an aggregating projection, where only known aggregates may stand.
  var isBehindAggregation = false
  /// True in the arguments of an aggregate.
  var insideAggregate = false
  /// Variables that grouping has hidden.
  var barrier: GroupingBarrier?
  /// Expressions that are computed already, by structure.
  var replacements: [ExpressionKey: TypedExpression] = [:]
  /// Grouping keys that an expression with aggregates may not repeat, as they are no plain
  /// variables or properties.
  var compositeKeys: Set<ExpressionKey> = []

  /// The context of a subquery, which starts afresh but sees no more than its surroundings do.
  var forSubquery: ExpressionContext {
    var result = ExpressionContext()
    result.barrier = barrier
    return result
  }
}

/// Frames up to `frame` show only these variables.
struct GroupingBarrier {
  var frame: Int
  var grouped: Set<VariableName>
}

/// The aggregates of one projection, each once.
final class Grouping {
  private(set) var aggregates: [(slot: Slot, aggregate: BoundAggregate)] = []
  private var known: [ExpressionKey: TypedExpression] = [:]

  /// The slot of an aggregate that is gathered already.
  func slot(of key: ExpressionKey) -> TypedExpression? { known[key] }

  func add(_ aggregate: BoundAggregate, as slot: Slot, type: StaticType, key: ExpressionKey) {
    aggregates.append((slot, aggregate))
    known[key] = TypedExpression(.slot(slot), type)
  }
}
