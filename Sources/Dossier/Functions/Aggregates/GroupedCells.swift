import DossierSyntax

/// The values of all groups in the order in which they came, gathered per group at the end.
final class GroupedCells {
  private var cells: UnsafeMutablePointer<Cell>
  private var groups: UnsafeMutablePointer<UInt32>
  private var count = 0
  private var capacity = 64
  /// No value is a list or a map.
  private(set) var isFlat = true
  private static let bytesPerValue = MemoryLayout<Cell>.stride + MemoryLayout<UInt32>.stride

  init() {
    cells = .allocate(capacity: capacity)
    groups = .allocate(capacity: capacity)
  }

  deinit {
    cells.deallocate()
    groups.deallocate()
  }

  /// Adds the values of a column that are not null. Errors: `memoryLimit`.
  func add(
    _ column: Column, groups rows: UnsafePointer<UInt32>, count n: Int, _ arena: Arena
  ) throws(QueryError) {
    if n == 0 { return }
    try reserve(count + n, arena)
    if column.isDense, let strings = column.dictionary?.reader {
      let (target, ids) = (cells + count, column.ids)
      var last = ids[0]
      var cell = strings.cell(last)
      for i in 0..<n {
        // Rows of a string often follow each other.
        if ids[i] != last {
          last = ids[i]
          cell = strings.cell(last)
        }
        target[i] = cell
      }
      (groups + count).update(from: rows, count: n)
      count += n
      return
    }
    var end = count
    let (target, numbers) = (cells, groups)
    for i in 0..<n {
      let cell = column.cell(i)
      target[end] = cell
      numbers[end] = rows[i]
      end &+= cell.isNull ? 0 : 1
    }
    if isFlat, column.kind == .cell { isFlat = !Self.nests(cells + count, end - count) }
    count = end
  }

  private static func nests(_ cells: UnsafePointer<Cell>, _ n: Int) -> Bool {
    for i in 0..<n where cells[i].tag == .list || cells[i].tag == .map { return true }
    return false
  }

  private func reserve(_ needed: Int, _ arena: Arena) throws(QueryError) {
    if needed <= capacity { return }
    let larger = max(needed, capacity * 2)
    try arena.charge((larger - capacity) * Self.bytesPerValue)
    let (newCells, newGroups) = (
      UnsafeMutablePointer<Cell>.allocate(capacity: larger),
      UnsafeMutablePointer<UInt32>.allocate(capacity: larger)
    )
    newCells.update(from: cells, count: count)
    newGroups.update(from: groups, count: count)
    cells.deallocate()
    groups.deallocate()
    (cells, groups, capacity) = (newCells, newGroups, larger)
  }

  /// Hands out the values of each of `groupCount` groups, in the order in which they came.
  ///
  /// The buffers lie in the arena. Errors: `memoryLimit` and those of the body.
  func forEachGroup(
    _ groupCount: Int, _ arena: Arena,
    _ body: (Int, UnsafeMutableBufferPointer<Cell>) throws(QueryError) -> Void
  ) throws(QueryError) {
    var ends = [Int](repeating: 0, count: groupCount + 1)
    for i in 0..<count { ends[Int(groups[i]) + 1] += 1 }
    for group in 0..<groupCount { ends[group + 1] += ends[group] }
    let starts = ends
    let target = try arena.cells(count)
    if isGrouped {
      target.update(from: cells, count: count)
    } else {
      for i in 0..<count {
        let group = Int(groups[i])
        target[ends[group]] = cells[i]
        ends[group] += 1
      }
    }
    for group in 0..<groupCount {
      let range = starts[group]..<starts[group + 1]
      try body(
        group, UnsafeMutableBufferPointer(start: target + range.lowerBound, count: range.count))
    }
  }

  /// Whether the values of each group follow each other, group by group.
  private var isGrouped: Bool {
    var falls: UInt32 = 0
    for i in 1..<max(count, 1) { falls |= UInt32(byte(groups[i] < groups[i - 1])) }
    return falls == 0
  }
}
