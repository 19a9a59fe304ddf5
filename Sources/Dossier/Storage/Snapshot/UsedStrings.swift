/// The strings that the properties of a graph hold, numbered anew without gaps.
///
/// The dictionary of a database only grows; a snapshot leaves behind what no property holds any more.
struct UsedStrings {
  /// The number in the graph's dictionary of each string that is kept, ascending.
  private(set) var kept: [UInt32] = []
  /// The new number of each string of the dictionary; meaningless for those that are not kept.
  private var numbers: [UInt32] = []
  private let strings: StringDictionary

  /// Finds the strings of a graph. O(strings + rows of string columns + values of mixed columns).
  init(_ graph: Graph) {
    strings = graph.strings
    let count = strings.count
    var isUsed = [Bool](repeating: false, count: count)
    for case let column? in graph.nodeColumns + graph.relationshipColumns {
      for index in 0..<column.pages.pageCount {
        Self.mark(column.pages.address(index), graph.strings, &isUsed)
      }
    }
    numbers = [UInt32](repeating: 0, count: count)
    for id in 0..<count where isUsed[id] {
      numbers[id] = UInt32(truncatingIfNeeded: kept.count)
      kept.append(UInt32(truncatingIfNeeded: id))
    }
  }

  /// The new number of a string of the dictionary.
  @inline(__always)
  func number(_ id: UInt32) -> UInt32 { numbers[Int(id)] }

  /// The new number of an interned string.
  func number(_ cell: Cell) -> UInt32 { strings.find(cell.bytes).map(number) ?? 0 }

  /// Puts new numbers in a page of strings.
  func renumber(_ page: UnsafeMutableRawPointer) {
    let validity = PropertyPage.validity(at: page)
    let ids = (page + PropertyPage.headBytes).assumingMemoryBound(to: UInt32.self)
    for row in 0..<Page.rows where Bitmap.contains(validity, row) { ids[row] = number(ids[row]) }
  }

  private static func mark(
    _ page: UnsafeRawPointer, _ strings: StringDictionary, _ isUsed: inout [Bool]
  ) {
    let validity = PropertyPage.validity(at: page)
    let values = PropertyPage.values(at: page)
    switch PropertyPage.kind(at: page) {
    case .string:
      let ids = values.assumingMemoryBound(to: UInt32.self)
      for row in 0..<Page.rows where Bitmap.contains(validity, row) { isUsed[Int(ids[row])] = true }
    case .general:
      let cells = values.assumingMemoryBound(to: Cell.self)
      for row in 0..<Page.rows where Bitmap.contains(validity, row) {
        mark(cells[row], strings, &isUsed)
      }
    default: break
    }
  }

  private static func mark(_ cell: Cell, _ strings: StringDictionary, _ isUsed: inout [Bool]) {
    switch cell.tag {
    case .string: if let id = strings.find(cell.bytes) { isUsed[Int(id)] = true }
    case .list: for element in cell.cells { mark(element, strings, &isUsed) }
    default: break
    }
  }
}
