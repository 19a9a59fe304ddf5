import Dossier
import DossierSyntax

/// Valid time of the elements of tables.
extension CSVGraphReader {
  /// Bad records: elements that end before they begin; only their end is left out.
  mutating func checkPeriods(
    ofRelationships: Bool, in builder: inout GraphBuilder, _ bad: inout BadRecords
  ) throws(QueryError) {
    guard tables.contains(where: \.hasBounds) else { return }
    let reversed = builder.elementsEndingBeforeStart
    let end = builder.validTimeKeys.to
    let key = Array(end.utf8).withUnsafeBufferPointer { builder.key($0) }
    if !ofRelationships {
      for id in reversed.nodes {
        try bad.note(endBeforeStart("node", id.rawValue, builder.validTimeKeys))
        try builder.setProperty(id, key, .value(.null))
      }
      return
    }
    for id in reversed.relationships {
      try bad.note(endBeforeStart("relationship", id.rawValue, builder.validTimeKeys))
      try builder.setProperty(id, key, .value(.null))
    }
  }

  private mutating func endBeforeStart(
    _ kind: String, _ id: UInt32, _ keys: (from: String, to: String)
  ) -> QueryError {
    let message = "this \(kind) ends before it begins: `\(keys.to)` is before `\(keys.from)`"
    guard let (table, offset) = record(of: id) else {
      return QueryError(.endBeforeStart, message)
    }
    var scanner = CSVScanner(table.file, delimiter: table.delimiter, pool: BytePool())
    scanner.at = offset
    var fields: [CSVScanner.Field] = []
    try? scanner.readRecord(into: &fields)
    let column = table.header.column(of: keys.to) ?? 0
    let error = table.error(
      .endBeforeStart, message, at: column < fields.count ? fields[column].offset : offset)
    return lines.located(error, in: table.file)
  }
}

extension CSVHeader {
  /// The column of a property.
  func column(of key: String) -> Int? {
    columns.firstIndex { $0.key?.buffer.elementsEqual(key.utf8) ?? false }
  }
}
