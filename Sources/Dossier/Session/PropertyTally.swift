/// Counts the keys and types of properties, page by page.
struct PropertyTally {
  private let catalog: Catalog
  private var counts: [(count: Int, types: Set<String>)]

  init(_ catalog: Catalog) {
    self.catalog = catalog
    counts = Array(repeating: (0, []), count: catalog.propertyKeyCount)
  }

  /// Adds the properties of some rows of a page, one bit a row.
  mutating func add(
    page: Int, rows: UnsafePointer<UInt64>, of column: (PropertyKeyID) -> PropertyReader?
  ) {
    for index in counts.indices {
      let key = PropertyKeyID(rawValue: UInt32(truncatingIfNeeded: index))
      guard let reader = column(key), reader.kind(page: page) != .absent else { continue }
      let validity = reader.validity(page: page)
      var count = 0
      for word in 0..<Page.words { count += (rows[word] & validity[word]).nonzeroBitCount }
      guard count > 0 else { continue }
      counts[index].count += count
      if let name = reader.kind(page: page).typeName {
        counts[index].types.insert(name)
      } else {
        addTypes(index, page, rows, reader)
      }
    }
  }

  /// Looks at each value of a page that holds values of several types.
  private mutating func addTypes(
    _ index: Int, _ page: Int, _ rows: UnsafePointer<UInt64>, _ reader: PropertyReader
  ) {
    let validity = reader.validity(page: page)
    for word in 0..<Page.words {
      var bits = rows[word] & validity[word]
      while bits != 0 {
        let row = page << Page.shift + word * 64 + bits.trailingZeroBitCount
        counts[index].types.insert(Graph.value(reader.borrowedCell(row: row)).typeName)
        bits &= bits - 1
      }
    }
  }

  /// What was counted, sorted by key.
  var summaries: [DatabaseStatistics.PropertySummary] {
    counts.indices.filter { counts[$0].count > 0 }.map { index in
      let key = PropertyKeyID(rawValue: UInt32(truncatingIfNeeded: index))
      return DatabaseStatistics.PropertySummary(
        key: catalog.name(of: key), count: counts[index].count,
        types: counts[index].types.sorted())
    }.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }
}

extension PropertyReader.Kind {
  /// The name of the type that all values of a page have; nil where each has its own.
  fileprivate var typeName: String? {
    switch self {
    case .absent, .general: nil
    case .integer: "INTEGER"
    case .float: "FLOAT"
    case .boolean: "BOOLEAN"
    case .string: "STRING"
    case .date: "DATE"
    }
  }
}
