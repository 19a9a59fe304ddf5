import DossierSyntax

/// A hash table from combinations of key values to group numbers 0, 1, 2 … in order of appearance.
///
/// Open addressing with linear probing over group numbers; keys compare by equivalence (null equals
/// null, `1` equals `1.0`). As long as the keys of a row fit one word (an integer, a date, or one or
/// two ids, none of them null), words are compared; a single key of small ids is looked up in a
/// direct table.
struct GroupTable {
  /// How keys are looked up.
  private enum Mode: Equatable {
    case undecided
    /// Words made of columns of these kinds.
    case words([Column.Kind])
    case cells
  }

  private let keyCount: Int
  private var mode = Mode.undecided
  /// `keyCount` cells for each group.
  private var keys: [Cell] = []
  /// Hashes of the cells; in word mode the words.
  private var hashes: [UInt64] = []
  /// Group number + 1, or 0 for an empty place; a power of two of places.
  private var places: [UInt32]
  /// Group number + 1 by id, for a single key of dictionary strings or elements.
  private var direct: [UInt32] = []
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
    let kinds = Self.wordKinds(columns)
    if mode == .undecided { mode = kinds.map { .words($0) } ?? .cells }
    if let kinds, mode == .words(kinds) {
      if kinds.count == 1, columns[0].kind.stride == 4 {
        assignDirectly(columns[0], n, groups)
      } else {
        assignWords(columns, n, groups)
      }
    } else {
      if mode != .cells { useCells() }
      for row in 0..<n { groups[row] = find(columns, row) }
    }
    try arena.charge((count - before) * (keyCount * 16 + 16))
  }

  // MARK: Words

  /// The kinds of the columns if a row's keys fit a word and none is null.
  private static func wordKinds(_ columns: [Column]) -> [Column.Kind]? {
    var bytes = 0
    for column in columns {
      guard column.isDense, column.kind.stride == 8 || column.kind.stride == 4,
        column.kind != .float
      else { return nil }
      bytes += column.kind.stride
    }
    return bytes > 0 && bytes <= 8 ? columns.map(\.kind) : nil
  }

  private mutating func assignDirectly(
    _ column: Column, _ n: Int, _ groups: UnsafeMutablePointer<UInt32>
  ) {
    for row in 0..<n {
      let id = Int(column.ids[row])
      if id >= direct.count {
        direct.append(
          contentsOf: repeatElement(0, count: max(id + 1, 2 * direct.count) - direct.count))
      }
      if direct[id] == 0 {
        add(UInt64(id), [column], row)
        direct[id] = UInt32(truncatingIfNeeded: count)
      }
      groups[row] = direct[id] &- 1
    }
  }

  private mutating func assignWords(
    _ columns: [Column], _ n: Int, _ groups: UnsafeMutablePointer<UInt32>
  ) {
    for row in 0..<n {
      let word =
        columns.count == 1
        ? UInt64(bitPattern: columns[0].integers[row])
        : UInt64(columns[0].ids[row]) << 32 | UInt64(columns[1].ids[row])
      groups[row] = find(word, columns, row)
    }
  }

  private mutating func find(_ word: UInt64, _ columns: [Column], _ row: Int) -> UInt32 {
    var place = Self.place(word) & (places.count - 1)
    while places[place] != 0 {
      let group = places[place] &- 1
      if hashes[Int(group)] == word { return group }
      place = (place &+ 1) & (places.count - 1)
    }
    add(word, columns, row)
    places[place] = UInt32(truncatingIfNeeded: count)
    if count * 2 > places.count { grow() }
    return UInt32(truncatingIfNeeded: count - 1)
  }

  private mutating func add(_ word: UInt64, _ columns: [Column], _ row: Int) {
    count += 1
    hashes.append(word)
    for column in columns { keys.append(column.cell(row)) }
  }

  @inline(__always)
  private static func place(_ word: UInt64) -> Int {
    let mixed = word &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed ^ mixed >> 32)
  }

  /// Goes over from words to cells, as keys of another kind came.
  private mutating func useCells() {
    mode = .cells
    direct = []
    for group in 0..<count {
      var hash: UInt64 = 0
      for i in 0..<keyCount { hash = Self.mix(hash, keys[group * keyCount + i]) }
      hashes[group] = hash
    }
    var size = 64
    while size < count * 4 { size *= 2 }
    fill(size)
  }

  // MARK: Cells

  @inline(__always)
  private static func mix(_ hash: UInt64, _ cell: Cell) -> UInt64 {
    let mixed = (hash ^ cell.hash) &* 0x9E37_79B9_7F4A_7C15
    return mixed ^ mixed >> 29
  }

  private mutating func find(_ columns: [Column], _ row: Int) -> UInt32 {
    var hash: UInt64 = 0
    for column in columns { hash = Self.mix(hash, column.cell(row)) }
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

  private mutating func grow() { fill(places.count * 2) }

  private mutating func fill(_ size: Int) {
    places = Array(repeating: 0, count: size)
    let isWords = mode != .cells
    for group in 0..<count {
      let start = isWords ? Self.place(hashes[group]) : Int(truncatingIfNeeded: hashes[group])
      var place = start & (size - 1)
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

  /// The values of all keys for all groups, typed where words were compared.
  func keyColumns(strings: StringDictionary) -> [Column] {
    guard case .words(let kinds) = mode else { return (0..<keyCount).map { keyColumn($0) } }
    return kinds.indices.map { index in
      let column = Column(
        kinds[index], count: count, dictionary: kinds[index] == .string ? strings : nil)
      guard kinds[index].stride == 4 else {
        for group in 0..<count { column.integers[group] = Int64(bitPattern: hashes[group]) }
        return column
      }
      let shift: UInt64 = index == 0 && kinds.count == 2 ? 32 : 0
      for group in 0..<count {
        column.ids[group] = UInt32(truncatingIfNeeded: hashes[group] >> shift)
      }
      return column
    }
  }
}
