import DossierSyntax

/// A typed vector of values: the result of an expression over a batch, or a variable of a batch.
///
/// Immutable once it is handed on. A constant column holds one physical row that stands for all.
/// Null rows have a 0 bit in `validity`; cell columns carry null in the cell itself and have no
/// validity bitmap.
final class Column {
  /// The physical type of the values.
  enum Kind: UInt8 {
    /// `Cell`s of any type, mixed types, computed strings, lists, maps …
    case cell
    /// `Int64`
    case integer
    /// `Double`
    case float
    /// `UInt8`, 0 or 1
    case boolean
    /// `UInt32` node ids
    case node
    /// `UInt32` relationship ids
    case relationship
    /// `UInt32` ids in the graph's string dictionary
    case string
    /// `Int64` days since epoch
    case date

    /// Bytes of one value.
    @inline(__always) var stride: Int {
      switch self {
      case .cell: 16
      case .integer, .float, .date: 8
      case .node, .relationship, .string: 4
      case .boolean: 1
      }
    }

    /// Whether pages of such values have zones.
    @inline(__always) var hasZones: Bool { self == .integer || self == .date || self == .float }
  }

  let kind: Kind
  /// Rows that the column stands for.
  let count: Int
  /// One physical row stands for all rows.
  let isConstant: Bool
  /// `physicalCount` values of the kind's stride.
  let values: UnsafeMutableRawPointer
  /// One bit a row, set where there is a value; nil when all rows have one.
  let validity: UnsafeMutablePointer<UInt64>?
  /// Resolves ids of string columns.
  let dictionary: StringDictionary?
  /// The ids are known to be consecutive numbers. False says nothing.
  let isRun: Bool
  /// Keeps borrowed memory alive; nil when the column owns its memory.
  private let owner: AnyObject?
  /// The page in which the values lie, where they do and it may know its zone.
  private let page: (any ZonedPage)?

  @inline(__always) var physicalCount: Int { isConstant ? 1 : count }

  /// A column with memory of its own, uninitialised values, and all rows valid unless `nullable`.
  init(
    _ kind: Kind, count: Int, nullable: Bool = false, isConstant: Bool = false,
    dictionary: StringDictionary? = nil
  ) {
    self.kind = kind
    self.count = count
    self.isConstant = isConstant
    self.dictionary = dictionary
    isRun = false
    owner = nil
    page = nil
    let physical = isConstant ? 1 : count
    values = .allocate(byteCount: max(physical * kind.stride, 16), alignment: 16)
    if nullable {
      let words = (physical + 63) >> 6
      let bits = UnsafeMutablePointer<UInt64>.allocate(capacity: max(words, 1))
      bits.initialize(repeating: 0, count: max(words, 1))
      validity = bits
    } else {
      validity = nil
    }
  }

  /// A view of memory that `owner` keeps alive.
  init(
    borrowing values: UnsafeRawPointer, validity: UnsafePointer<UInt64>?, _ kind: Kind, count: Int,
    owner: AnyObject, dictionary: StringDictionary? = nil, isRun: Bool = false,
    page: (any ZonedPage)? = nil
  ) {
    self.kind = kind
    self.count = count
    isConstant = false
    self.values = UnsafeMutableRawPointer(mutating: values)
    self.validity = validity.map { UnsafeMutablePointer(mutating: $0) }
    self.owner = owner
    self.dictionary = dictionary
    self.isRun = isRun
    self.page = page
  }

  /// Fewer rows than this are looked at sooner than their zone.
  private static let fewestZonedRows = 256

  /// The zone of the page in which the values lie: of these values, and maybe of others.
  var zone: Zone? { count < Self.fewestZonedRows ? nil : page?.zone }

  /// The zone of just these values.
  var ownZone: Zone? {
    guard let zone, count == Batch.capacity || validity == nil && count == zone.count else {
      return nil
    }
    return zone
  }

  /// The same single value in every row.
  convenience init(constant cell: Cell, count: Int) {
    self.init(.cell, count: count, isConstant: true)
    values.assumingMemoryBound(to: Cell.self)[0] = cell
  }

  deinit {
    if owner == nil {
      values.deallocate()
      validity?.deallocate()
    }
  }

  // MARK: Typed access; the caller has looked at `kind`

  @inline(__always) var cells: UnsafeMutablePointer<Cell> {
    values.assumingMemoryBound(to: Cell.self)
  }
  @inline(__always) var integers: UnsafeMutablePointer<Int64> {
    values.assumingMemoryBound(to: Int64.self)
  }
  @inline(__always) var floats: UnsafeMutablePointer<Double> {
    values.assumingMemoryBound(to: Double.self)
  }
  @inline(__always) var booleans: UnsafeMutablePointer<UInt8> {
    values.assumingMemoryBound(to: UInt8.self)
  }
  @inline(__always) var ids: UnsafeMutablePointer<UInt32> {
    values.assumingMemoryBound(to: UInt32.self)
  }

  /// Whether physical row `i` has a value.
  @inline(__always) func isValid(_ i: Int) -> Bool {
    if kind == .cell { return !cells[i].isNull }
    guard let validity else { return true }
    return validity[i >> 6] >> UInt64(i & 63) & 1 != 0
  }

  /// Marks a row of a nullable column as having a value, while the column is being filled.
  @inline(__always) func setValid(_ i: Int) {
    if let validity { validity[i >> 6] |= 1 << UInt64(i & 63) }
  }

  /// The value of logical row `i` in its general form; a switch on the kind.
  @inline(__always) func cell(_ row: Int) -> Cell {
    let i = isConstant ? 0 : row
    if kind == .cell { return cells[i] }
    return typedCell(i)
  }

  private func typedCell(_ i: Int) -> Cell {
    guard isValid(i) else { return .null }
    switch kind {
    case .cell: return cells[i]
    case .integer: return Cell(integers[i])
    case .float: return Cell(floats[i])
    case .boolean: return Cell(booleans[i] != 0)
    case .node: return Cell(NodeID(rawValue: ids[i]))
    case .relationship: return Cell(RelationshipID(rawValue: ids[i]))
    case .string: return dictionary?.cell(ids[i]) ?? .null
    case .date: return Cell(DateValue(daysSinceEpoch: integers[i]))
    }
  }

  /// A column of cells as a typed one, when all rows hold numbers of one type or elements of one kind.
  func narrowed() -> Column {
    guard kind == .cell, !isConstant, count > 0 else { return self }
    let tag = cells[0].tag
    guard [.integer, .float, .node, .relationship].contains(tag) else { return self }
    for row in 1..<count where cells[row].tag != tag { return self }
    switch tag {
    case .integer, .float:
      let narrow = Column(tag == .integer ? .integer : .float, count: count)
      for row in 0..<count { narrow.integers[row] = cells[row].integer }
      return narrow
    case .node, .relationship:
      let narrow = Column(tag == .node ? .node : .relationship, count: count)
      for row in 0..<count { narrow.ids[row] = UInt32(truncatingIfNeeded: cells[row].raw) }
      return narrow
    default: return self
    }
  }

  /// All rows valid and not constant: the shape that typed kernels take without looking at bits.
  @inline(__always) var isDense: Bool { validity == nil && !isConstant }

  /// The column's rows `rows[0 ..< n]`; the index `Column.nullRow` gives null.
  func gather(_ rows: UnsafePointer<UInt32>, count n: Int, hasNulls: Bool = false) -> Column {
    if isConstant && !hasNulls {
      return isConstantCopy(n)
    }
    let source = isConstant ? flattened() : self
    return source.gatherRows(rows, n, hasNulls: hasNulls)
  }

  /// The index in `gather` that stands for no row.
  static let nullRow = UInt32.max

  private func isConstantCopy(_ n: Int) -> Column {
    let copy = Column(
      kind, count: n, nullable: validity != nil, isConstant: true, dictionary: dictionary)
    copy.values.copyMemory(from: values, byteCount: kind.stride)
    if let validity, let target = copy.validity { target[0] = validity[0] }
    return copy
  }

  /// A constant column with its value written out in every row.
  func flattened() -> Column {
    guard isConstant else { return self }
    let copy = Column(kind, count: count, nullable: validity != nil, dictionary: dictionary)
    switch kind.stride {
    case 16: copy.cells.update(repeating: cells[0], count: count)
    case 8: copy.integers.update(repeating: integers[0], count: count)
    case 4: copy.ids.update(repeating: ids[0], count: count)
    default: copy.booleans.update(repeating: booleans[0], count: count)
    }
    if let validity, let target = copy.validity {
      target.update(
        repeating: validity[0] & 1 == 1 ? .max : 0, count: max((count + 63) >> 6, 1))
    }
    return copy
  }

  private func gatherRows(_ rows: UnsafePointer<UInt32>, _ n: Int, hasNulls: Bool) -> Column {
    if kind == .cell { return gatherCells(rows, n, hasNulls: hasNulls) }
    let nullable = validity != nil || hasNulls
    let result = Column(kind, count: n, nullable: nullable, dictionary: dictionary)
    if !nullable {
      switch kind.stride {
      case 8: copyRows(integers, result.integers, rows, n)
      case 4: copyRows(ids, result.ids, rows, n)
      default: copyRows(booleans, result.booleans, rows, n)
      }
      return result
    }
    switch kind.stride {
    case 8: copyValidRows(integers, result.integers, rows, n, result, 0)
    case 4: copyValidRows(ids, result.ids, rows, n, result, 0)
    default: copyValidRows(booleans, result.booleans, rows, n, result, 0)
    }
    return result
  }

  private func gatherCells(_ rows: UnsafePointer<UInt32>, _ n: Int, hasNulls: Bool) -> Column {
    let result = Column(.cell, count: n)
    let source = cells
    let target = result.cells
    if hasNulls {
      for i in 0..<n { target[i] = rows[i] == Column.nullRow ? .null : source[Int(rows[i])] }
    } else {
      for i in 0..<n { target[i] = source[Int(rows[i])] }
    }
    return result
  }

  @inline(__always)
  private func copyRows<T>(
    _ source: UnsafeMutablePointer<T>, _ target: UnsafeMutablePointer<T>,
    _ rows: UnsafePointer<UInt32>, _ n: Int
  ) {
    for i in 0..<n { target[i] = source[Int(rows[i])] }
  }

  @inline(__always)
  private func copyValidRows<T>(
    _ source: UnsafeMutablePointer<T>, _ target: UnsafeMutablePointer<T>,
    _ rows: UnsafePointer<UInt32>, _ n: Int, _ result: Column, _ filler: T
  ) {
    for i in 0..<n {
      let row = rows[i]
      if row != Column.nullRow, isValid(Int(row)) {
        target[i] = source[Int(row)]
        result.setValid(i)
      } else {
        target[i] = filler
      }
    }
  }
}
