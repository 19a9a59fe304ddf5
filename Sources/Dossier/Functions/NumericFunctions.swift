import DossierSyntax
import Glibc

/// Mathematical functions. Angles are radians; what has no result is NaN, as IEEE 754 says.
enum NumericFunctions {
  static let definitions: [FunctionDefinition] =
    general + roots + trigonometric + [
      FunctionDefinition(
        "e", "Mathematical", [], .float, "The base of the natural logarithm."
      ) { (_, count, _) in Column(constant: Cell(M_E), count: count) },
      FunctionDefinition(
        "pi", "Mathematical", [], .float, "The ratio of a circle's circumference to its diameter."
      ) { (_, count, _) in Column(constant: Cell(Double.pi), count: count) },
    ]

  private static let family = "Mathematical"
  private static let number = FunctionSignature.Parameter.required("number", .number)

  private static let general: [FunctionDefinition] = [
    FunctionDefinition(
      "abs", family, [number], .number, "A number without its sign.", kernel: absolute),
    .unary("sign", family, number, .integer, "-1, 0 or 1 by the sign of a number.") {
      (cell, call) throws(QueryError) in
      let value = try call.number(cell, "sign")
      return Cell(Int64(value > 0 ? 1 : value < 0 ? -1 : 0))
    },
    .unary("isNaN", family, number, .boolean, "Whether a number is NaN.") {
      (cell, call) throws(QueryError) in
      Cell(try call.number(cell, "isNaN").isNaN)
    },
    float("ceil", "The smallest integral float that is not below a number.") { $0.rounded(.up) },
    float("floor", "The largest integral float that is not above a number.") { $0.rounded(.down) },
    FunctionDefinition(
      "round", family,
      [number, .optional("precision", .integer), .optional("mode", .string)], .float,
      "A number rounded to an integral float or to `precision` decimals.", kernel: round),
    FunctionDefinition(
      "mod", family, [.required("dividend", .number), .required("divisor", .number)], .number,
      "The remainder of a division, with the sign of the dividend; as `%`."
    ) { (arguments, count, call) throws(QueryError) in
      try Arithmetic.evaluate(.modulo, arguments[0], arguments[1], count: count, context: call)
    },
    power, power.alias("pow"),
  ]

  private static let power = FunctionDefinition(
    "power", family, [.required("base", .number), .required("exponent", .number)], .float,
    "A power; as `^`."
  ) { (arguments, count, call) throws(QueryError) in
    try Arithmetic.evaluate(.power, arguments[0], arguments[1], count: count, context: call)
  }

  private static let logarithm = float("log", "The natural logarithm.") { log($0) }

  private static let roots: [FunctionDefinition] = [
    float("sqrt", "The square root.") { $0.squareRoot() },
    float("exp", "e to the power of a number.") { exp($0) },
    logarithm, logarithm.alias("ln"),
    float("log10", "The logarithm to base 10.") { log10($0) },
  ]

  private static let trigonometric: [FunctionDefinition] = [
    float("sin", "The sine.") { sin($0) },
    float("cos", "The cosine.") { cos($0) },
    float("tan", "The tangent.") { tan($0) },
    float("cot", "The cotangent.") { 1 / tan($0) },
    float("asin", "The arc sine.") { asin($0) },
    float("acos", "The arc cosine.") { acos($0) },
    float("atan", "The arc tangent.") { atan($0) },
    .binary(
      "atan2", family, [.required("y", .number), .required("x", .number)], .float,
      "The angle between the x axis and the direction to the point (x, y)."
    ) { (y, x, call) throws(QueryError) in
      Cell(atan2(try call.number(y, "atan2"), try call.number(x, "atan2")))
    },
    float("sinh", "The hyperbolic sine.") { sinh($0) },
    float("cosh", "The hyperbolic cosine.") { cosh($0) },
    float("tanh", "The hyperbolic tangent.") { tanh($0) },
    float("coth", "The hyperbolic cotangent.") { 1 / tanh($0) },
    float("haversin", "Half of one minus the cosine.") { (1 - cos($0)) / 2 },
    float("degrees", "Radians as degrees.") { $0 * 180 / .pi },
    float("radians", "Degrees as radians.") { $0 * .pi / 180 },
  ]

  // MARK: Kernels

  /// A function from float to float; integers are converted.
  private static func float(
    _ name: String, _ summary: String, _ body: @escaping @Sendable (Double) -> Double
  ) -> FunctionDefinition {
    FunctionDefinition(name, family, [number], .float, summary) {
      (arguments, count, call) throws(QueryError) in
      let a = arguments[0]
      guard count > 0, !a.isConstant, a.kind == .float || a.kind == .integer else {
        return try call.mapRows(a, count) { (cell) throws(QueryError) in
          Cell(body(try call.number(cell, name)))
        }
      }
      let result = Column(.float, count: count, nullable: a.validity != nil)
      result.copyValidity(from: a)
      if a.kind == .float {
        for i in 0..<count { result.floats[i] = body(a.floats[i]) }
      } else {
        for i in 0..<count { result.floats[i] = body(Double(a.integers[i])) }
      }
      return result
    }
  }

  private static func absolute(
    _ arguments: [Column], _ count: Int, _ call: FunctionContext
  ) throws(QueryError) -> Column {
    let a = arguments[0]
    if count > 0, !a.isConstant, a.kind == .float {
      let result = Column(.float, count: count, nullable: a.validity != nil)
      result.copyValidity(from: a)
      for i in 0..<count { result.floats[i] = a.floats[i].magnitude }
      return result
    }
    return try call.mapRows(a, count) { (cell) throws(QueryError) in
      guard cell.tag == .integer else { return Cell(try call.number(cell, "abs").magnitude) }
      if cell.integer >= 0 { return cell }
      return try Arithmetic.integers(.subtract, 0, cell.integer, call)
    }
  }

  private static func round(
    _ arguments: [Column], _ count: Int, _ call: FunctionContext
  ) throws(QueryError) -> Column {
    try call.mapRows(arguments, count) { (row) throws(QueryError) in
      let value = try call.number(row[0], "round")
      guard arguments.count > 1 else { return Cell(value.roundedHalfUp) }
      guard row[1].tag == .integer else {
        throw call.typeError("round", expected: "an integer as `precision`", found: row[1])
      }
      guard row[1].integer >= 0 else {
        throw call.error(.numberOutOfRange, "`precision` of `round` is negative")
      }
      if arguments.count == 2, row[1].integer == 0 { return Cell(value.roundedHalfUp) }
      let mode = arguments.count > 2 ? try mode(row[2], call) : .halfUp
      return Cell(DecimalRounding(value).rounded(to: Int(row[1].integer), mode))
    }
  }

  private static func mode(
    _ cell: Cell, _ call: FunctionContext
  ) throws(QueryError) -> DecimalRounding.Mode {
    guard cell.tag == .string else {
      throw call.typeError("round", expected: "a string as `mode`", found: cell)
    }
    let name = String(decoding: cell.bytes.map(\.asciiUppercased), as: UTF8.self)
    guard let mode = DecimalRounding.Mode(rawValue: name) else {
      throw call.error(
        .invalidArgumentValue, "`mode` of `round` is not known",
        help: "modes are \(DecimalRounding.Mode.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return mode
  }
}

extension FunctionContext {
  /// A number as a float. Errors: `invalidArgumentTypeAtRuntime`.
  @inline(__always)
  func number(_ cell: Cell, _ function: String) throws(QueryError) -> Double {
    switch cell.tag {
    case .float: return cell.float
    case .integer: return Double(cell.integer)
    default: throw typeError(function, expected: "a number", found: cell)
    }
  }
}

extension Double {
  /// The nearest integral float; of two the greater.
  var roundedHalfUp: Double {
    let floor = rounded(.down)
    return self - floor >= 0.5 ? floor + 1 : floor
  }
}
