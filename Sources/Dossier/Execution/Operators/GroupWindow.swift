import DossierSyntax
import Glibc

/// Group number + 1 for each key word of a window, 0 where there is no group: a table that is looked
/// up without hashing.
///
/// Keys often lie near each other: numbers from a counter, nodes of a label, the strings of one
/// property. The window follows them as long as it stays small beside the number of rows.
struct GroupWindow {
  /// The word of the first place.
  private(set) var first: UInt64 = 0
  /// Places.
  private(set) var count: UInt64 = 0
  private(set) var marks: UnsafeMutablePointer<UInt32>

  /// Places that are worth while for each row, and in any case.
  private static let placesPerRow = 32
  private static let freePlaces = 1 << 12

  init() { marks = .allocate(capacity: 1) }

  func deallocate() { marks.deallocate() }

  /// Whether a word has a place.
  @inline(__always) func contains(_ word: UInt64) -> Bool { word &- first < count }

  /// Makes the window as wide as words from `low` to `high` need, read as signed numbers, unless that
  /// is too wide for so many rows. True when it became wider; then it is at least twice as wide, so
  /// that growing costs O(1) a row. Errors: `memoryLimit`.
  mutating func widen(
    _ low: Int64, _ high: Int64, rows: Int, _ arena: Arena
  ) throws(QueryError) -> Bool {
    let (begin, size) = (Int64(bitPattern: first), Int(truncatingIfNeeded: count))
    var newLow = size == 0 ? low : min(low, begin)
    let newHigh = size == 0 ? high : max(high, begin &+ Int64(size &- 1))
    let (span, isTooWide) = newHigh.subtractingReportingOverflow(newLow)
    guard !isTooWide, span < max(Self.freePlaces, Self.placesPerRow &* rows), span >= size else {
      return false
    }
    var wanted = max(Int(span) + 1, 2 * size)
    if size > 0, newLow < begin {
      let (lower, isBelowAll) = newHigh.subtractingReportingOverflow(Int64(wanted - 1))
      if isBelowAll { wanted = Int(span) + 1 } else { newLow = lower }
    } else if newLow.addingReportingOverflow(Int64(wanted - 1)).overflow {
      wanted = Int(span) + 1
    }
    try arena.charge((wanted - size) * MemoryLayout<UInt32>.stride)
    let target = Self.zeros(wanted)
    if size > 0 { (target + Int(begin &- newLow)).update(from: marks, count: size) }
    marks.deallocate()
    (first, count, marks) = (UInt64(bitPattern: newLow), UInt64(wanted), target)
    return true
  }

  private static func zeros(_ count: Int) -> UnsafeMutablePointer<UInt32> {
    if let memory = calloc(count, MemoryLayout<UInt32>.stride) {
      return memory.bindMemory(to: UInt32.self, capacity: count)
    }
    let memory = UnsafeMutablePointer<UInt32>.allocate(capacity: count)
    memory.initialize(repeating: 0, count: count)
    return memory
  }
}
