import DossierSyntax
import Glibc

/// A numeric column as raw memory: integers or floats, one value or one for each row.
struct NumericOperand {
  let isFloat: Bool
  let isConstant: Bool
  /// `Int64` or `Double` values; unused for constants.
  private let values: UnsafeMutableRawPointer?
  /// The bits of a constant.
  private let bits: UInt64
  let validity: UnsafeMutablePointer<UInt64>?

  /// Nil unless the column holds integers or floats only; a constant null does not count.
  init?(_ column: Column) {
    if column.isConstant {
      let cell = column.cell(0)
      guard cell.tag == .integer || cell.tag == .float else { return nil }
      self.init(isFloat: cell.tag == .float, bits: cell.raw)
    } else {
      guard column.kind == .integer || column.kind == .float else { return nil }
      self.init(
        isFloat: column.kind == .float, bits: 0, values: column.values, validity: column.validity)
    }
  }

  init(integer: Int64) { self.init(isFloat: false, bits: UInt64(bitPattern: integer)) }
  init(float: Double) { self.init(isFloat: true, bits: float.bitPattern) }

  private init(
    isFloat: Bool, bits: UInt64, values: UnsafeMutableRawPointer? = nil,
    validity: UnsafeMutablePointer<UInt64>? = nil
  ) {
    self.isFloat = isFloat
    self.bits = bits
    self.values = values
    self.validity = validity
    isConstant = values == nil
  }

  @inline(__always)
  func isValid(_ row: Int) -> Bool {
    guard let validity else { return true }
    return validity[row >> 6] >> UInt64(row & 63) & 1 != 0
  }

  @inline(__always)
  func integer(_ row: Int) -> Int64 {
    guard let values else { return Int64(bitPattern: bits) }
    return values.assumingMemoryBound(to: Int64.self)[row]
  }

  @inline(__always) var integers: UnsafePointer<Int64>? {
    values.map { UnsafePointer($0.assumingMemoryBound(to: Int64.self)) }
  }
  @inline(__always) var constantInteger: Int64 { Int64(bitPattern: bits) }

  @inline(__always) var floats: UnsafePointer<Double>? {
    values.map { UnsafePointer($0.assumingMemoryBound(to: Double.self)) }
  }
  @inline(__always) var constantFloat: Double {
    isFloat ? Double(bitPattern: bits) : Double(constantInteger)
  }
}

/// Loops over dense numbers; at least one operand is not constant.
extension Arithmetic {
  static func evaluate(
    _ op: BinaryOperator, _ a: NumericOperand, _ b: NumericOperand, count: Int,
    context: FunctionContext
  ) throws(QueryError) -> Column {
    let nullable = a.validity != nil || b.validity != nil
    let isFloat = a.isFloat || b.isFloat || op == .power
    let result = Column(isFloat ? .float : .integer, count: count, nullable: nullable)
    if let target = result.validity { intersect(a, b, into: target, count: count) }
    if isFloat {
      evaluateFloats(op, a, b, count: count, into: result.floats)
    } else if op == .divide || op == .modulo {
      try divide(op, a, b, count: count, into: result, context)
    } else if evaluateIntegers(op, a, b, count: count, into: result.integers) {
      try locateOverflow(op, a, b, count: count, context)
    }
    return result
  }

  private static func intersect(
    _ a: NumericOperand, _ b: NumericOperand, into target: UnsafeMutablePointer<UInt64>, count: Int
  ) {
    for word in 0..<(count + 63) >> 6 {
      target[word] = (a.validity?[word] ?? .max) & (b.validity?[word] ?? .max)
    }
  }

  // MARK: Integers

  /// True when some row, perhaps a null one, overflowed.
  private static func evaluateIntegers(
    _ op: BinaryOperator, _ a: NumericOperand, _ b: NumericOperand, count: Int,
    into target: UnsafeMutablePointer<Int64>
  ) -> Bool {
    switch op {
    case .add:
      zipIntegers(a, b, count, target) { (x, y) in
        let sum = x &+ y
        return (sum, (sum ^ x) & (sum ^ y))
      }
    case .subtract:
      zipIntegers(a, b, count, target) { (x, y) in
        let difference = x &- y
        return (difference, (x ^ y) & (difference ^ x))
      }
    default:
      zipIntegers(a, b, count, target) { (x, y) in
        let (product, overflow) = x.multipliedReportingOverflow(by: y)
        return (product, overflow ? -1 : 0)
      }
    }
  }

  /// Stores the results; the sign bits of the second parts tell of overflows.
  @inline(__always)
  private static func zipIntegers(
    _ a: NumericOperand, _ b: NumericOperand, _ count: Int, _ target: UnsafeMutablePointer<Int64>,
    _ body: (Int64, Int64) -> (Int64, Int64)
  ) -> Bool {
    var flags: Int64 = 0
    if let x = a.integers, let y = b.integers {
      for i in 0..<count {
        let (value, flag) = body(x[i], y[i])
        target[i] = value
        flags |= flag
      }
    } else if let x = a.integers {
      let y = b.constantInteger
      for i in 0..<count {
        let (value, flag) = body(x[i], y)
        target[i] = value
        flags |= flag
      }
    } else if let y = b.integers {
      let x = a.constantInteger
      for i in 0..<count {
        let (value, flag) = body(x, y[i])
        target[i] = value
        flags |= flag
      }
    }
    return flags < 0
  }

  /// Throws if a row that has both values overflows; null rows may hold anything.
  private static func locateOverflow(
    _ op: BinaryOperator, _ a: NumericOperand, _ b: NumericOperand, count: Int,
    _ context: FunctionContext
  ) throws(QueryError) {
    for i in 0..<count where a.isValid(i) && b.isValid(i) {
      _ = try integers(op, a.integer(i), b.integer(i), context)
    }
  }

  private static func divide(
    _ op: BinaryOperator, _ a: NumericOperand, _ b: NumericOperand, count: Int,
    into result: Column, _ context: FunctionContext
  ) throws(QueryError) {
    let target = result.integers
    if let x = a.integers, b.isConstant, b.constantInteger > 0 {
      let divisor = b.constantInteger
      if op == .divide {
        for i in 0..<count { target[i] = quotient(x[i], divisor) }
      } else {
        for i in 0..<count { target[i] = x[i] &- quotient(x[i], divisor) &* divisor }
      }
      return
    }
    for i in 0..<count {
      if result.isValid(i) {
        target[i] = try integers(op, a.integer(i), b.integer(i), context).integer
      } else {
        target[i] = 0
      }
    }
  }

  /// `x / y` for a positive `y`; short division where both are short numbers.
  @inline(__always)
  private static func quotient(_ x: Int64, _ y: Int64) -> Int64 {
    if (x | y) >> 32 == 0 {
      return Int64(UInt32(truncatingIfNeeded: x) / UInt32(truncatingIfNeeded: y))
    }
    return x / y
  }

  // MARK: Floats

  private static func evaluateFloats(
    _ op: BinaryOperator, _ a: NumericOperand, _ b: NumericOperand, count: Int,
    into target: UnsafeMutablePointer<Double>
  ) {
    switch op {
    case .add: zipFloats(a, b, count, target) { $0 + $1 }
    case .subtract: zipFloats(a, b, count, target) { $0 - $1 }
    case .multiply: zipFloats(a, b, count, target) { $0 * $1 }
    case .divide: zipFloats(a, b, count, target) { $0 / $1 }
    case .modulo: zipFloats(a, b, count, target) { fmod($0, $1) }
    default: zipFloats(a, b, count, target) { pow($0, $1) }
    }
  }

  /// Picks the loop for the operands' shapes; integer columns are converted row by row.
  @inline(__always)
  private static func zipFloats(
    _ a: NumericOperand, _ b: NumericOperand, _ count: Int, _ target: UnsafeMutablePointer<Double>,
    _ body: (Double, Double) -> Double
  ) {
    switch (a.isConstant, b.isConstant) {
    case (true, _):
      let x = a.constantFloat
      if b.isFloat, let y = b.floats {
        for i in 0..<count { target[i] = body(x, y[i]) }
      } else if let y = b.integers {
        for i in 0..<count { target[i] = body(x, Double(y[i])) }
      }
    case (false, true):
      let y = b.constantFloat
      if a.isFloat, let x = a.floats {
        for i in 0..<count { target[i] = body(x[i], y) }
      } else if let x = a.integers {
        for i in 0..<count { target[i] = body(Double(x[i]), y) }
      }
    case (false, false):
      zipDenseFloats(a, b, count, target, body)
    }
  }

  @inline(__always)
  private static func zipDenseFloats(
    _ a: NumericOperand, _ b: NumericOperand, _ count: Int, _ target: UnsafeMutablePointer<Double>,
    _ body: (Double, Double) -> Double
  ) {
    switch (a.isFloat, b.isFloat) {
    case (true, true):
      if let x = a.floats, let y = b.floats {
        for i in 0..<count { target[i] = body(x[i], y[i]) }
      }
    case (true, false):
      if let x = a.floats, let y = b.integers {
        for i in 0..<count { target[i] = body(x[i], Double(y[i])) }
      }
    case (false, true):
      if let x = a.integers, let y = b.floats {
        for i in 0..<count { target[i] = body(Double(x[i]), y[i]) }
      }
    case (false, false):
      if let x = a.integers, let y = b.integers {
        for i in 0..<count { target[i] = body(Double(x[i]), Double(y[i])) }
      }
    }
  }
}
