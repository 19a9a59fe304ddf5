import DossierSyntax

/// A hash table from combinations of key values to group numbers 0, 1, 2 … in order of appearance.
///
/// Open addressing with linear probing over group numbers; keys compare by equivalence (null equals
/// null, `1` equals `1.0`). Ids of a single key column are remembered in a direct table.
struct GroupTable {
  private let keyCount: Int
  /// `keyCount` cells for each group.
  private var keys: [Cell] = []
  private var hashes: [UInt64] = []
  /// Group number + 1, or 0 for an empty place; a power of two of places.
  private var places: [UInt32]
  /// Group number + 1 by id, for a single key of dictionary strings or elements.
  private var direct: [UInt32] = []
  private var directKind: Column.Kind?
  private(set) var count = 0

  init(keyCount: Int) {
    self.keyCount = keyCount
    places = Array(repeating: 0, count: 64)
  }

  /// Writes the group of each row; groups that were not there before get the next numbers.
  mutating func assign(
    _ columns: [Column], count n: Int, into groups: UnsafeMutablePointer<UInt32>, _ arena: Arena
  ) throws(QueryError) {
    let before = count
    if keyCount == 1, let column = columns.first, column.kind.stride == 4, column.isDense,
      directKind == nil || directKind == column.kind
    {
      directKind = column.kind
      for row in 0..<n {
        let id = Int(column.ids[row])
        if id < direct.count, direct[id] != 0 {
          groups[row] = direct[id] - 1
          continue
        }
        let group = find(columns, row)
        groups[row] = group
        if id >= direct.count {
          direct.append(contentsOf: repeatElement(0, count: max(id + 1, 2 * direct.count) - direct.count))
        }
        direct[id] = group + 1
      }
    } else {
      for row in 0..<n { groups[row] = find(columns, row) }
    }
    try arena.charge((count - before) * (keyCount * 16 + 16))
  }

  private mutating func find(_ columns: [Column], _ row: Int) -> UInt32 {
    var hash: UInt64 = 0
    for column in columns {
      hash = (hash ^ column.cell(row).hash) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while places[place] != 0 {
      let group = Int(places[place] - 1)
      if hashes[group] == hash, holds(group, columns, row) { return UInt32(group) }
      place = (place + 1) & (places.count - 1)
    }
    let group = count
    count += 1
    places[place] = UInt32(count)
    hashes.append(hash)
    for column in columns { keys.append(column.cell(row)) }
    if count * 2 > places.count { grow() }
    return UInt32(group)
  }

  @inline(__always)
  private func holds(_ group: Int, _ columns: [Column], _ row: Int) -> Bool {
    for (i, column) in columns.enumerated()
    where !keys[group * keyCount + i].isEquivalent(column.cell(row)) {
      return false
    }
    return true
  }

  private mutating func grow() {
    let size = places.count * 2
    places = Array(repeating: 0, count: size)
    for group in 0..<count {
      var place = Int(truncatingIfNeeded: hashes[group]) & (size - 1)
      while places[place] != 0 { place = (place + 1) & (size - 1) }
      places[place] = UInt32(group + 1)
    }
  }

  /// The values of one key for all groups.
  func keyColumn(_ index: Int) -> Column {
    let column = Column(.cell, count: count)
    for group in 0..<count { column.cells[group] = keys[group * keyCount + index] }
    return column
  }
}
