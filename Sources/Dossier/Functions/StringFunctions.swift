import DossierSyntax

/// Functions on strings. Positions and lengths count code points.
enum StringFunctions {
  static let definitions: [FunctionDefinition] =
    [upper, upper.alias("upper"), lower, lower.alias("lower")] + trims + [
      FunctionDefinition(
        "replace", family,
        [
          .required("original", .string), .required("search", .string),
          .required("replacement", .string), .optional("limit", .integer),
        ], .string,
        "A string with all, or the first `limit`, occurrences of `search` replaced.",
        kernel: replace),
      .binary(
        "split", family, [.required("text", .string), delimiters], .list(.string),
        "The parts of a string between delimiters; all code points for an empty delimiter.", split),
      FunctionDefinition(
        "substring", family,
        [.required("text", .string), .required("start", .integer), .optional("length", .integer)],
        .string, "The part of a string from the 0-based position `start` on.", kernel: substring),
      .binary(
        "left", family, sides, .string, "The first `length` code points of a string."
      ) { (text, length, call) throws(QueryError) in
        let bytes = try string(text, "left", call).bytes
        let n = try nonNegative(length, "left", "length", call)
        return StringKernels.part(of: text, 0, bytes.offset(ofCodePoint: n))
      },
      .binary(
        "right", family, sides, .string, "The last `length` code points of a string."
      ) { (text, length, call) throws(QueryError) in
        let bytes = try string(text, "right", call).bytes
        let n = try nonNegative(length, "right", "length", call)
        return StringKernels.part(of: text, bytes.offset(ofCodePointFromEnd: n), bytes.count)
      },
      characters, characters.alias("character_length"),
      .unary(
        "byte_length", family, text, .integer, "The number of bytes of a string in UTF-8."
      ) { (cell, call) throws(QueryError) in
        Cell(Int64(try string(cell, "byte_length", call).aux))
      },
    ]

  private static let family = "String"
  private static let text = FunctionSignature.Parameter.required("text", .string)
  private static let delimiters = FunctionSignature.Parameter.required(
    "delimiter", .string, .list(.string))
  private static let sides: [FunctionSignature.Parameter] = [
    .required("text", .string), .required("length", .integer),
  ]

  private static let upper = FunctionDefinition.unary(
    "toUpper", family, text, .string, "A string in upper case."
  ) { (cell, call) throws(QueryError) in
    try StringKernels.uppercased(string(cell, "toUpper", call), call)
  }

  private static let lower = FunctionDefinition.unary(
    "toLower", family, text, .string, "A string in lower case."
  ) { (cell, call) throws(QueryError) in
    try StringKernels.lowercased(string(cell, "toLower", call), call)
  }

  private static let characters = FunctionDefinition.unary(
    "char_length", family, text, .integer, "The number of code points of a string."
  ) { (cell, call) throws(QueryError) in
    Cell(Int64(try string(cell, "char_length", call).bytes.codePointCount))
  }

  private static let trims: [FunctionDefinition] = [
    trim("trim", .both, "at both ends"), trim("btrim", .both, "at both ends"),
    trim("ltrim", .left, "at its start"), trim("rtrim", .right, "at its end"),
  ]

  private static func trim(
    _ name: String, _ side: StringKernels.Side, _ place: String
  ) -> FunctionDefinition {
    FunctionDefinition(
      name, family, [.required("text", .string), .optional("characters", .string)], .string,
      "A string without white space, or without any of `characters`, \(place)."
    ) { (arguments, count, call) throws(QueryError) in
      try call.mapRows(arguments, count) { (row) throws(QueryError) in
        let text = try string(row[0], name, call)
        guard arguments.count > 1 else {
          return StringKernels.trimmed(text, side) { $0.isWhitespace }
        }
        let set = StringKernels.codePoints(try string(row[1], name, call))
        return StringKernels.trimmed(text, side) { set.contains($0) }
      }
    }
  }

  // MARK: Kernels

  private static func replace(
    _ arguments: [Column], _ count: Int, _ call: FunctionContext
  ) throws(QueryError) -> Column {
    try call.mapRows(arguments, count) { (row) throws(QueryError) in
      let limit = arguments.count > 3 ? try nonNegative(row[3], "replace", "limit", call) : .max
      return try StringKernels.replaced(
        string(row[0], "replace", call), string(row[1], "replace", call),
        string(row[2], "replace", call), limit: Int64(limit), call)
    }
  }

  private static func split(
    _ text: Cell, _ delimiter: Cell, _ call: FunctionContext
  ) throws(QueryError) -> Cell {
    _ = try string(text, "split", call)
    if delimiter.tag == .string { return try StringKernels.split(text, [delimiter], call) }
    guard delimiter.tag == .list else {
      throw call.typeError("split", expected: "a string or list of strings", found: delimiter)
    }
    for element in delimiter.cells {
      if element.isNull { return .null }
      _ = try string(element, "split", call)
    }
    return try StringKernels.split(text, Array(delimiter.cells), call)
  }

  private static func substring(
    _ arguments: [Column], _ count: Int, _ call: FunctionContext
  ) throws(QueryError) -> Column {
    try call.mapRows(arguments, count) { (row) throws(QueryError) in
      let bytes = try string(row[0], "substring", call).bytes
      let first = try nonNegative(row[1], "substring", "start", call)
      let start = bytes.offset(ofCodePoint: first)
      guard arguments.count > 2 else { return StringKernels.part(of: row[0], start, bytes.count) }
      let length = try nonNegative(row[2], "substring", "length", call)
      let end = bytes.offset(ofCodePoint: length, from: start)
      return StringKernels.part(of: row[0], start, end)
    }
  }

  // MARK: Arguments

  private static func string(
    _ cell: Cell, _ function: String, _ call: FunctionContext
  ) throws(QueryError) -> Cell {
    guard cell.tag == .string else {
      throw call.typeError(function, expected: "a string", found: cell)
    }
    return cell
  }

  private static func nonNegative(
    _ cell: Cell, _ function: String, _ parameter: String, _ call: FunctionContext
  ) throws(QueryError) -> Int {
    guard cell.tag == .integer else {
      throw call.typeError(function, expected: "an integer as `\(parameter)`", found: cell)
    }
    guard cell.integer >= 0 else {
      throw call.error(.numberOutOfRange, "`\(parameter)` of `\(function)` is negative")
    }
    return Int(cell.integer)
  }
}
