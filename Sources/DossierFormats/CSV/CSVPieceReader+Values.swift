import Dossier
import DossierSyntax

/// Fields in any form.
extension CSVPieceReader {
  /// Reads a field of any form; returns the offset of what ends it.
  @inline(never)
  mutating func readGeneralField(
    _ column: Int, at start: Int, row: Int
  ) throws(QueryError) -> Int {
    scanner.at = start
    let field = try scanner.readField()
    switch stores[column].kind {
    case .ignored: break
    case .identifier: setIdentifier(field.text, piece.storeCount - 1, row)
    case .typedIdentifier:
      setIdentifier(field.text, piece.storeCount - 1, row)
      try setValue(field, column, row)
    case .start: try setEnd(field.text, table.startSpace, column, row, at: field.offset)
    case .end: try setEnd(field.text, table.endSpace, column, row, at: field.offset)
    case .part: try setPart(field, column, row)
    case .name:
      if field.text.count == 0 && !table.types.isEmpty {
        throw table.error(
          .noSingleRelationshipType, "a relationship needs a type", at: field.offset)
      }
      setName(field.text, column)
    default: try setValue(field, column, row)
    }
    return scanner.at
  }

  // MARK: Identifiers

  /// Notes an identifier; an empty one is none.
  private func setIdentifier(_ text: ByteString, _ store: Int, _ row: Int) {
    stores[store].integers()[row] = 0
    if text.count == 0 { return }
    if let number = NumberText.canonicalInteger(text.buffer) {
      stores[store].integers()[row] = number
    } else {
      stores[store].integers()[row] = Int64(piece.texts[store].count)
      stores[store].textual[row >> 6] |= 1 << UInt64(row & 63)
      piece.texts[store].append(text)
    }
    stores[store].markValid(row)
  }

  private func setEnd(
    _ text: ByteString, _ space: UInt32, _ column: Int, _ row: Int, at offset: Int
  ) throws(QueryError) {
    let node = spaces[Int(space)].node(text)
    guard node != IdentifierTable.none else {
      let name = spaces[Int(space)].name
      let words = name.count == 0 ? "" : " in the id space `\(name.string)`"
      throw table.error(
        .undefinedReference, "no node has this identifier\(words)", at: offset,
        help: "load the tables of the nodes together with this one")
    }
    stores[column].integers()[row] = Int64(node)
    stores[column].textual[row >> 6] |= 1 << UInt64(row & 63)
    stores[column].markValid(row)
  }

  /// Notes one of several columns that together are an identifier; the last one completes it.
  private mutating func setPart(
    _ field: CSVScanner.Field, _ column: Int, _ row: Int
  ) throws(QueryError) {
    fields[column] = field.text
    if table.identifiers.contains(column) {
      if stores[column].valueKind == .identifier {
        setIdentifier(field.text, column, row)
      } else {
        try setValue(field, column, row)
      }
      if column == table.identifiers.last {
        setIdentifier(joined(table.identifiers), piece.storeCount - 1, row)
      }
    } else if column == table.starts.last, let first = table.starts.first {
      try setEnd(joined(table.starts), table.startSpace, first, row, at: field.offset)
    } else if column == table.ends.last, let first = table.ends.first {
      try setEnd(joined(table.ends), table.endSpace, first, row, at: field.offset)
    }
  }

  private func joined(_ columns: [Int]) -> ByteString {
    piece.pool.add(columns.flatMap { Array(fields[$0].buffer) })
  }

  // MARK: Values

  private mutating func setValue(
    _ field: CSVScanner.Field, _ index: Int, _ row: Int
  ) throws(QueryError) {
    let column = table.header.columns[index]
    let kind = stores[index].valueKind
    let isMissing = field.text.count == 0 && !(field.isQuoted && column.type == .string)
    switch kind {
    case .string:
      stores[index].numbers()[row] =
        isMissing
        ? 0
        : stores[index].strings?._withUnsafeGuaranteedRef {
          $0.add(field.text.start, count: Int(field.text.count))
        } ?? 0
    case .integer: stores[index].integers()[row] = isMissing ? 0 : try integer(field, column)
    case .float:
      stores[index].values.assumingMemoryBound(to: Double.self)[row] =
        isMissing ? 0 : try float(field, column)
    case .boolean:
      stores[index].values.assumingMemoryBound(to: UInt8.self)[row] =
        isMissing ? 0 : try boolean(field, column)
    case .date: stores[index].integers()[row] = isMissing ? 0 : try date(field, column)
    case .value:
      piece.objects[index].append(isMissing ? .null : try value(field, column))
      return
    default: return
    }
    if !isMissing { stores[index].markValid(row) }
  }

  private func integer(
    _ field: CSVScanner.Field, _ column: CSVHeader.Column
  ) throws(QueryError) -> Int64 {
    switch NumberText.parse(field.text.trimmed.buffer) {
    case .integer(let value): return value
    case .outOfRange: throw outOfRange(column, field)
    default: throw mismatch(column, "an integer", field)
    }
  }

  private func float(
    _ field: CSVScanner.Field, _ column: CSVHeader.Column
  ) throws(QueryError) -> Double {
    let text = field.text.trimmed
    switch NumberText.parse(text.buffer) {
    case .integer(let value): return Double(value)
    case .float(let value): return value
    case .outOfRange: throw outOfRange(column, field)
    case .malformed:
      if text.equals("NaN") { return .nan }
      if text.equals("Infinity") { return .infinity }
      if text.equals("-Infinity") { return -.infinity }
      throw mismatch(column, "a number", field)
    }
  }

  private func boolean(
    _ field: CSVScanner.Field, _ column: CSVHeader.Column
  ) throws(QueryError) -> UInt8 {
    switch String(decoding: field.text.trimmed.buffer.map { $0 | 0x20 }, as: UTF8.self) {
    case "true": return 1
    case "false": return 0
    default: throw mismatch(column, "`true` or `false`", field)
    }
  }

  private func date(
    _ field: CSVScanner.Field, _ column: CSVHeader.Column
  ) throws(QueryError) -> Int64 {
    guard case .date(let value)? = TemporalText.date.value(field.text.trimmed.string) else {
      throw mismatch(column, TemporalText.date, field)
    }
    return value.daysSinceEpoch
  }

  /// A list, or a temporal value other than a date.
  private func value(
    _ field: CSVScanner.Field, _ column: CSVHeader.Column
  ) throws(QueryError) -> Value {
    guard column.isArray else { return try element(field, column) }
    var elements: [Value] = []
    if field.text.count == 0 { return .list(elements) }
    for piece in field.text.pieces(separatedBy: UInt8(ascii: ";")) {
      var part = field
      part.text = piece
      elements.append(try element(part, column))
    }
    return .list(elements)
  }

  private func element(
    _ field: CSVScanner.Field, _ column: CSVHeader.Column
  ) throws(QueryError) -> Value {
    switch column.type {
    case .string: return .string(field.text.string)
    case .integer: return .integer(try integer(field, column))
    case .float: return .float(try float(field, column))
    case .boolean: return .boolean(try boolean(field, column) == 1)
    case .temporal(let type):
      guard let value = type.value(field.text.trimmed.string) else {
        throw mismatch(column, type, field)
      }
      return value
    }
  }

  private func mismatch(
    _ column: CSVHeader.Column, _ type: TemporalText, _ field: CSVScanner.Field
  ) -> QueryError {
    mismatch(column, "a \(type.name) like \(type.example)", field)
  }

  private func mismatch(
    _ column: CSVHeader.Column, _ expectation: String, _ field: CSVScanner.Field
  ) -> QueryError {
    table.error(
      .invalidData, "column `\(column.key?.string ?? "")`: expected \(expectation)",
      at: field.offset)
  }

  private func outOfRange(_ column: CSVHeader.Column, _ field: CSVScanner.Field) -> QueryError {
    table.error(
      .numberOutOfRange, "column `\(column.key?.string ?? "")`: this number does not fit 64 bits",
      at: field.offset)
  }
}
