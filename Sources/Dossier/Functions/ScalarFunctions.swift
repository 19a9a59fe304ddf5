import DossierSyntax

/// Functions on values of any type.
enum ScalarFunctions {
  static let definitions: [FunctionDefinition] = [
    FunctionDefinition(
      "coalesce", family, [.required("value", .any)], .any,
      "The first argument that is not null.", variadic: true, kernel: coalesce),
    FunctionDefinition(
      "nullIf", family, [.required("value", .any), .required("other", .any)], .any,
      "Null when both values are equal, else the first.", kernel: nullIf),
    FunctionDefinition(
      "exists", family, [.required("property", .any)], .boolean,
      "Whether a property or value is there, that is, not null.", kernel: exists),
    .unary(
      "isEmpty", family, .required("value", .list(.any), .map, .string), .boolean,
      "Whether a list, map or string has no elements.", isEmpty),
    FunctionDefinition(
      "valueType", family, [.required("value", .any)], .string,
      "The type of a value as GQL writes it, for example `LIST<INTEGER NOT NULL> NOT NULL`.",
      kernel: valueType),
    FunctionDefinition(
      "linenumber", family, [], .integer,
      "The line on which the record of the last `LOAD CSV` begins; null without one.",
      kernel: null),
    FunctionDefinition(
      "file", family, [], .string,
      "The path of the file that the last `LOAD CSV` reads; null without one.", kernel: null),
    FunctionDefinition(
      "timestamp", family, [], .integer,
      "Milliseconds since 1970-01-01T00:00Z when the statement began.", isDeterministic: false,
      kernel: timestamp),
    FunctionDefinition(
      "rand", family, [], .float, "A random float from 0 up to but not including 1.",
      isDeterministic: false, drawsRandomly: true, kernel: random),
    FunctionDefinition(
      "randomUUID", family, [], .string, "A random UUID of version 4.", isDeterministic: false,
      drawsRandomly: true, kernel: randomUUID),
  ]

  private static let family = "Scalar"

  private static func null(
    _ arguments: [Column], _ count: Int, _ call: FunctionContext
  ) throws(QueryError) -> Column {
    Column(constant: .null, count: count)
  }

  private static func coalesce(
    _ arguments: [Column], _ count: Int, _ call: FunctionContext
  ) throws(QueryError) -> Column {
    guard count > 0, let first = arguments.first else { return Column(.cell, count: count) }
    if arguments.count == 1 || (first.kind != .cell && first.validity == nil) { return first }
    let result = Column(
      .cell, count: count, isConstant: arguments.allSatisfy { $0.isConstant })
    for i in 0..<result.physicalCount {
      var cell = Cell.null
      for argument in arguments where cell.isNull { cell = argument.cell(i) }
      result.cells[i] = cell
    }
    return result
  }

  private static func nullIf(
    _ arguments: [Column], _ count: Int, _ call: FunctionContext
  ) throws(QueryError) -> Column {
    let other = arguments[1]
    var row = 0
    return try call.mapNullableRows(arguments[0], count, isConstant: other.isConstant) { cell in
      defer { row += 1 }
      return cell.equals(other.cell(row)) == true ? .null : cell
    }
  }

  private static func exists(
    _ arguments: [Column], _ count: Int, _ call: FunctionContext
  ) throws(QueryError) -> Column {
    let a = arguments[0]
    let result = Column(.boolean, count: count, isConstant: count > 0 && a.isConstant)
    for i in 0..<result.physicalCount { result.booleans[i] = a.isValid(i) ? 1 : 0 }
    return result
  }

  private static func isEmpty(_ cell: Cell, _ call: FunctionContext) throws(QueryError) -> Cell {
    switch cell.tag {
    case .list, .map, .string: return Cell(cell.aux == 0)
    default: throw call.typeError("isEmpty", expected: "a list, map or string", found: cell)
    }
  }

  private static func valueType(
    _ arguments: [Column], _ count: Int, _ call: FunctionContext
  ) throws(QueryError) -> Column {
    try call.mapNullableRows(arguments[0], count) { (cell) throws(QueryError) in
      try call.arena.string(ValueTypeName(cell).text(nullable: cell.isNull))
    }
  }

  private static func timestamp(
    _ arguments: [Column], _ count: Int, _ call: FunctionContext
  ) throws(QueryError) -> Column {
    let now = call.state.clock.statement
    let milliseconds = now.seconds &* 1_000 &+ Int64(now.nanoseconds / 1_000_000)
    return Column(constant: Cell(milliseconds), count: count)
  }

  private static func random(
    _ arguments: [Column], _ count: Int, _ call: FunctionContext
  ) throws(QueryError) -> Column {
    let result = Column(.float, count: count)
    for i in 0..<count { result.floats[i] = Double(call.nextRandom() >> 11) * 0x1p-53 }
    return result
  }

  private static func randomUUID(
    _ arguments: [Column], _ count: Int, _ call: FunctionContext
  ) throws(QueryError) -> Column {
    try call.generate(count) { () throws(QueryError) in
      let high = call.nextRandom() & ~0xf000 | 0x4000
      let low = call.nextRandom() & ~(0xc0 << 56) | 0x80 << 56
      var text: [UInt8] = []
      for (i, byte) in (high.bigEndianBytes + low.bigEndianBytes).enumerated() {
        if [4, 6, 8, 10].contains(i) { text.append(UInt8(ascii: "-")) }
        text.append(byte.hexDigit(shiftedBy: 4))
        text.append(byte.hexDigit(shiftedBy: 0))
      }
      return try call.arena.string(utf8: text)
    }
  }
}

extension FunctionContext {
  /// The next word of the statement's random generator (SplitMix64).
  @inline(__always)
  func nextRandom() -> UInt64 {
    let word = mixHash(state.random)
    state.random &+= 0x9e37_79b9_7f4a_7c15
    return word
  }

  /// As `mapRows`, but null is handed to the body.
  @inline(__always)
  func mapNullableRows(
    _ a: Column, _ count: Int, isConstant: Bool = true,
    _ body: (Cell) throws(QueryError) -> Cell
  ) throws(QueryError) -> Column {
    if count == 0 { return Column(.cell, count: 0) }
    let result = Column(.cell, count: count, isConstant: isConstant && a.isConstant)
    for i in 0..<result.physicalCount { result.cells[i] = try body(a.cell(i)) }
    return result
  }
}

extension UInt64 {
  fileprivate var bigEndianBytes: [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: self >> UInt64(56 - $0 * 8)) }
  }
}

extension UInt8 {
  fileprivate func hexDigit(shiftedBy shift: UInt8) -> UInt8 {
    let digit = self >> shift & 0xf
    return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
  }
}
