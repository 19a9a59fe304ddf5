/// Pages of properties in a snapshot.
///
/// Typed pages are as in memory, but that strings are numbered anew. In general pages cells have
/// numbers in place of addresses, and what cells point to lies behind the page without gaps, in the
/// order of the rows: a list's cells, then its durations.
///
///     string    raw: number of the string, aux: 0     list      raw: offset in the block, aux: count
///     duration  raw: offset in the block              dateTime  extra: fixed zone as it is, a region
///                                                               131,072 + its place in the directory
extension SnapshotWriter {
  mutating func writeTypedPages(
    _ columns: ContiguousArray<PropertyColumn?>,
    to tables: WritableKeyPath<SnapshotDirectory, [[SnapshotPage]]>
  ) {
    let strings = strings
    directory[keyPath: tables] = Array(repeating: [], count: columns.count)
    for (key, column) in columns.enumerated() {
      guard let column else { continue }
      for index in 0..<column.pages.pageCount {
        let page = column.pages.address(index)
        let kind = PropertyPage.kind(at: page)
        guard kind != .absent && kind != .general else { continue }
        let block = output.block(bytes: PropertyPage.bytes(kind)) { memory in
          PropertyPage.copy(page, to: memory)
          if kind == .string { strings.renumber(memory) }
        }
        directory[keyPath: tables][key].append(SnapshotPage(index: index, block: block))
      }
    }
  }

  mutating func writeGeneralPages(
    _ columns: ContiguousArray<PropertyColumn?>,
    to tables: WritableKeyPath<SnapshotDirectory, [[SnapshotPage]]>
  ) {
    for (key, column) in columns.enumerated() {
      guard let column else { continue }
      for index in 0..<column.pages.pageCount {
        let page = column.pages.address(index)
        guard PropertyPage.kind(at: page) == .general else { continue }
        directory[keyPath: tables][key].append(
          SnapshotPage(index: index, block: writeGeneralPage(page)))
      }
      directory[keyPath: tables][key].sort { $0.index < $1.index }
    }
  }

  private mutating func writeGeneralPage(_ page: UnsafeRawPointer) -> SnapshotBlock {
    let validity = PropertyPage.validity(at: page)
    let cells = PropertyPage.values(at: page).assumingMemoryBound(to: Cell.self)
    let rows = (0..<Page.rows).filter { Bitmap.contains(validity, $0) }
    let pageBytes = PropertyPage.bytes(.general)
    let payloadBytes = rows.reduce(0) { $0 + SnapshotCell.payloadBytes(cells[$1]) }
    let strings = strings
    var zones = directory.timeZones
    let block = output.block(bytes: pageBytes + payloadBytes) { memory in
      PropertyPage.copy(page, to: memory)
      var encoder = SnapshotCell.Encoder(
        block: memory, next: pageBytes, strings: strings, zones: zones)
      for row in rows {
        encoder.write(
          cells[row], at: PropertyPage.headBytes + row * MemoryLayout<Cell>.stride)
      }
      zones = encoder.zones
    }
    directory.timeZones = zones
    return block
  }
}
