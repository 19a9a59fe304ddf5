import DossierSyntax

/// The rows whose value compares to a constant as asked, found without a column of truth values.
enum SelectionKernel {
  /// The rows of `column`, or those of `rows`, for which the comparison is true; nil when the types
  /// have no such loop or the other operand is not constant.
  static func rows(
    _ op: ComparisonOperator, _ column: Column, _ operand: Column, among rows: RowIndices?
  ) -> RowIndices? {
    guard operand.isConstant, !column.isConstant, column.kind != .cell else { return nil }
    switch (column.kind, TypedOperand(operand, like: column)) {
    case (.integer, .integer(let value)), (.date, .integer(let value)):
      return ordered(op, column, column.integers, value, rows)
    case (.float, .float(let value)):
      return ordered(op, column, column.floats, value, rows)
    case (.node, .id(let value)), (.relationship, .id(let value)), (.string, .id(let value)):
      let ids = column.ids
      switch op {
      case .equal: return keep(column, rows) { ids[$0] == value }
      case .notEqual: return keep(column, rows) { ids[$0] != value }
      default: return nil
      }
    default: return nil
    }
  }

  @inline(__always)
  private static func ordered<T: Comparable>(
    _ op: ComparisonOperator, _ column: Column, _ a: UnsafePointer<T>, _ b: T, _ rows: RowIndices?
  ) -> RowIndices {
    switch op {
    case .equal: keep(column, rows) { a[$0] == b }
    case .notEqual: keep(column, rows) { a[$0] != b }
    case .less: keep(column, rows) { a[$0] < b }
    case .lessOrEqual: keep(column, rows) { a[$0] <= b }
    case .greater: keep(column, rows) { a[$0] > b }
    case .greaterOrEqual: keep(column, rows) { a[$0] >= b }
    }
  }

  /// Every row is written, and kept by moving on: there is no branch to guess wrong.
  @inline(__always)
  private static func keep(
    _ column: Column, _ rows: RowIndices?, _ holds: (Int) -> Bool
  ) -> RowIndices {
    let n = rows?.count ?? column.count
    let kept = UnsafeMutablePointer<UInt32>.allocate(capacity: max(n, 1))
    var count = 0
    switch (rows?.base, column.validity) {
    case (nil, nil):
      for i in 0..<n {
        kept[count] = UInt32(truncatingIfNeeded: i)
        count &+= Int(byte(holds(i)))
      }
    case (nil, let validity?):
      for i in 0..<n {
        kept[count] = UInt32(truncatingIfNeeded: i)
        count &+= Int(byte(holds(i)) & bit(validity, i))
      }
    case (let rows?, nil):
      for i in 0..<n {
        kept[count] = rows[i]
        count &+= Int(byte(holds(Int(rows[i]))))
      }
    case (let rows?, let validity?):
      for i in 0..<n {
        kept[count] = rows[i]
        count &+= Int(byte(holds(Int(rows[i]))) & bit(validity, Int(rows[i])))
      }
    }
    return RowIndices(adopting: kept, count: count)
  }

  @inline(__always)
  private static func bit(_ validity: UnsafePointer<UInt64>, _ row: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: validity[row >> 6] >> UInt64(row & 63)) & 1
  }
}
