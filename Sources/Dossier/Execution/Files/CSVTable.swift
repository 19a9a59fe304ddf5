import DossierSyntax

/// A table file whose records become values: lists of strings, or maps with the names of a header.
final class CSVTable {
  private let reader: CSVReader
  private let arena: Arena
  /// String cells of the header's names; nil for tables without a header.
  private let header: [Cell]?
  /// The real path of the file.
  let path: Cell

  /// Opens a file. Errors: those of the reader; `invalidData` for a header that names two columns
  /// alike.
  init(_ name: String, _ load: BoundLoadCSV, _ state: ExecutionState) throws(QueryError) {
    arena = state.arena
    let (file, bytes) = try state.files.open(name)
    path = try arena.string(file.realPath)
    reader = try CSVReader(
      bytes, name: name, terminator: load.terminator, arena: arena, control: state.control)
    header = load.hasHeaders ? try Self.header(reader, arena) : nil
  }

  /// The names in the first record; none in a file without records.
  private static func header(_ reader: CSVReader, _ arena: Arena) throws(QueryError) -> [Cell] {
    guard try reader.advance() else { return [] }
    var names: [Cell] = []
    var seen: Set<VariableName> = []
    for index in 0..<reader.fieldCount {
      let field = reader.fields[index]
      let target = try arena.allocate(bytes: field.count).assumingMemoryBound(to: UInt8.self)
      target.update(from: reader.bytes + field.start, count: field.count)
      let cell = Self.string(target, field)
      guard seen.insert(VariableName(cell.string)).inserted else {
        throw reader.error(
          .invalidData, "the header names two columns `\(cell.string)`",
          atField: index, help: "give each column a name of its own, or leave out `WITH HEADERS`")
      }
      names.append(cell)
    }
    return names
  }

  /// Steps to the next record; false at the end. Errors: those of the reader; `wrongColumnCount` for
  /// a record with more fields than the header.
  func advance() throws(QueryError) -> Bool {
    guard try reader.advance() else { return false }
    guard let header, reader.fieldCount > header.count else { return true }
    throw reader.error(
      .wrongColumnCount,
      "expected \(header.count) fields at most, as in the header, found \(reader.fieldCount)",
      atField: header.count, help: "a field that holds the field terminator needs quotes")
  }

  /// The line on which the record at hand begins, from 1.
  var line: Int { reader.line }

  /// The record at hand: a list, or with a header a map; fields that are missing or empty without
  /// quotes are null. Errors: `memoryLimit`.
  func row() throws(QueryError) -> Cell {
    let width = header.map { $0.count * 2 } ?? reader.fieldCount
    let length = reader.next - reader.start
    let cellBytes = width * MemoryLayout<Cell>.stride
    let memory = try arena.allocate(bytes: cellBytes + length)
    let cells = memory.assumingMemoryBound(to: Cell.self)
    let text = (memory + cellBytes).assumingMemoryBound(to: UInt8.self)
    text.update(from: reader.bytes + reader.start, count: length)
    guard let header else {
      for index in 0..<width { cells[index] = value(index, text) }
      return Cell(
        .list, raw: UInt64(UInt(bitPattern: cells)), aux: UInt32(truncatingIfNeeded: width),
        extra: 1)
    }
    header.withUnsafeBufferPointer { names in
      for index in names.indices {
        cells[2 &* index] = names[index]
        cells[2 &* index &+ 1] = index < reader.fieldCount ? value(index, text) : .null
      }
    }
    return Cell(
      .map, raw: UInt64(UInt(bitPattern: cells)), aux: UInt32(truncatingIfNeeded: header.count),
      extra: 1)
  }

  /// The value of a field; `text` holds a copy of the record.
  @inline(__always)
  private func value(_ index: Int, _ text: UnsafeMutablePointer<UInt8>) -> Cell {
    let field = reader.fields[index]
    if field.count == 0, !field.isQuoted { return .null }
    return Self.string(text + (field.start &- reader.start), field)
  }

  /// The string of a field whose bytes stand at `target`, doubled quotes made single in place.
  @inline(__always)
  private static func string(_ target: UnsafeMutablePointer<UInt8>, _ field: CSVReader.Field)
    -> Cell
  {
    let count = field.hasDoubledQuotes ? halveQuotes(target, field.count) : field.count
    return Cell(stringAt: target, count: UInt32(truncatingIfNeeded: count))
  }

  private static func halveQuotes(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
    var (from, to) = (0, 0)
    while from < count {
      bytes[to] = bytes[from]
      to += 1
      from += bytes[from] == UInt8(ascii: "\"") ? 2 : 1
    }
    return to
  }
}
