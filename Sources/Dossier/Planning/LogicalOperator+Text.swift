extension LogicalOperator {
  /// The name that `EXPLAIN` shows.
  var title: String {
    switch self {
    case .argument: "Argument"
    case .nodeScan(_, let labels): labels.isEmpty ? "AllNodesScan" : "NodeByLabelScan"
    case .unit: "Unit"
    case .patternCount: "PatternCount"
    case .nodeIndexSeek: "NodeIndexSeek"
    case .expand(_, let step): step.toIsBound ? "ExpandInto" : "Expand"
    case .statementExpand(_, let step):
      step.toIsBound ? "StatementExpandInto" : "StatementExpand"
    case .expandIntersect: "ExpandIntersect"
    case .expandGrouped: "ExpandGrouped"
    case .variableLengthExpand: "VarLengthExpand"
    case .shortestPath(_, _, _, let all): all ? "AllShortestPaths" : "ShortestPath"
    case .filter: "Filter"
    case .projection: "Projection"
    case .aggregation: "Aggregation"
    case .distinct: "Distinct"
    case .sort: "Sort"
    case .top: "Top"
    case .skip: "Skip"
    case .limit: "Limit"
    case .unwind: "Unwind"
    case .loadCSV: "LoadCSV"
    case .union: "Union"
    case .cartesianProduct: "CartesianProduct"
    case .hashJoin: "HashJoin"
    case .apply: "Apply"
    case .optionalApply: "OptionalApply"
    case .semiApply(_, _, let negated): negated ? "AntiSemiApply" : "SemiApply"
    case .procedureCall: "ProcedureCall"
    case .evidence: "Evidence"
    case .create: "Create"
    case .merge: "Merge"
    case .set: "SetProperty"
    case .delete(_, _, let detach): detach ? "DetachDelete" : "Delete"
    case .emptyResult: "EmptyResult"
    case .produceResults: "ProduceResults"
    }
  }

  /// The operators shown below this one: its inputs, then the plans that run for its rows.
  var children: [LogicalOperator] {
    switch self {
    case .apply(let input, let right), .optionalApply(let input, let right, _),
      .semiApply(let input, let right, _):
      [input, right]
    case .merge(let input, let match, _, _, _, _): [input, match]
    default: inputs
    }
  }
}

extension PlanText {
  /// What an operator works on, for `EXPLAIN`; empty where its name says it all.
  func details(of plan: LogicalOperator) -> String {
    switch plan {
    case .argument, .unit, .cartesianProduct, .apply, .semiApply, .emptyResult, .set: ""
    case .evidence(_, let evidence): name(of: evidence.list)
    case .nodeScan(let node, let labels):
      "(\(name(of: node))\(labels.map { ":\($0)" }.joined()))"
    case .patternCount(let node, let labels, let counts):
      (["(\(name(of: node))\(labels.map { ":\($0)" }.joined()))"]
        + counts.map { text($0.number) }).joined(separator: ", ")
    case .nodeIndexSeek(_, let node, let labels, let key, let value):
      "(\(name(of: node))\(labels.map { ":\($0)" }.joined()) {\(key): \(text(value))})"
    case .expand(_, let step), .statementExpand(_, let step): text(step, length: nil)
    case .expandIntersect(_, let first, let second):
      "\(text(first, length: nil)), \(text(second, length: nil))"
    case .expandGrouped(_, let first, let second, let ways):
      "\(text(first, length: nil)), \(text(second, length: nil)), \(name(of: ways)) ways"
    case .variableLengthExpand(_, let step, let length), .shortestPath(_, let step, let length, _):
      text(step, length: length)
    case .filter(_, let predicate): text(predicate)
    case .projection(_, let items):
      items.map { "\(text($0.expression)) AS \(name(of: $0.slot))" }.joined(separator: ", ")
    case .aggregation(_, let keys, let aggregates):
      (keys.map { text($0.expression) } + aggregates.map { text($0.aggregate) })
        .joined(separator: ", ")
    case .distinct(_, let slots): slots.map(name).joined(separator: ", ")
    case .sort(_, let keys): text(keys)
    case .top(_, let keys, let limit, _): "\(text(keys)) LIMIT \(text(limit))"
    case .skip(_, let count, _), .limit(_, let count, _): text(count)
    case .unwind(_, let list, let element): "\(text(list)) AS \(name(of: element))"
    case .loadCSV(_, let load): text(load)
    case .union(_, _, let all): all ? "ALL" : ""
    case .hashJoin(_, _, let leftKeys, let rightKeys):
      zip(leftKeys, rightKeys).map { "\(text($0)) = \(text($1))" }.joined(separator: ", ")
    case .optionalApply(_, _, let nullable):
      nullable.compactMap { names[$0] }.joined(separator: ", ")
    case .procedureCall(_, let procedure, let arguments, _, _):
      "\(procedure.name)(\(arguments.map(text).joined(separator: ", ")))"
    case .create(_, let items), .merge(_, _, let items, _, _, _):
      items.map(text).joined(separator: ", ")
    case .delete(_, let targets, _):
      targets.map { text($0.expression) }.joined(separator: ", ")
    case .produceResults(_, let columns): columns.map(\.name).joined(separator: ", ")
    }
  }

  func text(_ step: ExpandStep, length: VariableLength?) -> String {
    let types = step.types.isEmpty ? "" : ":" + step.types.joined(separator: "|")
    let hops = length.map { "*\($0.minimum)..\($0.maximum.map(String.init) ?? "")" } ?? ""
    let relationship = "[\(names[step.relationship] ?? "")\(types)\(hops)]"
    let (before, after) =
      switch step.direction {
      case .outgoing: ("-", "->")
      case .incoming: ("<-", "-")
      case .both: ("-", "-")
      }
    let near = text(step.from, step.ends.start, labels: [])
    let far = text(step.to, step.ends.end, labels: step.toLabels)
    let once = length?.distinctEnds == true ? ", ends once" : ""
    return near + before + relationship + after + far + once
      + (length.map { validTimeText($0) + trustText($0) } ?? "")
  }

  private func predicates(of length: VariableLength) -> [BoundExpression] {
    if case .and(let predicates, _)? = length.predicate { return predicates }
    return [length.predicate].compactMap { $0 }
  }

  /// How far the relationships of a chain are trusted: `, TRUST asserted`.
  private func trustText(_ length: VariableLength) -> String {
    for case .isTrusted(_, let mode) in predicates(of: length) {
      return ", TRUST \(mode.rawValue)"
    }
    return ""
  }

  /// When the relationships of a chain are valid: `, VALID AS OF date('2021-03-01')`.
  private func validTimeText(_ length: VariableLength) -> String {
    let shared = length.contemporaneous == nil ? "" : ", CONTEMPORANEOUS"
    for case .isValid(_, _, let window) in predicates(of: length) {
      return ", VALID \(windowText(window))" + shared
    }
    return shared
  }

  private func text(_ element: Slot, _ kind: ElementKind, labels: [String]) -> String {
    kind == .node
      ? "(\(name(of: element))\(labels.map { ":\($0)" }.joined()))" : "[\(name(of: element))]"
  }

  private func text(_ load: BoundLoadCSV) -> String {
    let terminator = String(decoding: load.terminator, as: UTF8.self)
    return "\(text(load.source)) AS \(name(of: load.row))"
      + (load.hasHeaders ? " WITH HEADERS" : "")
      + (load.terminator == [UInt8(ascii: ",")]
        ? "" : " FIELDTERMINATOR \(text(.constant(.string(terminator))))")
  }

  private func text(_ keys: [SortKey]) -> String {
    keys.map { text($0.expression) + ($0.descending ? " DESC" : "") }.joined(separator: ", ")
  }

  private func text(_ aggregate: BoundAggregate) -> String {
    if aggregate.arguments.isEmpty { return "\(aggregate.function.name)(*)" }
    let arguments = aggregate.arguments.map(text).joined(separator: ", ")
    return "\(aggregate.function.name)(\(aggregate.distinct ? "DISTINCT " : "")\(arguments))"
  }

  private func text(_ item: CreateItem) -> String {
    switch item {
    case .node(let slot, let labels, _, _):
      "(\(names[slot] ?? "")\(labels.map { ":\($0)" }.joined()))"
    case .relationship(let slot, let from, let to, let type, let shape, _, _):
      text(from, shape.start, labels: []) + "-[\(names[slot] ?? ""):\(type)]->"
        + text(to, shape.end, labels: [])
    }
  }
}
