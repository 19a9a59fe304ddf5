import DossierSyntax

/// Conversions between types, as `toString` and its siblings make them.
enum Conversion {
  /// What a conversion gives for a type that it does not take.
  enum Strictness {
    /// An error.
    case strict
    /// Null.
    case orNull
  }

  /// The text of a boolean, number, string or temporal value; nil for other types.
  static func text(of cell: Cell, _ context: FunctionContext) throws(QueryError) -> Cell? {
    switch cell.tag {
    case .string: cell
    case .boolean: try context.arena.string(cell.boolean ? "true" : "false")
    case .integer: try decimal(cell.integer, context)
    case .float: try context.arena.string(cell.float.cypherText)
    case .date: try context.arena.string(cell.date.description)
    case .localTime: try context.arena.string(cell.localTime.description)
    case .time: try context.arena.string(cell.time.description)
    case .localDateTime: try context.arena.string(cell.localDateTime.description)
    case .dateTime: try context.arena.string(cell.dateTime.description)
    case .duration: try context.arena.string(cell.duration.description)
    case .null, .list, .map, .node, .relationship, .path: nil
    }
  }

  /// The digits of an integer, written from the last one.
  private static func decimal(_ value: Int64, _ context: FunctionContext) throws(QueryError) -> Cell
  {
    let size = 20
    let target = try context.allocateString(size)
    var (start, rest) = (size, value.magnitude)
    repeat {
      start -= 1
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      target[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
      rest = quotient
    } while rest > 0
    if value < 0 {
      start -= 1
      target[start] = UInt8(ascii: "-")
    }
    return Cell(stringAt: target + start, count: UInt32(size - start))
  }

  static func string(
    _ cell: Cell, _ strictness: Strictness, _ context: FunctionContext
  ) throws(QueryError) -> Cell {
    if let text = try text(of: cell, context) { return text }
    return try refuse("toString", "a scalar or temporal value", cell, strictness, context)
  }

  /// Null for texts that are no number. Errors: `integerOverflowAtRuntime` for floats beyond 64
  /// bits.
  static func integer(
    _ cell: Cell, _ strictness: Strictness, _ context: FunctionContext
  ) throws(QueryError) -> Cell {
    switch cell.tag {
    case .integer: return cell
    case .string: return NumberText(cell.bytes)?.integer.map { Cell($0) } ?? .null
    case .float:
      if let integer = Int64(truncating: cell.float) { return Cell(integer) }
      if strictness == .orNull { return .null }
      throw context.error(
        .integerOverflowAtRuntime, "`toInteger` of a float that does not fit 64 bits",
        help: "`toIntegerOrNull` gives null instead")
    default:
      return try refuse("toInteger", "a number or string", cell, strictness, context)
    }
  }

  /// Null for texts that are no number.
  static func float(
    _ cell: Cell, _ strictness: Strictness, _ context: FunctionContext
  ) throws(QueryError) -> Cell {
    switch cell.tag {
    case .float: cell
    case .integer: Cell(Double(cell.integer))
    case .string: NumberText(cell.bytes)?.float.map { Cell($0) } ?? .null
    default: try refuse("toFloat", "a number or string", cell, strictness, context)
    }
  }

  /// Null for texts other than `true` and `false`; integers are false when 0.
  static func boolean(
    _ cell: Cell, _ strictness: Strictness, _ context: FunctionContext
  ) throws(QueryError) -> Cell {
    switch cell.tag {
    case .boolean: cell
    case .integer: Cell(cell.integer != 0)
    case .string: boolean(cell.bytes).map { Cell($0) } ?? .null
    default:
      try refuse("toBoolean", "a boolean, integer or string", cell, strictness, context)
    }
  }

  /// `true` and `false` in any ASCII case, with blanks around them.
  private static func boolean(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool? {
    let word = bytes[bytes.trimmedBlanks].map(\.asciiLowercased)
    if word.elementsEqual("true".utf8) { return true }
    return word.elementsEqual("false".utf8) ? false : nil
  }

  private static func refuse(
    _ function: String, _ expected: String, _ cell: Cell, _ strictness: Strictness,
    _ context: FunctionContext
  ) throws(QueryError) -> Cell {
    if strictness == .orNull || cell.isNull { return .null }
    throw context.valueError(function, expected: expected, found: cell)
  }

  /// A conversion of each element of a list; what cannot be converted becomes null.
  static func list(
    _ name: String, _ cell: Cell, _ context: FunctionContext,
    _ convert: (Cell, Strictness, FunctionContext) throws(QueryError) -> Cell
  ) throws(QueryError) -> Cell {
    guard cell.tag == .list else {
      throw context.valueError(name, expected: "a list", found: cell)
    }
    let elements = cell.cells
    let target = try context.allocateCells(elements.count)
    for i in elements.indices { target[i] = try convert(elements[i], .orNull, context) }
    return try context.arena.list(at: target, count: elements.count)
  }
}

extension UInt8 {
  /// `a` to `z` for `A` to `Z`, other bytes as they are.
  @inline(__always) var asciiLowercased: UInt8 {
    self &- UInt8(ascii: "A") < 26 ? self | 0x20 : self
  }
}
