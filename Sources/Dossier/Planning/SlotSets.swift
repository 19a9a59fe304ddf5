import DossierSyntax

/// Which slots expressions read and operators bind; decides what whole-input operators must keep.
enum SlotSets {
  /// The slots that an expression reads, those of its subqueries included.
  static func read(by expression: BoundExpression, into slots: inout SlotSet) {
    switch expression {
    case .constant, .parameter: break
    case .slot(let slot): slots.insert(slot)
    case .property(let e, _, _), .hasLabels(let e, _, _), .not(let e, _), .negate(let e, _),
      .isNull(let e), .isNotNull(let e), .isTrusted(let e, _):
      read(by: e, into: &slots)
    case .isValid(let element, _, let window):
      read(by: element, into: &slots)
      read(by: window, into: &slots)
    case .areContemporaneous(let elements, let window):
      slots.formUnion(elements)
      if let window { read(by: window, into: &slots) }
    case .index(let a, let b, _), .xor(let a, let b, _), .arithmetic(_, let a, let b, _),
      .comparison(_, let a, let b), .in(let a, let b, _), .stringPredicate(_, let a, let b, _):
      readLeftDeep(a, b, into: &slots)
    case .slice(let e, let from, let to, _):
      for part in [e, from, to].compactMap({ $0 }) { read(by: part, into: &slots) }
    case .and(let list, _), .or(let list, _), .list(let list), .function(_, let list, _):
      for e in list { read(by: e, into: &slots) }
    case .map(let entries): for entry in entries { read(by: entry.value, into: &slots) }
    case .caseWhen(let operand, let alternatives, let otherwise):
      for e in [operand, otherwise].compactMap({ $0 }) { read(by: e, into: &slots) }
      for alternative in alternatives {
        read(by: alternative.when, into: &slots)
        read(by: alternative.then, into: &slots)
      }
    case .listComprehension(_, let list, let predicate, let projection, _):
      for e in [list, predicate, projection].compactMap({ $0 }) { read(by: e, into: &slots) }
    case .quantifier(_, _, let list, let predicate, _):
      read(by: list, into: &slots)
      read(by: predicate, into: &slots)
    case .reduce(_, let initial, _, let list, let step, _):
      for e in [initial, list, step] { read(by: e, into: &slots) }
    case .mapProjection(let base, let items):
      read(by: base, into: &slots)
      for item in items { if let value = item.value { read(by: value, into: &slots) } }
    case .path(let start, let steps):
      slots.insert(start)
      slots.formUnion(steps)
    case .patternCount(let root, _): slots.insert(root)
    case .validCount(let count, let window):
      read(by: count, into: &slots)
      read(by: window, into: &slots)
    case .endCount(let end): slots.formUnion(end.read)
    case .exists(let plan), .count(let plan): slots.formUnion(mentioned(in: plan))
    case .collect(let plan, let projection):
      slots.formUnion(mentioned(in: plan))
      read(by: projection, into: &slots)
    }
  }

  /// Walks down the left side of long operator chains without recursion.
  private static func readLeftDeep(
    _ left: BoundExpression, _ right: BoundExpression, into slots: inout SlotSet
  ) {
    read(by: right, into: &slots)
    var rest = left
    while case .arithmetic(_, let a, let b, _) = rest {
      read(by: b, into: &slots)
      rest = a
    }
    read(by: rest, into: &slots)
  }

  static func read(by expressions: [BoundExpression]) -> SlotSet {
    var slots: SlotSet = []
    for expression in expressions { read(by: expression, into: &slots) }
    return slots
  }

  /// The slots that the operator itself binds, without its inputs.
  static func bound(by plan: LogicalOperator) -> [Slot] {
    switch plan {
    case .nodeScan(let node, _), .nodeIndexSeek(_, let node, _, _, _): return [node]
    case .patternCount(_, _, let counts): return counts.map(\.slot)
    case .expand(_, let step), .statementExpand(_, let step), .variableLengthExpand(_, let step, _),
      .shortestPath(_, let step, _, _):
      return [step.relationship, step.to]
    case .expandIntersect(_, let first, let second):
      return [first.relationship, first.to, second.relationship]
    case .expandGrouped(_, _, let second, let ways): return [second.to, ways]
    case .projection(_, let items): return items.map(\.slot)
    case .aggregation(_, let keys, let aggregates):
      return keys.map(\.slot) + aggregates.map(\.slot)
    case .unwind(_, _, let element): return [element]
    case .loadCSV(_, let load): return [load.row, load.line, load.path]
    case .evidence(_, let evidence): return evidence.columns.map(\.slot)
    case .union(_, let slots, _): return slots
    case .procedureCall(_, _, _, let yields, _): return yields.map(\.slot)
    case .create(_, let items): return items.map(\.slot)
    case .merge(_, let match, let items, _, _, _):
      return items.map(\.slot) + Array(visible(match, argument: []))
    case .optionalApply(_, _, let nullable): return nullable
    default: return []
    }
  }

  /// The expressions and slots that the operator itself reads, without its inputs.
  static func read(by plan: LogicalOperator) -> SlotSet {
    switch plan {
    case .argument, .nodeScan, .unit, .patternCount, .cartesianProduct, .emptyResult: return []
    case .nodeIndexSeek(_, _, _, _, let value): return read(by: [value])
    case .expand(_, let step), .statementExpand(_, let step): return read(by: step)
    case .expandIntersect(_, let first, let second):
      return read(by: first).union(read(by: second))
    case .expandGrouped(_, let first, _, _): return [first.from]
    case .variableLengthExpand(_, let step, let length), .shortestPath(_, let step, let length, _):
      return read(by: step).union(
        read(by: [length.predicate, length.contemporaneous?.window].compactMap { $0 }))
    case .filter(_, let predicate): return read(by: [predicate])
    case .projection(_, let items): return read(by: items.map(\.expression))
    case .aggregation(_, let keys, let aggregates):
      return read(by: keys.map(\.expression) + aggregates.flatMap(\.aggregate.arguments))
    case .distinct(_, let slots): return SlotSet(slots)
    case .sort(_, let keys): return read(by: keys.map(\.expression))
    case .top(_, let keys, let limit, _): return read(by: keys.map(\.expression) + [limit])
    case .skip(_, let e, _), .limit(_, let e, _), .unwind(_, let e, _): return read(by: [e])
    case .loadCSV(_, let load): return read(by: [load.source])
    case .union(let inputs, _, _): return SlotSet(inputs.flatMap(\.slots))
    case .evidence(_, let evidence): return [evidence.list]
    case .hashJoin(_, _, let left, let right): return read(by: left + right)
    case .apply(_, let right), .optionalApply(_, let right, _), .semiApply(_, let right, _):
      return mentioned(in: right)
    case .procedureCall(_, _, let arguments, _, _): return read(by: arguments)
    case .create(_, let items): return read(by: items)
    case .merge(_, let match, let create, let onCreate, let onMatch, _):
      return mentioned(in: match).union(read(by: create)).union(read(by: onCreate))
        .union(read(by: onMatch))
    case .set(_, let items): return read(by: items)
    case .delete(_, let targets, _): return read(by: targets.map(\.expression))
    case .produceResults(_, let columns): return SlotSet(columns.map(\.slot))
    }
  }

  private static func read(by step: ExpandStep) -> SlotSet {
    SlotSet([step.from, step.to, step.relationship] + step.different)
  }

  private static func read(by items: [CreateItem]) -> SlotSet {
    var slots: SlotSet = []
    for item in items {
      switch item {
      case .node(_, _, let properties, _): properties.map { read(by: $0, into: &slots) }
      case .relationship(_, let from, let to, _, _, let properties, _):
        slots.formUnion([from, to])
        properties.map { read(by: $0, into: &slots) }
      }
    }
    return slots
  }

  private static func read(by items: [BoundSetItem]) -> SlotSet {
    var slots: SlotSet = []
    for item in items {
      switch item {
      case .property(let element, _, let value, _), .replace(let element, let value, _),
        .merge(let element, let value, _):
        read(by: element, into: &slots)
        read(by: value, into: &slots)
      case .addLabels(let element, _, _), .removeLabels(let element, _, _):
        read(by: element, into: &slots)
      }
    }
    return slots
  }

  /// All slots that occur in a plan.
  static func mentioned(in plan: LogicalOperator) -> SlotSet {
    var slots: SlotSet = []
    addMentioned(in: plan, to: &slots)
    return slots
  }

  private static func addMentioned(in plan: LogicalOperator, to slots: inout SlotSet) {
    slots.formUnion(read(by: plan))
    slots.formUnion(bound(by: plan))
    for input in plan.inputs { addMentioned(in: input, to: &slots) }
  }

  /// The slots that have values in the rows of a plan whose argument rows have `argument`.
  static func visible(_ plan: LogicalOperator, argument: SlotSet) -> SlotSet {
    var slots: SlotSet = []
    addVisible(plan, argument: argument, to: &slots)
    return slots
  }

  private static func addVisible(
    _ plan: LogicalOperator, argument: SlotSet, to slots: inout SlotSet
  ) {
    switch plan {
    case .argument: slots.formUnion(argument)
    case .aggregation, .union: slots.formUnion(bound(by: plan))
    case .distinct(_, let kept): slots.formUnion(kept)
    case .semiApply(let input, _, _): addVisible(input, argument: argument, to: &slots)
    case .merge(let input, let match, let items, _, _, _):
      for item in items { slots.insert(item.slot) }
      addVisible(match, argument: [], to: &slots)
      addVisible(input, argument: argument, to: &slots)
    case .apply(let input, let right):
      addVisible(input, argument: argument, to: &slots)
      addVisible(right, argument: [], to: &slots)
    case .optionalApply(let input, _, let nullable):
      slots.formUnion(nullable)
      addVisible(input, argument: argument, to: &slots)
    default:
      slots.formUnion(bound(by: plan))
      for input in plan.inputs { addVisible(input, argument: argument, to: &slots) }
    }
  }
}

extension CreateItem {
  /// The slot that the item binds.
  var slot: Slot {
    switch self {
    case .node(let slot, _, _, _), .relationship(let slot, _, _, _, _, _, _): slot
    }
  }
}

extension LogicalOperator {
  /// The plans whose rows this operator reads; the right sides of applies are not among them, as
  /// they get their rows from the left side.
  var inputs: [LogicalOperator] {
    switch self {
    case .argument, .nodeScan, .unit, .patternCount: []
    case .nodeIndexSeek(let i, _, _, _, _), .expand(let i, _), .statementExpand(let i, _),
      .expandIntersect(let i, _, _), .expandGrouped(let i, _, _, _),
      .variableLengthExpand(let i, _, _), .shortestPath(let i, _, _, _),
      .filter(let i, _), .projection(let i, _), .aggregation(let i, _, _), .distinct(let i, _),
      .sort(let i, _), .top(let i, _, _, _), .skip(let i, _, _), .limit(let i, _, _),
      .unwind(let i, _, _), .loadCSV(let i, _), .evidence(let i, _), .apply(let i, _),
      .optionalApply(let i, _, _),
      .semiApply(let i, _, _),
      .procedureCall(let i, _, _, _, _), .create(let i, _), .merge(let i, _, _, _, _, _),
      .set(let i, _), .delete(let i, _, _), .emptyResult(let i), .produceResults(let i, _):
      [i]
    case .cartesianProduct(let a, let b), .hashJoin(let a, let b, _, _): [a, b]
    case .union(let inputs, _, _): inputs.map(\.input)
    }
  }

  /// Whether the plan looks across rows, so that it must run for one argument row at a time.
  var crossesRows: Bool {
    switch self {
    case .aggregation, .patternCount, .distinct, .sort, .top, .skip, .limit, .create, .merge, .set,
      .delete:
      true
    case .union(let inputs, _, let all): !all || inputs.contains { $0.input.crossesRows }
    case .apply(let input, let right), .optionalApply(let input, let right, _):
      input.crossesRows || right.crossesRows
    default: inputs.contains { $0.crossesRows }
    }
  }

  /// Whether the plan changes the graph.
  var writes: Bool {
    switch self {
    case .create, .merge, .set, .delete: true
    case .procedureCall(let input, let procedure, _, _, _):
      procedure.change != nil || input.writes
    case .apply(let input, let right): input.writes || right.writes
    default: inputs.contains(where: \.writes)
    }
  }
}

extension LogicalOperator {
  /// The node of the scan that the plan's rows come from, each node in one row.
  var scannedNode: Slot? {
    switch self {
    case .nodeScan(let node, _): node
    case .filter(let input, _), .projection(let input, _), .semiApply(let input, _, _):
      input.scannedNode
    default: nil
    }
  }

  /// Whether rows with equal keys follow each other: each row of a scan is worked on to its end
  /// before the next one, and the scanned node is a key (or there is no key at all).
  func isClustered(by keys: [BoundExpression]) -> Bool {
    if keys.isEmpty { return true }
    guard keys.count == 1, case .slot(let key) = keys[0] else { return false }
    var plan = self
    while true {
      switch plan {
      case .nodeScan(let node, _): return node == key
      case .expand(let input, _), .expandIntersect(let input, _, _),
        .expandGrouped(let input, _, _, _), .filter(let input, _),
        .projection(let input, _):
        plan = input
      default: return false
      }
    }
  }
}
