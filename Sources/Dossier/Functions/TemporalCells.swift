import DossierSyntax

/// Temporal cells on their way into the temporal types and back.
extension Cell {
  /// The value for functions that take any temporal type but duration; nil for other types.
  var temporalBase: TemporalBase? {
    switch tag {
    case .date: .date(date)
    case .localTime: .localTime(localTime)
    case .time: .time(time)
    case .localDateTime: .localDateTime(localDateTime)
    case .dateTime: .dateTime(dateTime)
    default: nil
    }
  }

  /// The component that `d.name` reads of a temporal value; null for names that its type does not
  /// have, nil for values that are not temporal.
  func component(
    key: UnsafeBufferPointer<UInt8>, arena: Arena
  ) throws(QueryError) -> Cell? {
    let name = String(decoding: key, as: UTF8.self)
    let component: TemporalComponent?
    switch tag {
    case .date: component = date.component(name)
    case .localTime: component = localTime.component(name)
    case .time: component = time.component(name)
    case .localDateTime: component = localDateTime.component(name)
    case .dateTime: component = dateTime.component(name)
    case .duration: component = duration.component(name)
    default: return nil
    }
    switch component {
    case .integer(let number): return Cell(number)
    case .string(let text): return try arena.string(text)
    case nil: return .null
    }
  }
}

/// `+ - * /` with temporal operands.
extension Arithmetic {
  /// The result, or nil where the operator does not take these types.
  static func temporal(
    _ op: BinaryOperator, _ a: Cell, _ b: Cell, _ context: FunctionContext
  ) throws(QueryError) -> Cell? {
    try context.located { () throws(QueryError) in
      switch (op, a.tag, b.tag) {
      case (.add, .duration, .duration):
        return try context.arena.duration(try a.duration.adding(b.duration))
      case (.subtract, .duration, .duration):
        return try context.arena.duration(try a.duration.subtracting(b.duration))
      case (.add, _, .duration): return try add(b.duration, to: a)
      case (.add, .duration, _): return try add(a.duration, to: b)
      case (.subtract, _, .duration): return try subtract(b.duration, from: a)
      default: return try scale(op, a, b, context)
      }
    }
  }

  private static func scale(
    _ op: BinaryOperator, _ a: Cell, _ b: Cell, _ context: FunctionContext
  ) throws(QueryError) -> Cell? {
    let result: DurationValue
    switch (op, a.tag, b.tag) {
    case (.multiply, .duration, .integer): result = try a.duration.multiplied(by: b.integer)
    case (.multiply, .duration, .float): result = try a.duration.multiplied(by: b.float)
    case (.multiply, .integer, .duration): result = try b.duration.multiplied(by: a.integer)
    case (.multiply, .float, .duration): result = try b.duration.multiplied(by: a.float)
    case (.divide, .duration, .integer): result = try a.duration.divided(by: b.integer)
    case (.divide, .duration, .float): result = try a.duration.divided(by: b.float)
    default: return nil
    }
    return try context.arena.duration(result)
  }

  private static func add(_ duration: DurationValue, to a: Cell) throws(QueryError) -> Cell? {
    switch a.tag {
    case .date: Cell(try a.date.adding(duration))
    case .localTime: Cell(a.localTime.adding(duration))
    case .time: Cell(a.time.adding(duration))
    case .localDateTime: Cell(try a.localDateTime.adding(duration))
    case .dateTime: Cell(try a.dateTime.adding(duration))
    default: nil
    }
  }

  private static func subtract(_ duration: DurationValue, from a: Cell) throws(QueryError) -> Cell?
  {
    switch a.tag {
    case .date: Cell(try a.date.subtracting(duration))
    case .localTime: Cell(a.localTime.subtracting(duration))
    case .time: Cell(a.time.subtracting(duration))
    case .localDateTime: Cell(try a.localDateTime.subtracting(duration))
    case .dateTime: Cell(try a.dateTime.subtracting(duration))
    default: nil
    }
  }

  static func negateDuration(
    _ a: DurationValue, _ context: FunctionContext
  ) throws(QueryError) -> Cell {
    try context.located { () throws(QueryError) in
      try context.arena.duration(try a.negated())
    }
  }
}
