import DossierSyntax

/// What `WHY` adds to the rows of a query: the elements that each of them rests on.
struct BoundEvidence: Sendable {
  /// The list of elements of a row. It is the last column of the query.
  var elements: Slot
  /// For a `UNION`, whose equal rows become one: where the elements of all of them are gathered.
  var gathered: Slot?
  /// The columns of the answer that tell of an element.
  var columns: [(column: EvidenceColumn, slot: Slot)]

  /// The list of elements of a row that stands once.
  var list: Slot { gathered ?? elements }

  /// The slot of a column of the answer.
  func slot(of column: EvidenceColumn) -> Slot? { columns.first { $0.column == column }?.slot }
}

/// A column that `WHY` adds to an answer.
enum EvidenceColumn: String, CaseIterable, Sendable {
  /// Which row of the statement's answer it is, from 1 on.
  case row
  /// A node or relationship; null for a row that rests on none.
  case element
  /// When the element is valid.
  case from, to
  case claim
  /// The elements that report it, or else the name that its property `source` has.
  case sources

  var type: StaticType {
    switch self {
    case .row: .integer
    case .element, .from, .to: .any
    case .claim: .string
    case .sources: .list(.any)
    }
  }
}

/// Carries the elements that rows rest on through the clauses of a query, as one more column.
///
///     MATCH (a)-[r]->(b)              MATCH (a)-[r]->(b)
///     WITH a.name AS name        →    WITH a.name AS name, evidence(null, a, r, b) AS e1
///     MATCH (c {name: name})          MATCH (c {name: name})
///     RETURN DISTINCT c.id            WITH c.id, evidence(e1, c) AS e2
///                                     RETURN c.id, union(e2) AS e3
///
/// Works on slots, so that no name of the statement can mean the new column.
struct EvidenceRewriting {
  let slots: SlotTable
  /// Where `WHY` stands.
  let range: SourceRange

  func apply(to query: BoundQuery) -> (query: BoundQuery, evidence: BoundEvidence) {
    var result = query
    result.parts = query.parts.map(carry)
    let last = result.parts.first?.columns.last?.slot ?? slots.add(.list(.any))
    let elements = result.parts.count == 1 ? last : slots.add(.list(.any))
    result.columns.append((name: "", slot: elements))
    var evidence = BoundEvidence(elements: elements, gathered: nil, columns: [])
    evidence.columns = EvidenceColumn.allCases.map { ($0, slots.add($0.type, named: $0.rawValue)) }
    if result.parts.count > 1, !query.all {
      result.all = true
      evidence.gathered = slots.add(.list(.any))
    }
    return (result, evidence)
  }

  private func carry(_ part: BoundSingleQuery) -> BoundSingleQuery {
    var result = part
    result.clauses = []
    var carried = BoundExpression.constant(.null)
    var named: [Slot] = []
    for clause in part.clauses {
      switch clause {
      case .match(let graph, _):
        named += graph.named
        result.clauses.append(clause)
      case .project(let projection):
        let (projections, slot) = carry(elements(carried, named), through: projection)
        result.clauses += projections.map { .project($0) }
        (carried, named) = (.slot(slot), [])
      default: result.clauses.append(clause)
      }
    }
    if case .project? = part.clauses.last, case .slot(let slot) = carried {
      result.columns.append((name: "", slot: slot))
      return result
    }
    // A call that stands alone.
    let slot = slots.add(.list(.any))
    let columns = part.columns + [(name: "", slot: slot)]
    result.clauses.append(
      .project(
        BoundProjection(
          aggregation: nil, items: [(slot, elements(carried, named))], distinct: false,
          orderBy: [], skip: nil, limit: nil, predicates: [], columns: columns)))
    result.columns = columns
    return result
  }

  private func elements(_ carried: BoundExpression, _ named: [Slot]) -> BoundExpression {
    .function(EvidenceFunctions.elements, [carried] + named.map { .slot($0) }, range)
  }

  /// The projection with one column more. Rows that become one have the elements of all.
  private func carry(
    _ elements: BoundExpression, through projection: BoundProjection
  ) -> (projections: [BoundProjection], slot: Slot) {
    let slot = slots.add(.list(.any))
    var first = projection
    if first.aggregation == nil {
      first.items.append((slot, elements))
    } else {
      first.aggregation?.aggregates.append((slot, union(of: elements)))
    }
    first.columns.append((name: "", slot: slot))
    guard projection.distinct else { return ([first], slot) }
    first.distinct = false
    (first.orderBy, first.skip, first.limit, first.predicates) = ([], nil, nil, [])
    let gathered = slots.add(.list(.any))
    var seen: SlotSet = []
    let keys = projection.columns.map(\.slot).filter { seen.insert($0).inserted }
    var second = projection
    second.aggregation = BoundAggregation(
      keys: keys.map { ($0, .slot($0)) }, aggregates: [(gathered, union(of: .slot(slot)))])
    second.items = []
    second.distinct = false
    second.columns.append((name: "", slot: gathered))
    return ([first, second], gathered)
  }

  private func union(of elements: BoundExpression) -> BoundAggregate {
    BoundAggregate(
      function: EvidenceFunctions.union, distinct: false, arguments: [elements], range: range)
  }
}
