import DossierSyntax

/// `collect`: the values that are not null, in the order of the rows.
final class CollectAccumulator: Accumulator {
  private let values = GroupedCells()

  func resize(groups count: Int) {}

  func add(
    _ arguments: [Column], groups: UnsafePointer<UInt32>, count: Int, context: FunctionContext
  ) throws(QueryError) {
    guard let a = arguments.first else { return }
    try values.add(a, groups: groups, count: count, context.arena)
  }

  func finish(groups count: Int, context: FunctionContext) throws(QueryError) -> Column {
    let result = Column(.cell, count: count)
    try values.forEachGroup(count, context.arena) { (group, cells) throws(QueryError) in
      guard let base = cells.baseAddress, cells.count <= UInt32.max else {
        throw context.error(.memoryLimit, "a list may have at most 4294967295 elements")
      }
      result.cells[group] = try context.arena.list(
        at: base, count: cells.count, isFlat: values.isFlat)
    }
    return result
  }
}
