import DossierSyntax

/// The bottom of a stretch of a plan that workers share: what stands there instead of the operator that
/// is `distance` operators below the top.
struct StretchLeaf {
  var distance: Int
  /// From the logical operator in that place and the slots that are needed of it.
  let make: (LogicalOperator, SlotSet) throws(QueryError) -> PhysicalOperator
}

/// Lowering of stretches that several workers may run.
///
///     Aggregation            PhysicalSharedAggregation: a table for each worker
///     Filter, Expand …       a copy for each worker, its leaf a MorselLeaf
///     NodeByLabelScan …      MorselSource
extension PlanLowering {
  /// The input of an operator that takes rows in their order from whoever makes them.
  ///
  /// - Parameter keepsBatches: the batches must be those of a single worker.
  func lowerInput(
    _ plan: LogicalOperator, needed: SlotSet, keepsBatches: Bool = false
  ) throws(QueryError) -> PhysicalOperator {
    guard let stretch = stretch(plan, aggregated: false, keepsBatches: keepsBatches),
      stretch.distance > 0
    else { return try lower(plan, needed: needed) }
    let pipeline = try pipeline(plan, needed, stretch) { _ in nil }
    return PhysicalGather(pipeline, slots: kept(plan, needed))
  }

  /// An aggregation whose workers gather side by side; nil when it is too small for that, or its
  /// aggregates depend on the order of the rows.
  func lowerShared(aggregation plan: LogicalOperator) throws(QueryError) -> PhysicalOperator? {
    guard case .aggregation(let input, let keys, let aggregates) = plan,
      aggregates.allSatisfy({ isExact($0.aggregate, over: input) }),
      let stretch = stretch(input, aggregated: true, keepsBatches: false)
    else { return nil }
    let isClustered =
      input.isClustered(by: keys.map(\.expression)) && (keys.isEmpty || stretch.beginsAtScan)
    let slots = visible(input)
    let pipeline = try pipeline(input, SlotSets.read(by: plan), stretch) {
      (lowering) throws(QueryError) in
      try lowering.aggregationPlan(keys, aggregates, slots, isClustered: isClustered)
    }
    return PhysicalSharedAggregation(pipeline)
  }

  /// The pipeline with its first worker. `aggregation` lowers what is gathered by each worker.
  private func pipeline(
    _ plan: LogicalOperator, _ needed: SlotSet, _ stretch: Stretch,
    _ aggregation: @escaping (PlanLowering) throws(QueryError) -> AggregationTable.Plan?
  ) throws(QueryError) -> ParallelPipeline {
    isParallel = true
    let place = profiled.count
    var below = 0
    let first = MorselLeaf()
    var made: MorselSource?
    leaf = StretchLeaf(distance: stretch.distance) { (bottom, needed) throws(QueryError) in
      let start = self.profiled.count
      let input = try self.lower(bottom, needed: needed)
      below = self.profiled.count - start
      made = MorselSource(
        input, slots: self.kept(bottom, needed), morselRows: stretch.morselRows)
      return first
    }
    let drewBefore = drawsRandomly
    drawsRandomly = false
    let root = try lower(plan, needed: needed)
    let table = try aggregation(self).map { AggregationTable($0) }
    guard let source = made else { throw QueryError(.internalError, "a stretch without a source") }
    let parallelism = drawsRandomly ? .alone : state.parallelism
    drawsRandomly = drawsRandomly || drewBefore
    return ParallelPipeline(
      source, parallelism, expectedRows: stretch.rows,
      first: PipelineWorker(state, first, source, root: root, table: table)
    ) { (state) throws(QueryError) in
      let leaf = MorselLeaf()
      let lowering = PlanLowering(
        state,
        leaf: StretchLeaf(distance: stretch.distance) { (_, _) throws(QueryError) in leaf })
      defer { lowering.profiled = [] }
      lowering.belowLeaf = below
      let root = try lowering.lower(plan, needed: needed)
      let table = try aggregation(lowering).map { AggregationTable($0) }
      for (i, operators) in lowering.profiled.enumerated() { self.profiled[place + i] += operators }
      return PipelineWorker(state, leaf, source, root: root, table: table)
    }
  }

  // MARK: Which stretches

  /// A part of a plan that goes row by row.
  private struct Stretch {
    /// Operators above the source.
    var distance: Int
    /// Expected rows of the source.
    var rows: Double
    var morselRows: Int?
    /// The source is the node scan at the bottom of the plan.
    var beginsAtScan: Bool
  }

  /// Fewest rows that are worth being shared out.
  private static let minimumRows = 64.0
  /// How often a worker should come back for more.
  private static let morselsPerWorker = 12.0
  /// Fewer rows cost less than their being handed out, where a row is less work than so many rows.
  private static let lightRows = 1024
  private static let lightWork = 16.0

  /// The longest stretch below `top` whose source gives enough rows; nil when it is not worth while.
  private func stretch(
    _ top: LogicalOperator, aggregated: Bool, keepsBatches: Bool
  ) -> Stretch? {
    let parallelism = state.parallelism
    guard parallelism.workers > 1, state.isReadOnly, !isInSubplan, leaf == nil else { return nil }
    var chain: [LogicalOperator] = []
    var bottom = top
    let isForced = parallelism.morselRows != nil
    while let input = bottom.rowWiseInput {
      chain.append(bottom)
      bottom = input
    }
    if !isForced, chain.contains(where: \.countsLongPatterns) { return nil }
    let model = CardinalityModel(statistics: state.graph)
    var rows = model.estimates(of: bottom).first ?? 1
    var source: (rows: Double, distance: Int)?
    if rows >= Self.minimumRows || isForced { source = (rows, chain.count) }
    var work = aggregated || source == nil ? rows : 0
    var isLight = true
    for (above, plan) in chain.reversed().enumerated() {
      let others = plan.children.dropFirst().map { model.estimates(of: $0).first ?? 1 }
      rows = model.rows(of: plan, over: [rows] + others)
      isLight = isLight && !plan.isLaborious
      work += rows * (plan.isLaborious ? 50 : 1) + plan.countedRelationships(model) / 8
      if source == nil, rows >= Self.minimumRows {
        source = (rows, chain.count - 1 - above)
        work = rows
      }
    }
    guard let source, work >= parallelism.minimumWork else { return nil }
    isLight = isLight && work < Self.lightWork * source.rows
    let mayCut = !keepsBatches && chain.prefix(source.distance).allSatisfy(\.keepsRowOrder)
    var beginsAtScan = false
    if case .nodeScan = bottom { beginsAtScan = source.distance == chain.count }
    return Stretch(
      distance: source.distance, rows: source.rows,
      morselRows: mayCut ? parallelism.morselRows ?? morselRows(source.rows, isLight) : nil,
      beginsAtScan: beginsAtScan)
  }

  /// Rows of a morsel, a multiple of 64 so that cut columns stay aligned; nil for whole batches.
  private func morselRows(_ rows: Double, _ isLight: Bool) -> Int? {
    let share = rows / (Double(state.parallelism.workers) * Self.morselsPerWorker)
    let least = isLight ? Self.lightRows : 64
    return share >= Double(Batch.capacity) ? nil : max(Int(share) & ~63, least)
  }

  // MARK: Which aggregates

  /// Whether partial results of the aggregate merge to what a single worker comes to.
  private func isExact(_ aggregate: BoundAggregate, over input: LogicalOperator) -> Bool {
    switch aggregate.function.name {
    case "count": true
    case "min", "max": !aggregate.distinct
    case "sum", "avg":
      !aggregate.distinct && aggregate.arguments.allSatisfy { isIntegral($0, over: input) }
    default: false
    }
  }

  /// Whether an expression is known to give integers or null only.
  private func isIntegral(_ expression: BoundExpression, over input: LogicalOperator) -> Bool {
    switch expression {
    case .constant(.integer), .count, .patternCount, .validCount, .endCount: true
    case .property(.slot, let key, _):
      state.graph.catalog.propertyKey(key).map { id in
        [state.graph.nodeProperties(id), state.graph.relationshipProperties(id)]
          .allSatisfy { $0.map { $0.uniformKind == .integer || $0.valueCount == 0 } ?? true }
      } ?? true
    case .negate(let operand, _): isIntegral(operand, over: input)
    case .arithmetic(let op, let a, let b, _):
      op != .power && isIntegral(a, over: input) && isIntegral(b, over: input)
    case .function(let definition, _, _): ["size", "length", "toInteger"].contains(definition.name)
    case .slot(let slot): isIntegral(slot, in: input)
    default: false
    }
  }

  /// Whether a slot of a plan's rows is known to hold integers or null only.
  private func isIntegral(_ slot: Slot, in plan: LogicalOperator) -> Bool {
    var plan = plan
    while true {
      switch plan {
      case .projection(let input, let items):
        if let item = items.first(where: { $0.slot == slot }) {
          return isIntegral(item.expression, over: input)
        }
      case .aggregation(let input, let keys, let aggregates):
        if let key = keys.first(where: { $0.slot == slot }) {
          return isIntegral(key.expression, over: input)
        }
        guard let found = aggregates.first(where: { $0.slot == slot })?.aggregate else {
          return false
        }
        return found.function.name == "count"
          || found.function.name == "sum"
            && found.arguments.allSatisfy { isIntegral($0, over: input) }
      default: break
      }
      guard let input = plan.rowWiseInput else { return false }
      plan = input
    }
  }
}

extension BoundAggregate {
  /// Floats of a batch are added in lanes, so that the last digits depend on where batches begin.
  var dependsOnBatches: Bool { function.name == "sum" || function.name == "avg" }
}

extension LogicalOperator {
  /// The input of an operator that looks at one row at a time, so that copies of it may each see some
  /// of the rows; nil for all others.
  fileprivate var rowWiseInput: LogicalOperator? {
    switch self {
    case .nodeIndexSeek(let input, _, _, _, _), .expand(let input, _),
      .statementExpand(let input, _), .expandIntersect(let input, _, _),
      .expandGrouped(let input, _, _, _), .variableLengthExpand(let input, _, _),
      .shortestPath(let input, _, _, _), .filter(let input, _), .projection(let input, _),
      .unwind(let input, _, _), .apply(let input, _), .optionalApply(let input, _, _),
      .semiApply(let input, _, _):
      input
    default: nil
    }
  }

  /// Whether rows come in the order of the input, wherever its batches begin.
  fileprivate var keepsRowOrder: Bool {
    switch self {
    case .apply(_, let right), .optionalApply(_, let right, _):
      right.crossesRows || right.keepsArgumentOrder
    default: true
    }
  }

  private var keepsArgumentOrder: Bool {
    var plan = self
    while let input = plan.rowWiseInput {
      if !plan.keepsRowOrder { return false }
      plan = input
    }
    if case .argument = plan { return true }
    return false
  }

  /// Whether long patterns are counted: what is remembered of nodes on the way is worth more than a
  /// second worker, who would have to find it out again.
  fileprivate var countsLongPatterns: Bool {
    guard case .projection(_, let items) = self else { return false }
    return items.contains { item in
      guard case .patternCount(_, let terms) = item.expression else { return false }
      return terms.contains { $0.edges.count > 4 }
    }
  }

  /// The relationships whose far nodes are asked for labels while patterns of single relationships are
  /// counted, roughly.
  fileprivate func countedRelationships(_ model: CardinalityModel) -> Double {
    guard case .projection(_, let items) = self else { return 0 }
    var total = 0.0
    for case .patternCount(_, let terms) in items.map(\.expression) {
      for term in terms where term.isStar {
        for edge in term.edges where !term.nodes[max(edge.near, edge.far)].labels.isEmpty {
          total += model.relationships(types: edge.types, direction: edge.direction)
        }
      }
    }
    return total
  }

  /// Whether a row costs much more than the rows that are expected of it.
  fileprivate var isLaborious: Bool {
    switch self {
    case .variableLengthExpand, .shortestPath, .apply, .optionalApply, .semiApply: true
    case .filter(_, let predicate): predicate.isLaborious
    case .projection(_, let items): items.contains { $0.expression.isLaborious }
    default: false
    }
  }
}

extension BoundExpression {
  /// Whether the expression walks the graph.
  fileprivate var isLaborious: Bool {
    switch self {
    case .exists, .count, .collect, .validCount, .endCount: true
    case .patternCount(_, let terms): !terms.allSatisfy(\.isStar)
    case .not(let operand, _): operand.isLaborious
    case .and(let operands, _), .or(let operands, _): operands.contains(where: \.isLaborious)
    case .comparison(_, let a, let b): a.isLaborious || b.isLaborious
    default: false
    }
  }
}
