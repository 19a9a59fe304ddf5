import Dossier
import DossierSyntax

/// Identifiers of consecutive nodes, to be stored as integers or as strings.
final class IdentifierColumn {
  private let store: CSVColumnStore
  private let texts: [ByteString]
  /// Where texts lie that stand in no file.
  private let pool: BytePool

  /// Takes over the memory of a store.
  init(adopting store: CSVColumnStore, texts: [ByteString], pool: BytePool) {
    self.store = store
    self.texts = texts
    self.pool = pool
  }

  deinit {
    store.deallocate()
  }

  /// Whether an identifier is no integer.
  var hasTexts: Bool { !texts.isEmpty }

  /// Gives nodes their identifiers as a property.
  func add(
    to builder: inout GraphBuilder, from first: NodeID, rows: Int, _ key: GraphBuilder.KeyName,
    asStrings: Bool
  ) throws(QueryError) {
    let valid =
      store.validCount == rows
      ? nil : UnsafeBufferPointer(start: UnsafePointer(store.valid), count: (rows + 63) >> 6)
    guard asStrings else {
      let integers = UnsafeBufferPointer(start: UnsafePointer(store.integers()), count: rows)
      return try builder.setProperties(from: first, key, to: .integers(integers), valid: valid)
    }
    if store.validCount == 0 { return }
    let batch = StringBatch()
    let ids = builder.intern(numbers(rows, in: batch), of: batch)
    let error: QueryError? = ids.withUnsafeBufferPointer { ids in
      do throws(QueryError) {
        try builder.setProperties(from: first, key, to: .strings(ids), valid: valid)
        return nil
      } catch { return error }
    }
    if let error { throw error }
  }

  /// The numbers that the identifiers have in a batch, 0 where there is none.
  private func numbers(_ rows: Int, in batch: StringBatch) -> [UInt32] {
    (0..<rows).map { row in
      guard store.isValid(row) else { return 0 }
      let value = store.integers()[row]
      let text = store.isTextual(row) ? texts[Int(value)] : pool.add(Array(String(value).utf8))
      return batch.add(text.start, count: Int(text.count))
    }
  }
}

extension GraphBuilder {
  /// The graph's ids for numbers of a batch.
  func intern(_ numbers: [UInt32], of batch: StringBatch) -> [UInt32] {
    let ids = intern(batch)
    return numbers.map { Int($0) < ids.count ? ids[Int($0)] : 0 }
  }
}
