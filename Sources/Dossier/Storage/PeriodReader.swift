import DossierSyntax

/// The valid time of all nodes or of all relationships, for reading by row.
///
/// Take one per batch or per statement; it keeps seeing the graph as it was when it was taken.
struct PeriodReader {
  let from: PropertyReader?
  let to: PropertyReader?
  /// Both columns hold dates only.
  let holdsDatesOnly: Bool

  /// nil when no element has a bound.
  private init?(_ from: PropertyReader?, _ to: PropertyReader?) {
    self.from = from.flatMap { $0.valueCount > 0 ? $0 : nil }
    self.to = to.flatMap { $0.valueCount > 0 ? $0 : nil }
    if self.from == nil, self.to == nil { return nil }
    holdsDatesOnly =
      (self.from.map { $0.uniformKind == .date } ?? true)
      && (self.to.map { $0.uniformKind == .date } ?? true)
  }

  /// The periods of the nodes of a graph; nil when no node has a bound.
  init?(nodesOf graph: Graph) {
    let keys = graph.validTimeKeys
    self.init(
      graph.catalog.propertyKey(keys.from).flatMap { graph.nodeProperties($0) },
      graph.catalog.propertyKey(keys.to).flatMap { graph.nodeProperties($0) })
  }

  /// The periods of the relationships of a graph; nil when no relationship has a bound.
  init?(relationshipsOf graph: Graph) {
    let keys = graph.validTimeKeys
    self.init(
      graph.catalog.propertyKey(keys.from).flatMap { graph.relationshipProperties($0) },
      graph.catalog.propertyKey(keys.to).flatMap { graph.relationshipProperties($0) })
  }

  /// The bounds of an element; a bound that is absent or no date is open.
  func bounds(row: Int) -> (from: PeriodBound, to: PeriodBound) {
    (
      from.flatMap { PeriodBound($0.borrowedCell(row: row), .from) } ?? .openFrom,
      to.flatMap { PeriodBound($0.borrowedCell(row: row), .to) } ?? .openTo
    )
  }

  /// The period of an element.
  func period(row: Int) -> Period {
    if !holdsDatesOnly {
      let bounds = bounds(row: row)
      return Period(bounds.from, bounds.to)
    }
    return Period(
      from: day(from, row).map { Instant(day: $0) } ?? .distantPast,
      to: day(to, row).map { Instant(day: $0) } ?? .distantFuture)
  }

  /// The value of a column of dates.
  @inline(__always)
  private func day(_ reader: PropertyReader?, _ row: Int) -> Int64? {
    guard let reader, reader.contains(row: row) else { return nil }
    return reader.values(page: row >> Page.shift)
      .assumingMemoryBound(to: Int64.self)[row & Page.mask]
  }

  /// Writes the positions of those of `count` elements that are valid in the window to `rows`;
  /// returns how many.
  func select(
    _ ids: UnsafePointer<UInt32>, count: Int, in window: ValidTimeWindow,
    into rows: UnsafeMutablePointer<UInt32>
  ) -> Int {
    var kept = 0
    guard holdsDatesOnly else {
      for i in 0..<count {
        rows[kept] = UInt32(truncatingIfNeeded: i)
        kept &+= window.meets(period(row: Int(ids[i]))) ? 1 : 0
      }
      return kept
    }
    let (firstDay, lastDay) = (window.first.day, window.last.day)
    let days = UnsafeMutablePointer<Int64>.allocate(capacity: 2 * max(count, 1))
    defer { days.deallocate() }
    let ends = days + count
    fill(from, ids, count, .min, days)
    fill(to, ids, count, .max, ends)
    for i in 0..<count {
      rows[kept] = UInt32(truncatingIfNeeded: i)
      let begun = days[i] <= lastDay
      let goesOn = ends[i] > firstDay
      kept &+= begun && goesOn && days[i] < ends[i] ? 1 : 0
    }
    return kept
  }

  private func fill(
    _ reader: PropertyReader?, _ ids: UnsafePointer<UInt32>, _ count: Int, _ absent: Int64,
    _ days: UnsafeMutablePointer<Int64>
  ) {
    if let reader {
      reader.days(of: ids, count: count, absent: absent, into: days)
    } else {
      days.update(repeating: absent, count: count)
    }
  }
}

/// The valid time of the elements of a graph.
struct GraphPeriods {
  let nodes: PeriodReader?
  let relationships: PeriodReader?
  let graph: Graph

  init(_ graph: Graph) {
    self.graph = graph
    nodes = PeriodReader(nodesOf: graph)
    relationships = PeriodReader(relationshipsOf: graph)
  }

  /// What is wrong with the period of an element: its end is before its start.
  func error(of element: Cell) -> QueryError? {
    let row = Int(truncatingIfNeeded: element.raw)
    let isNode = element.tag == .node
    guard let period = (isNode ? nodes : relationships)?.period(row: row), period.to < period.from
    else { return nil }
    let keys = graph.validTimeKeys
    return QueryError(
      .endBeforeStart,
      "this \(isNode ? "node" : "relationship") ends before it begins: `\(keys.to)` is before "
        + "`\(keys.from)`")
  }

  /// No element has a bound.
  var isEmpty: Bool { nodes == nil && relationships == nil }

  /// When a node is valid.
  @inline(__always)
  func period(node: UInt32) -> Period { nodes?.period(row: Int(node)) ?? .always }

  /// When a relationship is valid by its own bounds.
  @inline(__always)
  func period(relationship: UInt32) -> Period {
    relationships?.period(row: Int(relationship)) ?? .always
  }

  /// When a relationship and both its ends are valid.
  func period(relationshipWithEnds id: UInt32) -> Period {
    let own = period(relationship: id)
    guard let nodes else { return own }
    let ends = graph.ends(of: RelationshipID(rawValue: id))
    return own.intersection(nodes.period(row: Int(ends.start.rawValue)))
      .intersection(nodes.period(row: Int(ends.end.rawValue)))
  }
}
