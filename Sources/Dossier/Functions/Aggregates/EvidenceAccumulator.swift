import DossierSyntax

/// The elements of the lists of each group, each once, in the order of the rows.
final class EvidenceAccumulator: Accumulator {
  private var groups: [DistinctElements] = []
  /// What an element takes, the set beside the list included.
  private static let bytesPerElement = 2 * MemoryLayout<Cell>.stride

  func resize(groups count: Int) {
    while groups.count < count { groups.append(DistinctElements()) }
  }

  func add(
    _ arguments: [Column], groups rows: UnsafePointer<UInt32>, count: Int, context: FunctionContext
  ) throws(QueryError) {
    guard let lists = arguments.first else { return }
    for row in 0..<count {
      let list = lists.cell(row)
      guard list.tag == .list else { continue }
      var added = 0
      for cell in list.cells where groups[Int(rows[row])].add(cell) { added += 1 }
      if added > 0 { try context.arena.charge(added * Self.bytesPerElement) }
    }
  }

  func finish(groups count: Int, context: FunctionContext) throws(QueryError) -> Column {
    let result = Column(.cell, count: count)
    for group in 0..<count { result.cells[group] = try context.arena.list(groups[group].cells) }
    return result
  }
}
