import DossierSyntax

/// `=`, `<>`, `<`, `<=`, `>`, `>=` of two operands.
final class ComparisonKernel: ExpressionKernel {
  private let op: ComparisonOperator
  private let left: ExpressionKernel
  private let right: ExpressionKernel

  init(_ op: ComparisonOperator, _ left: ExpressionKernel, _ right: ExpressionKernel) {
    self.op = op
    self.left = left
    self.right = right
  }

  override func evaluate(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> Column {
    let a = try left.evaluate(batch, state)
    let b = try right.evaluate(batch, state)
    if let fast = Self.typed(op, a, b, batch.count) { return fast }
    return Self.general(op, a, b, batch.count)
  }

  override func select(_ batch: Batch, _ state: ExecutionState) throws(QueryError) -> RowIndices? {
    let a = try left.evaluate(batch, state)
    let b = try right.evaluate(batch, state)
    switch SelectionKernel.rows(op, a, b, among: nil, state) {
    case .all: return nil
    case .rows(let kept): return kept.count == batch.count ? nil : kept
    case nil: break
    }
    let truth = Self.typed(op, a, b, batch.count) ?? Self.general(op, a, b, batch.count)
    return try TruthColumn.selection(truth, range: nil)
  }

  override func narrow(
    _ batch: Batch, _ rows: RowIndices?, _ state: ExecutionState
  ) throws(QueryError) -> RowIndices? {
    guard let rows, rows.count > 0, let view = (left as? PropertyKernel)?.view(batch, state) else {
      return try super.narrow(batch, rows, state)
    }
    let bound = try right.evaluate(
      right.isSameForAllRows ? batch : Batch(parent: batch, rows: rows), state)
    switch SelectionKernel.rows(op, view, bound, among: rows, state) {
    case .all: return rows
    case .rows(let kept): return kept
    case nil: return try super.narrow(batch, rows, state)
    }
  }

  /// Dense numbers, dates, ids and dictionary strings, against a column or a constant of the same kind.
  private static func typed(
    _ op: ComparisonOperator, _ a: Column, _ b: Column, _ n: Int
  ) -> Column? {
    if a.isConstant && !b.isConstant && b.kind != .cell { return typed(op.mirrored, b, a, n) }
    guard !a.isConstant, a.kind != .cell else { return nil }
    let right = TypedOperand(b, like: a)
    switch (a.kind, right) {
    case (.integer, .integers(let values)), (.date, .integers(let values)):
      return compare(op, a, a.integers, values, b, n)
    case (.integer, .integer(let value)), (.date, .integer(let value)):
      return compare(op, a, a.integers, value, n)
    case (.float, .floats(let values)): return compare(op, a, a.floats, values, b, n)
    case (.float, .float(let value)): return compare(op, a, a.floats, value, n)
    case (.node, .ids(let values)), (.relationship, .ids(let values)), (.string, .ids(let values)):
      return op.isEquality ? compare(op, a, a.ids, values, b, n) : nil
    case (.node, .id(let value)), (.relationship, .id(let value)), (.string, .id(let value)):
      return op.isEquality ? compare(op, a, a.ids, value, n) : nil
    default: return nil
    }
  }

  @inline(__always)
  private static func compare<T: Comparable>(
    _ op: ComparisonOperator, _ column: Column, _ a: UnsafeMutablePointer<T>, _ b: T, _ n: Int
  ) -> Column {
    let result = Column(.boolean, count: n, nullable: column.validity != nil)
    let out = result.booleans
    switch op {
    case .equal: for i in 0..<n { out[i] = byte(a[i] == b) }
    case .notEqual: for i in 0..<n { out[i] = byte(a[i] != b) }
    case .less: for i in 0..<n { out[i] = byte(a[i] < b) }
    case .lessOrEqual: for i in 0..<n { out[i] = byte(a[i] <= b) }
    case .greater: for i in 0..<n { out[i] = byte(a[i] > b) }
    case .greaterOrEqual: for i in 0..<n { out[i] = byte(a[i] >= b) }
    }
    if let from = column.validity { result.validity?.update(from: from, count: (n + 63) >> 6) }
    return result
  }

  @inline(__always)
  private static func compare<T: Comparable>(
    _ op: ComparisonOperator, _ left: Column, _ a: UnsafeMutablePointer<T>,
    _ b: UnsafeMutablePointer<T>, _ right: Column, _ n: Int
  ) -> Column {
    let nullable = left.validity != nil || right.validity != nil
    let result = Column(.boolean, count: n, nullable: nullable)
    let out = result.booleans
    switch op {
    case .equal: for i in 0..<n { out[i] = byte(a[i] == b[i]) }
    case .notEqual: for i in 0..<n { out[i] = byte(a[i] != b[i]) }
    case .less: for i in 0..<n { out[i] = byte(a[i] < b[i]) }
    case .lessOrEqual: for i in 0..<n { out[i] = byte(a[i] <= b[i]) }
    case .greater: for i in 0..<n { out[i] = byte(a[i] > b[i]) }
    case .greaterOrEqual: for i in 0..<n { out[i] = byte(a[i] >= b[i]) }
    }
    if let validity = result.validity {
      for w in 0..<(n + 63) >> 6 {
        validity[w] = (left.validity?[w] ?? .max) & (right.validity?[w] ?? .max)
      }
    }
    return result
  }

  private static func general(
    _ op: ComparisonOperator, _ a: Column, _ b: Column, _ n: Int
  ) -> Column {
    let isConstant = a.isConstant && b.isConstant
    let result = Column(.boolean, count: n, nullable: true, isConstant: isConstant)
    for i in 0..<(isConstant ? 1 : n) {
      result.booleans[i] = 0
      guard let truth = op.truth(a.cell(i), b.cell(i)) else { continue }
      result.booleans[i] = truth ? 1 : 0
      result.setValid(i)
    }
    return result
  }
}

/// 0 or 1 without a branch.
@inline(__always) func byte(_ truth: Bool) -> UInt8 { unsafeBitCast(truth, to: UInt8.self) }

/// The right side of a typed comparison, where it fits the left side's kind.
enum TypedOperand {
  case integers(UnsafeMutablePointer<Int64>)
  case integer(Int64)
  case floats(UnsafeMutablePointer<Double>)
  case float(Double)
  case ids(UnsafeMutablePointer<UInt32>)
  case id(UInt32)
  case none

  init(_ column: Column, like left: Column) {
    self = column.isConstant ? Self.constant(column, like: left) : Self.values(column, like: left)
  }

  private static func values(_ column: Column, like left: Column) -> TypedOperand {
    guard column.kind == left.kind else { return .none }
    switch column.kind {
    case .integer, .date: return .integers(column.integers)
    case .float: return .floats(column.floats)
    case .node, .relationship, .string: return .ids(column.ids)
    case .cell, .boolean: return .none
    }
  }

  private static func constant(_ column: Column, like left: Column) -> TypedOperand {
    let cell = column.cell(0)
    guard left.kind == .string, cell.tag == .string else {
      return TypedOperand(cell, of: left.kind)
    }
    // An id that no string has stands for a string that the dictionary does not hold.
    return .id(left.dictionary?.find(cell.bytes) ?? .max)
  }

  /// A constant for a left side that does not hold strings.
  init(_ cell: Cell, of kind: Column.Kind) {
    switch (kind, cell.tag) {
    case (.integer, .integer), (.date, .date): self = .integer(cell.integer)
    case (.float, .float): self = .float(cell.float)
    case (.float, .integer):
      let value = Double(cell.integer)
      self = Int64(exactly: value) == cell.integer ? .float(value) : .none
    case (.node, .node), (.relationship, .relationship):
      self = .id(UInt32(truncatingIfNeeded: cell.raw))
    default: self = .none
    }
  }
}

extension ComparisonOperator {
  /// The operator with its operands exchanged.
  var mirrored: ComparisonOperator {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }

  var isEquality: Bool { self == .equal || self == .notEqual }

  /// The comparison of two cells; nil for null.
  func truth(_ a: Cell, _ b: Cell) -> Bool? {
    switch self {
    case .equal: return a.equals(b)
    case .notEqual: return a.equals(b).map { !$0 }
    default: break
    }
    switch a.compare(b) {
    case .less: return self == .less || self == .lessOrEqual
    case .equal: return self == .lessOrEqual || self == .greaterOrEqual
    case .greater: return self == .greater || self == .greaterOrEqual
    case .unordered: return false
    case .unknown: return nil
    }
  }
}
