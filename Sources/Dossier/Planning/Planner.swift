import DossierSyntax

/// Turns bound queries into trees of logical operators, clause by clause.
///
/// The result is correct as it stands; the optimizer's rules make it fast.
struct Planner {
  /// In which order the parts of a pattern are found.
  enum PatternOrder {
    /// From the first node as written, relationship by relationship.
    case asWritten
    /// So that few rows are to be expected in between.
    case cheapest
  }

  let model: CardinalityModel
  let order: PatternOrder
  let functions: FunctionRegistry
  let slots: SlotTable

  /// The plan of a statement, up to its answer. `evidence` is what `WHY` adds to it.
  func plan(statement query: BoundQuery, evidence: BoundEvidence? = nil) -> LogicalOperator {
    let root = plan(query)
    guard query.parts.contains(where: \.returns) else { return .emptyResult(root) }
    guard let evidence else { return .produceResults(root, query.columns) }
    return explain(root, query, evidence)
  }

  /// Each row once for each element that it rests on: first its number, last what is known of the
  /// element.
  private func explain(
    _ root: LogicalOperator, _ query: BoundQuery, _ evidence: BoundEvidence
  ) -> LogicalOperator {
    let own = Array(query.columns.dropLast())
    var root = root
    if let gathered = evidence.gathered {
      let union = BoundAggregate(
        function: EvidenceFunctions.union, distinct: false, arguments: [.slot(evidence.elements)],
        range: SourceRange(start: 0, end: 0))
      root = .aggregation(
        root, keys: own.map { ($0.slot, .slot($0.slot)) }, aggregates: [(gathered, union)])
    }
    let added = evidence.columns.map { (name: $0.column.rawValue, slot: $0.slot) }
    return .produceResults(
      .evidence(root, evidence), Array(added.prefix(1)) + own + added.dropFirst())
  }

  /// The plan of a query whose rows bind the slots of its columns.
  func plan(_ query: BoundQuery) -> LogicalOperator {
    if query.parts.count == 1 { return plan(query.parts[0], query.imports) }
    let inputs = query.parts.map { part in
      (input: plan(part, query.imports), slots: part.columns.map(\.slot))
    }
    return .union(inputs, slots: query.columns.map(\.slot), all: query.all)
  }

  private func plan(_ part: BoundSingleQuery, _ imports: SlotSet) -> LogicalOperator {
    var rows = PartialPlan.argument(imports)
    rows.isUnit = imports.isEmpty
    // Neighbouring `CREATE`s become one operator: each item sees what earlier items made either way.
    var created: [CreateItem] = []
    for (index, clause) in part.clauses.enumerated() {
      let isLast = index == part.clauses.count - 1
      if case .create(let items, let paths) = clause {
        created += items
        if paths.isEmpty, !isLast, case .create = part.clauses[index + 1] { continue }
        rows.add(created.map(\.slot), .create(rows.root, created))
        name(paths, &rows)
        created = []
      } else {
        plan(clause, &rows, keeping: isLast ? [] : imports)
      }
    }
    return rows.root
  }

  private func plan(
    _ clause: BoundClause, _ rows: inout PartialPlan, keeping imports: SlotSet
  ) {
    switch clause {
    case .match(let graph, let optional):
      if optional {
        planOptional(graph, &rows)
      } else {
        match(graph, &rows)
      }
    case .unwind(let list, let element):
      rows.add([element], .unwind(rows.root, list: list, element: element))
    case .loadCSV(let load):
      rows.add([load.row, load.line, load.path], .loadCSV(rows.root, load))
    case .project(let projection): project(projection, &rows, keeping: imports)
    case .create: break
    case .merge(let merge): plan(merge, &rows)
    case .set(let items): rows.add([], .set(rows.root, items))
    case .delete(let targets, let detach):
      rows.add([], .delete(rows.root, targets, detach: detach))
    case .call(let call): plan(call, &rows)
    }
  }

  private func planOptional(_ graph: QueryGraph, _ rows: inout PartialPlan) {
    var right = PartialPlan.argument(rows.bound)
    match(graph, &right)
    rows.add(
      graph.introduced,
      .optionalApply(rows.root, right: right.root, nullable: graph.introduced))
  }

  private func plan(_ merge: BoundMerge, _ rows: inout PartialPlan) {
    var search = PartialPlan.argument(rows.bound)
    var graph = merge.graph
    graph.paths = []
    match(graph, &search)
    rows.add(
      merge.create.map(\.slot),
      .merge(
        rows.root, match: search.root, create: merge.create, onCreate: merge.onCreate,
        onMatch: merge.onMatch, merge.range))
    name(merge.graph.paths, &rows)
  }

  private func plan(_ call: BoundProcedureCall, _ rows: inout PartialPlan) {
    rows.add(
      call.yields.map(\.slot),
      .procedureCall(
        rows.root, call.procedure, arguments: call.arguments, yields: call.yields, call.range))
    for predicate in call.predicates { rows.filter(predicate) }
  }

  /// Adds the path variables of a pattern whose elements are bound.
  func name(_ paths: [QueryGraph.NamedPath], _ rows: inout PartialPlan) {
    if paths.isEmpty { return }
    rows.add(
      paths.map(\.slot),
      .projection(
        rows.root,
        paths.map { (slot: $0.slot, expression: .path(start: $0.start, steps: $0.steps)) }))
  }
}
