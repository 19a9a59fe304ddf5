import DossierSyntax

/// A property value made ready for a page: checked, strings interned, lists copied.
enum StoredValue {
  case integer(Int64)
  case float(Double)
  case boolean(Bool)
  /// An id in the graph's string dictionary.
  case string(UInt32)
  /// Days since epoch.
  case date(Int64)
  /// Any other value; its payload holds what the cell points to.
  case general(Cell, PropertyPayload?)

  /// Checks a cell and takes over what it points to. The cell is not null.
  ///
  /// Errors: `invalidPropertyType` for maps, nodes, relationships, paths, and lists of lists or of
  /// those.
  init(_ cell: Cell, strings: StringDictionary) throws(QueryError) {
    switch cell.tag {
    case .integer: self = .integer(cell.integer)
    case .float: self = .float(cell.float)
    case .boolean: self = .boolean(cell.boolean)
    case .string: self = .string(strings.intern(cell.bytes))
    case .date: self = .date(cell.integer)
    case .null, .localTime, .time, .localDateTime, .dateTime: self = .general(cell, nil)
    case .duration, .list:
      try Self.checkElements(cell)
      let payload = PropertyPayload(cell, strings: strings)
      self = .general(payload.cell, payload)
    case .map, .node, .relationship, .path: throw Self.notStorable(cell.tag)
    }
  }

  /// Whether a cell may be stored as a property; null may (it removes). Errors as in `init`.
  static func check(_ cell: Cell) throws(QueryError) {
    switch cell.tag {
    case .map, .node, .relationship, .path: throw notStorable(cell.tag)
    case .list: try checkElements(cell)
    default: break
    }
  }

  private static func checkElements(_ cell: Cell) throws(QueryError) {
    guard cell.tag == .list else { return }
    for element in cell.cells {
      switch element.tag {
      case .map, .node, .relationship, .path, .list:
        throw QueryError(
          .invalidPropertyType,
          "a list with a \(name(element.tag)) in it cannot be stored as a property",
          help: "property lists hold booleans, numbers, strings and temporal values")
      default: break
      }
    }
  }

  private static func notStorable(_ tag: CellTag) -> QueryError {
    QueryError(
      .invalidPropertyType, "a \(name(tag)) cannot be stored as a property",
      help: "store its parts as properties of their own")
  }

  private static func name(_ tag: CellTag) -> String {
    switch tag {
    case .map: "map"
    case .node: "node"
    case .relationship: "relationship"
    case .path: "path"
    default: "list"
    }
  }

  /// The kind of page that holds only such values.
  var kind: PropertyReader.Kind {
    switch self {
    case .integer: .integer
    case .float: .float
    case .boolean: .boolean
    case .string: .string
    case .date: .date
    case .general: .general
    }
  }

  /// The value as a general page holds it.
  func cell(strings: StringDictionary) -> Cell {
    switch self {
    case .integer(let value): Cell(value)
    case .float(let value): Cell(value)
    case .boolean(let value): Cell(value)
    case .string(let id): strings.cell(id)
    case .date(let days): Cell(DateValue(daysSinceEpoch: days))
    case .general(let cell, _): cell
    }
  }
}

/// The memory of a stored list or duration: immutable, shared by all pages that hold the value.
///
/// A list is an array of cells; the durations among them lie behind it. Strings point into the
/// graph's dictionary.
final class PropertyPayload: @unchecked Sendable {
  private let base: UnsafeMutableRawPointer
  /// The stored value, pointing into the payload.
  let cell: Cell

  /// Copies a list of storable elements, or a duration.
  fileprivate init(_ source: Cell, strings: StringDictionary) {
    guard source.tag == .list else {
      let memory = UnsafeMutablePointer<DurationValue>.allocate(capacity: 1)
      memory.initialize(to: source.duration)
      base = UnsafeMutableRawPointer(memory)
      cell = Cell(.duration, raw: UInt64(UInt(bitPattern: base)))
      return
    }
    let elements = source.cells
    let durations = elements.reduce(0) { $0 + ($1.tag == .duration ? 1 : 0) }
    let cellBytes = elements.count * MemoryLayout<Cell>.stride
    base = .allocate(
      byteCount: max(16, cellBytes + durations * MemoryLayout<DurationValue>.stride),
      alignment: 16)
    let cells = base.assumingMemoryBound(to: Cell.self)
    var next = (base + cellBytes).assumingMemoryBound(to: DurationValue.self)
    for (i, element) in elements.enumerated() {
      switch element.tag {
      case .string: cells[i] = strings.cell(strings.intern(element.bytes))
      case .duration:
        next.initialize(to: element.duration)
        cells[i] = Cell(.duration, raw: UInt64(UInt(bitPattern: next)))
        next += 1
      default: cells[i] = element
      }
    }
    cell = Cell(
      .list, raw: UInt64(UInt(bitPattern: base)), aux: UInt32(truncatingIfNeeded: elements.count))
  }

  deinit {
    base.deallocate()
  }
}
