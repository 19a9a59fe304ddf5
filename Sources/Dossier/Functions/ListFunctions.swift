import DossierSyntax

/// Functions on lists.
enum ListFunctions {
  static let definitions: [FunctionDefinition] = [
    size,
    .unary(
      "head", family, list, .any, "The first element of a list; null when it is empty."
    ) { (cell, call) throws(QueryError) in
      try elements(cell, "head", call).first ?? .null
    },
    .unary(
      "last", family, list, .any, "The last element of a list; null when it is empty."
    ) { (cell, call) throws(QueryError) in
      try elements(cell, "last", call).last ?? .null
    },
    .unary("tail", family, list, .list(.any), "A list without its first element.") {
      (cell, call) throws(QueryError) in
      let elements = try elements(cell, "tail", call)
      guard elements.count > 1, let base = elements.baseAddress else {
        return try call.arena.list([])
      }
      return try call.arena.list(
        at: UnsafeMutablePointer(mutating: base + 1), count: elements.count - 1)
    },
    .unary(
      "reverse", family, .required("value", .list(.any), .string), .any,
      "A list or string in reverse order.", reverse),
    FunctionDefinition(
      "range", family,
      [.required("start", .integer), .required("end", .integer), .optional("step", .integer)],
      .list(.integer), "The integers from `start` to `end`, both included, in steps of `step`.",
      kernel: range),
  ]

  private static let family = "List"
  private static let list = FunctionSignature.Parameter.required("list", .list(.any))

  private static let size = FunctionDefinition(
    "size", family, [.required("value", .list(.any), .string, .map)], .integer,
    "The number of elements of a list, entries of a map, or code points of a string."
  ) { (arguments, count, call) throws(QueryError) in
    let a = arguments[0]
    if count > 0, a.kind == .string, let dictionary = a.dictionary {
      return stringSizes(a, dictionary)
    }
    return try call.mapRows(a, count) { (cell) throws(QueryError) in
      switch cell.tag {
      case .list, .map: return Cell(Int64(cell.aux))
      case .string: return Cell(Int64(cell.bytes.codePointCount))
      default: throw call.typeError("size", expected: "a list, map or string", found: cell)
      }
    }
  }

  /// The sizes of a column of dictionary strings.
  private static func stringSizes(_ a: Column, _ dictionary: StringDictionary) -> Column {
    let result = Column(
      .integer, count: a.count, nullable: a.validity != nil, isConstant: a.isConstant)
    result.copyValidity(from: a)
    for i in 0..<result.physicalCount {
      let isValid = a.isValid(i)
      result.integers[i] = isValid ? Int64(dictionary.cell(a.ids[i]).bytes.codePointCount) : 0
    }
    return result
  }

  private static func elements(
    _ cell: Cell, _ function: String, _ call: FunctionContext
  ) throws(QueryError) -> UnsafeBufferPointer<Cell> {
    guard cell.tag == .list else {
      throw call.typeError(function, expected: "a list", found: cell)
    }
    return cell.cells
  }

  private static func reverse(_ cell: Cell, _ call: FunctionContext) throws(QueryError) -> Cell {
    if cell.tag == .string { return try StringKernels.reverse(cell, call) }
    guard cell.tag == .list else {
      throw call.typeError("reverse", expected: "a list or string", found: cell)
    }
    let elements = cell.cells
    let target = try call.allocateCells(elements.count)
    for i in elements.indices { target[elements.count - 1 - i] = elements[i] }
    return try call.arena.list(at: target, count: elements.count)
  }

  private static func range(
    _ arguments: [Column], _ count: Int, _ call: FunctionContext
  ) throws(QueryError) -> Column {
    try call.mapRows(arguments, count) { (row) throws(QueryError) in
      for i in arguments.indices where row[i].tag != .integer {
        throw call.typeError("range", expected: "integers", found: row[i])
      }
      return try range(
        from: row[0].integer, to: row[1].integer,
        step: arguments.count > 2 ? row[2].integer : 1, call)
    }
  }

  /// Memory is counted before it is taken, and the statement can be stopped meanwhile.
  private static func range(
    from start: Int64, to end: Int64, step: Int64, _ call: FunctionContext
  ) throws(QueryError) -> Cell {
    if step == 0 {
      throw call.error(.numberOutOfRange, "the step of `range` is 0", help: "use 1 or -1")
    }
    if step > 0 ? start > end : start < end { return try call.arena.list([]) }
    let distance = step > 0 ? UInt64(bitPattern: end &- start) : UInt64(bitPattern: start &- end)
    let last = Int(clamping: distance / step.magnitude)
    let count = last == .max ? last : last + 1
    let target = try call.allocateCells(count)
    var value = start
    for i in 0..<count {
      target[i] = Cell(value)
      value &+= step
      if i & 0xffff == 0xffff { try call.state.control.check() }
    }
    return try call.arena.list(at: target, count: count)
  }
}
