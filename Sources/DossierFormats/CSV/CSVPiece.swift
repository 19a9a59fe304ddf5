import Dossier
import DossierSyntax

/// The records of a stretch of a table, read into columns.
///
/// One thread fills a piece, another one takes it in; `@unchecked Sendable` for that reason.
final class CSVPiece: @unchecked Sendable {
  /// Rows from one on that have the same labels or type.
  struct NameRun {
    var first: Int
    /// The fields of the name columns.
    var names: [ByteString]
  }

  let table: CSVTable
  /// The offset of the first record, if the stretch begins where a record does.
  let start: Int
  /// The offset behind the last record.
  var end: Int
  /// The number of records that were read.
  var rows = 0
  private(set) var capacity: Int
  /// By column; the last is the identifier that the `:ID` columns make together.
  let stores: UnsafeMutablePointer<CSVColumnStore>
  let storeCount: Int
  /// By store: identifiers that are no numbers.
  var texts: [[ByteString]]
  /// By store: values of columns of the kind `value`.
  var objects: [[Value]]
  var runs: [NameRun] = []
  /// Offsets of the records from `start`.
  var offsets: [UInt32] = []
  /// Bad records with their offsets.
  var errors: [(offset: Int, error: QueryError)] = []
  /// True when the last error leaves no place to go on from.
  var isBroken = false
  let pool = BytePool()
  private var batches: [StringBatch] = []

  init(_ table: CSVTable, start: Int, capacity: Int) {
    self.table = table
    self.start = start
    self.capacity = capacity
    end = start
    storeCount = table.kinds.count + 1
    stores = .allocate(capacity: storeCount)
    texts = Array(repeating: [], count: storeCount)
    objects = Array(repeating: [], count: storeCount)
    for (index, kind) in table.kinds.enumerated() {
      var store = CSVColumnStore(
        kind, valueKind: Self.valueKind(table, index), capacity: capacity)
      if store.valueKind == .string {
        let batch = StringBatch()
        batches.append(batch)
        store.strings = .passUnretained(batch)
      }
      (stores + index).initialize(to: store)
    }
    let identity: CSVColumnStore.Kind = table.identifiers.isEmpty ? .ignored : .identifier
    (stores + storeCount - 1).initialize(
      to: CSVColumnStore(identity, valueKind: identity, capacity: capacity))
  }

  deinit {
    for index in 0..<storeCount { stores[index].deallocate() }
    stores.deallocate()
  }

  /// The kind of the property values of a column.
  private static func valueKind(_ table: CSVTable, _ index: Int) -> CSVColumnStore.Kind {
    let column = table.header.columns[index]
    switch table.kinds[index] {
    case .typedIdentifier: return CSVColumnStore.Kind(column)
    case .part:
      if index == table.starts.first { return .start }
      if index == table.ends.first { return .end }
      guard table.identifiers.contains(index), column.key != nil else { return .ignored }
      return column.isInferred ? .identifier : CSVColumnStore.Kind(column)
    case .identifier: return .ignored
    case let kind: return kind
    }
  }

  /// The store of the identifiers of nodes.
  var identity: UnsafeMutablePointer<CSVColumnStore> { stores + (storeCount - 1) }

  func grow() {
    let larger = capacity * 2
    for index in 0..<storeCount { stores[index].grow(from: capacity, to: larger) }
    capacity = larger
  }

  /// Hands over the identifiers of a store, which is empty then.
  func release(_ index: Int) -> IdentifierColumn {
    let column = IdentifierColumn(adopting: stores[index], texts: texts[index], pool: pool)
    stores[index] = CSVColumnStore(.ignored, valueKind: .ignored, capacity: 0)
    return column
  }

  /// Gives up the row that is being read.
  func dropRow() {
    for index in 0..<storeCount {
      stores[index].unmark(rows)
      if objects[index].count > rows { objects[index].removeLast(objects[index].count - rows) }
    }
  }
}
