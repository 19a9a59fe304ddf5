import DossierSyntax

/// Which elements of a graph have bounds of valid time: the others are always valid.
struct DatedElements: Equatable, Sendable {
  var nodes = true
  var relationships = true
}

extension Graph {
  /// Whether any node, and whether any relationship, has a bound of valid time. O(1).
  var datedElements: DatedElements { datedElements(ValidTimeKeyIDs(self)) }

  /// The same for who knows the ids of the graph's valid time keys.
  func datedElements(_ ids: ValidTimeKeyIDs) -> DatedElements {
    func hold(_ columns: ContiguousArray<PropertyColumn?>) -> Bool {
      [ids.from, ids.to].contains { key in
        key.flatMap { Self.column($0, columns) }.map { $0.valueCount > 0 } ?? false
      }
    }
    return DatedElements(nodes: hold(nodeColumns), relationships: hold(relationshipColumns))
  }

  /// Looks at the valid time of all elements. O(elements) where any has both bounds, else O(1).
  ///
  /// Errors: `endBeforeStart`, which names the first element whose end is before its start.
  func checkPeriods() throws(QueryError) {
    let periods = GraphPeriods(self)
    if let row = periods.nodes?.reversedRows(below: nodeIDBound).first {
      throw periods.complaint(
        "node \(row)", Cell(NodeID(rawValue: UInt32(truncatingIfNeeded: row))))
    }
    if let row = periods.relationships?.reversedRows(
      below: relationshipIDBound
    ).first {
      throw periods.complaint(
        "relationship \(row)", Cell(RelationshipID(rawValue: UInt32(truncatingIfNeeded: row))))
    }
  }
}

extension PeriodReader {
  /// The elements below `bound` whose end is before their start.
  func reversedRows(below bound: Int) -> [Int] {
    guard let from, let to else { return [] }
    var found: [Int] = []
    for page in 0..<(bound + Page.mask) >> Page.shift
    where from.kind(page: page) != .absent && to.kind(page: page) != .absent {
      for row in page << Page.shift..<min((page + 1) << Page.shift, bound) {
        let period = period(row: row)
        if period.to < period.from { found.append(row) }
      }
    }
    return found
  }
}

extension GraphPeriods {
  /// The complaint about an element that no text names.
  fileprivate func complaint(_ name: String, _ element: Cell) -> QueryError {
    let reason = error(of: element)?.diagnostics.first?.message ?? "it ends before it begins"
    return QueryError(
      .endBeforeStart, "\(name): \(reason)",
      help: "an element holds from its start up to its end, which does not belong to it any more")
  }
}
