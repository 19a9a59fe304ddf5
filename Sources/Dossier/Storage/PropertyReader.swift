import DossierSyntax

/// One property of all nodes or of all relationships, for reading by page or by row.
///
/// Take one per batch or per statement. It keeps seeing the graph as it was when it was taken,
/// also when that graph value is written afterwards.
struct PropertyReader {
  /// What a page holds; absent: no row of the page has the property.
  enum Kind: UInt8, Sendable {
    case absent
    /// `Int64`
    case integer
    /// `Double`
    case float
    /// `UInt8`, 0 or 1
    case boolean
    /// `UInt32` ids in the graph's string dictionary
    case string
    /// `Int64` days since epoch
    case date
    /// `Cell`s; lists and durations in them are valid while `owner` lives
    case general

    /// Bytes of one value.
    @inline(__always) var stride: Int {
      switch self {
      case .absent: 0
      case .integer, .float, .date: 8
      case .boolean: 1
      case .string: 4
      case .general: 16
      }
    }
  }

  private let addresses: PageAddresses
  /// Pages beyond are absent.
  let pageCount: Int
  private let pages: PageDirectory<PropertyPage>
  private let strings: StringDictionary
  /// The kind of all pages that are not absent; nil when they differ or when there is none.
  let uniformKind: Kind?
  /// How many elements have the property.
  let valueCount: Int

  init(_ column: PropertyColumn, strings: StringDictionary) {
    pages = column.pages
    addresses = column.pages.addresses
    pageCount = column.pages.pageCount
    self.strings = strings
    uniformKind = column.uniformKind
    valueCount = column.valueCount
  }

  /// Keeps alive what `values` and `validity` point to.
  var owner: AnyObject { pages }

  @inline(__always)
  private func address(_ page: Int) -> UnsafeRawPointer {
    page < pageCount ? addresses[page] : PropertyPage.absentAddress
  }

  @inline(__always)
  func kind(page: Int) -> Kind { PropertyPage.kind(at: address(page)) }

  /// How many rows of a page have a value.
  @inline(__always)
  func count(page: Int) -> Int { PropertyPage.count(at: address(page)) }

  /// 2,048 values of the kind's stride; rows without a value hold anything.
  @inline(__always)
  func values(page: Int) -> UnsafeRawPointer { PropertyPage.values(at: address(page)) }

  /// 32 words, bit set = the row has a value.
  @inline(__always)
  func validity(page: Int) -> UnsafePointer<UInt64> {
    PropertyPage.validity(at: address(page))
  }

  /// The page that knows its zone; nil when it is absent.
  func zonedPage(_ page: Int) -> (any ZonedPage)? { pages.page(page) }

  /// Where the values of a page begin, and 1 if a row of it has a value, else 0.
  @inline(__always)
  func place(_ page: Int, _ row: Int) -> (values: UnsafeRawPointer, isValid: UInt64) {
    let address = address(page)
    let bits = PropertyPage.validity(at: address)
    return (PropertyPage.values(at: address), bits[row >> 6] >> UInt64(row & 63) & 1)
  }

  /// Whether a row of the graph has a value.
  @inline(__always)
  func contains(row: Int) -> Bool {
    Bitmap.contains(validity(page: row >> Page.shift), row & Page.mask)
  }

  /// The value of a row of the graph, null when absent. Lists and durations are copied into the
  /// arena. Errors: `memoryLimit`.
  func general(row: Int, arena: Arena) throws(QueryError) -> Cell {
    let page = address(row >> Page.shift)
    let place = row & Page.mask
    guard PropertyPage.kind(at: page) == .general else {
      return Self.typedCell(at: page, place, strings)
    }
    let cell = Self.generalCell(at: page, place)
    switch cell.tag {
    case .list, .duration: return try Self.export(cell, arena)
    default: return cell
    }
  }

  /// The pages below `pageCount`, one after the other.
  var pageAddresses: PageAddresses { addresses }

  /// The value of a row of the graph, null when absent; a list or duration in it points into the
  /// page and is valid while `owner` lives.
  func borrowedCell(row: Int) -> Cell {
    let page = address(row >> Page.shift)
    let place = row & Page.mask
    return PropertyPage.kind(at: page) == .general
      ? Self.generalCell(at: page, place) : Self.typedCell(at: page, place, strings)
  }

  @inline(__always)
  private static func generalCell(at page: UnsafeRawPointer, _ row: Int) -> Cell {
    guard Bitmap.contains(PropertyPage.validity(at: page), row) else { return .null }
    return PropertyPage.values(at: page).assumingMemoryBound(to: Cell.self)[row]
  }

  /// The value of a row of a page that is not general.
  static func typedCell(
    at page: UnsafeRawPointer, _ row: Int, _ strings: StringDictionary
  ) -> Cell {
    guard Bitmap.contains(PropertyPage.validity(at: page), row) else { return .null }
    let values = PropertyPage.values(at: page)
    switch PropertyPage.kind(at: page) {
    case .integer: return Cell(values.assumingMemoryBound(to: Int64.self)[row])
    case .float: return Cell(values.assumingMemoryBound(to: Double.self)[row])
    case .boolean: return Cell(values.assumingMemoryBound(to: UInt8.self)[row] != 0)
    case .string: return strings.cell(values.assumingMemoryBound(to: UInt32.self)[row])
    case .date:
      return Cell(DateValue(daysSinceEpoch: values.assumingMemoryBound(to: Int64.self)[row]))
    case .absent, .general: return .null
    }
  }

  /// A copy of a stored list or duration in an arena.
  private static func export(_ cell: Cell, _ arena: Arena) throws(QueryError) -> Cell {
    guard cell.tag == .list else { return try arena.duration(cell.duration) }
    let source = cell.cells
    let target = try arena.cells(max(source.count, 1))
    for (i, element) in source.enumerated() {
      target[i] = element.tag == .duration ? try arena.duration(element.duration) : element
    }
    return try arena.list(at: target, count: source.count)
  }
}
