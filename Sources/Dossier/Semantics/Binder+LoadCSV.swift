import DossierSyntax

/// `LOAD CSV`, and the functions that tell which record is at hand.
extension Binder {
  func bind(_ load: LoadCSVClause) throws(QueryError) -> BoundClause {
    let source = try bind(load.source)
    guard source.type.canBe(.string) else {
      throw QueryError(
        .invalidArgumentType, "`LOAD CSV` expects the path of a file, found \(source.type.title)",
        at: load.source.range, label: source.type.title)
    }
    let terminator = try bind(terminator: load.fieldTerminator)
    try checkUnbound(load.variable)
    let type: StaticType = load.hasHeaders ? .map : .list(.string)
    let bound = BoundLoadCSV(
      source: source.expression, sourceRange: load.source.range,
      row: slots.add(type, named: load.variable.text), line: slots.add(.integer),
      path: slots.add(.string), hasHeaders: load.hasHeaders, terminator: terminator)
    declare(load.variable, bound.row, type)
    record = (bound.line, bound.path)
    return .loadCSV(bound)
  }

  /// The bytes of the character between fields. Errors: `invalidFieldTerminator`.
  private func bind(terminator: Expression?) throws(QueryError) -> [UInt8] {
    guard let terminator else { return [UInt8(ascii: ",")] }
    guard case .string(let text) = terminator.kind, text.unicodeScalars.count == 1,
      let character = text.unicodeScalars.first, !["\"", "\n", "\r"].contains(character)
    else {
      throw QueryError(
        .invalidFieldTerminator,
        "the field terminator is one character, and neither a quote nor a line end",
        at: terminator.range, help: "for example `';'` or `'\\t'`")
    }
    return Array(text.utf8)
  }

  /// `linenumber()` and `file()`: of the last `LOAD CSV` before; nil for other functions, and where
  /// nothing has been loaded.
  func bindRecordFunction(_ function: FunctionDefinition) -> TypedExpression? {
    guard let record else { return nil }
    switch function.name {
    case "linenumber": return TypedExpression(.slot(record.line), .integer)
    case "file": return TypedExpression(.slot(record.path), .string)
    default: return nil
    }
  }
}
