/// The values of one column in a stretch of rows, as they lie in memory.
public enum ResultColumn {
  /// Rows whose bit in `valid` is 0 are null; all have a value when it is nil.
  case integers(UnsafePointer<Int64>, valid: UnsafePointer<UInt64>?)
  case floats(UnsafePointer<Double>, valid: UnsafePointer<UInt64>?)
  /// Days since 1970-01-01.
  case dates(UnsafePointer<Int64>, valid: UnsafePointer<UInt64>?)
  /// UTF-8; null has no base address.
  case texts([UnsafeBufferPointer<UInt8>])
  /// Anything else, and mixed types.
  case values([Value])
}

extension QueryResult.Rows {
  /// Hands out all rows in stretches of some thousands, column by column, without a value for each
  /// cell. Pointers are valid during the call.
  public func forEachStretch<Failure>(
    _ body: (_ rowCount: Int, _ columns: [ResultColumn]) throws(Failure) -> Void
  ) throws(Failure) {
    try source.forEachStretch(body)
  }
}

extension ResultRows {
  fileprivate func forEachStretch<Failure>(
    _ body: (_ rowCount: Int, _ columns: [ResultColumn]) throws(Failure) -> Void
  ) throws(Failure) {
    guard let graph else { return }
    for (index, part) in parts.enumerated() {
      let end = index + 1 < parts.count ? parts[index + 1].start : count
      let columns = part.columns.map { $0.typed() }
      let handed = columns.map { $0.resultColumn(in: graph) }
      defer { withExtendedLifetime(columns) {} }
      try body(end - part.start, handed)
    }
  }
}

extension Column {
  /// The column with a value for each row, of integers where all cells are integers or null.
  fileprivate func typed() -> Column {
    let column = flattened()
    guard column.kind == .cell, column.cells(are: .integer) else { return column }
    let result = Column(.integer, count: count, nullable: true)
    for i in 0..<count {
      result.integers[i] = column.cells[i].integer
      if !column.cells[i].isNull { result.setValid(i) }
    }
    return result
  }

  private func cells(are tag: CellTag) -> Bool {
    for i in 0..<count where cells[i].tag != tag && !cells[i].isNull { return false }
    return true
  }

  /// The values of a column that is not constant; they live as long as the column.
  fileprivate func resultColumn(in graph: Graph) -> ResultColumn {
    switch kind {
    case .integer: return .integers(integers, valid: validity)
    case .float: return .floats(floats, valid: validity)
    case .date: return .dates(integers, valid: validity)
    case .string:
      guard let strings = dictionary?.reader else { break }
      return .texts((0..<count).map { isValid($0) ? strings.bytes(ids[$0]) : Self.noText })
    case .cell where cells(are: .string):
      return .texts((0..<count).map { cells[$0].isNull ? Self.noText : cells[$0].bytes })
    case .cell, .boolean, .node, .relationship: break
    }
    return .values((0..<count).map { value(of: cell($0), in: graph) })
  }

  private nonisolated(unsafe) static let noText = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
}
