/// What the first key of a row must not exceed for the row to be among the first ones, while rows
/// come in.
///
/// A heap holds the smallest keys seen so far as words that compare as the keys do. Keys of another
/// kind than the first ones say nothing: their rows are kept.
struct SortKeyBound {
  private let count: Int
  private let flip: UInt64
  private let isDescending: Bool
  private var kind: Column.Kind?
  /// The largest word is on top.
  private var heap: [UInt64] = []

  /// More rows than this are not worth a heap.
  static let limit = 1 << 16

  /// A bound for the first `count` rows, at least one.
  init(count: Int, descending: Bool) {
    self.count = count
    isDescending = descending
    flip = descending ? .max : 0
  }

  /// The rows of a batch that may be among the first ones; nil when all may.
  mutating func candidates(_ column: Column, _ state: ExecutionState) -> RowIndices? {
    guard !column.isConstant, kind == nil || kind == column.kind else { return nil }
    if heap.count == count, let zone = column.zone, excludes(zone, column) {
      state.skippedPages &+= 1
      return RowIndices([])
    }
    switch column.kind {
    case .integer, .date:
      kind = column.kind
      let values = column.integers
      return narrow(column) { UInt64(bitPattern: values[$0]) ^ 1 << 63 }
    case .float:
      kind = column.kind
      let values = column.floats
      return narrow(column) { values[$0].sortWord }
    case .string:
      guard let strings = column.dictionary?.reader else { return nil }
      kind = column.kind
      let ids = column.ids
      return narrow(column) { strings.bytes(ids[$0]).leadingWord }
    default: return nil
    }
  }

  /// Whether no row of a column may be among the first ones.
  private func excludes(_ zone: Zone, _ column: Column) -> Bool {
    // Null is the last in ascending order, and the first in descending order.
    guard let bound = heap.first, column.validity == nil || !isDescending else { return false }
    var best: UInt64
    if column.kind == .float {
      best = (isDescending ? zone.greatestFloat : zone.leastFloat).sortWord
      if isDescending && zone.hasNaN { best = Double.nan.sortWord }
    } else {
      best = UInt64(bitPattern: isDescending ? zone.greatest : zone.least) ^ 1 << 63
    }
    return best ^ flip > bound
  }

  /// A word may be that of several keys; those are kept together.
  @inline(__always)
  private mutating func narrow(_ column: Column, _ word: (Int) -> UInt64) -> RowIndices? {
    let n = column.count
    let kept = UnsafeMutablePointer<UInt32>.allocate(capacity: max(n, 1))
    var found = 0
    var bound = heap.count == count ? heap[0] : .max
    for row in 0..<n {
      kept[found] = UInt32(truncatingIfNeeded: row)
      guard column.isValid(row) else {
        // Null is the last in ascending order.
        found &+= isDescending || heap.count < count ? 1 : 0
        continue
      }
      let key = word(row) ^ flip
      guard key <= bound else { continue }
      found &+= 1
      if key < bound || heap.count < count {
        offer(key)
        if heap.count == count { bound = heap[0] }
      }
    }
    guard found < n else {
      kept.deallocate()
      return nil
    }
    return RowIndices(adopting: kept, count: found)
  }

  private mutating func offer(_ key: UInt64) {
    if heap.count < count {
      heap.append(key)
      if heap.count == count { heap.sort(by: >) }
      return
    }
    heap[0] = key
    var place = 0
    while true {
      var child = 2 * place + 1
      if child >= heap.count { return }
      if child + 1 < heap.count, heap[child + 1] > heap[child] { child += 1 }
      if heap[child] <= heap[place] { return }
      heap.swapAt(place, child)
      place = child
    }
  }
}

extension Double {
  /// A word that compares as the number does in `ORDER BY`; NaN is the largest.
  @inline(__always) var sortWord: UInt64 {
    if isNaN { return .max }
    let bits = (self == 0 ? 0 : self).bitPattern
    return bits >> 63 == 0 ? bits ^ 1 << 63 : ~bits
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The first eight bytes, zeros where there are fewer; texts with different words compare as the
  /// words do.
  @inline(__always) var leadingWord: UInt64 {
    guard let base = baseAddress else { return 0 }
    if count >= 8 {
      return UInt64(bigEndian: UnsafeRawPointer(base).loadUnaligned(as: UInt64.self))
    }
    var word: UInt64 = 0
    for i in 0..<count { word |= UInt64(base[i]) << UInt64(56 &- 8 &* i) }
    return word
  }
}
