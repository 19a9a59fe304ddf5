import DossierSyntax

/// The loops of function kernels. Null arguments give null; constant arguments give a constant.
extension FunctionContext {
  /// A value for each row of one argument.
  @inline(__always)
  func mapRows(
    _ a: Column, _ count: Int, _ body: (Cell) throws(QueryError) -> Cell
  ) throws(QueryError) -> Column {
    if count == 0 { return Column(.cell, count: 0) }
    let result = Column(.cell, count: count, isConstant: a.isConstant)
    for i in 0..<result.physicalCount {
      let cell = a.cell(i)
      result.cells[i] = cell.isNull ? .null : try body(cell)
    }
    return result
  }

  /// A value for each row of two arguments.
  @inline(__always)
  func mapRows(
    _ a: Column, _ b: Column, _ count: Int, _ body: (Cell, Cell) throws(QueryError) -> Cell
  ) throws(QueryError) -> Column {
    if count == 0 { return Column(.cell, count: 0) }
    let result = Column(.cell, count: count, isConstant: a.isConstant && b.isConstant)
    for i in 0..<result.physicalCount {
      let (left, right) = (a.cell(i), b.cell(i))
      result.cells[i] = left.isNull || right.isNull ? .null : try body(left, right)
    }
    return result
  }

  /// A value for each row of any number of arguments.
  @inline(__always)
  func mapRows(
    _ arguments: [Column], _ count: Int,
    _ body: (UnsafeMutablePointer<Cell>) throws(QueryError) -> Cell
  ) throws(QueryError) -> Column {
    if count == 0 { return Column(.cell, count: 0) }
    let isConstant = arguments.allSatisfy { $0.isConstant }
    let result = Column(.cell, count: count, isConstant: isConstant)
    let row = UnsafeMutablePointer<Cell>.allocate(capacity: max(arguments.count, 1))
    defer { row.deallocate() }
    for i in 0..<result.physicalCount {
      var hasNull = false
      for (k, argument) in arguments.enumerated() {
        row[k] = argument.cell(i)
        hasNull = hasNull || row[k].isNull
      }
      result.cells[i] = hasNull ? .null : try body(row)
    }
    return result
  }

  /// A value for each row, whatever the arguments; never constant.
  @inline(__always)
  func generate(
    _ count: Int, _ body: () throws(QueryError) -> Cell
  ) throws(QueryError) -> Column {
    let result = Column(.cell, count: count)
    for i in 0..<count { result.cells[i] = try body() }
    return result
  }
}

/// Errors of a call.
extension FunctionContext {
  /// An error at the place of the call.
  func error(_ code: DiagnosticCode, _ message: String, help: String? = nil) -> QueryError {
    QueryError(code, message, at: range, help: help)
  }

  /// An argument of a type that only the running statement could tell.
  func typeError(_ function: String, expected: String, found: Cell) -> QueryError {
    error(
      .invalidArgumentTypeAtRuntime,
      "`\(function)` expects \(expected), found \(found.tag.typeName)")
  }

  /// The same where openCypher speaks of an invalid value: conversions, `labels` and `type`.
  func valueError(_ function: String, expected: String, found: Cell) -> QueryError {
    error(
      .invalidArgumentValue, "`\(function)` expects \(expected), found \(found.tag.typeName)")
  }

  /// A use of a node or relationship that the statement has deleted.
  func deletedError(_ function: String, _ entity: String) -> QueryError {
    error(
      .deletedEntityAccess, "`\(function)` reads a \(entity) that the statement has deleted",
      help: "read what is needed before the `DELETE`")
  }

  /// Runs `body`; errors without a place get that of the call.
  @inline(__always)
  func located<T>(_ body: () throws(QueryError) -> T) throws(QueryError) -> T {
    do {
      return try body()
    } catch {
      throw error.located(at: range)
    }
  }
}

extension QueryError {
  /// The error with a range for its first diagnostic, unless it has one.
  func located(at range: SourceRange) -> QueryError {
    var copy = self
    if copy.diagnostics[0].range == nil { copy.diagnostics[0].range = range }
    return copy
  }
}

extension CellTag {
  /// The type as messages name it, with its article.
  var typeName: String {
    switch self {
    case .null: "null"
    case .boolean: "a boolean"
    case .integer: "an integer"
    case .float: "a float"
    case .string: "a string"
    case .list: "a list"
    case .map: "a map"
    case .node: "a node"
    case .relationship: "a relationship"
    case .path: "a path"
    case .date: "a date"
    case .localTime: "a local time"
    case .time: "a time"
    case .localDateTime: "a local date-time"
    case .dateTime: "a date-time"
    case .duration: "a duration"
    }
  }
}
