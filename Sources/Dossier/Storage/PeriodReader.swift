import DossierSyntax

/// The valid time of all nodes or of all relationships, for reading by row.
///
/// Take one per batch or per statement; it keeps seeing the graph as it was when it was taken. A class,
/// so that tight loops over it cost no reference counts.
final class PeriodReader {
  let from: PropertyReader?
  let to: PropertyReader?
  /// Both columns hold dates only.
  let holdsDatesOnly: Bool
  fileprivate let fromDays: DateColumn
  fileprivate let toDays: DateColumn

  /// nil when no element has a bound.
  private init?(_ from: PropertyReader?, _ to: PropertyReader?) {
    let from = from.flatMap { $0.valueCount > 0 ? $0 : nil }
    let to = to.flatMap { $0.valueCount > 0 ? $0 : nil }
    if from == nil, to == nil { return nil }
    self.from = from
    self.to = to
    fromDays = DateColumn(from)
    toDays = DateColumn(to)
    holdsDatesOnly =
      (from.map { $0.uniformKind == .date } ?? true)
      && (to.map { $0.uniformKind == .date } ?? true)
  }

  /// The periods of the nodes of a graph; nil when no node has a bound.
  convenience init?(nodesOf graph: Graph) {
    let keys = graph.validTimeKeys
    self.init(
      graph.catalog.propertyKey(keys.from).flatMap { graph.nodeProperties($0) },
      graph.catalog.propertyKey(keys.to).flatMap { graph.nodeProperties($0) })
  }

  /// The periods of the relationships of a graph; nil when no relationship has a bound.
  convenience init?(relationshipsOf graph: Graph) {
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
      from: fromDays[row].map { Instant(day: $0) } ?? .distantPast,
      to: toDays[row].map { Instant(day: $0) } ?? .distantFuture)
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
    fromDays.copy(ids, count, absent: .min, into: days)
    toDays.copy(ids, count, absent: .max, into: ends)
    for i in 0..<count {
      rows[kept] = UInt32(truncatingIfNeeded: i)
      let begun = days[i] <= lastDay
      let goesOn = ends[i] > firstDay
      kept &+= begun && goesOn && days[i] < ends[i] ? 1 : 0
    }
    return kept
  }
}

/// A property of which all values are dates, or that no element has. Whoever has one keeps its reader
/// alive.
private struct DateColumn {
  private let addresses: PageAddresses?
  private let pageCount: Int

  init(_ reader: PropertyReader?) {
    addresses = reader?.pageAddresses
    pageCount = reader?.pageCount ?? 0
  }

  /// The days since 1970-01-01 of an element, nil where it has none.
  @inline(__always)
  subscript(row: Int) -> Int64? {
    let page = row >> Page.shift
    guard page < pageCount, let address = addresses?[page] else { return nil }
    let place = row & Page.mask
    let validity = PropertyPage.validity(at: address)
    if validity[place >> 6] >> UInt64(place & 63) & 1 == 0 { return nil }
    return PropertyPage.values(at: address).assumingMemoryBound(to: Int64.self)[place]
  }

  /// The days of elements, `absent` for those without one.
  func copy(
    _ ids: UnsafePointer<UInt32>, _ count: Int, absent: Int64,
    into days: UnsafeMutablePointer<Int64>
  ) {
    for i in 0..<count { days[i] = self[Int(ids[i])] ?? absent }
  }
}

/// A period in days since 1970-01-01, half-open.
struct DayPeriod {
  var from: Int64
  var to: Int64

  /// The days that are touched by a period.
  init(_ period: Period) {
    from = period.from == .distantPast ? .min : period.from.day
    to = period.to == .distantFuture ? .max : period.to.day
    let isWhole =
      period.to.nanosecond == 0
      && period.to.seconds.isMultiple(of: TemporalLimits.secondsPerDay)
    if to != .max, !isWhole { to += 1 }
    if period.isEmpty { (from, to) = (.max, .min) }
  }

  init(from: Int64, to: Int64) {
    self.from = from
    self.to = to
  }

  @inline(__always)
  func intersection(_ other: DayPeriod) -> DayPeriod {
    DayPeriod(from: max(from, other.from), to: min(to, other.to))
  }

  @inline(__always) var isEmpty: Bool { to <= from }
}

/// The valid time of the elements of a graph of which all bounds are dates, for tight loops.
///
/// Whoever has one keeps the `GraphPeriods` alive that it is from.
struct DayPeriods {
  fileprivate let nodes: (from: DateColumn, to: DateColumn)?
  fileprivate let relationships: (from: DateColumn, to: DateColumn)?
  fileprivate let pages: PageAddresses

  /// Whether any node has a bound.
  var hasNodes: Bool { nodes != nil }

  @inline(__always)
  func period(node: UInt32) -> DayPeriod {
    guard let nodes else { return DayPeriod(from: .min, to: .max) }
    return DayPeriod(from: nodes.from[Int(node)] ?? .min, to: nodes.to[Int(node)] ?? .max)
  }

  /// When a relationship, which exists, is valid together with both its ends.
  @inline(__always)
  func period(relationshipWithEnds id: UInt32) -> DayPeriod {
    var period = DayPeriod(from: .min, to: .max)
    if let relationships {
      period.from = relationships.from[Int(id)] ?? .min
      period.to = relationships.to[Int(id)] ?? .max
    }
    if nodes == nil { return period }
    let page = pages[Int(id) >> Page.shift]
    let place = Int(id) & Page.mask
    return period.intersection(self.period(node: RelationshipPage.starts(at: page)[place]))
      .intersection(self.period(node: RelationshipPage.ends(at: page)[place]))
  }
}

/// The valid time of the elements of a graph. A class as its readers are.
final class GraphPeriods {
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

  /// The same in days; nil where a bound is no date, or where relationships are ends.
  var days: DayPeriods? {
    let readers = [nodes, relationships].compactMap { $0 }
    guard readers.allSatisfy({ $0.holdsDatesOnly }), !graph.catalog.hasShapes else { return nil }
    return DayPeriods(
      nodes: nodes.map { ($0.fromDays, $0.toDays) },
      relationships: relationships.map { ($0.fromDays, $0.toDays) },
      pages: graph.relationshipPages.addresses)
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

  /// When a relationship and both its ends are valid; where an end is a relationship, with its ends.
  func period(relationshipWithEnds id: UInt32) -> Period {
    if graph.catalog.hasShapes { return period(statementWithEnds: id) }
    let own = period(relationship: id)
    guard let nodes else { return own }
    let ends = graph.ends(of: RelationshipID(rawValue: id))
    return own.intersection(nodes.period(row: Int(ends.start.rawValue)))
      .intersection(nodes.period(row: Int(ends.end.rawValue)))
  }

  private func period(statementWithEnds id: UInt32) -> Period {
    var period = Period.always
    var pending = [id]
    var seen: Set<UInt32> = [id]
    while let next = pending.popLast() {
      period = period.intersection(self.period(relationship: next))
      let ends = graph.endElements(of: RelationshipID(rawValue: next))
      for end in [ends.start, ends.end] {
        switch end {
        case .node(let node): period = period.intersection(self.period(node: node.rawValue))
        case .relationship(let relationship):
          if seen.insert(relationship.rawValue).inserted { pending.append(relationship.rawValue) }
        }
      }
    }
    return period
  }
}
