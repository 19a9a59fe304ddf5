/// Collects values row by row into a column of the narrowest kind that holds them all.
///
/// For results whose type is only known while they are made; typed kernels fill columns directly.
struct ColumnBuilder {
  private(set) var cells: UnsafeMutablePointer<Cell>
  private(set) var count = 0
  private var capacity: Int
  private let storage: Column

  /// Room for exactly `capacity` rows.
  init(capacity: Int) {
    storage = Column(.cell, count: capacity)
    cells = storage.cells
    self.capacity = capacity
  }

  @inline(__always) mutating func append(_ cell: Cell) {
    cells[count] = cell
    count += 1
  }

  /// The column; every row has been appended.
  func finish() -> Column { storage }
}
