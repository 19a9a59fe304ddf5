import DossierSyntax

/// When the elements of a pattern are to be valid.
struct BoundValidTime {
  /// Gives the window; reads no slot but one of `computed`.
  var window: BoundExpression
  /// What is computed for each row before the pattern is searched for.
  var computed: (slot: Slot, expression: BoundExpression)?
}

/// `AS OF`, `BETWEEN` and `FOR VALID_TIME`.
extension Binder {
  /// A restriction, or that of the whole statement where there is none.
  ///
  /// Bound before the pattern, whose variables it does not see. A window that is the same for all
  /// rows is an expression without slots; any other is computed once for each row.
  func bindValidTime(_ restriction: ValidTimeRestriction?) throws(QueryError) -> BoundValidTime? {
    guard let restriction else {
      return statementValidTime.map { BoundValidTime(window: $0, computed: nil) }
    }
    let window = try bindWindow(restriction)
    if !restriction.readsVariables { return BoundValidTime(window: window, computed: nil) }
    let slot = slots.add(.any)
    return BoundValidTime(window: .slot(slot), computed: (slot, window))
  }

  /// The window of a restriction.
  func bindWindow(_ restriction: ValidTimeRestriction) throws(QueryError) -> BoundExpression {
    switch restriction.time {
    case .asOf(let instant):
      return .function(
        ValidTimeFunctions.asOf, [try bindInstant(instant, "AS OF")], instant.range)
    case .between(let first, let last):
      return .function(
        ValidTimeFunctions.between,
        [try bindInstant(first, "BETWEEN"), try bindInstant(last, "BETWEEN")],
        first.range.union(last.range))
    }
  }

  private func bindInstant(
    _ expression: Expression, _ keyword: String
  ) throws(QueryError) -> BoundExpression {
    let bound = try bind(expression)
    let instants: [StaticType] = [.date, .localDateTime, .dateTime, .string]
    guard instants.contains(where: { bound.type.canBe($0) }) else {
      throw QueryError(
        .invalidArgumentType, "`\(keyword)` expects a date, found \(bound.type.title)",
        at: expression.range, help: "write `\(keyword) date('2021-03-01')`")
    }
    return bound.expression
  }

  /// Restricts all elements of a pattern.
  func restrict(_ graph: inout QueryGraph, to validTime: BoundValidTime?) {
    guard let validTime else { return }
    if let computed = validTime.computed { graph.computed.append(computed) }
    // First of all predicates: what is not valid is as if it were not there. What has no dates is not
    // tested, so that it can be counted.
    var tests: [BoundExpression] = []
    for node in graph.nodes
    where dated.nodes || (node.isRelationship && dated.relationships) {
      tests.append(Self.test(of: node, during: validTime.window))
    }
    for (index, relationship) in graph.relationships.enumerated() {
      if !dated.relationships, relationship.length == nil || !dated.nodes { continue }
      guard let length = relationship.length else {
        tests.append(.isValid(.slot(relationship.slot), .relationship, during: validTime.window))
        continue
      }
      let test = BoundExpression.isValid(
        .slot(length.element), .relationshipWithEnds, during: validTime.window)
      graph.relationships[index].length?.predicate =
        length.predicate.map { .and([test, $0], SourceRange(start: 0, end: 0)) } ?? test
    }
    // One element is tested in any case: in a window that is null nothing is valid.
    if tests.isEmpty, let node = graph.nodes.first {
      tests.append(Self.test(of: node, during: validTime.window))
    }
    graph.predicates = tests + graph.predicates
  }

  private static func test(
    of node: QueryGraph.Node, during window: BoundExpression
  ) -> BoundExpression {
    .isValid(.slot(node.slot), node.isRelationship ? .relationshipWithEnds : .node, during: window)
  }

  /// `CONTEMPORANEOUS`: all elements are valid at one instant. Periods have an instant in common when
  /// each two of them have, so parts of the pattern are tested as soon as they are found.
  func shareInstant(_ graph: inout QueryGraph, in window: BoundExpression?) {
    // A chain that stands alone is tested as it is walked; what is left are its ends, where it has no
    // relationship.
    let chain = graph.relationships.count == 1 ? graph.relationships[0] : nil
    let isChain =
      graph.nodes.count <= 2
      && (chain.map { $0.length != nil && graph.introduced.contains($0.slot) } ?? false)
    let elements = graph.nodes.map(\.slot) + (isChain ? [] : graph.relationships.map(\.slot))
    var tests: [BoundExpression] = []
    for index in graph.relationships.indices {
      let relationship = graph.relationships[index]
      if relationship.length != nil {
        graph.relationships[index].length?.contemporaneous = Contemporaneous(window: window)
      } else if elements.count > 3, dated.nodes || window != nil {
        // Without dates of nodes, and in any time, this would tell nothing.
        tests.append(
          .areContemporaneous(
            [relationship.left, relationship.slot, relationship.right], during: window))
      }
    }
    tests.append(.areContemporaneous(elements, during: window))
    graph.predicates = tests + graph.predicates
  }
}

extension ValidTimeRestriction {
  /// Whether the instants may depend on the row.
  fileprivate var readsVariables: Bool {
    instants.contains { instant in
      instant.first { expression in
        switch expression.kind {
        case .variable, .mapProjection, .patternComprehension, .patternPredicate, .exists, .count,
          .shortestPath:
          true
        default: false
        }
      } != nil
    }
  }
}
