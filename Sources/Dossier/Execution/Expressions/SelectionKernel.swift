import DossierSyntax

/// The rows for which something is true.
enum Selection {
  /// All rows that were looked at.
  case all
  /// These of them.
  case rows(RowIndices)
}

/// The rows whose value compares to a constant as asked, found without a column of truth values.
///
/// Many rows are compared 64 at a time into the bits of a word; few ones that an earlier filter left
/// are looked at one by one. Where the zone of the page tells, no value is read.
enum SelectionKernel {
  /// The rows of `column`, or those of `rows`, for which the comparison is true; nil when the types
  /// have no such loop or the other operand is not constant.
  static func rows(
    _ op: ComparisonOperator, _ column: Column, _ operand: Column, among rows: RowIndices?,
    _ state: ExecutionState
  ) -> Selection? {
    guard operand.isConstant, !column.isConstant, column.kind != .cell else { return nil }
    let constant = TypedOperand(operand, like: column)
    if let truth = column.zone?.truth(op, constant) {
      state.skippedPages &+= 1
      return selection(truth, column, rows)
    }
    switch (column.kind, constant) {
    case (.integer, .integer(let value)), (.date, .integer(let value)):
      return .rows(ordered(op, column, column.integers, value, rows))
    case (.float, .float(let value)):
      return .rows(ordered(op, column, column.floats, value, rows))
    case (.node, .id(let value)), (.relationship, .id(let value)), (.string, .id(let value)):
      let ids = UnsafePointer(column.ids)
      switch op {
      case .equal: return .rows(keep(column, ids, rows, ValueTests.Equal(constant: value)))
      case .notEqual: return .rows(keep(column, ids, rows, ValueTests.NotEqual(constant: value)))
      default: return nil
      }
    default: return nil
    }
  }

  /// The rows where a comparison has the same truth for all values.
  private static func selection(
    _ truth: Bool, _ column: Column, _ rows: RowIndices?
  ) -> Selection {
    if !truth { return .rows(RowIndices([])) }
    guard let validity = column.validity else { return .all }
    if let rows, rows.bits == nil {
      let kept = rows.copied
      var count = 0
      for i in 0..<rows.count {
        let row = Int(kept[i])
        kept[count] = kept[i]
        count &+= Int(bit(validity, row))
      }
      return .rows(RowIndices(adopting: kept, count: count))
    }
    let wordCount = (column.count &+ 63) >> 6
    let bits = UnsafeMutablePointer<UInt64>.allocate(capacity: max(wordCount, 1))
    if let before = rows?.bits {
      bits.update(from: before, count: wordCount)
    } else {
      bits.update(repeating: .max, count: wordCount)
      if column.count & 63 != 0 { bits[wordCount - 1] = 1 << UInt64(column.count & 63) - 1 }
    }
    intersect(bits, validity, wordCount)
    return .rows(RowIndices(adoptingBits: bits, wordCount: wordCount))
  }

  @inline(__always)
  private static func ordered<T: Comparable & BitwiseCopyable>(
    _ op: ComparisonOperator, _ column: Column, _ a: UnsafePointer<T>, _ b: T, _ rows: RowIndices?
  ) -> RowIndices {
    switch op {
    case .equal: keep(column, a, rows, ValueTests.Equal(constant: b))
    case .notEqual: keep(column, a, rows, ValueTests.NotEqual(constant: b))
    case .less: keep(column, a, rows, ValueTests.Less(constant: b))
    case .lessOrEqual: keep(column, a, rows, ValueTests.LessOrEqual(constant: b))
    case .greater: keep(column, a, rows, ValueTests.Greater(constant: b))
    case .greaterOrEqual: keep(column, a, rows, ValueTests.GreaterOrEqual(constant: b))
    }
  }

  /// Below this share of the rows they are looked at one by one.
  private static let sparseShare = 16

  /// The rows of `column`, or those of `rows`, whose value passes a test, if they have one.
  @inline(__always)
  private static func keep<Test: ValueTest>(
    _ column: Column, _ values: UnsafePointer<Test.Value>, _ rows: RowIndices?, _ test: Test
  ) -> RowIndices {
    if let rows, rows.bits == nil || rows.count &* sparseShare < column.count {
      return keepSome(column, values, rows, test)
    }
    let n = column.count
    let wordCount = (n &+ 63) >> 6
    let bits = UnsafeMutablePointer<UInt64>.allocate(capacity: max(wordCount, 1))
    for w in 0..<n >> 6 {
      let part = values + w &* 64
      var word: UInt64 = 0
      for i in 0..<64 { word |= UInt64(byte(test.holds(part[i]))) << UInt64(i) }
      bits[w] = word
    }
    if n & 63 != 0 {
      var word: UInt64 = 0
      for i in 0..<n & 63 { word |= UInt64(byte(test.holds(values[n & ~63 &+ i]))) << UInt64(i) }
      bits[n >> 6] = word
    }
    if let before = rows?.bits { intersect(bits, before, wordCount) }
    if let validity = column.validity { intersect(bits, validity, wordCount) }
    return RowIndices(adoptingBits: bits, wordCount: wordCount)
  }

  private static func intersect(
    _ bits: UnsafeMutablePointer<UInt64>, _ others: UnsafePointer<UInt64>, _ wordCount: Int
  ) {
    for w in 0..<wordCount { bits[w] &= others[w] }
  }

  /// Every row is written, and kept by moving on: there is no branch to guess wrong.
  @inline(__always)
  private static func keepSome<Test: ValueTest>(
    _ column: Column, _ values: UnsafePointer<Test.Value>, _ rows: RowIndices, _ test: Test
  ) -> RowIndices {
    let n = rows.count
    let kept = UnsafeMutablePointer<UInt32>.allocate(capacity: max(n, 1))
    var count = 0
    let rows = rows.base
    if let validity = column.validity {
      for i in 0..<n {
        kept[count] = rows[i]
        count &+= Int(byte(test.holds(values[Int(rows[i])])) & bit(validity, Int(rows[i])))
      }
    } else {
      for i in 0..<n {
        kept[count] = rows[i]
        count &+= Int(byte(test.holds(values[Int(rows[i])])))
      }
    }
    return RowIndices(adopting: kept, count: count)
  }

  @inline(__always)
  private static func bit(_ validity: UnsafePointer<UInt64>, _ row: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: validity[row >> 6] >> UInt64(row & 63)) & 1
  }
}

extension Zone {
  /// What a comparison of each value with a constant gives where that is the same for all of them.
  func truth(_ op: ComparisonOperator, _ constant: TypedOperand) -> Bool? {
    switch constant {
    case .integer(let value): Self.truth(op, least, greatest, value)
    case .float(let value):
      // NaN compares as false with everything but by `<>`.
      switch Self.truth(op, leastFloat, greatestFloat, value) {
      case let truth? where !hasNaN || truth == (op == .notEqual): truth
      default: nil
      }
    default: nil
    }
  }

  /// The same for values from `least` to `greatest`.
  @inline(__always)
  private static func truth<T: Comparable>(
    _ op: ComparisonOperator, _ least: T, _ greatest: T, _ value: T
  ) -> Bool? {
    switch op {
    case .less: greatest < value ? true : least >= value ? false : nil
    case .lessOrEqual: greatest <= value ? true : least > value ? false : nil
    case .greater: least > value ? true : greatest <= value ? false : nil
    case .greaterOrEqual: least >= value ? true : greatest < value ? false : nil
    case .equal:
      value < least || value > greatest ? false : least == value && greatest == value ? true : nil
    case .notEqual:
      value < least || value > greatest ? true : least == value && greatest == value ? false : nil
    }
  }
}
