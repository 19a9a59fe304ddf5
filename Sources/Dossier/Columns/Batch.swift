/// Up to 2,048 rows (more only where an operator says so) on their way through a plan.
///
/// A batch holds the columns that its operator made. All other slots come from the `parent` batch
/// through `rows`, the parent's row of each row (so `rows` is the selection vector of a filter and
/// the repetition of an expansion), and are gathered when somebody asks for them.
///
///     scan      [a]  0 1 2 3                     parent = nil
///     filter         rows → 1 3                  parent = scan
///     expand    [r b] rows → 0 0 0 1             parent = filter
final class Batch {
  /// The rows a batch has when nothing else limits it; also the rows of a storage page.
  static let capacity = 2048

  let count: Int
  private var columns: [Column?]
  let parent: Batch?
  /// For each row its row in `parent`; nil when rows are the parent's rows one to one.
  let rows: RowIndices?
  /// Some of the parent's rows and nothing else, as a filter leaves them.
  let isSelection: Bool

  /// A batch with columns of its own only.
  init(count: Int, slotCount: Int) {
    self.count = count
    columns = Array(repeating: nil, count: slotCount)
    parent = nil
    rows = nil
    isSelection = false
  }

  /// The parent's rows, selected or repeated by `rows`.
  init(parent: Batch, rows: RowIndices, isSelection: Bool = false) {
    self.isSelection = isSelection
    count = rows.count
    columns = Array(repeating: nil, count: parent.columns.count)
    self.parent = parent
    self.rows = rows
  }

  /// The parent's rows with room for further columns.
  init(extending parent: Batch) {
    count = parent.count
    columns = parent.columns
    self.parent = parent
    rows = nil
    isSelection = false
  }

  var slotCount: Int { columns.count }

  /// Whether the slot has a column here or in an ancestor.
  func has(_ slot: Slot) -> Bool {
    columns[slot.index] != nil || parent?.has(slot) == true
  }

  /// The values of a slot, a column of `count` rows. A slot that nobody bound is null.
  func column(_ slot: Slot) -> Column {
    if let column = columns[slot.index] { return column }
    guard let parent else { return Column(constant: .null, count: count) }
    let source = parent.column(slot)
    let column = rows.map { source.gather($0.base, count: count, hasNulls: $0.hasNulls) } ?? source
    columns[slot.index] = column
    return column
  }

  /// The column of a slot if it was made here; nil where it would have to be gathered.
  func ownColumn(_ slot: Slot) -> Column? { columns[slot.index] }

  /// Binds a slot of a batch that is being made.
  func set(_ slot: Slot, _ column: Column) {
    columns[slot.index] = column
  }
}
