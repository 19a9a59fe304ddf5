import Dossier
import DossierSyntax

/// Reads graphs from tables: one or several files per label and per relationship type.
///
/// Headers are neo4j-admin's or Gremlin's (`CSVHeader`); a header may stand in a file of its own whose
/// name ends in `-header` before the dot and otherwise begins like its tables. Delimiters are `,`,
/// tab, `|` or `;`, told from the header; array elements and labels are separated by `;`. Without a
/// `:LABEL` column nodes have the label that the file is named after; without a `:TYPE` column
/// relationships have the type that the file is named after, without the names of the id spaces
/// around it: `Person_knows_Person.csv` holds relationships of type `knows`.
///
/// An empty field is no property, a quoted empty field is an empty string. An `:ID` column without an
/// `id-type` holds integers if all its values are integers in their usual spelling, else strings; the
/// files of one header are one column. The values of several `:ID` columns, joined, are one
/// identifier; each column with a name is a property.
///
/// Tables are cut into stretches that threads read into typed columns (`CSVPieceReader`); the caller's
/// thread takes the pieces in, in the order of the files, so that ids and errors do not depend on the
/// threads. All nodes come before all relationships.
struct CSVGraphReader {
  /// How a reader shares out its work.
  struct Division {
    /// About how many bytes a thread reads at a time.
    var stretchBytes = 1 << 20
    var threads = WorkerThreads.available
  }

  /// Identifiers whose type as a property is open until all of them are known.
  struct OpenColumn {
    var table: Int
    var column: Int
    var first: NodeID
    var rows: Int
    var identifiers: IdentifierColumn
  }

  /// Where the records of a piece begin, for nodes or relationships from `first` on.
  struct Places {
    var first: UInt32
    var table: Int
    var start: Int
    var offsets: [UInt32]
  }

  private let division: Division
  private let pool = BytePool()
  private var spaceNames = NameTable()
  private(set) var spaces: [IdentifierTable] = []
  private(set) var tables: [CSVTable] = []
  /// By table: the first table of the same header.
  private var groups: [Int] = []
  /// By table: where the next record begins.
  private var positions: [Int] = []
  var openColumns: [OpenColumn] = []
  var places: [Places] = []
  /// Pools of pieces in which identifiers lie.
  var pools: [BytePool] = []
  var names = CSVNames()
  var lines = LineCounter()

  private init(_ division: Division) {
    self.division = division
    _ = spaceNames.intern(pool.add([]))
  }

  /// Adds the nodes and relationships of all files to the graph that `builder` builds; bad records are
  /// handed to `bad`.
  ///
  /// Errors: `invalidData`, `wrongColumnCount`, `numberOutOfRange`, `duplicateIdentifier`,
  /// `undefinedReference`, `noSingleRelationshipType`, `memoryLimit`; the first one in the order of
  /// the files, nodes first.
  static func read(
    _ files: [FileBytes], into builder: inout GraphBuilder, _ bad: inout BadRecords,
    division: Division = Division()
  ) throws(QueryError) {
    var reader = CSVGraphReader(division)
    try reader.openTables(files, builder)
    try reader.readAll(into: &builder, &bad, relationships: false)
    try reader.closeColumns(&builder)
    try reader.checkPeriods(ofRelationships: false, in: &builder, &bad)
    reader.places = []
    try reader.readAll(into: &builder, &bad, relationships: true)
    try reader.checkPeriods(ofRelationships: true, in: &builder, &bad)
  }

  // MARK: Tables

  private mutating func openTables(
    _ files: [FileBytes], _ builder: GraphBuilder
  ) throws(QueryError) {
    let names = files.map { Self.baseName($0.path) }
    let headers = names.indices.filter { Self.headerStem(names[$0]) != nil }
    var groupOfHeader: [Int: Int] = [:]
    for (index, file) in files.enumerated() where !headers.contains(index) {
      let headerIndex = headers.first { header in
        guard let stem = Self.headerStem(names[header]) else { return false }
        return names[index].utf8.starts(with: stem.utf8)
      }
      var name = names[index]
      if let headerIndex { name = Self.headerStem(names[headerIndex]) ?? name }
      let table = try table(file, header: headerIndex.map { files[$0] }, name: name, builder)
      guard let table else { continue }
      let group = headerIndex.flatMap { groupOfHeader[$0] } ?? tables.count
      if let headerIndex { groupOfHeader[headerIndex] = group }
      groups.append(group)
      tables.append(table)
      positions.append(table.first)
    }
    spaces = spaceNames.names.map { IdentifierTable($0) }
  }

  /// A table; nil for an empty file.
  private mutating func table(
    _ file: FileBytes, header headerFile: FileBytes?, name: String, _ builder: GraphBuilder
  ) throws(QueryError) -> CSVTable? {
    let delimiter = CSVScanner.delimiter(of: headerFile ?? file)
    var scanner = CSVScanner(file, delimiter: delimiter, pool: pool)
    scanner.skipEmptyLines()
    if scanner.isAtEnd { return nil }
    var fields: [CSVScanner.Field] = []
    if let headerFile {
      var headerScanner = CSVScanner(headerFile, delimiter: delimiter, pool: pool)
      try headerScanner.readRecord(into: &fields)
    } else {
      try scanner.readRecord(into: &fields)
    }
    let header = try CSVHeader(fields, headerFile ?? file, spaces: &spaceNames)
    scanner.skipEmptyLines()
    return CSVTable(
      file, header, name: name, delimiter: delimiter, first: scanner.at, end: scanner.end,
      keys: header.columns.map { column in column.key.map { builder.key($0.buffer) } },
      validTimeKeys: builder.validTimeKeys)
  }

  /// The name of a file without its folder and without what follows the first dot.
  private static func baseName(_ path: String) -> String {
    let file = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[path.index(after: $0)...] }
    let name = file ?? path[...]
    return String(name.utf8.firstIndex(of: UInt8(ascii: ".")).map { name[..<$0] } ?? name)
  }

  /// What a header file's name begins with; nil for other files.
  private static func headerStem(_ name: String) -> String? {
    for suffix in ["-header", "_header"] where name.utf8.count > suffix.utf8.count {
      if name.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) {
        return String(decoding: name.utf8.dropLast(suffix.utf8.count), as: UTF8.self)
      }
    }
    return nil
  }

  // MARK: Pieces

  private mutating func readAll(
    into builder: inout GraphBuilder, _ bad: inout BadRecords, relationships: Bool
  ) throws(QueryError) {
    let stretches = CSVStretches(
      tables, where: { $0.header.isRelationshipTable == relationships },
      bytes: division.stretchBytes, threads: division.threads)
    let (tables, spaces, keepsGoing) = (tables, spaces, bad.keepsGoing)
    try OrderedWork.run(
      stretches.stretches.count, threads: division.threads,
      make: { number in
        let stretch = stretches.stretches[number]
        return CSVPieceReader.read(
          tables[stretch.table], from: stretches.firstRecord(of: stretch), to: stretch.stop,
          spaces: spaces, keepsGoing: keepsGoing)
      },
      take: { (number, piece) throws(QueryError) in
        try take(piece, of: stretches.stretches[number], &builder, &bad)
      })
  }

  /// Takes in the piece of a stretch, or what should have been the piece if its start was guessed
  /// wrongly.
  private mutating func take(
    _ piece: CSVPiece, of stretch: CSVStretches.Stretch, _ builder: inout GraphBuilder,
    _ bad: inout BadRecords
  ) throws(QueryError) {
    let table = tables[stretch.table]
    let position = positions[stretch.table]
    guard position < stretch.stop else { return }
    var piece = piece
    if piece.start != position {
      piece = CSVPieceReader.read(
        table, from: position, to: stretch.stop, spaces: spaces, keepsGoing: bad.keepsGoing)
    }
    positions[stretch.table] = piece.end
    table.file.note(offset: piece.end)
    table.file.progress?.add(elements: piece.rows)
    if table.header.isRelationshipTable {
      try note(piece.errors, in: table, &bad)
      let first = try addRelationships(piece, to: &builder)
      if let first, table.hasBounds {
        places.append(
          Places(
            first: first.rawValue, table: stretch.table, start: piece.start, offsets: piece.offsets)
        )
      }
    } else {
      try takeNodes(piece, stretch, &builder, &bad)
    }
    if piece.isBroken, let last = piece.errors.last {
      throw lines.located(last.error, in: table.file)
    }
  }

  private mutating func takeNodes(
    _ piece: CSVPiece, _ stretch: CSVStretches.Stretch, _ builder: inout GraphBuilder,
    _ bad: inout BadRecords
  ) throws(QueryError) {
    let table = tables[stretch.table]
    let first = try builder.addNodes(0, labels: [])
    let repeated = enter(piece, first: first.rawValue)
    var errors = piece.errors
    for each in repeated {
      let offset = piece.start + Int(piece.offsets[each.row])
      errors.append((offset, duplicate(at: offset, of: each.node, in: stretch.table, piece)))
    }
    if !repeated.isEmpty { errors.sort { $0.offset < $1.offset } }
    try note(errors, in: table, &bad)
    var kept = piece
    if !repeated.isEmpty {
      kept = CSVPieceReader.read(
        table, from: piece.start, to: stretch.stop, spaces: spaces, keepsGoing: bad.keepsGoing,
        skipping: repeated.map { piece.start + Int(piece.offsets[$0.row]) })
      pools.append(kept.pool)
    }
    places.append(
      Places(
        first: first.rawValue, table: stretch.table, start: piece.start, offsets: kept.offsets))
    try addNodes(kept, stretch.table, to: &builder)
  }

  private mutating func note(
    _ errors: [(offset: Int, error: QueryError)], in table: CSVTable, _ bad: inout BadRecords
  ) throws(QueryError) {
    for each in errors {
      if bad.count >= BadRecords.limit {
        try bad.note(each.error)
      } else {
        try bad.note(lines.located(each.error, in: table.file))
      }
    }
  }

  // MARK: Identifiers

  /// Enters the identifiers of a piece whose first node is `first`. Returns the rows whose identifier
  /// another node has, which are no nodes: later rows move up.
  private mutating func enter(
    _ piece: CSVPiece, first: UInt32
  ) -> [(row: Int, node: UInt32)] {
    let space = spaces[Int(piece.table.space)]
    let store = piece.identity.pointee
    let values = store.integers()
    let texts = piece.texts[piece.storeCount - 1]
    if piece.texts.contains(where: { !$0.isEmpty }) { pools.append(piece.pool) }
    var (low, high) = (Int64.max, Int64.min)
    for row in 0..<piece.rows where store.isValid(row) && !store.isTextual(row) {
      low = min(low, values[row])
      high = max(high, values[row])
    }
    if low <= high { space.prepare(low...high, count: piece.rows) }
    var repeated: [(row: Int, node: UInt32)] = []
    var node = first
    for row in 0..<piece.rows {
      var other = IdentifierTable.none
      if store.isValid(row) {
        other =
          store.isTextual(row)
          ? space.enter(texts[Int(values[row])], node) : space.enter(values[row], node)
      }
      if other == IdentifierTable.none {
        node &+= 1
      } else {
        repeated.append((row, other))
      }
    }
    return repeated
  }

  /// The error of a record whose identifier names a node already.
  private func duplicate(
    at offset: Int, of node: UInt32, in table: Int, _ piece: CSVPiece
  ) -> QueryError {
    let record = record(of: node)
    let (file, first) = (record?.table.file ?? tables[table].file, record?.offset ?? offset)
    let position = file.position(of: first)
    var words = "line \(position.line), column \(position.column)"
    if file !== tables[table].file { words += " of `\(file.path)`" }
    var scanner = CSVScanner(
      tables[table].file, delimiter: tables[table].delimiter, pool: BytePool())
    scanner.at = offset
    var fields: [CSVScanner.Field] = []
    try? scanner.readRecord(into: &fields)
    let column = tables[table].identifiers.first ?? 0
    return tables[table].error(
      .duplicateIdentifier, "this identifier already names a node",
      at: column < fields.count ? fields[column].offset : offset,
      help: "it was given at \(words)")
  }

  /// The table and the offset of the record that a node, or when these are read a relationship, comes
  /// from.
  func record(of node: UInt32) -> (table: CSVTable, offset: Int)? {
    guard let index = places.lastIndex(where: { $0.first <= node }) else { return nil }
    let place = places[index]
    let row = Int(node - place.first)
    guard row < place.offsets.count else { return nil }
    return (tables[place.table], place.start + Int(place.offsets[row]))
  }

  /// Adds the identifiers whose types were open as properties.
  private mutating func closeColumns(_ builder: inout GraphBuilder) throws(QueryError) {
    var textual: Set<[Int]> = []
    for open in openColumns where open.identifiers.hasTexts {
      textual.insert([groups[open.table], open.column])
    }
    for open in openColumns {
      guard let key = tables[open.table].keys[open.column] else { continue }
      try open.identifiers.add(
        to: &builder, from: open.first, rows: open.rows, key,
        asStrings: textual.contains([groups[open.table], open.column]))
    }
    openColumns = []
  }
}
