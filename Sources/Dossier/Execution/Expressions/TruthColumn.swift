import DossierSyntax

/// Columns of truth values: false, true and null.
enum TruthColumn {
  /// The column as booleans; a constant stays constant. Errors: any other type.
  static func booleans(_ column: Column, range: SourceRange?) throws(QueryError) -> Column {
    if column.kind == .boolean { return column }
    let n = column.physicalCount
    let result = Column(
      .boolean, count: column.count, nullable: true, isConstant: column.isConstant)
    for i in 0..<n {
      let cell = column.kind == .cell ? column.cells[i] : column.cell(i)
      switch cell.tag {
      case .null: result.booleans[i] = 0
      case .boolean:
        result.booleans[i] = cell.boolean ? 1 : 0
        result.setValid(i)
      default:
        throw QueryError(
          .invalidArgumentTypeAtRuntime, "expected a boolean, found \(cell.typeName)", at: range)
      }
    }
    return result
  }

  /// The rows that are true; nil when all are.
  static func selection(_ column: Column, range: SourceRange?) throws(QueryError) -> RowIndices? {
    let truth = try booleans(column, range: range)
    let n = truth.count
    if truth.isConstant {
      return truth.isValid(0) && truth.booleans[0] != 0 ? nil : RowIndices([])
    }
    let rows = UnsafeMutablePointer<UInt32>.allocate(capacity: max(n, 1))
    var kept = 0
    let values = truth.booleans
    if truth.validity == nil {
      for i in 0..<n {
        rows[kept] = UInt32(truncatingIfNeeded: i)
        kept &+= Int(values[i])
      }
    } else {
      for i in 0..<n {
        rows[kept] = UInt32(truncatingIfNeeded: i)
        kept &+= truth.isValid(i) ? Int(values[i]) : 0
      }
    }
    if kept == n {
      rows.deallocate()
      return nil
    }
    return RowIndices(adopting: rows, count: kept)
  }
}
