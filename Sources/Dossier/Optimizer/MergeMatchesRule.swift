/// Neighbouring `MATCH` clauses become one pattern, so that their parts are found in the cheapest
/// order:
///
///     MATCH (a)-->(x)                    MATCH (a)-->(x), (b)-->(x), (a)-->(b)
///     MATCH (b)-->(x)              →
///     MATCH (a)-->(b)
///
/// Relationships of different clauses may be the same one, so each keeps the number of its clause.
/// Holds when the clauses share a node, search no shortest paths, use no relationship of an earlier
/// clause, and their predicates cannot fail. A clause for which something is computed first, as for
/// `AS OF` with a value of the row, is not joined to an earlier one.
struct MergeMatchesRule {
  let errorFreedom: ErrorFreedom

  func apply(to query: BoundQuery) -> BoundQuery {
    var query = query
    for index in query.parts.indices {
      query.parts[index].clauses = merged(query.parts[index].clauses)
    }
    return query
  }

  private func merged(_ clauses: [BoundClause]) -> [BoundClause] {
    var result: [BoundClause] = []
    for clause in clauses {
      if case .match(let second, optional: false) = clause,
        case .match(let first, optional: false)? = result.last, canMerge(first, second)
      {
        result[result.count - 1] = .match(merged(first, second), optional: false)
      } else {
        result.append(clause)
      }
    }
    return result
  }

  private func canMerge(_ first: QueryGraph, _ second: QueryGraph) -> Bool {
    let nodes = SlotSet(first.nodes.map(\.slot))
    let relationships = SlotSet(first.relationships.map(\.slot))
    return second.computed.isEmpty && second.nodes.contains { nodes.contains($0.slot) }
      && !second.relationships.contains { relationships.contains($0.slot) }
      && (first.relationships + second.relationships).allSatisfy { $0.search == .all }
      && (first.predicates + second.predicates).allSatisfy(errorFreedom.isSafePredicate)
  }

  private func merged(_ first: QueryGraph, _ second: QueryGraph) -> QueryGraph {
    var graph = first
    for node in second.nodes {
      if let index = graph.nodes.firstIndex(where: { $0.slot == node.slot }) {
        let known = Set(graph.nodes[index].labels.map(VariableName.init))
        graph.nodes[index].labels += node.labels.filter { !known.contains(VariableName($0)) }
      } else {
        graph.nodes.append(node)
      }
    }
    let clause = (first.relationships.map(\.clause).max() ?? 0) + 1
    graph.relationships += second.relationships.map { relationship in
      var moved = relationship
      moved.clause = clause
      return moved
    }
    graph.predicates += second.predicates
    graph.paths += second.paths
    graph.introduced += second.introduced
    return graph
  }
}
