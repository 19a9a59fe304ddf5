import DossierSyntax

/// Turns a logical plan into running operators and its expressions into kernels.
///
/// Operators hold their progress, so a plan is lowered for each run unless its operators are kept
/// (`LoweredPlan`). Slots beyond the plan's own are given to the row numbers of subplans.
final class PlanLowering {
  let state: ExecutionState
  /// Holds what constants point to.
  let constants: Arena
  /// What expressions of the plan part at hand may read from their argument rows.
  private var argumentSlots: SlotSet = []
  private var argumentRows: ArgumentRows
  /// The operators in the order of `LogicalPlan.describe()`, for `PROFILE`. Subqueries within
  /// expressions are not among them.
  ///
  /// Where several workers run a part of the plan, each has an operator in a place. Operators may hold
  /// the lowering for what is made late: who lowers a plan empties this in the end, or they all stay.
  var profiled: [[PhysicalOperator]] = []
  private var isInExpression = false
  /// The plan part at hand runs once for each of its argument rows or batches.
  private(set) var isInSubplan = false
  /// A call that draws random numbers was met; workers must not draw the same ones.
  var drawsRandomly = false
  /// What stands at the bottom of the stretch of the plan that is being lowered.
  var leaf: StretchLeaf?
  /// Places in `profiled` that the operators below the leaf have, where they are not lowered.
  var belowLeaf = 0
  /// What the filters above a scan ask, until the scan is lowered.
  private var zoneFilter: ZoneFilter?
  /// A part of the plan was prepared for several threads.
  var isParallel = false

  /// Constants lie in the statement's arena unless another one is given.
  init(_ state: ExecutionState, constants: Arena? = nil, leaf: StretchLeaf? = nil) {
    self.state = state
    self.constants = constants ?? state.arena
    self.leaf = leaf
    argumentRows = ArgumentRows(rowSlot: Slot(index: state.slotCount))
    state.slotCount += 1
  }

  /// The operators of a whole statement; its argument is a single row without columns.
  func lower(statement plan: LogicalOperator) throws(QueryError) -> PhysicalOperator {
    let root = try lower(plan, needed: [])
    argumentRows.batch = Batch(count: 1, slotCount: state.slotCount)
    argumentRows.isLasting = true
    return root
  }

  // MARK: Subplans

  /// A plan that runs for the rows of another one, whose slots are `outer`.
  func subplan(
    _ plan: LogicalOperator, outer: SlotSet, needed: SlotSet
  ) throws(QueryError) -> Subplan {
    let savedSlots = argumentSlots
    let savedRows = argumentRows
    let savedLeaf = leaf
    let wasInSubplan = isInSubplan
    defer {
      argumentSlots = savedSlots
      argumentRows = savedRows
      leaf = savedLeaf
      isInSubplan = wasInSubplan
    }
    leaf = nil
    isInSubplan = true
    let argument = ArgumentRows(rowSlot: Slot(index: state.slotCount))
    state.slotCount += 1
    argumentRows = argument
    argumentSlots = outer.union([argument.rowSlot])
    let root = try lower(plan, needed: needed.union([argument.rowSlot]))
    return Subplan(root: root, argument: argument, isRowByRow: plan.crossesRows)
  }

  func visible(_ plan: LogicalOperator) -> SlotSet {
    SlotSets.visible(plan, argument: argumentSlots)
  }

  /// The visible slots of `plan` that are needed, in a fixed order.
  func kept(_ plan: LogicalOperator, _ needed: SlotSet) -> [Slot] {
    visible(plan).intersection(needed).sorted { $0.index < $1.index }
  }

  /// The subplan of an expression.
  func expressionSubplan(
    _ plan: LogicalOperator, outer: SlotSet, needed: SlotSet
  ) throws(QueryError) -> Subplan {
    let saved = isInExpression
    isInExpression = true
    defer { isInExpression = saved }
    return try subplan(plan, outer: outer, needed: needed)
  }

  // MARK: Operators

  /// `needed` are the slots that operators above read.
  func lower(
    _ plan: LogicalOperator, needed: SlotSet
  ) throws(QueryError) -> PhysicalOperator {
    if var bottom = leaf {
      leaf = nil
      if bottom.distance == 0 {
        profiled.append(contentsOf: repeatElement([], count: belowLeaf))
        return try bottom.make(plan, needed)
      }
      bottom.distance -= 1
      leaf = bottom
    }
    if isInExpression { return try made(plan, needed: needed) }
    let position = profiled.count
    profiled.append([])
    let lowered = try made(plan, needed: needed)
    profiled[position] = [lowered]
    return lowered
  }

  private func made(
    _ plan: LogicalOperator, needed above: SlotSet
  ) throws(QueryError) -> PhysicalOperator {
    let needed = above.union(SlotSets.read(by: plan))
    switch plan {
    case .argument: return ArgumentOperator(argumentRows)
    case .nodeScan(let node, let labels):
      defer { zoneFilter = nil }
      return PhysicalNodeScan(node: node, labels: labels, zoneFilter)
    case .unit: return PhysicalUnit()
    case .patternCount(_, let labels, let counts):
      return try lower(counts, labels: labels)
    case .nodeIndexSeek(let input, let node, let labels, let key, let value):
      return PhysicalNodeIndexSeek(
        try lower(input, needed: needed), node: node, labels: labels, key: key,
        value: try kernel(value, visible(input)))
    case .expand(let input, let step):
      return lower(
        step, try lower(input, needed: needed),
        makesRelationships: above.contains(step.relationship))
    case .statementExpand(let input, let step):
      return PhysicalStatementExpand(try lower(input, needed: needed), step)
    case .expandIntersect(let input, let first, let second):
      return PhysicalExpandIntersect(try lower(input, needed: needed), first, second)
    case .expandGrouped(let input, let first, let second, let ways):
      return PhysicalExpandGrouped(try lower(input, needed: needed), first, second, ways: ways)
    case .variableLengthExpand(let input, let step, let length):
      let predicate = try chainPredicate(of: length, visible(input))
      let below = try lower(input, needed: needed)
      return length.distinctEnds
        ? PhysicalDistinctEnds(below, step, length, predicate: predicate)
        : PhysicalVariableLengthExpand(
          below, step, length, predicate: predicate,
          window: try sharedWindow(of: length, visible(input)),
          makesLists: above.contains(step.relationship))
    case .shortestPath(let input, let step, let length, let all):
      return PhysicalShortestPath(
        try lower(input, needed: needed), step, length,
        predicate: try length.predicate.map { (e) throws(QueryError) in
          try kernel(e, visible(input))
        },
        window: try sharedWindow(of: length, visible(input)), all: all)
    case .filter(let input, let predicate):
      if zoneFilter == nil { zoneFilter = try zoneFilter(plan) }
      return PhysicalFilter(try lower(input, needed: needed), try kernel(predicate, visible(input)))
    case .projection(let input, let items):
      return PhysicalProjection(
        try lower(input, needed: needed), try kernels(items, visible(input)))
    case .aggregation, .distinct, .sort, .top, .skip, .limit:
      return try lowerGrouping(plan, needed)
    case .unwind(let input, let list, let element):
      return try lowerUnwind(try lower(input, needed: needed), list, element, visible(input))
    case .loadCSV(let input, let load):
      return PhysicalLoadCSV(
        try lower(input, needed: needed), load, source: try kernel(load.source, visible(input)),
        needed: above)
    case .evidence(let input, let evidence):
      return PhysicalEvidence(try lowerInput(input, needed: needed), evidence)
    case .union, .cartesianProduct, .hashJoin, .apply, .optionalApply, .semiApply:
      return try lowerJoin(plan, needed)
    case .procedureCall(let input, let procedure, let arguments, let yields, let range):
      return PhysicalProcedureCall(
        try lower(input, needed: needed), procedure,
        arguments: try kernels(arguments, visible(input)), yields: yields, range)
    case .create, .merge, .set, .delete: return try lowerWrite(plan, needed)
    case .emptyResult(let input): return PhysicalEmptyResult(try lower(input, needed: []))
    case .produceResults(let input, _): return try lowerInput(input, needed: needed)
    }
  }

  /// What the relationships of a chain must satisfy.
  private func chainPredicate(
    of length: VariableLength, _ slots: SlotSet
  ) throws(QueryError) -> ChainPredicate? {
    guard let predicate = length.predicate else { return nil }
    let (window, others) = length.validity
    guard let window else { return ChainPredicate(try kernel(predicate, slots), length) }
    return ChainPredicate(
      try kernel(predicate, slots), length,
      validity: LastingValidity(.relationshipWithEnds, window: try windowKernel(window, slots)),
      others: try others.map { (e) throws(QueryError) in
        ChainPredicate(try kernel(e, slots), length)
      })
  }

  /// The window in which the relationships of a chain share an instant.
  private func sharedWindow(
    of length: VariableLength, _ slots: SlotSet
  ) throws(QueryError) -> ExpressionKernel? {
    guard let window = length.contemporaneous?.window else { return nil }
    return try windowKernel(window, slots)
  }

  private func lower(
    _ step: ExpandStep, _ input: PhysicalOperator, makesRelationships: Bool
  ) -> PhysicalOperator {
    if step.relationshipIsBound { return PhysicalBoundExpand(input, step) }
    return step.toIsBound
      ? PhysicalExpandInto(input, step)
      : PhysicalExpand(input, step, makesRelationships: makesRelationships)
  }

  private func lowerGrouping(
    _ plan: LogicalOperator, _ needed: SlotSet
  ) throws(QueryError) -> PhysicalOperator {
    switch plan {
    case .aggregation(let input, let keys, let aggregates):
      if let shared = try lowerShared(aggregation: plan) { return shared }
      let whole = aggregates.contains { $0.aggregate.dependsOnBatches }
      return PhysicalAggregation(
        try lowerInput(input, needed: SlotSets.read(by: plan), keepsBatches: whole),
        try aggregationPlan(
          keys, aggregates, visible(input),
          isClustered: input.isClustered(by: keys.map(\.expression))))
    case .distinct(let input, let slots):
      return PhysicalDistinct(try lowerInput(input, needed: SlotSet(slots)), slots)
    case .sort(let input, let keys):
      return PhysicalSort(
        try lowerInput(input, needed: needed), keys: try sortKeys(keys, visible(input)), limit: nil,
        slots: kept(input, needed))
    case .top(let input, let keys, let limit, let range):
      return PhysicalSort(
        try lowerInput(input, needed: needed), keys: try sortKeys(keys, visible(input)),
        limit: RowCount(kernel: try kernel(limit, []), keyword: "LIMIT", range: range),
        slots: kept(input, needed))
    case .skip(let input, let count, let range):
      return PhysicalSkip(
        try lowerInput(input, needed: needed),
        RowCount(kernel: try kernel(count, []), keyword: "SKIP", range: range))
    case .limit(let input, let count, let range):
      return PhysicalLimit(
        try lowerInput(input, needed: needed),
        RowCount(kernel: try kernel(count, []), keyword: "LIMIT", range: range),
        exhausts: input.writes)
    default: throw QueryError(.internalError, "not a grouping operator")
    }
  }

  private func lowerUnwind(
    _ input: PhysicalOperator, _ list: BoundExpression, _ element: Slot, _ slots: SlotSet
  ) throws(QueryError) -> PhysicalOperator {
    if case .function(let definition, let bounds, let range) = list, definition.name == "range" {
      return PhysicalUnwindRange(
        input, bounds: try kernels(bounds, slots), element: element, range)
    }
    return PhysicalUnwind(input, list: try kernel(list, slots), element: element)
  }

  private func lowerJoin(
    _ plan: LogicalOperator, _ needed: SlotSet
  ) throws(QueryError) -> PhysicalOperator {
    switch plan {
    case .union(let inputs, let slots, let all):
      var made: [(operator: PhysicalOperator, slots: [Slot])] = []
      for input in inputs {
        made.append((try lowerInput(input.input, needed: SlotSet(input.slots)), input.slots))
      }
      let union = PhysicalUnion(made, slots: slots)
      return all ? union : PhysicalDistinct(union, slots)
    case .cartesianProduct(let left, let right):
      let own = visible(right).subtracting(visible(left)).intersection(needed)
      return PhysicalCartesianProduct(
        try lowerInput(left, needed: needed), try lowerInput(right, needed: needed),
        slots: own.sorted { $0.index < $1.index })
    case .hashJoin(let left, let right, let leftKeys, let rightKeys):
      let own = visible(right).subtracting(visible(left)).intersection(needed)
      return PhysicalHashJoin(
        try lowerInput(left, needed: needed), try lowerInput(right, needed: needed),
        leftKeys: try kernels(leftKeys, visible(left)),
        rightKeys: try kernels(rightKeys, visible(right)),
        slots: own.sorted { $0.index < $1.index })
    case .apply(let input, let right):
      let outer = visible(input)
      let own = SlotSets.visible(right, argument: outer).subtracting(outer).intersection(needed)
      return PhysicalApply(
        try lower(input, needed: needed), try subplan(right, outer: outer, needed: needed),
        slots: own.sorted { $0.index < $1.index })
    case .optionalApply(let input, let right, let nullable):
      return PhysicalOptionalApply(
        try lower(input, needed: needed),
        try subplan(right, outer: visible(input), needed: needed),
        nullable: nullable.filter { needed.contains($0) })
    case .semiApply(let input, let right, let negated):
      return PhysicalSemiApply(
        try lower(input, needed: needed), try subplan(right, outer: visible(input), needed: []),
        negated: negated)
    default: throw QueryError(.internalError, "not a join operator")
    }
  }

  private func lowerWrite(
    _ plan: LogicalOperator, _ needed: SlotSet
  ) throws(QueryError) -> PhysicalOperator {
    switch plan {
    case .create(let input, let items):
      let slots = visible(input).union(items.map(\.slot))
      return PhysicalCreate(
        try lower(input, needed: needed), try createSteps(items, slots), kept: kept(input, needed))
    case .set(let input, let items):
      return PhysicalSet(
        try lower(input, needed: needed), try assignments(items, visible(input)),
        kept: kept(input, needed))
    case .delete(let input, let targets, let detach):
      var made: [(kernel: ExpressionKernel, range: SourceRange)] = []
      for target in targets {
        made.append((try kernel(target.expression, visible(input)), target.range))
      }
      return PhysicalDelete(
        try lower(input, needed: needed), made, detach: detach, kept: kept(input, needed))
    case .merge(let input, let match, let create, let onCreate, let onMatch, let range):
      let outer = visible(input)
      let bound = SlotSets.visible(match, argument: outer).union(create.map(\.slot))
      let own = bound.subtracting(outer).intersection(needed).sorted { $0.index < $1.index }
      return PhysicalMerge(
        try lower(input, needed: needed),
        match: try subplan(match, outer: outer, needed: needed),
        create: try createSteps(create, bound.union(outer)),
        onCreate: try assignments(onCreate, bound.union(outer)),
        onMatch: try assignments(onMatch, bound.union(outer)),
        identity: MergeIdentity(
          match: match, create: create, onCreate: onCreate, onMatch: onMatch, slots: own),
        slots: own, kept: kept(input, needed), range)
    default: throw QueryError(.internalError, "not a writing operator")
    }
  }

  // MARK: Expressions of operators

  func aggregationPlan(
    _ keys: [(slot: Slot, expression: BoundExpression)],
    _ aggregates: [(slot: Slot, aggregate: BoundAggregate)], _ slots: SlotSet, isClustered: Bool
  ) throws(QueryError) -> AggregationTable.Plan {
    var made: [PhysicalAggregation.Aggregate] = []
    for (slot, aggregate) in aggregates {
      made.append(
        PhysicalAggregation.Aggregate(
          slot: slot, definition: aggregate.function, distinct: aggregate.distinct,
          arguments: try kernels(aggregate.arguments, slots), range: aggregate.range))
    }
    return AggregationTable.Plan(
      keys: try kernels(keys, slots), aggregates: made, isClustered: isClustered)
  }

  private func kernels(
    _ items: [(slot: Slot, expression: BoundExpression)], _ slots: SlotSet
  ) throws(QueryError) -> [(slot: Slot, kernel: ExpressionKernel)] {
    var made: [(slot: Slot, kernel: ExpressionKernel)] = []
    for item in items { made.append((item.slot, try kernel(item.expression, slots))) }
    return made
  }

  private func sortKeys(
    _ keys: [SortKey], _ slots: SlotSet
  ) throws(QueryError) -> [(kernel: ExpressionKernel, descending: Bool)] {
    var made: [(kernel: ExpressionKernel, descending: Bool)] = []
    for key in keys { made.append((try kernel(key.expression, slots), key.descending)) }
    return made
  }

  private func createSteps(
    _ items: [CreateItem], _ slots: SlotSet
  ) throws(QueryError) -> [CreateStep] {
    var made: [CreateStep] = []
    for item in items {
      switch item {
      case .node(_, _, let properties, _), .relationship(_, _, _, _, _, let properties, _):
        made.append(
          CreateStep(
            item: item,
            properties: try properties.map { (e) throws(QueryError) in
              try kernel(e, slots).dividedByKeys
            }))
      }
    }
    return made
  }

  private func assignments(
    _ items: [BoundSetItem], _ slots: SlotSet
  ) throws(QueryError) -> Assignments {
    var made: [SetStep] = []
    for item in items {
      switch item {
      case .property(let element, _, let value, _), .replace(let element, let value, _),
        .merge(let element, let value, _):
        made.append(
          SetStep(
            item: item, element: try kernel(element, slots), value: try kernel(value, slots)))
      case .addLabels(let element, _, _), .removeLabels(let element, _, _):
        made.append(SetStep(item: item, element: try kernel(element, slots), value: nil))
      }
    }
    return Assignments(made)
  }
}
