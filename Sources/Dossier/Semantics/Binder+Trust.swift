import DossierSyntax

/// The trust of a session.
extension Binder {
  /// Restricts all elements of a pattern to those whose claim is strong enough; the others are as if
  /// they were not there.
  func restrictToTrusted(_ graph: inout QueryGraph) {
    guard let trust else { return }
    var tests: [BoundExpression] = graph.nodes.map { .isTrusted(.slot($0.slot), trust) }
    for (index, relationship) in graph.relationships.enumerated() {
      guard let length = relationship.length else {
        tests.append(.isTrusted(.slot(relationship.slot), trust))
        continue
      }
      let test = BoundExpression.isTrusted(.slot(length.element), trust)
      graph.relationships[index].length?.predicate =
        length.predicate.map { .and([test, $0], SourceRange(start: 0, end: 0)) } ?? test
    }
    graph.predicates = tests + graph.predicates
  }

  /// The refusal to write while only some elements are seen.
  func writesUnderTrust(_ part: String, at range: SourceRange) -> QueryError {
    QueryError(
      .invalidClauseComposition,
      "`\(part)` changes the graph, and statements only read while the session trusts some claims"
        + " only", at: range, help: "end that first; in the shell: `:trust off`")
  }
}
