import DossierSyntax

/// `toString` and its siblings, for single values and for the elements of lists.
enum ConversionFunctions {
  static let definitions: [FunctionDefinition] =
    family(
      "String", .string, accepts: [.string, .number, .boolean] + temporal,
      "The text of a value"
    ) { (cell, strictness, call) throws(QueryError) in
      try Conversion.string(cell, strictness, call)
    }
    + family(
      "Integer", .integer, accepts: [.string, .number],
      "The integer that a text writes, or a float without its fraction"
    ) { (cell, strictness, call) throws(QueryError) in
      try Conversion.integer(cell, strictness, call)
    }
    + family(
      "Float", .float, accepts: [.string, .number], "The float that a text writes, or of an integer"
    ) { (cell, strictness, call) throws(QueryError) in
      try Conversion.float(cell, strictness, call)
    }
    + family(
      "Boolean", .boolean, accepts: [.boolean, .string, .integer],
      "True or false as a text writes it, or whether an integer is not 0"
    ) { (cell, strictness, call) throws(QueryError) in
      try Conversion.boolean(cell, strictness, call)
    }

  private static let temporal: [StaticType] = [
    .date, .localTime, .time, .localDateTime, .dateTime, .duration,
  ]

  /// `toX`, `toXOrNull` and `toXList`.
  private static func family(
    _ type: String, _ result: StaticType, accepts: [StaticType], _ summary: String,
    _ convert:
      @escaping @Sendable (Cell, Conversion.Strictness, FunctionContext) throws(QueryError) -> Cell
  ) -> [FunctionDefinition] {
    let list = "to\(type)List"
    return [
      .unary(
        "to\(type)", "Conversion", FunctionSignature.Parameter(name: "value", types: accepts),
        result, summary + "; null when it cannot be read."
      ) { (cell, call) throws(QueryError) in try convert(cell, .strict, call) },
      .unary(
        "to\(type)OrNull", "Conversion", .required("value", .any), result,
        summary + "; null for values of any other type."
      ) { (cell, call) throws(QueryError) in try convert(cell, .orNull, call) },
      .unary(
        list, "Conversion", .required("list", .list(.any)), .list(result),
        "Each element of a list as by `to\(type)OrNull`."
      ) { (cell, call) throws(QueryError) in
        try Conversion.list(list, cell, call) { (element, strictness, call) throws(QueryError) in
          try convert(element, strictness, call)
        }
      },
    ]
  }
}
