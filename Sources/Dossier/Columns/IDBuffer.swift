/// Ids that are collected one by one: an array without checks, for tight loops.
final class IDBuffer {
  /// Where the ids are; moves when the buffer grows.
  private(set) var base: UnsafeMutablePointer<UInt32>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = Batch.capacity) {
    self.capacity = max(capacity, 1)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  @inline(__always)
  func append(_ id: UInt32) {
    if count == capacity { grow() }
    base[count] = id
    count &+= 1
  }

  /// Appends ids that lie in memory one after the other.
  func append(from source: UnsafePointer<UInt32>, count n: Int) {
    reserve(n)
    (base + count).update(from: source, count: n)
    count &+= n
  }

  /// Appends the same id several times.
  func append(repeating id: UInt32, count n: Int) {
    reserve(n)
    (base + count).update(repeating: id, count: n)
    count &+= n
  }

  /// Makes room for further ids; what is written there counts with `extend`.
  @inline(__always)
  func reserve(_ further: Int) {
    while capacity &- count < further { grow() }
  }

  /// Takes in ids that were written behind the last one, where there was room.
  @inline(__always)
  func extend(by n: Int) { count &+= n }

  /// Forgets the ids and keeps the memory.
  func removeAll() { count = 0 }

  /// Forgets the ids behind the first `n`.
  func keepFirst(_ n: Int) { count = min(count, n) }

  /// A copy of the ids as row numbers of a batch.
  var indices: RowIndices {
    let copy = UnsafeMutablePointer<UInt32>.allocate(capacity: max(count, 1))
    copy.update(from: base, count: count)
    return RowIndices(adopting: copy, count: count)
  }

  /// A copy of the ids as a column of elements.
  func column(_ kind: Column.Kind) -> Column {
    let column = Column(kind, count: count)
    column.ids.update(from: base, count: count)
    return column
  }

  private func grow() {
    let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity * 2)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
    capacity *= 2
  }
}
