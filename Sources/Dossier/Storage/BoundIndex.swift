/// The bounds of valid time of all elements of one version of a graph, in the order of time.
///
/// What ends at an instant stands before what begins then, nodes before relationships. Immutable once it
/// is made.
final class BoundIndex: @unchecked Sendable {
  /// One end of the period of an element; its order is that of bounds at one instant.
  struct Entry: Comparable {
    private let bits: UInt64

    init(_ kind: ElementKind, row: Int, begins: Bool) {
      bits =
        (begins ? 1 << 33 : 0) | (kind == .relationship ? 1 << 32 : 0)
        | UInt64(UInt32(truncatingIfNeeded: row))
    }

    var begins: Bool { bits >> 33 & 1 != 0 }
    var isRelationship: Bool { bits >> 32 & 1 != 0 }
    var row: Int { Int(bits & 0xFFFF_FFFF) }

    static func < (a: Entry, b: Entry) -> Bool { a.bits < b.bits }
  }

  private let entries: UnsafeMutableBufferPointer<Entry>
  private let nodes: PeriodReader?
  private let relationships: PeriodReader?

  /// O(bounds) where they are dates, else O(bounds · log bounds).
  init(_ graph: Graph) {
    nodes = PeriodReader(nodesOf: graph)
    relationships = PeriodReader(relationshipsOf: graph)
    var lists: [BoundList] = []
    // The order of entries at one instant.
    for begins in [false, true] {
      lists.append(BoundList(nodes, .node, begins: begins))
      lists.append(BoundList(relationships, .relationship, begins: begins))
    }
    let count = lists.reduce(0) { $0 + $1.count }
    entries = .allocate(capacity: count)
    if !Self.distribute(lists, into: entries) { Self.sort(lists, into: entries) }
  }

  deinit { entries.deallocate() }

  /// How many bounds there are.
  var count: Int { entries.count }

  /// The bounds that lie in a window, in the order of time. O(log bounds + found).
  func entries(in window: ValidTimeWindow) -> Slice<UnsafeMutableBufferPointer<Entry>> {
    let first = position { $0 < window.first }
    let end = position { $0 <= window.last }
    return entries[first..<max(first, end)]
  }

  /// The value of a bound and its instant.
  func bound(_ entry: Entry) -> PeriodBound {
    let reader = entry.isRelationship ? relationships : nodes
    guard let bounds = reader?.bounds(row: entry.row) else { return .openFrom }
    return entry.begins ? bounds.from : bounds.to
  }

  /// How many entries lie at instants of which `isBefore` holds.
  private func position(_ isBefore: (Instant) -> Bool) -> Int {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = low + (high - low) / 2
      if isBefore(bound(entries[middle]).instant) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  // MARK: Sorting

  /// Days beyond this many are sorted rather than counted.
  private static let dayLimit = 1 << 21

  /// Deals the bounds out to their days; false when some are no dates or lie too far apart.
  private static func distribute(
    _ lists: [BoundList], into entries: UnsafeMutableBufferPointer<Entry>
  ) -> Bool {
    var (first, last) = (Int64.max, Int64.min)
    for list in lists {
      guard list.holdsDatesOnly else { return false }
      list.forEachDay { day, _ in (first, last) = (min(first, day), max(last, day)) }
    }
    guard first <= last else { return true }
    let (span, overflow) = last.subtractingReportingOverflow(first)
    guard !overflow, span < Int64(dayLimit) else { return false }
    var starts = [Int](repeating: 0, count: Int(span) + 2)
    for list in lists { list.forEachDay { day, _ in starts[Int(day &- first) + 1] += 1 } }
    for day in 1..<starts.count { starts[day] += starts[day - 1] }
    for list in lists {
      list.forEachDay { day, row in
        let place = Int(day &- first)
        entries.initializeElement(
          at: starts[place], to: Entry(list.kind, row: row, begins: list.begins))
        starts[place] += 1
      }
    }
    return true
  }

  private static func sort(
    _ lists: [BoundList], into entries: UnsafeMutableBufferPointer<Entry>
  ) {
    var found: [(instant: Instant, entry: Entry)] = []
    found.reserveCapacity(entries.count)
    for list in lists {
      list.forEachInstant { instant, row in
        found.append((instant, Entry(list.kind, row: row, begins: list.begins)))
      }
    }
    found.sort { $0.instant == $1.instant ? $0.entry < $1.entry : $0.instant < $1.instant }
    for (i, one) in found.enumerated() { entries.initializeElement(at: i, to: one.entry) }
  }
}

/// One of the two bounds of all nodes or of all relationships.
private struct BoundList {
  let kind: ElementKind
  let begins: Bool
  private let reader: PropertyReader?

  init(_ periods: PeriodReader?, _ kind: ElementKind, begins: Bool) {
    self.kind = kind
    self.begins = begins
    reader = begins ? periods?.from : periods?.to
  }

  /// How many elements have the bound.
  var count: Int {
    if holdsDatesOnly { return reader?.valueCount ?? 0 }
    var count = 0
    forEachInstant { _, _ in count += 1 }
    return count
  }

  var holdsDatesOnly: Bool { reader.map { $0.uniformKind == .date } ?? true }

  /// The days of the elements that have one; precondition: `holdsDatesOnly`.
  func forEachDay(_ body: (_ day: Int64, _ row: Int) -> Void) {
    forEachRow { reader, page, place in
      body(
        reader.values(page: page).assumingMemoryBound(to: Int64.self)[place],
        page << Page.shift | place)
    }
  }

  /// The instants of the elements whose value says something about time.
  func forEachInstant(_ body: (_ instant: Instant, _ row: Int) -> Void) {
    forEachRow { reader, page, place in
      let row = page << Page.shift | place
      if let bound = PeriodBound(reader.borrowedCell(row: row), begins ? .from : .to) {
        body(bound.instant, row)
      }
    }
  }

  private func forEachRow(_ body: (_ reader: PropertyReader, _ page: Int, _ place: Int) -> Void) {
    guard let reader else { return }
    let places = UnsafeMutablePointer<UInt32>.allocate(capacity: Page.rows)
    defer { places.deallocate() }
    for page in 0..<reader.pageCount where reader.kind(page: page) != .absent {
      for i in 0..<Bitmap.emit(reader.validity(page: page), base: 0, into: places) {
        body(reader, page, Int(places[i]))
      }
    }
  }
}
