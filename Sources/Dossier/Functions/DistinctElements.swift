/// Nodes and relationships in the order in which they came, each once.
struct DistinctElements {
  /// Node and relationship cells.
  private(set) var cells: [Cell] = []
  /// Filled when there are more than a few.
  private var seen: Set<UInt64> = []

  /// So many are compared one by one.
  private static let few = 16

  mutating func removeAll() {
    cells.removeAll(keepingCapacity: true)
    seen.removeAll(keepingCapacity: true)
  }

  /// Adds a node or relationship; false when it is there already or the cell is neither.
  @discardableResult
  mutating func add(_ cell: Cell) -> Bool {
    guard cell.tag == .node || cell.tag == .relationship else { return false }
    if cells.count < Self.few {
      if cells.contains(where: { $0.tag == cell.tag && $0.raw == cell.raw }) { return false }
    } else {
      if seen.isEmpty { seen = Set(cells.map(Self.key)) }
      guard seen.insert(Self.key(cell)).inserted else { return false }
    }
    cells.append(cell)
    return true
  }

  private static func key(_ cell: Cell) -> UInt64 { cell.raw << 1 | (cell.tag == .node ? 0 : 1) }
}
