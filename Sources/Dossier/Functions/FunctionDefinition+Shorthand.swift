import DossierSyntax

/// The vocabulary in which the tables of functions are written.
extension FunctionDefinition {
  /// A function of one signature.
  init(
    _ name: String, _ family: String, _ parameters: [FunctionSignature.Parameter],
    _ result: StaticType, _ summary: String, isDeterministic: Bool = true,
    drawsRandomly: Bool = false, variadic: Bool = false,
    kernel: @escaping FunctionKernel
  ) {
    self.init(
      name: name, family: family,
      signatures: [
        FunctionSignature(parameters: parameters, variadic: variadic, result: result)
      ],
      summary: summary, isDeterministic: isDeterministic, drawsRandomly: drawsRandomly,
      kernel: kernel)
  }

  /// A function of one argument, computed value by value; null gives null.
  static func unary(
    _ name: String, _ family: String, _ parameter: FunctionSignature.Parameter,
    _ result: StaticType, _ summary: String,
    _ body: @escaping @Sendable (Cell, FunctionContext) throws(QueryError) -> Cell
  ) -> FunctionDefinition {
    FunctionDefinition(name, family, [parameter], result, summary) {
      (arguments, count, call) throws(QueryError) in
      try call.mapRows(arguments[0], count) { (cell) throws(QueryError) in try body(cell, call) }
    }
  }

  /// A function of two arguments, computed row by row; null gives null.
  static func binary(
    _ name: String, _ family: String, _ parameters: [FunctionSignature.Parameter],
    _ result: StaticType, _ summary: String,
    _ body: @escaping @Sendable (Cell, Cell, FunctionContext) throws(QueryError) -> Cell
  ) -> FunctionDefinition {
    FunctionDefinition(name, family, parameters, result, summary) {
      (arguments, count, call) throws(QueryError) in
      try call.mapRows(arguments[0], arguments[1], count) { (a, b) throws(QueryError) in
        try body(a, b, call)
      }
    }
  }

  /// The same function under another name.
  func alias(_ name: String) -> FunctionDefinition {
    var copy = self
    copy.name = name
    copy.summary = "The same as `\(self.name)`."
    return copy
  }
}

extension FunctionSignature.Parameter {
  static func required(_ name: String, _ types: StaticType...) -> Self {
    Self(name: name, types: types)
  }

  static func optional(_ name: String, _ types: StaticType...) -> Self {
    Self(name: name, types: types, optional: true)
  }
}

extension Column {
  /// A copy of the validity of a column with the same rows into this one, which is being filled.
  func copyValidity(from source: Column) {
    guard let from = source.validity, let to = validity else { return }
    to.update(from: from, count: max((physicalCount + 63) >> 6, 1))
  }
}
