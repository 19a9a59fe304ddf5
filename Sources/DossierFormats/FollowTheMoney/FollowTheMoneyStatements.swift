import DossierSyntax

/// A table of FollowTheMoney statements: each line is a claim about an entity, with its data set and
/// dates.
struct FollowTheMoneyStatements {
  /// The columns that are read; those that a table lacks are empty in every line.
  enum Column: Int, CaseIterable {
    case canonicalID, entityID, property, schema, value, dataset
    case origin, language, originalValue, external, firstSeen, lastSeen, id

    /// The name in the header.
    var name: StaticString {
      switch self {
      case .canonicalID: "canonical_id"
      case .entityID: "entity_id"
      case .property: "prop"
      case .schema: "schema"
      case .value: "value"
      case .dataset: "dataset"
      case .origin: "origin"
      case .language: "lang"
      case .originalValue: "original_value"
      case .external: "external"
      case .firstSeen: "first_seen"
      case .lastSeen: "last_seen"
      case .id: "id"
      }
    }

    /// True for the columns that a table must have.
    var isRequired: Bool {
      switch self {
      case .entityID, .property, .schema, .value, .dataset: true
      default: false
      }
    }
  }

  private(set) var count = 0
  /// The fields of all lines, one line after the other.
  private var fields: [ByteString] = []
  private var offsets: [Int] = []

  /// Reads a whole table. Errors: `invalidData` when a column is missing and those of the fields,
  /// `wrongColumnCount`.
  init(_ file: FileBytes, pool: BytePool, _ bad: inout BadRecords) throws(QueryError) {
    var scanner = CSVScanner(file, delimiter: CSVScanner.delimiter(of: file), pool: pool)
    var record: [CSVScanner.Field] = []
    try scanner.readRecord(into: &record)
    let places = try Self.places(in: record, file)
    let width = record.count
    let nothing = pool.add([])
    scanner.skipEmptyLines()
    while !scanner.isAtEnd {
      let offset = scanner.at
      try scanner.readRecord(into: &record)
      guard record.count == width else {
        try bad.note(
          file.error(
            .wrongColumnCount, "this record has \(record.count) fields, the header has \(width)",
            at: offset))
        scanner.skipEmptyLines()
        continue
      }
      for place in places { fields.append(place.map { record[$0].text } ?? nothing) }
      offsets.append(offset)
      count += 1
      scanner.skipEmptyLines()
    }
  }

  private static func places(
    in header: [CSVScanner.Field], _ file: FileBytes
  ) throws(QueryError) -> [Int?] {
    var places: [Int?] = []
    for column in Column.allCases {
      let place = header.firstIndex { $0.text.equals(column.name) }
      if place == nil && column.isRequired {
        throw file.error(
          .invalidData, "this header has no column `\(column.name)`", at: file.firstOffset,
          help: "statements have the columns canonical_id, entity_id, prop, schema, value, dataset")
      }
      places.append(place)
    }
    return places
  }

  /// A field of a line.
  subscript(line: Int, column: Column) -> ByteString {
    fields[line * Column.allCases.count + column.rawValue]
  }

  /// Where a line starts.
  func offset(of line: Int) -> Int { offsets[line] }

  /// The entity of a line after deduplication.
  func entity(of line: Int) -> ByteString {
    let canonical = self[line, .canonicalID]
    return canonical.count == 0 ? self[line, .entityID] : canonical
  }
}
