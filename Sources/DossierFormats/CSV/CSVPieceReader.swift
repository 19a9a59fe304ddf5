import Dossier
import DossierSyntax

/// Reads the records of a stretch of a table into columns.
///
/// Fields in the common form are read in one pass; whatever is not, quoted fields, blanks around
/// numbers, errors, is left to `CSVScanner`.
struct CSVPieceReader {
  let piece: CSVPiece
  let table: CSVTable
  let spaces: [IdentifierTable]
  let bytes: UnsafePointer<UInt8>
  /// The end of the table.
  let end: Int
  let delimiter: UInt8
  private let delimiters: UInt64
  let stores: UnsafeMutablePointer<CSVColumnStore>
  var scanner: CSVScanner
  /// By column: the last field, for names and for parts of identifiers.
  var fields: [ByteString]
  /// Whether a name differs from the one of the row before.
  private var hasNewName = true
  private let isRelationshipTable: Bool
  /// Whether nodes are looked up when all records have been read, which is quicker, as look-ups then
  /// need not wait for each other. If a record is bad, all are read again without it.
  private let resolvesLate: Bool

  private static let quote = UInt8(ascii: "\"")

  private init(_ piece: CSVPiece, _ spaces: [IdentifierTable], resolvesLate: Bool) {
    self.resolvesLate = resolvesLate
    self.piece = piece
    self.spaces = spaces
    table = piece.table
    bytes = table.file.start
    end = table.end
    delimiter = table.delimiter
    delimiters = UInt64(table.delimiter) &* 0x0101_0101_0101_0101
    stores = piece.stores
    scanner = CSVScanner(
      table.file, delimiter: table.delimiter, pool: piece.pool, locatesErrors: false)
    fields = Array(
      repeating: ByteString(start: table.file.start, count: 0), count: table.kinds.count)
    isRelationshipTable = table.header.isRelationshipTable
  }

  /// The records that begin in a stretch, which itself begins where a record does; the last one may
  /// end behind it. Records at the offsets `skipping`, ascending, are left out.
  ///
  /// Bad records are left out and noted; without `keepsGoing` the first one ends the piece.
  static func read(
    _ table: CSVTable, from start: Int, to stop: Int, spaces: [IdentifierTable], keepsGoing: Bool,
    skipping: [Int] = []
  ) -> CSVPiece {
    let capacity = estimate(table, from: start, to: min(stop, table.end))
    for resolvesLate in [true, false] {
      let piece = CSVPiece(table, start: start, capacity: capacity)
      var reader = CSVPieceReader(piece, spaces, resolvesLate: resolvesLate)
      reader.readRecords(to: stop, keepsGoing: keepsGoing, skipping: skipping)
      if reader.resolveEnds() { return piece }
    }
    return CSVPiece(table, start: start, capacity: 0)
  }

  /// Replaces the numbers of starts and ends by nodes. False when a number has none, and when a record
  /// was bad for another reason: its first reason may be such a number.
  private func resolveEnds() -> Bool {
    guard isRelationshipTable else { return true }
    if resolvesLate && !piece.errors.isEmpty { return false }
    return resolve(table.starts, table.startSpace) && resolve(table.ends, table.endSpace)
  }

  private func resolve(_ columns: [Int], _ space: UInt32) -> Bool {
    guard let column = columns.first else { return true }
    let store = stores[column]
    let table = spaces[Int(space)]
    if store.validCount == 0 { return table.resolve(in: store.values, count: piece.rows) }
    for row in 0..<piece.rows {
      let number = store.values.load(fromByteOffset: row &* 8, as: Int64.self)
      let node = store.isTextual(row) ? UInt32(truncatingIfNeeded: number) : table.node(number)
      if node == IdentifierTable.none { return false }
      store.values.storeBytes(of: node, toByteOffset: row &* 4, as: UInt32.self)
    }
    return true
  }

  /// How many records a stretch may hold, from the length of its first one.
  private static func estimate(_ table: CSVTable, from start: Int, to stop: Int) -> Int {
    var index = start
    while index < stop && index < start + 200 && table.file.start[index] != 0x0A { index += 1 }
    return max(0, stop - start) / max(4, index - start) + 64
  }

  private mutating func readRecords(to stop: Int, keepsGoing: Bool, skipping: [Int]) {
    var at = skipLineEnds(piece.start)
    var skipped = 0
    var rows = 0
    while at < stop && at < end {
      if rows == piece.capacity { piece.grow() }
      let start = at
      do throws(QueryError) {
        at = try readRecord(at: start, row: rows)
        if skipped < skipping.count && skipping[skipped] == start {
          skipped += 1
          piece.dropRow()
        } else {
          if hasNewName { try beginRun(rows) }
          if !isRelationshipTable || table.hasBounds {
            piece.offsets.append(UInt32(truncatingIfNeeded: start - piece.start))
          }
          rows += 1
          piece.rows = rows
        }
      } catch {
        hasNewName = true
        piece.dropRow()
        at = note(error, of: start)
        if !keepsGoing || piece.isBroken { break }
      }
      at = skipLineEnds(at)
    }
    piece.end = at
  }

  @inline(__always)
  private func skipLineEnds(_ start: Int) -> Int {
    var at = start
    while at < end && (bytes[at] == 0x0A || bytes[at] == 0x0D) { at &+= 1 }
    return at
  }

  /// Notes what is wrong with a record; returns where the next line begins. A record that can't be
  /// taken apart, or has too many or too few fields, is bad for that reason, whatever its values.
  private mutating func note(_ error: QueryError, of start: Int) -> Int {
    var reason = error
    var record: [CSVScanner.Field] = []
    scanner.at = start
    do throws(QueryError) {
      try scanner.readRecord(into: &record)
      let count = table.kinds.count
      if record.count != count {
        reason = table.error(
          .wrongColumnCount, "this record has \(record.count) fields, the header has \(count)",
          at: record[min(record.count, count + 1) - 1].offset)
      }
    } catch {
      reason = error
      piece.isBroken = scanner.at >= end
      scanner.skipLine()
    }
    piece.errors.append((start, reason))
    return scanner.at
  }

  // MARK: One record

  /// Reads a record into a row; returns the offset behind its last field.
  @inline(__always)
  private mutating func readRecord(at start: Int, row: Int) throws(QueryError) -> Int {
    var at = start
    let last = piece.storeCount &- 2
    var column = 0
    while true {
      at = try readField(column, at: at, row: row)
      if column == last { break }
      guard at < end && bytes[at] == delimiter else { throw Self.wrongCount }
      at &+= 1
      column &+= 1
    }
    guard at >= end || bytes[at] == 0x0A || bytes[at] == 0x0D else { throw Self.wrongCount }
    return at
  }

  /// Stands for the error that `note` finds.
  private static let wrongCount = QueryError(.wrongColumnCount, "a record of another length")

  /// Reads a field; returns the offset of what ends it.
  @inline(__always)
  private mutating func readField(
    _ column: Int, at start: Int, row: Int
  ) throws(QueryError) -> Int {
    let store = stores + column
    switch store.pointee.kind {
    case .integer:
      if let (value, next, _) = integer(at: start) {
        store.pointee.integers()[row] = value
        store.pointee.markValid(row)
        return next
      }
    case .identifier:
      if let (value, next, isCanonical) = integer(at: start), isCanonical {
        piece.identity.pointee.integers()[row] = value
        piece.identity.pointee.markValid(row)
        return next
      }
    case .start, .end:
      if resolvesLate, let (value, next, isCanonical) = integer(at: start), isCanonical {
        store.pointee.integers()[row] = value
        return next
      }
    case .date:
      if let days = DateDigits.days(at: bytes + start), isEndOfField(start &+ 10) {
        store.pointee.integers()[row] = days
        store.pointee.markValid(row)
        return start &+ 10
      }
    case .string:
      if bytes[start] != Self.quote {
        let next = endOfField(start)
        if next > start, let batch = store.pointee.strings {
          store.pointee.numbers()[row] = batch._withUnsafeGuaranteedRef {
            $0.add(bytes + start, count: next &- start)
          }
          store.pointee.markValid(row)
        } else {
          store.pointee.numbers()[row] = 0
        }
        return next
      }
    case .name:
      if bytes[start] != Self.quote {
        let next = endOfField(start)
        if next > start || !isRelationshipTable {
          setName(ByteString(start: bytes + start, count: next &- start), column)
          return next
        }
      }
    case .float:
      if let (value, next) = decimal(at: start) {
        store.pointee.values.assumingMemoryBound(to: Double.self)[row] = value
        store.pointee.markValid(row)
        return next
      }
    case .ignored where bytes[start] != Self.quote: return endOfField(start)
    default: break
    }
    return try readGeneralField(column, at: start, row: row)
  }

  @inline(__always)
  mutating func setName(_ name: ByteString, _ column: Int) {
    if fields[column].hasSameBytes(as: name) { return }
    fields[column] = name
    hasNewName = true
  }

  /// Notes that labels or type change with a row.
  private mutating func beginRun(_ row: Int) throws(QueryError) {
    let columns = isRelationshipTable ? table.types : table.labels
    let names = columns.map { fields[$0] }
    if !isRelationshipTable && CSVNames.areTooMany(names) {
      let offset = names[0].start - bytes
      throw table.error(
        .numberOutOfRange, "a node can't have more than \(LabelSets.limit) labels",
        at: offset >= 0 && offset < end ? offset : piece.end)
    }
    hasNewName = false
    piece.runs.append(CSVPiece.NameRun(first: row, names: names))
  }

  // MARK: Scanning

  @inline(__always)
  private func isEndOfField(_ at: Int) -> Bool {
    let byte = bytes[at]
    return byte == delimiter || byte == 0x0A || byte == 0x0D || at >= end
  }

  /// The offset of the delimiter or line end behind a field without quotes.
  @inline(__always)
  private func endOfField(_ start: Int) -> Int {
    let raw = UnsafeRawPointer(bytes)
    var at = start
    while at < end {
      let word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      let hits =
        Self.zeros(word ^ delimiters) | Self.zeros(word ^ 0x0A0A_0A0A_0A0A_0A0A)
        | Self.zeros(word ^ 0x0D0D_0D0D_0D0D_0D0D)
      if hits != 0 { return min(at &+ hits.trailingZeroBitCount >> 3, end) }
      at &+= 8
    }
    return end
  }

  /// The highest bit of the first byte that is zero, perhaps of later ones too.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  /// An integer of up to 18 digits that fills a field, the offset behind it, and whether it is
  /// spelled as usual.
  @inline(__always)
  private func integer(at start: Int) -> (value: Int64, next: Int, isCanonical: Bool)? {
    var at = start
    let isNegative = bytes[at] == UInt8(ascii: "-")
    if isNegative { at &+= 1 }
    let first = at
    var value: Int64 = 0
    while true {
      let digit = bytes[at] &- UInt8(ascii: "0")
      if digit > 9 { break }
      value = value &* 10 &+ Int64(digit)
      at &+= 1
    }
    let digits = at &- first
    guard digits > 0, digits <= 18, at <= end, isEndOfField(at) else { return nil }
    let isCanonical = bytes[first] != UInt8(ascii: "0") || (digits == 1 && !isNegative)
    return (isNegative ? -value : value, at, isCanonical)
  }

  /// A decimal number of up to 15 digits that fills a field, and the offset behind it.
  @inline(__always)
  private func decimal(at start: Int) -> (value: Double, next: Int)? {
    var at = start
    let isNegative = bytes[at] == UInt8(ascii: "-")
    if isNegative { at &+= 1 }
    let first = at
    var mantissa: Int64 = 0
    var point = -1
    while true {
      let byte = bytes[at]
      if byte == UInt8(ascii: "."), point < 0, at > first {
        point = at
        at &+= 1
        continue
      }
      let digit = byte &- UInt8(ascii: "0")
      if digit > 9 { break }
      mantissa = mantissa &* 10 &+ Int64(digit)
      at &+= 1
    }
    let digits = at &- first &- (point < 0 ? 0 : 1)
    guard digits > 0, digits <= 15, point != at &- 1, at <= end, isEndOfField(at) else {
      return nil
    }
    var value = Double(mantissa)
    guard point >= 0 else { return (Double(isNegative ? -mantissa : mantissa), at) }
    value /= Self.powers[at &- point &- 1]
    return (isNegative ? -value : value, at)
  }

  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]
}
