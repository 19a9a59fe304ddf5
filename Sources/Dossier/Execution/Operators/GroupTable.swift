import DossierSyntax
import Glibc

/// A hash table from combinations of key values to group numbers 0, 1, 2 … in order of appearance.
///
/// Open addressing with linear probing; keys compare by equivalence (null equals null, `1` equals
/// `1.0`). As long as the keys of a row fit one word (an integer, a date, an id, two ids, a string of
/// the graph's dictionary), words are compared; a single key whose words lie near each other is looked
/// up in a `GroupWindow`. A single key may also be null.
final class GroupTable {
  /// How keys are looked up.
  private enum Form: Equatable {
    case undecided
    /// One integer or date.
    case integers(Column.Kind)
    /// One id of an element or a dictionary string.
    case ids(Column.Kind)
    /// Two ids.
    case pairs(Column.Kind, Column.Kind)
    /// One string of the dictionary that stands in a cell: its address.
    case addresses
    case cells
  }

  private struct Place: BitwiseCopyable {
    /// The word of the keys or the hash of the cells.
    var word: UInt64
    /// Group number + 1, or 0 for an empty place.
    var mark: UInt32
  }

  private let keyCount: Int
  private var form = Form.undecided
  private(set) var count = 0
  /// By group: the word of its keys, or the hash of its cells.
  private var words: UnsafeMutablePointer<UInt64>
  private var capacity = 64
  /// `keyCount` cells for each group, where words do not tell the keys.
  private var keys: [Cell] = []
  private var places: UnsafeMutablePointer<Place>
  private var placeMask = 63
  /// Places that are taken.
  private var placedCount = 0
  /// The groups of a single key whose words lie near each other.
  private var window = GroupWindow()
  /// Number + 1 of the group of the single key null.
  private var nullMark: UInt32 = 0
  /// Resolves the ids of string keys.
  private var dictionary: StringDictionary?

  init(keyCount: Int) {
    self.keyCount = keyCount
    words = .allocate(capacity: capacity)
    places = .allocate(capacity: placeMask + 1)
    places.initialize(repeating: Place(word: 0, mark: 0), count: placeMask + 1)
  }

  deinit {
    words.deallocate()
    places.deallocate()
    window.deallocate()
  }

  /// Writes the group of each row; groups that were not there before get the next numbers.
  func assign(
    _ columns: [Column], count n: Int, into groups: UnsafeMutablePointer<UInt32>, _ arena: Arena
  ) throws(QueryError) {
    let before = count
    if !assignNulls(columns, n, groups) {
      let wanted = Self.form(of: columns)
      if form == .undecided { decide(wanted, columns) }
      if form != wanted && form != .cells { useCells() }
      switch form {
      case .integers: try assignWords(columns[0], columns[0].integers, n, groups, arena)
      case .ids: try assignWords(columns[0], columns[0].ids, n, groups, arena)
      case .pairs: assignPairs(columns[0], columns[1], n, groups)
      case .addresses: assignAddresses(columns[0], n, groups)
      case .cells, .undecided: for row in 0..<n { groups[row] = find(columns, row) }
      }
    }
    try arena.charge((count - before) * (keyCount * 16 + 16))
  }

  private func decide(_ wanted: Form, _ columns: [Column]) {
    form = wanted
    dictionary = columns.lazy.compactMap(\.dictionary).first
    // Null may have come before.
    if wanted == .addresses || wanted == .cells { keys = Array(repeating: .null, count: count) }
    if wanted == .cells && count > 0 { useCells() }
  }

  /// The form in which the keys of the columns fit a word; cells when there is none.
  private static func form(of columns: [Column]) -> Form {
    guard let first = columns.first, !first.isConstant else { return .cells }
    if columns.count == 1 {
      switch first.kind {
      case .integer, .date: return .integers(first.kind)
      case .node, .relationship, .string: return .ids(first.kind)
      case .cell: return first.isInternedText ? .addresses : .cells
      case .float, .boolean: return .cells
      }
    }
    guard columns.count == 2, columns.allSatisfy({ $0.isDense && $0.kind.stride == 4 }) else {
      return .cells
    }
    return .pairs(first.kind, columns[1].kind)
  }

  // MARK: Words

  /// Rows of the single constant key null; false for any other.
  private func assignNulls(
    _ columns: [Column], _ n: Int, _ groups: UnsafeMutablePointer<UInt32>
  ) -> Bool {
    guard columns.count == 1, form != .cells, columns[0].isConstant, !columns[0].isValid(0) else {
      return false
    }
    if n > 0 { groups.update(repeating: nullGroup(), count: n) }
    return true
  }

  private func nullGroup() -> UInt32 {
    if nullMark == 0 {
      nullMark = add(0)
      if form == .addresses { keys.append(.null) }
    }
    return nullMark &- 1
  }

  private func assignWords<Value: FixedWidthInteger>(
    _ column: Column, _ values: UnsafePointer<Value>, _ n: Int,
    _ groups: UnsafeMutablePointer<UInt32>, _ arena: Arena
  ) throws(QueryError) {
    let validity = column.validity
    reserve(n)
    let words = words
    var (first, size, marks, known) = (window.first, window.count, window.marks, count)
    var mayWiden = true
    for row in 0..<n {
      let word = UInt64(truncatingIfNeeded: values[row])
      let isNull = validity.map { $0[row >> 6] >> UInt64(row & 63) & 1 == 0 } ?? false
      if isNull || word &- first >= size {
        count = known
        if !isNull, mayWiden {
          mayWiden = false
          try widen(column, values, row..<n, arena)
          (first, size, marks) = (window.first, window.count, window.marks)
        }
        if isNull || word &- first >= size {
          groups[row] = isNull ? nullGroup() : find(word)
          known = count
          continue
        }
      }
      let place = Int(truncatingIfNeeded: word &- first)
      if marks[place] == 0 {
        words[known] = word
        known &+= 1
        marks[place] = UInt32(truncatingIfNeeded: known)
      }
      groups[row] = marks[place] &- 1
    }
    count = known
  }

  /// Makes the window as wide as the rows need, if it is worth while, and takes over the groups that
  /// stand in places.
  private func widen<Value: FixedWidthInteger>(
    _ column: Column, _ values: UnsafePointer<Value>, _ rows: Range<Int>, _ arena: Arena
  ) throws(QueryError) {
    var (low, high) = (values[rows.lowerBound], values[rows.lowerBound])
    for row in rows where column.validity == nil || column.isValid(row) {
      (low, high) = (min(low, values[row]), max(high, values[row]))
    }
    guard
      try window.widen(
        Int64(truncatingIfNeeded: low), Int64(truncatingIfNeeded: high), rows: count + rows.count,
        arena)
    else { return }
    // Places that are left behind are never looked at again.
    let (words, window, null) = (words, window, nullMark)
    for group in 0..<count where window.contains(words[group]) {
      let mark = UInt32(truncatingIfNeeded: group &+ 1)
      if mark == null { continue }
      window.marks[Int(truncatingIfNeeded: words[group] &- window.first)] = mark
    }
  }

  private func assignPairs(
    _ first: Column, _ second: Column, _ n: Int, _ groups: UnsafeMutablePointer<UInt32>
  ) {
    let (left, right) = (first.ids, second.ids)
    for row in 0..<n { groups[row] = find(UInt64(left[row]) << 32 | UInt64(right[row])) }
  }

  private func assignAddresses(
    _ column: Column, _ n: Int, _ groups: UnsafeMutablePointer<UInt32>
  ) {
    let cells = column.cells
    var known = count
    for row in 0..<n {
      groups[row] = cells[row].isNull ? nullGroup() : find(cells[row].raw)
      if count == known { continue }
      known = count
      if keys.count < known { keys.append(cells[row]) }
    }
  }

  @inline(__always)
  private func find(_ word: UInt64) -> UInt32 {
    var index = Self.index(word) & placeMask
    while places[index].mark != 0 {
      if places[index].word == word { return places[index].mark &- 1 }
      index = (index &+ 1) & placeMask
    }
    return insert(word, at: index)
  }

  private func insert(_ word: UInt64, at index: Int) -> UInt32 {
    let mark = add(word)
    places[index] = Place(word: word, mark: mark)
    placedCount &+= 1
    if placedCount &* 2 > placeMask { refill() }
    return mark &- 1
  }

  /// A new group; gives its number + 1.
  private func add(_ word: UInt64) -> UInt32 {
    reserve(1)
    words[count] = word
    count &+= 1
    return UInt32(truncatingIfNeeded: count)
  }

  /// Makes room for so many more groups.
  private func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    let wanted = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: wanted)
    larger.update(from: words, count: count)
    words.deallocate()
    words = larger
    capacity = wanted
  }

  @inline(__always)
  private static func index(_ word: UInt64) -> Int {
    let mixed = word &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed ^ mixed >> 32)
  }

  /// Whether a group stands in the places; others stand in the window.
  private func isPlaced(_ group: Int, _ window: GroupWindow) -> Bool {
    if UInt32(truncatingIfNeeded: group &+ 1) == nullMark { return false }
    switch form {
    case .integers, .ids: return !window.contains(words[group])
    case .undecided: return false
    case .pairs, .addresses, .cells: return true
    }
  }

  /// Makes the places at least four times as many as the groups.
  private func refill() {
    placedCount = 0
    let window = window
    for group in 0..<count { placedCount &+= isPlaced(group, window) ? 1 : 0 }
    var size = placeMask + 1
    while size < placedCount &* 4 { size *= 2 }
    places.deallocate()
    places = .allocate(capacity: size)
    places.initialize(repeating: Place(word: 0, mark: 0), count: size)
    placeMask = size - 1
    let isHashed = form == .cells
    for group in 0..<count where isPlaced(group, window) {
      let word = words[group]
      var index = (isHashed ? Int(truncatingIfNeeded: word) : Self.index(word)) & placeMask
      while places[index].mark != 0 { index = (index &+ 1) & placeMask }
      places[index] = Place(word: word, mark: UInt32(truncatingIfNeeded: group &+ 1))
    }
  }

  // MARK: Cells

  /// Goes over from words to cells, as keys of another form came.
  private func useCells() {
    var cells: [Cell] = []
    let columns = keyColumns
    for group in 0..<count {
      var hash: UInt64 = 0
      for column in columns {
        let cell = column.cell(group)
        hash = Self.mix(hash, cell)
        cells.append(cell)
      }
      words[group] = hash
    }
    keys = cells
    form = .cells
    nullMark = 0
    refill()
  }

  @inline(__always)
  private static func mix(_ hash: UInt64, _ cell: Cell) -> UInt64 {
    let mixed = (hash ^ cell.hash) &* 0x9E37_79B9_7F4A_7C15
    return mixed ^ mixed >> 29
  }

  private func find(_ columns: [Column], _ row: Int) -> UInt32 {
    var hash: UInt64 = 0
    for column in columns { hash = Self.mix(hash, column.cell(row)) }
    var index = Int(truncatingIfNeeded: hash) & placeMask
    while places[index].mark != 0 {
      let group = places[index].mark &- 1
      if places[index].word == hash, holds(Int(group), columns, row) { return group }
      index = (index &+ 1) & placeMask
    }
    for column in columns { keys.append(column.cell(row)) }
    return insert(hash, at: index)
  }

  @inline(__always)
  private func holds(_ group: Int, _ columns: [Column], _ row: Int) -> Bool {
    for (i, column) in columns.enumerated()
    where !keys[group * keyCount + i].isEquivalent(column.cell(row)) {
      return false
    }
    return true
  }

  // MARK: Keys

  /// The values of all keys for all groups, typed where words were compared.
  var keyColumns: [Column] { (0..<keyCount).map { keyColumn($0) } }

  /// The values of one key for all groups.
  private func keyColumn(_ index: Int) -> Column {
    switch form {
    case .integers(let kind):
      let column = emptyKeyColumn(kind)
      for group in 0..<count { column.integers[group] = Int64(bitPattern: words[group]) }
      return column
    case .ids(let kind):
      let column = emptyKeyColumn(kind)
      for group in 0..<count { column.ids[group] = UInt32(truncatingIfNeeded: words[group]) }
      return column
    case .pairs(let first, let second):
      let column = emptyKeyColumn(index == 0 ? first : second)
      let shift: UInt64 = index == 0 ? 32 : 0
      for group in 0..<count {
        column.ids[group] = UInt32(truncatingIfNeeded: words[group] >> shift)
      }
      return column
    case .addresses, .cells:
      let column = Column(.cell, count: count)
      for group in 0..<count { column.cells[group] = keys[group * keyCount + index] }
      return column
    case .undecided:
      return Column(constant: .null, count: count)
    }
  }

  /// A column for the keys of all groups in which only the group of null has none.
  private func emptyKeyColumn(_ kind: Column.Kind) -> Column {
    let column = Column(
      kind, count: count, nullable: nullMark != 0,
      dictionary: kind == .string ? dictionary : nil)
    if let validity = column.validity {
      validity.update(repeating: .max, count: (count + 63) >> 6)
      let group = Int(nullMark) - 1
      validity[group >> 6] &= ~(1 << UInt64(group & 63))
    }
    return column
  }
}

extension Column {
  /// Whether all cells are strings of the graph's dictionary or null.
  fileprivate var isInternedText: Bool {
    for i in 0..<count where !cells[i].isNull {
      if cells[i].tag != .string || !cells[i].isInterned { return false }
    }
    return true
  }
}
