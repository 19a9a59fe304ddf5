import Dossier
import DossierSyntax

/// Pieces become nodes, relationships and properties.
extension CSVGraphReader {
  mutating func addNodes(
    _ piece: CSVPiece, _ number: Int, to builder: inout GraphBuilder
  ) throws(QueryError) {
    guard piece.rows > 0 else { return }
    let table = piece.table
    var first: NodeID?
    for (index, run) in piece.runs.enumerated() {
      let stop = index + 1 < piece.runs.count ? piece.runs[index + 1].first : piece.rows
      guard stop > run.first else { continue }
      let labels = names.labels(run.names, of: table, builder)
      let node = try builder.addNodes(stop - run.first, labels: labels)
      first = first ?? node
    }
    guard let first else { return }
    for column in table.keys.indices {
      guard let key = table.keys[column] else { continue }
      let kind = table.kinds[column]
      if kind == .identifier || piece.stores[column].valueKind == .identifier {
        let store = kind == .identifier ? piece.storeCount - 1 : column
        openColumns.append(
          OpenColumn(
            table: number, column: column, first: first, rows: piece.rows,
            identifiers: piece.release(store)))
      } else if piece.stores[column].valueKind == .value {
        try builder.setProperties(from: first, key, to: piece.objects[column])
      } else {
        try with(piece, column, &builder) { (builder, run, valid) throws(QueryError) in
          try builder.setProperties(from: first, key, to: run, valid: valid)
        }
      }
    }
  }

  mutating func addRelationships(
    _ piece: CSVPiece, to builder: inout GraphBuilder
  ) throws(QueryError) -> RelationshipID? {
    guard piece.rows > 0, let start = piece.table.starts.first, let end = piece.table.ends.first
    else { return nil }
    let table = piece.table
    let starts = UnsafePointer(piece.stores[start].numbers())
    let ends = UnsafePointer(piece.stores[end].numbers())
    let fallback = table.types.isEmpty ? typeName(of: table) : ""
    var first: RelationshipID?
    for (index, run) in piece.runs.enumerated() {
      let stop = index + 1 < piece.runs.count ? piece.runs[index + 1].first : piece.rows
      guard stop > run.first else { continue }
      let relationship = try builder.addRelationships(
        type: names.type(run.names, fallback, builder),
        starts: UnsafeBufferPointer(start: starts + run.first, count: stop - run.first),
        ends: UnsafeBufferPointer(start: ends + run.first, count: stop - run.first))
      first = first ?? relationship
    }
    guard let first else { return nil }
    for column in table.keys.indices where table.header.columns[column].role == .property {
      guard let key = table.keys[column] else { continue }
      if piece.stores[column].valueKind == .value {
        try builder.setProperties(from: first, key, to: piece.objects[column])
      } else {
        try with(piece, column, &builder) { (builder, run, valid) throws(QueryError) in
          try builder.setProperties(from: first, key, to: run, valid: valid)
        }
      }
    }
    return first
  }

  /// Calls `body` with the values of a column, unless there is none.
  private func with(
    _ piece: CSVPiece, _ column: Int, _ builder: inout GraphBuilder,
    _ set: (inout GraphBuilder, PropertyRun, UnsafeBufferPointer<UInt64>?) throws(QueryError) ->
      Void
  ) throws(QueryError) {
    let store = piece.stores[column]
    let rows = piece.rows
    guard store.validCount > 0 else { return }
    let valid =
      store.validCount == rows
      ? nil : UnsafeBufferPointer(start: UnsafePointer(store.valid), count: (rows + 63) >> 6)
    switch store.valueKind {
    case .string:
      guard let strings = store.strings else { return }
      let ids = strings._withUnsafeGuaranteedRef { builder.intern($0) }
      let numbers = store.numbers()
      for row in 0..<rows { numbers[row] = ids[Int(numbers[row])] }
      try set(
        &builder, .strings(UnsafeBufferPointer(start: UnsafePointer(numbers), count: rows)), valid)
    case .integer: try set(&builder, .integers(buffer(store, rows)), valid)
    case .date: try set(&builder, .dates(buffer(store, rows)), valid)
    case .float: try set(&builder, .floats(buffer(store, rows)), valid)
    case .boolean: try set(&builder, .booleans(buffer(store, rows)), valid)
    default: return
    }
  }

  private func buffer<Element>(
    _ store: CSVColumnStore, _ rows: Int
  ) -> UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(
      start: UnsafePointer(store.values.assumingMemoryBound(to: Element.self)), count: rows)
  }

  /// The type that a file is named after.
  private func typeName(of table: CSVTable) -> String {
    var name = Array(table.name.utf8)
    for column in table.header.columns {
      switch column.role {
      case .start(let space):
        let prefix = Array(spaces[Int(space)].name.buffer) + [UInt8(ascii: "_")]
        if prefix.count > 1 && name.count > prefix.count && name.starts(with: prefix) {
          name.removeFirst(prefix.count)
        }
      case .end(let space):
        let suffix = [UInt8(ascii: "_")] + Array(spaces[Int(space)].name.buffer)
        if suffix.count > 1 && name.count > suffix.count
          && name.suffix(suffix.count).elementsEqual(suffix)
        {
          name.removeLast(suffix.count)
        }
      default: break
      }
    }
    return String(decoding: name, as: UTF8.self)
  }
}
