import DossierSyntax

/// `Merge`: for each row what its pattern matches, else what it makes. Rows go one after the other,
/// so a row finds what an earlier row made.
final class PhysicalMerge: PhysicalWriteOperator {
  private let match: Subplan
  private let create: [CreateStep]
  private let onCreate: [SetStep]
  private let onMatch: [SetStep]
  /// The slots that the pattern binds.
  private let slots: [Slot]
  private let range: SourceRange

  init(
    _ input: PhysicalOperator, match: Subplan, create: [CreateStep], onCreate: [SetStep],
    onMatch: [SetStep], slots: [Slot], kept: [Slot], _ range: SourceRange
  ) {
    self.match = match
    self.create = create
    self.onCreate = onCreate
    self.onMatch = onMatch
    self.slots = slots
    self.range = range
    super.init(input, kept: kept)
  }

  override func write(_ rows: Batch, _ writer: GraphWriter) throws(QueryError) -> Batch {
    var merged = RowBuffer(slots)
    var outer: [UInt32] = []
    for row in 0..<rows.count {
      let one = Batch(parent: rows, rows: RowIndices([UInt32(truncatingIfNeeded: row)]))
      try checkNulls(one, writer.state)
      var found: [Batch] = []
      try match.run(one, writer.state) { (part: Batch, _: Column) throws(QueryError) in
        found.append(part)
      }
      if found.isEmpty {
        let made = try PhysicalCreate.create(create, one, writer)
        try PhysicalSet.apply(onCreate, made, writer)
        found = [made]
      } else {
        for part in found { try PhysicalSet.apply(onMatch, part, writer) }
      }
      for part in found {
        try merged.append(part, writer.state)
        outer += repeatElement(UInt32(truncatingIfNeeded: row), count: part.count)
      }
    }
    let result = Batch(parent: rows, rows: RowIndices(outer))
    let all = merged.batch(slotCount: writer.state.slotCount)
    for slot in slots { result.set(slot, all.column(slot)) }
    return result
  }

  /// A property that is null matches nothing and cannot be stored. Errors: `mergeReadOwnWrites`.
  private func checkNulls(_ row: Batch, _ state: ExecutionState) throws(QueryError) {
    for step in create {
      guard let map = try step.properties?.evaluate(row, state).cell(0), map.tag == .map else {
        continue
      }
      for i in stride(from: 1, to: map.cells.count, by: 2) where map.cells[i].isNull {
        throw QueryError(
          .mergeReadOwnWrites,
          "`MERGE` cannot use the property `\(map.cells[i - 1].string)`, which is null", at: range)
      }
    }
  }
}
